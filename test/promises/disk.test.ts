import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figure } from '../rig/figure.ts';
import { type FrontendResult, frontends } from '../rig/frontend.ts';
import { startJob } from '../rig/runner.ts';
import { scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import { mountSmallDisk } from '../rig/small-disk.ts';

const mebibyte = 1024 * 1024;
const prompts = [
  scriptedPrompt('before', 'echo before'),
  scriptedPrompt('large', `yes 'a line of many' | head -c ${mebibyte}`),
  scriptedPrompt('after', 'echo after'),
];

/** Every result is there, and of the right process. */
function expectResultsKept(frontend: string, { exitCode, signal, returned, outputs }: FrontendResult): void {
  expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: null });
  expect(returned.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  if (frontend === 'library') expect(returned.map(({ output }) => String(output).length)).toEqual([7, mebibyte, 6]);
  else expect(JSON.parse(outputs.outputs ?? '')).toMatchObject({ before: 'before\n', after: 'after\n' });
}

function warnings({ commands }: FrontendResult): string[] {
  return commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R18: a disk that fills up costs logs and one warning, no result; the result says that its log is incomplete', async () => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    using disk = mountSmallDisk(join(job.temporary, 'disk'), { kibibytes: 512 });
    const options = { 'claude-path': executable, 'log-dir': disk.path };
    const session = start(job, { pattern: 'sequential', prompts, options });
    const done = await session.done;
    expect(statfsSync(disk.path).bavail).toBe(0);
    expectResultsKept(frontend, done);
    const incomplete = /^The session's logs are incomplete: .*ENOSPC.* The disk is full: .* Results are kept\.$/;
    if (frontend === 'library') {
      expect(done.returned.map(({ logIncomplete = false }) => logIncomplete)).toEqual([false, true, true]);
      expect(readFileSync(session.file('session.log'), 'utf8').match(/warning: /g) ?? []).toHaveLength(1);
    } else {
      expect(warnings(done)).toEqual([expect.stringMatching(incomplete)]);
      expect(done.printed).toMatch(/log incomplete: large/);
      expect(done.summary).toContain('log incomplete: large');
    }
    figure({ row: 'R18', frontend }, 'a disk of 512 KiB, an output of 1 MiB: success, every result, one warning');
  });

  test('R18: a disk that cannot be written to costs the logs and one warning, no result', async () => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    using disk = mountSmallDisk(join(job.temporary, 'disk'), { kibibytes: 512, readOnly: true });
    const options = { 'claude-path': executable, 'log-dir': join(disk.path, 'logs') };
    const done = await start(job, { pattern: 'sequential', prompts, options }).done;
    expect(readdirSync(disk.path)).toEqual([]);
    expectResultsKept(frontend, done);
    if (frontend === 'library') {
      for (const { logIncomplete, logFile } of done.returned)
        expect([logIncomplete, logFile]).toEqual([true, undefined]);
    } else {
      expect(warnings(done)).toEqual([expect.stringMatching(/EROFS.*The disk is read-only: point log-dir to one/)]);
      expect(done.outputs).toMatchObject({ 'session-dir': '', 'results-file': '' });
      expect(done.summary).toContain('log incomplete: before');
    }
    expect(existsSync(join(disk.path, 'logs'))).toBe(false);
    figure({ row: 'R18', frontend }, 'a read-only disk: success, every result, one warning');
  });
});
