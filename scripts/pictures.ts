import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { marked } from 'marked';
import { sessionFiles } from '../src/model/session-files.ts';
import { replay } from '../src/record/replay.ts';
import { renderSummary } from '../src/reports/summary.ts';
import { startBrowser } from '../test/rig/browser.ts';

// Makes the pictures of the README from a real session: the real CLI, the stand-in, a real Chromium. Needs `npm run compile` before.

const root = join(import.meta.dirname, '..');
const pictures = join(root, 'docs/pictures');
const scratch = mkdtempSync(join(tmpdir(), 'claude-ensemble-pictures-'));

const reply = (text: string): string =>
  text
    .split('\n')
    .map((line) => `offline: reply ${line}`.trimEnd())
    .join('\n');

const security = `## Security of \`src/auth\`

I read 14 files. **Three findings matter**; the first should be fixed before the release.

| # | where | what |
|---|---|---|
| 1 | \`session.ts:88\` | A token is compared with \`==\`, in a time that depends on it |
| 2 | \`upload.ts:31\` | The name of a file is joined to a path without a check |
| 3 | \`log.ts:12\` | The query, with its secrets, is logged as it came |

1. Compare with \`timingSafeEqual\`.
2. Refuse names with a separator.`;

const prompts = [
  {
    id: 'security',
    name: 'Security',
    prompt: `Review src for security.\noffline: delay 900ms\noffline: tool Glob {"pattern":"src/**/*.ts"}\n${reply(security)}`,
  },
  {
    id: 'tests',
    name: 'Missing tests',
    prompt: `Say what no test covers.\noffline: error overloaded times 3\noffline: delay 600ms\n${reply('Two branches of the parser have no test: a trailing comma, and an empty list.')}`,
  },
  {
    id: 'naming',
    name: 'Naming',
    prompt: `Look at the names.\noffline: delay 400ms\n${reply('The naming is consistent in most places. Five names mislead.')}`,
  },
  {
    id: 'docs',
    name: 'API docs',
    timeout: '12s',
    'allowed-tools': 'Bash',
    prompt: 'Build the docs.\noffline: tool Bash {"command":"echo building; sleep 60"}',
  },
  {
    id: 'changelog',
    name: 'Changelog',
    prompt: 'Write the changelog.\noffline: tool Write {"file_path":"CHANGELOG.md","content":"x"}',
  },
  { id: 'licences', name: 'Licences', prompt: 'Check the licences.\noffline: error 400' },
  {
    id: 'summary',
    name: 'Summary',
    needs: 'all',
    when: 'always',
    prompt: `Sum up.\noffline: delay 700ms\n${reply('### What to do first\n\nFix the comparison of tokens in `session.ts`, then test the two branches of the parser.\nThe docs were not built: `sleep` ran until the timeout.')}`,
  },
];

/** Runs the session; gives its directory. */
function runSession(): string {
  writeFileSync(join(scratch, 'prompts.json'), JSON.stringify(prompts));
  const command = join(root, 'build/bundle/claude-ensemble.js');
  const flags = ['--prompts-file', 'prompts.json', '--log-dir', 'logs', '--title', 'Review'];
  const limits = ['--offline', '--max-workers', '4', '--max-budget-usd', '2', '--retry-delay', '1s', '--print', 'none'];
  const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const { stderr } = spawnSync(process.execPath, [command, 'run', ...flags, ...limits], {
    cwd: scratch,
    env: { HOME: scratch, PATH },
    encoding: 'utf8',
  });
  const [session] = readdirSync(join(scratch, 'logs')).filter((name) => /^\d/.test(name));
  if (session === undefined) throw new Error(stderr);
  return join(scratch, 'logs', session);
}

/** An approximation of how GitHub shows the summary. */
async function summaryPage(directory: string): Promise<string> {
  const lines = readFileSync(join(directory, sessionFiles.events), 'utf8').split('\n');
  const state = await replay(lines, { directory });
  const links = { report: '#', logs: '#', logsBytes: 61_440 };
  const note = /^> \[!NOTE\]\n> /mu;
  const body = marked.parse(renderSummary(state, { links }).replace(note, '> <b>Note</b><br>'));
  return `<!doctype html><meta charset="utf-8"><style>${summaryStyle}</style><main>${await body}</main>`;
}

const summaryStyle = `
body { margin: 0; background: #fff; color: #1f2328; font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
main { padding: 16px 28px; width: 904px; }
h3 { margin: 8px 0 12px; font-size: 20px; } h4 { margin: 12px 0 8px; } p { margin: 8px 0; }
a { color: #0969da; } ul { padding-left: 26px; margin: 8px 0; } li + li { margin-top: 4px; }
blockquote { margin: 12px 0; padding: 2px 14px; border-left: 4px solid #0969da; color: #0969da; } blockquote p { color: #1f2328; }
table { border-collapse: collapse; margin: 10px 0; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
code { background: #f0f1f2; border-radius: 6px; padding: 2px 5px; font: 13px ui-monospace, monospace; } samp { font: 14px ui-monospace, monospace; }
sub { color: #59636e; font-size: 12px; vertical-align: baseline; } hr { border: 0; } summary { cursor: pointer; }`;

const directory = runSession();
const page = join(scratch, 'summary.html');
writeFileSync(page, await summaryPage(directory));
const browser = await startBrowser();
try {
  const shots = [
    { name: 'summary.png', path: page, width: 960, height: 1290 },
    { name: 'report.png', path: join(directory, sessionFiles.report), width: 1280, height: 760 },
  ];
  for (const { name, path, width, height } of shots) {
    const tab = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
    await tab.goto(pathToFileURL(path).href);
    await tab.waitForTimeout(500);
    await tab.screenshot({ path: join(pictures, name) });
  }
} finally {
  await browser.close();
  if (process.env.KEEP === undefined) rmSync(scratch, { recursive: true, force: true });
}
