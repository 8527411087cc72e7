import process from 'node:process';
import { expect, test } from 'vitest';
import { parsePromptList } from '../../src/plan/sources/prompt-list.ts';

/** As large as a list may be. */
const full = 32 * 1024 * 1024;

/** Reads a list and takes the time of the processor, which does not depend on what else the machine is doing. */
function timed(text: string) {
  const before = process.cpuUsage();
  const list = parsePromptList(text, 500);
  const { user, system } = process.cpuUsage(before);
  return { list, seconds: (user + system) / 1_000_000 };
}

const weapons: readonly (readonly [string, string, string])[] = [
  ['flow lists in each other', '[', ''],
  ['flow mappings in each other', '{"a":', ''],
  ['block lists in each other', '- ', ''],
  ['explicit keys in each other', '? ', ''],
  ['compact mappings in each other', 'a: ', ''],
  ['entries without end', '- x\n', ''],
  ['flow entries without end', 'x,', '['],
  ['keys without end', '  x: \n', '- a: b\n'],
  ['aliases', '- *a\n', '- &a [x]\n'],
  ['documents without end', '---\n', ''],
  ['directives without end', '%A\n', ''],
  ['comments without end', '# x\n', ''],
  ['line ends', '\n', ''],
  ['quotes', '"', ''],
  ['characters in quotes', 'a', '- "'],
];

test.each(weapons)('32 MiB of %s are refused in under a second', (_, motif, head) => {
  const text = head + motif.repeat(Math.floor((full - head.length) / motif.length));
  const { list, seconds } = timed(text);
  expect(list).toEqual({ entries: [], diagnostics: [expect.anything()] });
  expect(seconds).toBeLessThan(1);
});

test.each([
  ['of escapes', '\\n', '["'],
  ['that is folded', ' a\n', '- >\n'],
  ['that is literal', ' a\n', '- |\n'],
  ['of lines', ' a\n', '- a\n'],
])('a text of 16 MiB %s is refused in under a second, before it is put together', (_, motif, head) => {
  const text = head + motif.repeat(Math.floor(full / 2 / motif.length));
  const { list, seconds } = timed(text);
  expect(list.diagnostics[0]?.text).toMatch(
    /line \d, column \d: a string of more than 4194304 characters\. Put it into a file/,
  );
  expect(seconds).toBeLessThan(1);
});
