// npm run measure: runs the promises, and writes what they measured into the table of docs/reliability.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

interface Figure {
  readonly row: string;
  readonly frontend: string;
  readonly text: string;
}

const document = join(import.meta.dirname, '../docs/reliability.md');
const directory = mkdtempSync(join(tmpdir(), 'figures-'));
const file = join(directory, 'figures.jsonl');
const vitest = join(import.meta.dirname, '../node_modules/.bin/vitest');
const { status } = spawnSync(vitest, ['run', '--project', 'promises', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, FIGURES_FILE: file },
});
const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
rmSync(directory, { recursive: true });
const figures = lines.map((line) => JSON.parse(line) as Figure);

const table = readFileSync(document, 'utf8').split('\n');
writeFileSync(document, table.map(measuredRow).join('\n'));
process.exitCode = status ?? 1;

/** A row with its last cell replaced, when it was measured now. */
function measuredRow(line: string): string {
  const cells = line.split(' | ');
  const own = figures.filter(({ row }) => line.startsWith(`| ${row} |`));
  if (own.length === 0) return line;
  const frontends = Map.groupBy(own, ({ frontend }) => frontend);
  const texts = [...frontends]
    .sort()
    .map(([frontend, all]) => `${frontend}: ${all.map(({ text }) => text).join('; ')}`);
  return `${cells.slice(0, 4).join(' | ')} | ${texts.join('<br>')} |`;
}
