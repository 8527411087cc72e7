import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figure } from '../rig/figure.ts';
import { type FrontendResult, frontends } from '../rig/frontend.ts';
import { stepUsers } from '../rig/ordinary-user.ts';
import { startJob } from '../rig/runner.ts';
import { scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';

/** What a tool may do to the session's directory $S in its base $B, and whether the logs are lost with it. */
const attacks: readonly (readonly [string, string, 'lost' | 'kept'])[] = [
  ['loses all rights', 'chmod 000 $S', 'kept'],
  ['loses the right to write', 'chmod 500 $S', 'kept'],
  ['loses the right to enter', 'chmod 600 $S', 'kept'],
  ['loses them with its base', 'chmod 000 $S; chmod 000 $B', 'kept'],
  ['is removed', 'while [ -e $S ]; do rm -rf $S; done', 'lost'],
  ['is removed with its base', 'while [ -e $B ]; do rm -rf $B; done', 'lost'],
  ['becomes a link to itself', 'mv $S $B/../moved; ln -s $S $S', 'lost'],
  ['becomes a link to another directory', 'mv $S $B/../moved; mkdir $B/../other; ln -s $B/../other $S', 'lost'],
  ['becomes a file', 'mv $S $B/../moved; echo x >$S', 'lost'],
  ['becomes another directory', 'mv $S $B/../moved; mkdir -p $S/outputs', 'lost'],
];

/** The last of them begins long after what happened to the directory, and runs beside another. */
function promptsOf(attack: string) {
  return [
    scriptedPrompt('before', 'echo before'),
    scriptedPrompt('attack', `${attack}; echo attack`),
    scriptedPrompt('after', 'echo after'),
    scriptedPrompt('last', 'echo last'),
  ];
}

/** Every result is there, the session's verdict is that of its processes, and nothing is said to be our own fault. */
function expectResultsKept(frontend: string, done: FrontendResult): void {
  expect({ exitCode: done.exitCode, returned: done.returned.map(({ status }) => status) }).toEqual({
    exitCode: 0,
    returned: ['succeeded', 'succeeded', 'succeeded', 'succeeded'],
  });
  expect(done.printed).not.toContain('Internal error');
  if (frontend === 'library') return;
  const outputs = { before: 'before\n', attack: 'attack\n', after: 'after\n', last: 'last\n' };
  expect(JSON.parse(done.outputs.outputs ?? '')).toEqual(outputs);
  expect(done.outputs).toMatchObject({ conclusion: 'success', 'succeeded-count': '4' });
  expect(done.summary).toMatch(/: success/);
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  describe.each(stepUsers)('as the %s user', (user) => {
    test.each(attacks)(
      "R30: when the session's directory %s, results, verdict and outputs are kept, and one warning says what is lost",
      async (what, attack, fate) => {
        await using job = await startJob({ user });
        const { executable } = scriptedProgram(job.temporary, 'plain');
        const base = join(job.temporary, 'logs');
        const prompts = promptsOf(`B=${base}; for S in $B/*/; do S=\${S%/}; done; ${attack}`);
        const options = { 'claude-path': executable, 'log-dir': base };
        const done = await start(job, { pattern: 'sequential', prompts, options }).done;
        expectResultsKept(frontend, done);
        figure({ row: 'R30', frontend }, `as the ${user} user, it ${what}: every result kept`);
        const warnings = done.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
        if (frontend === 'library') return;
        if (fate === 'kept') expect(warnings).toEqual([]);
        else
          expect(warnings).toEqual([
            expect.stringMatching(/^The session's logs are incomplete: .* Results are kept\.$/),
          ]);
      },
    );
  });
});
