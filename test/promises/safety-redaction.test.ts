import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startArtifactService } from '../rig/artifact-service.ts';
import { annotationsOf, type Evidence, evidenceOf, placesOf } from '../rig/evidence.ts';
import { disguises, inventedSecret, linesOf, strangersTokens } from '../rig/hidden-secrets.ts';
import { nodeProgram, shellProgram } from '../rig/plain-program.ts';
import { type Job, startJob } from '../rig/runner.ts';
import { assistantText, initMessage, resultMessage, toolResult, toolUse } from '../rig/stream-messages.ts';

type Random = (most: number) => number;

/** Secrets of every kind that promises.md (T4) lists, where a step has them. */
function secretsOf(random: Random) {
  const secret = (lines?: number): string => inventedSecret(random, lines);
  const key = `-----BEGIN PRIVATE KEY-----\n${secret(4)}\n-----END PRIVATE KEY-----`;
  return {
    inputs: {
      'anthropic-api-key': secret().replaceAll(/\s/g, ''),
      'claude-code-oauth-token': secret(),
      'github-token': secret(),
      mask: secret(3),
    },
    env: {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret(),
      DEPLOY_TOKEN: secret(),
      MY_SECRET: secret(2),
      DB_PASSWORD: secret(),
      SERVICE_API_KEY: secret(),
      SSH_PRIVATE_KEY: key,
      app_credentials: secret(),
    },
    git: [secret().replaceAll(/[^a-zA-Z0-9]/g, 'x'), secret().replaceAll(/[^a-zA-Z0-9]/g, 'x')] as const,
  };
}

type Secrets = ReturnType<typeof secretsOf>;

/** As actions/checkout leaves its token: up to version 5 in the checkout, from 6 on in RUNNER_TEMP. */
function leaveGitCredentials({ workspace, temporary }: Job, [before, now]: Secrets['git']): string[] {
  const header = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');
  const config = (token: string): string =>
    `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${header(token)}\n`;
  mkdirSync(join(workspace, '.git'));
  writeFileSync(join(workspace, '.git/config'), config(before));
  writeFileSync(join(temporary, 'git-credentials-1.config'), config(now));
  return [before, now].map(header);
}

interface Hidden {
  readonly printed: string;
  readonly telling: readonly string[];
}

/** Every secret in every disguise that leaves something to find, in random order. */
function hide(known: readonly string[], random: Random): readonly Hidden[] {
  const all = known.flatMap((secret) =>
    disguises.map(({ printed, telling = (value) => [printed(value)] }) => ({
      printed: printed(secret),
      telling: telling(secret),
    })),
  );
  const strangers = strangersTokens(random).map((token) => ({
    printed: token,
    telling: token.startsWith('-----') ? linesOf(token) : [token],
  }));
  return [...all, ...strangers]
    .map((hidden) => ({ hidden, rank: random(1e9) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ hidden }) => hidden);
}

/** What a program writes, piece by piece: the borders lie anywhere, in the middle of characters too. */
function writes(fd: 1 | 2, text: string, random: Random): readonly [number, string][] {
  const bytes = Buffer.from(text);
  const pieces: [number, string][] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random(random(3) === 0 ? 40 : 4000);
    pieces.push([fd, bytes.subarray(at, at + size).toString('base64')]);
    at += size;
  }
  return pieces;
}

/** A program that writes the pieces, both streams in turn, with a breath between them so that each is read by itself. */
function printer(job: Job, pieces: readonly (readonly [number, string][])[], exitCode: number): string {
  const turns = Array.from({ length: Math.max(...pieces.map(({ length }) => length)) }, (_, index) => index);
  const order = turns.flatMap((index) => pieces.flatMap((stream) => stream.slice(index, index + 1)));
  const plan = join(job.temporary, 'plan.json');
  writeFileSync(plan, JSON.stringify(order.map(([fd, base64]) => [fd, base64])));
  return nodeProgram(
    job.temporary,
    `const { readFileSync, writeSync } = require('node:fs');
     const pause = new Int32Array(new SharedArrayBuffer(4));
     const write = (fd, bytes) => {
       for (let at = 0; at < bytes.length; ) {
         try { at += writeSync(fd, bytes, at); } catch (error) { if (error.code !== 'EAGAIN') throw error; }
       }
     };
     for (const [fd, base64] of JSON.parse(readFileSync('${plan}', 'utf8'))) {
       write(fd, Buffer.from(base64, 'base64'));
       Atomics.wait(pause, 0, 0, 1);
     }
     process.exit(${exitCode});`,
  );
}

