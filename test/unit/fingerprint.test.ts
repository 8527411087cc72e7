import { expect, test } from 'vitest';
import type { ClaudeOptions, ProcessSpec } from '../../src/model/plan.ts';
import { changedParts, type FingerprintOptions, fingerprintOf } from '../../src/session/fingerprint.ts';
import { processSpec } from '../rig/results.ts';

const claude: ClaudeOptions = { allowedTools: [], disallowedTools: [], claudeArgs: [] };

function fingerprint(process: Partial<ProcessSpec> = {}, options: Partial<FingerprintOptions> = {}) {
  return fingerprintOf({
    process: processSpec('p', { workingDirectory: '/checkout/src', ...process }),
    context: [],
    inputs: { needs: [] },
    denialsFail: false,
    executable: '2.1.330',
    checkout: '/checkout',
    redact: (text) => text,
    ...options,
  });
}

test.each<readonly [string, Partial<ProcessSpec>, Partial<FingerprintOptions>]>([
  ['prompt', { prompt: 'other' }, {}],
  ['context', {}, { context: [{ id: 'context', text: 'x' }] }],
  ['data', { data: [{ id: 'item', text: 'x' }] }, {}],
  ['model', { claude: { ...claude, model: 'opus' } }, {}],
  ['append-system-prompt', { claude: { ...claude, appendSystemPrompt: 'x' } }, {}],
  ['allowed-tools', { claude: { ...claude, allowedTools: ['Bash'] } }, {}],
  ['disallowed-tools', { claude: { ...claude, disallowedTools: ['Bash'] } }, {}],
  ['permission-mode', { claude: { ...claude, permissionMode: 'plan' } }, {}],
  ['mcp-config', { claude: { ...claude, mcpConfig: '{}' } }, {}],
  ['settings', { claude: { ...claude, settings: '{}' } }, {}],
  ['json-schema', { claude: { ...claude, jsonSchema: '{}' } }, {}],
  ['claude-args', { claude: { ...claude, claudeArgs: ['--effort', 'low'] } }, {}],
  ['working-directory', { workingDirectory: '/checkout/test' }, {}],
  ['pass-output', {}, { inputs: { needs: [], passOutput: 'a' } }],
  ['needs', {}, { inputs: { needs: ['a'] } }],
  ['on-denied', {}, { denialsFail: true }],
  ['claude-version', {}, { executable: '2.1.331' }],
])('what an answer depends on is named when it changes: %s', (part, process, options) => {
  expect(changedParts(fingerprint(), fingerprint(process, options))).toEqual([part]);
  expect(changedParts(fingerprint(process, options), fingerprint())).toEqual([part]);
});

test('limits change no answer: turns, time, money, a fallback model; nor does the name', () => {
  const limits = {
    timeoutMs: 1,
    maxBudgetUsd: 1,
    name: 'x',
    claude: { ...claude, maxTurns: 3, fallbackModel: 'haiku' },
  };
  expect(fingerprint(limits)).toEqual(fingerprint());
});

test('a checkout in another place is the same checkout', () => {
  const there = fingerprint({ workingDirectory: '/elsewhere/src' }, { checkout: '/elsewhere' });
  expect(there).toEqual(fingerprint());
});

test('a secret is not hashed: another one is no change, and a short one cannot be guessed from the hash', () => {
  const redact = (text: string): string => text.replaceAll(/key-\d/g, '***');
  const of = (prompt: string) => fingerprint({ prompt }, { redact });
  expect(of('use key-1')).toEqual(of('use key-2'));
});
