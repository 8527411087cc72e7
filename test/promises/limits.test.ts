import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { figure } from '../rig/figure.ts';
import { type FrontendResult, type FrontendSession, frontends, type Work } from '../rig/frontend.ts';
import { startJob } from '../rig/runner.ts';
import { scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';

const mebibyte = 1024 * 1024;

/** A plain program that prints this many bytes of markup, which the summary has to escape; its last line marks the end. */
function printing(id: string, bytes: number): Work['prompts'][number] {
  const end = `the end of ${id}`;
  return scriptedPrompt(id, `yes '<b>é & "x"</b> \`a\`' | head -c ${bytes - end.length - 1}; printf '\\n%s' '${end}'`);
}

/** The summary where people see it: the step's, or the file of a session of the library's. */
function summaryOf(frontend: string, session: FrontendSession, done: FrontendResult): string {
  return frontend === 'library' ? readFileSync(session.file('summary.md'), 'utf8') : done.summary;
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R12: a result that no output or variable can hold is cut where it is told, and whole where its path leads', async () => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    const sizes = { small: 100, a: 200_000, b: 2 * mebibyte, c: 3 * mebibyte, d: 200_000, e: 200_000, f: 200_000 };
    const prompts = Object.entries(sizes).map(([id, size]) => printing(id, size));
    const session = start(job, { prompts, options: { 'claude-path': executable } });
    const done = await session.done;
    expect(done.returned.map(({ status }) => status)).toEqual(prompts.map(() => 'succeeded'));
    for (const [id, size] of Object.entries(sizes)) {
      const whole = readFileSync(session.file(`outputs/${id}.md`), 'utf8');
      expect(Buffer.byteLength(whole)).toBe(size);
      expect(whole.endsWith(`the end of ${id}`)).toBe(true);
    }
    const outputs = Object.entries(done.outputs);
    const longest = Math.max(...outputs.map(([, value]) => value.length));
    const all = outputs.reduce((sum, [, value]) => sum + value.length, 0);
    expect(longest).toBeLessThanOrEqual(50_000);
    expect(all).toBeLessThanOrEqual(400_000);
    for (const { output } of done.results) expect(Buffer.byteLength(output)).toBeLessThanOrEqual(mebibyte);
    expect(done.results.map(({ outputTruncated = false }) => outputTruncated)).toEqual(
      Object.values(sizes).map((size) => size > mebibyte),
    );
    if (frontend === 'library') {
      figure({ row: 'R12', frontend }, 'output of 3 MiB: 1 MiB in the result, marked; whole by path');
      return;
    }
    const shown = JSON.parse(done.outputs.outputs ?? '') as Record<string, string>;
    expect(Object.keys(shown)).toEqual(Object.keys(sizes));
    expect(shown.small).toMatch(/the end of small$/);
    expect(shown.c).toMatch(/\[cut: \d+ characters in all\]$/);
    figure(
      { row: 'R12', frontend },
      `outputs of 6 MiB: the longest ${longest}, all together ${all} UTF-16 units; whole by path`,
    );
  });

  test('R13: of outputs of 6 MiB the summary shows at most 150 KB: it shortens them, keeps every row, and says so', async () => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const session = start(job, {
      prompts: ids.map((id) => printing(id, mebibyte)),
      options: { 'claude-path': executable },
    });
    const summary = summaryOf(frontend, session, await session.done);
    const bytes = Buffer.byteLength(summary);
    expect(bytes).toBeLessThanOrEqual(150_000);
    expect(bytes).toBeGreaterThan(50_000);
    expect(summary.match(/Cut here; the report has all of it/gu)).toHaveLength(6);
    for (const id of ids) expect(summary).toContain(`<td>✅ <b>${id}</b>`);
    figure({ row: 'R13', frontend }, `6 outputs of 1 MiB: ${bytes} bytes`);
  });

  test('R13: when the rows alone are too many, some of them go, the totals stay, and it says how many went', async () => {
    await using job = await startJob();
    const { executable } = scriptedProgram(job.temporary, 'plain');
    const count = 1_400;
    // The first one wins: the others are rows without a process.
    const prompts = Array.from({ length: count }, (_, index) => ({
      ...scriptedPrompt(`p${index}`, 'echo won'),
      name: `"&<${index}>${'"'.repeat(110)}`,
    }));
    const session = start(job, {
      pattern: 'fallback',
      prompts,
      options: { 'claude-path': executable, 'max-prompts': String(count) },
    });
    const done = await session.done;
    expect(done.results).toHaveLength(count);
    const summary = summaryOf(frontend, session, done);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(150_000);
    const leftOut = Number(/<td>and ([\d,]+) more<\/td>/.exec(summary)?.[1]?.replace(',', ''));
    expect(leftOut).toBeGreaterThan(0);
    expect(summary.match(/<tr><td>(?:✅|⏭️)/gu)).toHaveLength(count - leftOut);
    expect(summary).toContain('1 of 1,400 done');
    figure(
      { row: 'R13', frontend },
      `${count} rows: ${Buffer.byteLength(summary)} bytes, ${leftOut} rows left out, said`,
    );
  });
});