/** Every place of a conversation in which a model or a tool says something. */
function conversation(hidden: readonly Hidden[]): string {
  const messages = hidden.map(({ printed }, index) => {
    const text = `before${index} ${printed} after${index}`;
    const kinds = [
      () => assistantText(text),
      () => toolUse('Bash', { command: text, [`key ${printed}`]: [text] }),
      () => toolResult(text),
      () => ({ type: 'system', subtype: 'something_new', text: { deep: [text] } }),
    ];
    return (kinds[index % kinds.length] as (typeof kinds)[number])();
  });
  const result = resultMessage(hidden.map(({ printed }) => printed).join('\n'), {
    structured_output: { list: hidden.map(({ printed }) => printed) },
    permission_denials: hidden
      .slice(0, 20)
      .map(({ printed }) => ({ tool_name: 'Bash', tool_use_id: 't', tool_input: { command: printed } })),
  });
  return [initMessage(), ...messages, result].map((message) => `${JSON.stringify(message)}\n`).join('');
}

/** Every file below a directory, those that are not uploaded as well. */
function filesBelow(directory: string): readonly Evidence[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ place: path, text: readFileSync(path, 'utf8') }));
}

type Way = 'plain' | 'plain that fails' | 'stream-json';

/** A step whose program prints every secret, and everything that can be seen of it afterwards. */
async function tell(way: Way, random: Random) {
  await using service = await startArtifactService();
  const { inputs, env, git } = secretsOf(random);
  await using job = await startJob({ env: { ...service.env, ...env } });
  const known = [...Object.values(inputs), ...Object.values(env), ...leaveGitCredentials(job, git), ...git];
  const hidden = hide([...known, service.env.ACTIONS_RUNTIME_TOKEN], random);
  const prose = hidden.map(({ printed }, index) => `before${index} ${printed} after${index}\n`).join('');
  const stdout = way === 'stream-json' ? conversation(hidden) : prose;
  const pieces = [writes(1, stdout, random), writes(2, prose, random)];
  const program = printer(job, pieces, way === 'plain that fails' ? 3 : 0);
  const prompts = JSON.stringify([{ id: 'teller', name: `Uses ${known[0]}`, prompt: 'x' }]);
  const step = await job.run({ with: { ...inputs, prompts, 'claude-path': program } });
  const evidence = [...evidenceOf(step, service), ...filesBelow(join(job.temporary, 'claude-ensemble'))];
  return { hidden, evidence, step };
}

const ways: readonly Way[] = ['plain', 'plain that fails', 'stream-json'];

test.each(ways)(
  'T4: no secret of the step is in any file, line, output or summary, however it was told: %s',
  async (way) => {
    const property = fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 2 ** 31 - 1 })), async (numbers) => {
      const random = (most: number): number => (numbers.next().value as number) % most;
      const { hidden, evidence, step } = await tell(way, random);
      expect(step.outputs.conclusion).toBe(way === 'plain that fails' ? 'failure' : 'success');
      const log = evidence.find(({ place }) => place === 'artifact teller.log')?.text ?? '';
      // What is no secret is there, but for the neighbours of a key block whose end was lost in a disguise.
      const kept = [...hidden.keys()].filter((index) => log.includes(`before${index} `));
      expect(kept.length).toBeGreaterThan(0.9 * hidden.length);
      const found = hidden.flatMap(({ telling }) =>
        telling.flatMap((part) => placesOf(part, evidence)).map((place) => `${telling[0]} in ${place}`),
      );
      expect(found).toEqual([]);
    });
    await fc.assert(property, { numRuns: 3, endOnFailure: true });
  },
);

const mask = 'correct-horse-battery-staple';

/** What shows of the mask when a step is given it at an odd place. */
async function shown(inputs: Readonly<Record<string, string>>, script = 'echo done'): Promise<readonly string[]> {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const step = await job.run({
    with: { prompt: 'x', mask, 'claude-path': shellProgram(job.temporary, script), ...inputs },
  });
  return placesOf(mask, evidenceOf(step, service));
}

