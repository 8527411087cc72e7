import './node-check.ts'; // First: see there.
import process from 'node:process';
import { upload } from './delivery.ts';
import { remainingFiles } from './remaining-files.ts';
import { openRunnerConsole } from './runner-console.ts';
import { readDelivery } from './step-state.ts';

// Runs at the end of the job, whatever became of the step: uploads the logs of one that was cancelled or killed.

const { env: environment } = process;
const console = openRunnerConsole((text) => text);
try {
  const delivery = readDelivery(environment);
  if (delivery !== undefined) {
    const { directory, owner } = delivery;
    const files = remainingFiles({ directory, processIds: owner.processIds });
    const cancel = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort(signal));
    console.print(`The step ended before its logs were uploaded: ${files.length} files are left of its session.`);
    if (files.length > 0) await upload(delivery, files, { console, environment, cancel: cancel.signal });
  }
} catch (error) {
  console.annotate('warning', `The logs were not uploaded: ${error instanceof Error ? error.message : error}`);
}
await console.flush(5000);
process.exit(0);
