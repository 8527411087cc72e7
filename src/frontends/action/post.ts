import './node-check.ts'; // First: see there.
import process from 'node:process';
import { upload } from './delivery.ts';
import { remainingFiles } from './remaining-files.ts';
import { openRunnerConsole } from './runner-console.ts';
import { proofKey, readDelivery, type UnfinishedDelivery } from './step-state.ts';

// Runs at the end of the job, whatever became of the step: uploads the logs of one that was cancelled or killed, as far as they
// can be proven to be what the step wrote. State and files may be the work of a tool.

const notUploaded = 'The logs were not uploaded';
const { env: environment } = process;
const console = openRunnerConsole((text) => text);
try {
  const left = readDelivery(environment);
  if (left.kind === 'forged') console.annotate('warning', `${notUploaded}: the state that the step left was changed.`);
  if (left.kind === 'left') await deliverRest(left.delivery);
} catch (error) {
  console.annotate('warning', `${notUploaded}: ${error instanceof Error ? error.message : error}`);
}
await console.flush(5000);
process.exit(0);

async function deliverRest(delivery: UnfinishedDelivery): Promise<void> {
  const key = proofKey(environment, 'ledger');
  const files = key === undefined ? [] : await remainingFiles({ ...delivery, key });
  if (files.length === 0) {
    console.annotate(
      'warning',
      `${notUploaded}: nothing in ${delivery.directory} can be proven to be what the step wrote.`,
    );
    return;
  }
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort(signal));
  console.print(`The step ended before its logs were uploaded: ${files.length} files are left of its session.`);
  await upload(delivery, files, { console, environment, cancel: cancel.signal });
}
