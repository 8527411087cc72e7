import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { shellProgram } from '../rig/plain-program.ts';
import { readConsole } from '../rig/runner-commands.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const library = join(import.meta.dirname, '../../src/index.ts');

/** What a program that calls the library leaves on its standard output when its process prints what the script prints. */
async function printedBy(script: string, environment: Readonly<Record<string, string>>): Promise<string> {
  await using directory = await temporaryDirectory();
  const options = { claudePath: shellProgram(directory.path, script), workingDir: directory.path, trust: 'trusted' };
  const program = `import { ClaudeProcess } from ${JSON.stringify(library)};
    await new ClaudeProcess({ prompt: 'x', processId: 'p', ...${JSON.stringify(options)} }).run();`;
  const { PATH = '', HOME = '' } = process.env;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: directory.path,
    env: { PATH, HOME, ...environment },
  });
  return (await run).stdout;
}

const tricks = [
  '\\033[m::error::e',
  '##[error]e',
  '  ::add-mask::e',
  'a\\r::error::e',
  '::stop-commands::e',
  '##\\033[m[error]e',
];

describe('what the library streams to standard output', () => {
  it('T6: has no command for the runner in it, in a job', async () => {
    const script = tricks.map((trick) => `printf '${trick}\\n'`).join('\n');
    const stdout = await printedBy(script, { GITHUB_ACTIONS: 'true' });
    expect(readConsole(stdout).commands).toEqual([]);
    expect(stdout).toContain('stop-commands');
  });

  it('is left as it is elsewhere', async () => {
    expect(await printedBy("printf '::error::e\\n##[error]e\\n'", {})).toBe('::error::e\n##[error]e\n');
  });

  it('T4: has no known secret in it, whatever a terminal would take out of it', async () => {
    const sequences = ['\\0337', '\\033]0;t\\007', '\\033_x\\033\\\\', '\\033Px\\033\\\\', '\\302\\2330m', '\\b'];
    const script = sequences.map((sequence) => `printf 'a hunter2${sequence}hunter2 b\\n'`).join('\n');
    const stdout = await printedBy(script, { MY_TOKEN: 'hunter2hunter2' });
    expect(stdout).toBe('a *** b\n'.repeat(sequences.length));
  });
});