test.each([
  ['the name of the artifact', { 'artifact-name': mask }],
  ['a bad name of an artifact, and what is suggested instead', { 'artifact-name': `logs/${mask}` }],
  ['the name of an input', { [mask]: 'x' }],
  ['a path that is not there', { 'claude-path': `/nope/${mask}` }],
  ['a glob without a match', { prompt: '', 'prompts-glob': `${mask}/*.md` }],
  ['the name of an earlier artifact', { 'resume-from': mask }],
  ['a number', { retries: mask }],
  ['a list that is no YAML', { prompt: '', prompts: `- ${mask}: [` }],
  ['an id', { prompt: '', prompts: `[{"id":"${mask}","prompt":"x"}]` }],
  ['the context', { context: mask }],
])('T4: no secret shows when it stands in %s', async (_, inputs) => {
  expect(await shown(inputs)).toEqual([]);
});

test.each([
  ['cut between the two streams', `printf ${mask.slice(0, 14)}; printf ${mask.slice(14)} >&2; exit 3`],
  ['behind colours', `printf '\\033[1m${mask.slice(0, 14)}\\033[0m${mask.slice(14)}\\n'`],
  ['without an end', `printf 'no line feed %s' ${mask}`],
  ['a byte at a time', `for c in ${[...mask].join(' ')}; do printf %s $c; sleep 0.01; done; echo`],
])('T4: no secret shows that a program prints %s', async (_, script) => {
  expect(await shown({}, script)).toEqual([]);
});

test.each(['tools', 'tools/deep/down'])(
  "T4: git's token is known in a repository beside the workspace: work in %s",
  async (directory) => {
    await using service = await startArtifactService();
    await using job = await startJob({ env: service.env });
    const header = Buffer.from('x-access-token:a-token-without-any-shape').toString('base64');
    mkdirSync(join(job.workspace, 'tools/.git'), { recursive: true });
    mkdirSync(join(job.workspace, 'tools/deep/down'), { recursive: true });
    writeFileSync(join(job.workspace, 'tools/.git/config'), `[http]\n\textraheader = AUTHORIZATION: basic ${header}\n`);
    const program = shellProgram(job.temporary, `cat ${job.workspace}/tools/.git/config`);
    const step = await job.run({ with: { prompt: 'x', 'claude-path': program, 'working-directory': directory } });
    expect(step.outputs.output).toContain('AUTHORIZATION: basic ***');
    expect(placesOf(header, evidenceOf(step, service))).toEqual([]);
  },
);

test('T4: no secret shows that the real Claude repeats; *** stands in its place', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const base64 = Buffer.from(mask).toString('base64');
  const step = await job.run({
    with: { prompt: `offline: reply It is ${mask}, or ${base64}.`, mask, offline: 'true' },
  });
  // The last character of base64 stands for what follows the secret as well.
  expect(step.outputs.output).toMatch(/^It is \*\*\*, or \*\*\*.{0,4}\.$/);
  const evidence = evidenceOf(step, service);
  expect([...placesOf(mask, evidence), ...placesOf(base64, evidence)]).toEqual([]);
});

test('T4: paths, statuses and numbers are what they are, though a value that is redacted is a part of them', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: { ...service.env, POSTGRES_PASSWORD: 'database' } });
  const words = [basename(dirname(job.temporary)), 'succeeded', 'assistant', '20261122'];
  const messages = [
    initMessage(),
    assistantText('It has succeeded. The database is 20261122.'),
    resultMessage('It has succeeded. The database is 20261122.', {
      num_turns: 20261122,
      structured_output: { id: 20261122 },
    }),
  ];
  const lines = messages.map((message) => `${JSON.stringify(message)}\n`).join('');
  const program = printer(job, [writes(1, lines, () => 40)], 0);
  const step = await job.run({ with: { prompt: 'x', mask: words.join('\n'), 'claude-path': program } });
  expect(step.outputs).toMatchObject({
    conclusion: 'success',
    output: 'It has ***. The database is ***.',
    'succeeded-count': '1',
  });
  const [result] = JSON.parse(readFileSync(step.outputs['results-file'] ?? '', 'utf8')).results;
  expect(result).toMatchObject({ status: 'succeeded', numTurns: 20261122, structuredOutput: { id: '***' } });
  expect(readFileSync(result.logFile, 'utf8')).toContain('It has ***. The');
  expect(statSync(step.outputs['session-dir'] ?? '').isDirectory()).toBe(true);
  expect(service.artifacts).toHaveLength(1);
  expect(annotationsOf(step, 'warning').filter((warning) => warning.startsWith('POSTGRES_PASSWORD'))).toHaveLength(1);
});
