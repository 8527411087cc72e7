// A program of a user's that runs many sessions of the library at once: how is in the file that WORK names, and where each of
// them keeps its files is written beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { ClaudeProcess, OrchestratorSession, runParallel } from 'claude-ensemble';

const path = process.env.WORK ?? '';
const { count, claudePath } = JSON.parse(readFileSync(path, 'utf8')) as { count: number; claudePath: string };
const options = { claudePath, streamOutput: false };

async function runSession(index: number): Promise<string> {
  const session = new OrchestratorSession(`session ${index}`, options);
  await runParallel([session.createProcess(`session ${index}`)]);
  return session.logDir;
}

/** The same without a session: every such process has one of its own. */
async function runProcess(index: number): Promise<string> {
  const only = new ClaudeProcess({ ...options, prompt: `process ${index}`, processId: 'process_001' });
  await only.run();
  return only.logDir;
}

const indices = Array.from({ length: count }, (_, index) => index);
const directories = await Promise.all(
  indices.map((index) => (index % 2 === 0 ? runSession(index) : runProcess(index))),
);
writeFileSync(`${path}.directories`, JSON.stringify(directories));
