import type { FindingPlace, MergedFinding, SessionFindings, Severity } from '../model/finding.ts';
import { oneLine, plainText, shortened } from '../text/plain-text.ts';
import { missingTexts } from './finding-words.ts';

/** Code scanning refuses a run with more: https://docs.github.com/code-security (SARIF support). */
const mostResults = 25_000;
/** Code scanning shows no more of a message. */
const longestMessage = 1_000;
const longestRule = 60;

const levels: Readonly<Record<Severity, string>> = { important: 'error', nit: 'note', pre_existing: 'note' };

interface Located extends MergedFinding {
  readonly place: FindingPlace;
}

/**
 * The findings as SARIF 2.1.0, as code scanning takes it. What has no place in the checkout would make it refuse the file,
 * and it would raise an alert for what was refuted: both become notifications of the run, as does who gave no answer.
 */
export function findingsSarif({ findings, key, answered, ...others }: SessionFindings): object {
  const located = findings.filter(isAlert);
  const results = located.slice(0, mostResults);
  const rules = new Map([...new Set(results.map(ruleOf))].toSorted().map((id, index) => [id, index]));
  const notes = [
    ...missingTexts(others).map(withoutLinks),
    ...findings.filter((finding) => !isAlert(finding)).map(noteOf),
    ...(located.length > mostResults ? [`${located.length - mostResults} more findings are left out.`] : []),
  ].slice(0, mostResults);
  const hashes = new UniqueHashes();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Claude Ensemble',
            informationUri: 'https://github.com/claude-ensemble/claude-ensemble',
            rules: [...rules.keys()].map((id) => ({ id, shortDescription: { text: id } })),
          },
        },
        ...(key !== '' && { automationDetails: { id: key } }),
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            // Code scanning takes a run without results for the end of all alerts, and refuses one that was no success.
            executionSuccessful: answered > 0,
            toolExecutionNotifications: notes.map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        results: results.map((finding) => resultOf(finding, rules, hashes)),
      },
    ],
  };
}

function isAlert(finding: MergedFinding): finding is Located {
  return finding.place !== undefined && !finding.refuted;
}

function resultOf(finding: Located, rules: ReadonlyMap<string, number>, hashes: UniqueHashes): object {
  const { severity, agreement, reportedBy, verdict, place, id } = finding;
  const { path, line, lineHash } = place;
  const rule = ruleOf(finding);
  return {
    ruleId: rule,
    ruleIndex: rules.get(rule),
    level: levels[severity],
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
          ...(line !== undefined && { region: { startLine: line } }),
        },
      },
    ],
    ...(lineHash !== undefined && {
      partialFingerprints: { primaryLocationLineHash: hashes.next(JSON.stringify([rule, path]), lineHash) },
    }),
    properties: {
      id,
      severity,
      agreement,
      reportedBy: reportedBy.map(({ processId }) => processId),
      ...(verdict !== undefined && { verdict }),
    },
  };
}

/** Code scanning takes two results of one rule with one hash for the same alert. */
class UniqueHashes {
  readonly #counts = new Map<string, number>();

  next(place: string, hash: string): string {
    const key = `${place}${hash}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count === 1 ? hash : `${hash}-${count}`;
  }
}

function ruleOf({ category = '' }: MergedFinding): string {
  const words = oneLine(category, longestRule)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return words === '' ? 'finding' : words;
}

function messageOf({ summary, failure_scenario: scenario }: MergedFinding): string {
  const text = [summary, scenario].map((part) => withoutLinks(plainText(part).trim())).filter((part) => part !== '');
  return shortened(text.join('\n\n'), longestMessage) || 'A finding without words';
}

function noteOf(finding: MergedFinding): string {
  const why = finding.refuted ? 'Refuted' : 'Not in the checkout';
  return `${why}: ${oneLine(withoutLinks(finding.file), 200)}: ${oneLine(withoutLinks(finding.summary), longestMessage)}`;
}

/** `[text](target)` is a link in a message. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
