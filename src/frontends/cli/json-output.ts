import type { SessionOutcome } from '../../session/run-request.ts';

/** Facts of a finished session as JSON, without its results. */
function sessionHead({
  conclusion,
  verdict,
  sessionId,
  directory,
  totals,
  warnings,
  findings,
}: SessionOutcome): object {
  return { conclusion, verdict, sessionId, sessionDirectory: directory, totals, warnings, findings };
}

/** A finished session as JSON. */
export function sessionSummary(outcome: SessionOutcome): object {
  return { ...sessionHead(outcome), results: outcome.results };
}

/** The JSON text of `sessionSummary`, in parts: all results together may be longer than a string can be. */
export function* sessionJson(outcome: SessionOutcome): Iterable<string> {
  yield `${inert(JSON.stringify(sessionHead(outcome), undefined, 2)).slice(0, -2)},\n  "results": [`;
  for (const [index, result] of outcome.results.entries()) {
    const json = inert(JSON.stringify(result, undefined, 2)).replaceAll('\n', '\n    ');
    yield `${index === 0 ? '' : ','}\n    ${json}`;
  }
  yield outcome.results.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

/** The JSON text of a value. */
export function jsonText(value: object): string {
  return `${inert(JSON.stringify(value, undefined, 2))}\n`;
}

/** Escapes what GitHub's runner or a terminal would obey. It stands within strings only, so the value stays the same. */
function inert(json: string): string {
  return json
    .replaceAll('##[', '##\\u005b')
    .replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      Array.from({ length: character.length }, (_, index) => unicodeEscape(character.charCodeAt(index))).join(''),
    );
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
