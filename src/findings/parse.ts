import { z } from 'zod';
import { checkVerdicts, type Finding, type FindingCheck, reportedVerdicts, severities } from '../model/finding.ts';
import { longestShortSummary } from '../model/finding-schemas.ts';
import { shortened } from '../text/plain-text.ts';
import { plainPath } from './finding-path.ts';

const text = z.string().transform((written) => written.toWellFormed());
const line = z.int().min(1).max(0x7f_ff_ff_ff);

/** An optional field that is malformed is left out: the finding is worth more than its form. */
const finding = z.object({
  file: text,
  line: line.optional().catch(undefined),
  summary: text,
  short_summary: text.optional().catch(undefined),
  failure_scenario: text,
  category: text.optional().catch(undefined),
  severity: z.enum(severities),
  verdict: z.enum(reportedVerdicts).optional().catch(undefined),
});

const answer = z.object({ findings: z.array(z.unknown()) });
const check = z.object({ verdict: z.enum(checkVerdicts), reason: text });

/** Findings in a structured output, and the number of items that cannot be read as findings. */
export interface ReadFindings {
  /** There is a list of findings, however short; without one it is unknown what was found. */
  readonly isAnswer: boolean;
  readonly findings: readonly Finding[];
  readonly unreadable: number;
}

/** Reads what a model has answered to the schema `findings`; `roots` are the absolute paths that the checkout has. */
export function readFindings(structuredOutput: unknown, roots: readonly string[] = []): ReadFindings {
  const read = answer.safeParse(structuredOutput);
  if (!read.success) return { isAnswer: false, findings: [], unreadable: 0 };
  const items = read.data.findings.map((item) => finding.safeParse(item));
  const findings = items.flatMap(({ data }) => (data === undefined ? [] : [tidied(data, roots)]));
  return { isAnswer: true, findings, unreadable: items.length - findings.length };
}

/** Reads what a model has answered to the schema `finding-check`; undefined when it is no such answer. */
export function readFindingCheck(structuredOutput: unknown): FindingCheck | undefined {
  return check.safeParse(structuredOutput).data;
}

function tidied(read: z.infer<typeof finding>, roots: readonly string[]): Finding {
  const { file, line: at, short_summary: heading, category, verdict, summary, failure_scenario, severity } = read;
  return {
    file: roots.reduce(plainPath, plainPath(file)),
    ...(at !== undefined && { line: at }),
    summary,
    ...(heading !== undefined && { short_summary: shortened(heading, longestShortSummary) }),
    failure_scenario,
    ...(category !== undefined && { category }),
    severity,
    ...(verdict !== undefined && { verdict }),
  };
}
