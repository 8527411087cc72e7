import process from 'node:process';
import type { ProcessSpec } from '../../src/model/plan.ts';
import type { Ending, ProcessDetails, ProcessResult } from '../../src/model/result.ts';

/** A process with nothing special about it. */
export function processSpec(id: string, fields: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    id,
    name: id,
    prompt: `prompt of ${id}`,
    workingDirectory: process.cwd(),
    claude: { allowedTools: [], disallowedTools: [], claudeArgs: [] },
    ...fields,
  };
}

/** A result with nothing special about it but how it ended. */
export function processResult(
  id: string,
  ending: Ending = { status: 'succeeded' },
  details: Partial<ProcessDetails> = {},
): ProcessResult {
  return {
    ...ending,
    processId: id,
    name: id,
    exitCode: ending.status === 'succeeded' ? 0 : -1,
    output: ending.status === 'succeeded' ? `output of ${id}` : '',
    stderr: '',
    duration: 1,
    attempts: ending.status === 'skipped' ? 0 : 1,
    endedAt: '2026-01-01T00:00:00.000Z',
    permissionDenials: [],
    ...details,
  };
}
