import { errorMessage } from '../../model/errors.ts';
import './node-check.ts'; // First: see there.
import process from 'node:process';
import { removeLeftBases } from '../../agents/claude/temporary-base.ts';
import { stageFiles } from '../../github/staged-files.ts';
import { sessionFiles } from '../../model/session-files.ts';
import { linksHtml, renderSummary } from '../../reports/summary.ts';
import { type Recovery, recoveryWarning } from '../../session/recovery.ts';
import { artifactOwner } from './artifact-owner.ts';
import { openCommandFiles } from './command-files.ts';
import { linksOf, stagingMs, uploadStaged } from './delivery.ts';
import { readJob } from './inputs.ts';
import { type SessionPlace, sessionPlace } from './left-session.ts';
import { recoverLeft, writeMissingDocuments } from './recovered-documents.ts';
import { remainingFiles } from './remaining-files.ts';
import { openRunnerConsole } from './runner-console.ts';
import { type LeftSession, ledgerKeyOf, readState } from './step-state.ts';

// Runs at the end of the job, however the step ended: recovers the documents of a session whose step was killed, and
// uploads the logs, as far as they can be proven to be what the step wrote. State and files may be the work of a tool.

const notUploaded = 'The logs were not uploaded';
const { env: environment } = process;
const console = openRunnerConsole((text) => text);
const commandFiles = openCommandFiles(environment);
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort(signal));
try {
  const job = readJob(environment);
  // What children lived in goes with them, recordings of conversations above all; that of a killed step is still there.
  if (job.kind !== 'none') await removeLeftBases(job.temporary);
  const left = readState(environment);
  if (left.kind === 'forged') console.annotate('warning', `${notUploaded}: the state that the step left was changed.`);
  const place = left.kind === 'left' ? await sessionPlace(left.session.sessionId, environment) : undefined;
  if (left.kind === 'left' && place !== undefined) await deliverRest(left.session, place);
} catch (error) {
  console.annotate('warning', `${notUploaded}: ${errorMessage(error)}`);
}
await console.flush(5000);
process.exit(0);

async function deliverRest(left: LeftSession, place: SessionPlace): Promise<void> {
  const startedMs = performance.now();
  const { directory, temporary, delivery, redactor, findings } = place;
  const key = ledgerKeyOf(environment);
  const files = key === undefined ? [] : await remainingFiles({ ...left, directory, key });
  if (key !== undefined && files.length === 0) {
    console.annotate('warning', `${notUploaded}: nothing in ${directory} can be proven to be what the step wrote.`);
    return;
  }
  const stop = AbortSignal.any([cancel.signal, AbortSignal.timeout(stagingMs)]);
  await using staged = await stageFiles({ files, directory, temporary, redactor, stop });
  const recovery = await recoverLeft({ directory, staged, redactor, unproven: key === undefined, findings });
  const documents =
    recovery.kind === 'recovered' ? await writeMissingDocuments({ directory, staged }, recovery.state) : [];
  announce(recovery, documents.length > 0, delivery.jobSummary);
  if (key === undefined) {
    console.annotate('warning', `${notUploaded}: the runner gave no token for that. They are in ${directory}.`);
    return;
  }
  const kept = { ...staged, files: [...staged.files, ...documents] };
  console.print(`The step ended before its logs were uploaded: ${kept.files.length} files are left of its session.`);
  const processIds = recovery.kind === 'recovered' ? recovery.processIds : [];
  const shard = recovery.kind === 'recovered' ? recovery.state.started?.shard : undefined;
  const owner = artifactOwner({ ...place, environment, processIds, ...(shard !== undefined && { shard }) });
  const { retentionDays } = delivery;
  const session = { directory, owner, ...(retentionDays !== undefined && { retentionDays }) };
  const artifact = await uploadStaged(session, kept, { console, environment, cancel: cancel.signal, startedMs });
  if (artifact === undefined || !delivery.jobSummary) return;
  // The step has written its own summary when the session had ended: that one is out of reach now, and lacks the links.
  const links = linksOf(artifact);
  const hasSummary = recovery.kind === 'refused' || recovery.hadEnded;
  writeSummary(hasSummary ? linksHtml(links) : renderSummary(recovery.state, { links }));
}

function announce(recovery: Recovery, isNews: boolean, isSummaryWanted: boolean): void {
  if (recovery.kind === 'refused') {
    console.annotate('warning', `The session was not recovered: ${sessionFiles.events} ${recovery.cause}.`);
    return;
  }
  if (!isNews) return;
  console.annotate('notice', recoveryWarning);
  console.print(recovery.state.ended?.verdict ?? '');
  // The step has written its own when the session has ended.
  if (!isSummaryWanted || recovery.hadEnded) return;
  writeSummary(renderSummary(recovery.state));
}

/** In place of what was written before. */
function writeSummary(markdown: string): void {
  commandFiles.writeSummary(markdown);
  for (const warning of commandFiles.settle().warnings) console.annotate('warning', warning);
}
