import { readdirSync } from 'node:fs';
import type { Redactor } from '../../model/redactor.ts';
import type { Settings } from '../../options/settings.ts';
import { interruptionText } from '../../text/causes.ts';
import { headingHtml, inlineHtml } from '../../text/html-text.ts';
import type { Interrupts } from '../shared/interrupts.ts';
import type { CommandFiles } from './command-files.ts';
import type { StepResult } from './outputs.ts';

/** GitHub drops a summary of more than 1 MiB as a whole. */
const limits = { faults: 100, length: 600, title: 200 };

/** Outlets for a refusal. */
export interface RefusalTools {
  readonly files: CommandFiles;
  readonly interrupts: Interrupts;
  readonly redactor: Redactor;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The settings of a refused session, as far as they could be read. */
export type RefusedSettings = Partial<Pick<Settings, 'title' | 'delivery'>>;

/** The result of a step that started nothing: every reason at once, also in the summary of the job if that is wanted. */
export function refusal(
  found: readonly string[],
  { files, interrupts, redactor, environment }: RefusalTools,
  { title, delivery }: RefusedSettings = {},
): StepResult {
  const { interrupt } = interrupts;
  if (interrupt.aborted) {
    return { conclusion: 'cancelled', verdict: `Cancelled: ${interruptionText(interrupt.reason)} before the start.` };
  }
  const faults = withCheckoutAdvice(found, environment.GITHUB_WORKSPACE);
  if (delivery?.jobSummary ?? true) {
    files.writeSummary(summaryOf(redactor.text(title ?? 'Claude Ensemble'), faults.map(redactor.text)));
  }
  const [first = '', ...others] = faults;
  if (others.length === 0) return { conclusion: 'failure', verdict: `Nothing was started: ${first}` };
  const verdict = `Nothing was started: ${faults.length} faults. The first: ${first}`;
  return { conclusion: 'failure', verdict, headline: `Nothing was started: ${faults.length} faults.`, faults };
}

/** Adds a hint to the first fault about a missing file of a workspace into which nothing was checked out. */
function withCheckoutAdvice(faults: readonly string[], workspace: string | undefined): readonly string[] {
  if (workspace === undefined || !isEmpty(workspace)) return faults;
  const first = faults.find((fault) => /does not exist|matches no file/.test(fault) && fault.includes(workspace));
  const advice =
    'The workspace is empty: a step with actions/checkout before this one brings the files of the repository.';
  return faults.map((fault) => (fault === first ? `${fault} ${advice}` : fault));
}

function isEmpty(directory: string): boolean {
  try {
    return readdirSync(directory).length === 0;
  } catch {
    return false;
  }
}

function summaryOf(title: string, faults: readonly string[]): string {
  const items = faults.slice(0, limits.faults).map((fault) => `<li>${inlineHtml(fault, limits.length)}</li>\n`);
  const more = faults.length - items.length;
  if (more > 0) items.push(`<li>and ${more} more</li>\n`);
  return `### ❌ ${headingHtml(title, limits.title)}: failure\n\n<p>Nothing was started:</p>\n<ul>\n${items.join('')}</ul>\n`;
}
