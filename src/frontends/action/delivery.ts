import { link } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ArtifactClient, artifactProgram, oneSafeLine } from '../../github/artifact-child.ts';
import type { ArtifactOwner } from '../../github/artifact-name.ts';
import { type StagedFiles, stageFiles } from '../../github/staged-files.ts';
import { uploadArtifact, uploadPage } from '../../github/upload.ts';
import { sessionFiles, type WrittenFile } from '../../model/session-files.ts';
import type { SessionState } from '../../model/session-state.ts';
import type { Settings } from '../../options/settings.ts';
import { renderSummary, type SummaryLinks } from '../../reports/summary.ts';
import type { SessionOutcome } from '../../session/run.ts';
import { someOf } from '../../text/format.ts';
import type { CommandFiles } from './command-files.ts';
import type { ArtifactFacts } from './outputs.ts';
import type { RunnerConsole } from './runner-console.ts';
import { leaveSession, settleDelivery } from './step-state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Destinations of the evidence of a session. */
export interface DeliveryTools {
  readonly console: RunnerConsole;
  readonly files: CommandFiles;
  readonly environment: Environment;
  /** Ends an upload early: `post` then makes it. */
  readonly cancel: AbortSignal;
}

/** A finished session, with its settings for delivery. */
export interface FinishedSession {
  readonly outcome: SessionOutcome;
  readonly settings: Pick<Settings, 'delivery'>;
  readonly owner: ArtifactOwner;
  /** Text of the summary: its file may be missing. */
  readonly state: SessionState;
}

/** Writes the summary of the job and uploads the logs. A failure is a warning and changes no verdict. */
export async function deliver(session: FinishedSession, tools: DeliveryTools): Promise<ArtifactFacts | undefined> {
  const { outcome, settings, owner, state } = session;
  const { files, cancel } = tools;
  const { jobSummary } = settings.delivery;
  // Before the upload, which may take a minute and fail, and again with its link.
  if (jobSummary) files.writeSummary(renderSummary(state));
  if (!isWanted(session)) {
    settleDelivery(files);
    return undefined;
  }
  const { sessionId, directory, written } = outcome;
  // Should `post` have to upload, then what is ours by now and nothing of before.
  leaveSession(files, { sessionId, ...(written !== undefined && { ledgerDigest: written.ledgerDigest }) });
  // The seconds after a cancel are for the outputs; `post` has minutes.
  if (cancel.aborted) return undefined;
  const { retentionDays } = settings.delivery;
  const delivery = { directory, owner, ...(retentionDays !== undefined && { retentionDays }) };
  const artifact = await upload(delivery, written?.files ?? [], tools);
  if (!cancel.aborted) settleDelivery(files);
  if (jobSummary && artifact !== undefined) files.writeSummary(renderSummary(state, { links: linksOf(artifact) }));
  return artifact;
}

/** Links to the documents of a session. */
export function linksOf({ url, size, reportUrl }: ArtifactFacts): SummaryLinks {
  return { logs: url, logsBytes: size, ...(reportUrl !== undefined && { report: reportUrl }) };
}

/** For the copies of the files; the upload has the rest of the 60 s (docs/reliability.md, R11). */
export const stagingMs = 30_000;
const deliveryMs = 55_000;
/** In less than this nothing can be uploaded. */
const leastMs = 2_000;

/** Owner and directory of the files to upload. */
export interface UploadedSession {
  /** The session's directory. */
  readonly directory: string;
  readonly owner: ArtifactOwner;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
}

/** Console of an upload, and the signal that ends it early. */
export type UploadTools = Omit<DeliveryTools, 'files'>;

/** Uploads what was written in a session, within 60 s (docs/reliability.md, R11). */
async function upload(
  session: UploadedSession,
  files: readonly WrittenFile[],
  tools: UploadTools,
): Promise<ArtifactFacts | undefined> {
  const startedMs = performance.now();
  const { environment, cancel } = tools;
  const stop = AbortSignal.any([cancel, AbortSignal.timeout(stagingMs)]);
  const { directory } = session;
  await using staged = await stageFiles({ files, directory, temporary: environment.RUNNER_TEMP || tmpdir(), stop });
  return await uploadStaged(session, staged, { ...tools, startedMs });
}

/** Uploads copies of a session's files, within 60 s of `startedMs`. */
export async function uploadStaged(
  { directory, owner, retentionDays }: UploadedSession,
  staged: StagedFiles,
  tools: UploadTools & { readonly startedMs: number },
): Promise<ArtifactFacts | undefined> {
  const { console, environment, cancel, startedMs } = tools;
  // One child for both uploads: it loads for a while.
  using client = new ArtifactClient({ program: artifactProgram(), environment });
  if (staged.leftOut.length > 0 && !cancel.aborted) console.annotate('warning', leftOutText(staged.leftOut));
  const outcome = await uploadArtifact({
    owner,
    sessionId: basename(directory),
    files: staged.files,
    rootDirectory: staged.directory,
    shownDirectory: directory,
    ...(retentionDays !== undefined && { retentionDays }),
    client,
    deadlineMs: deliveryMs - Math.ceil(performance.now() - startedMs),
    cancel,
  });
  if (outcome.kind === 'failed') {
    if (!cancel.aborted) console.annotate('warning', outcome.message);
    return undefined;
  }
  const { id, name, url, digest, size } = outcome;
  console.print(`Logs: ${staged.files.length} files, ${Math.ceil(size / 1024)} KiB, as the artifact ${name}: ${url}`);
  // The report of a shard is a part of one: the whole is made where the shards are merged.
  const reportUrl =
    owner.shard === undefined ? await uploadReport({ name, retentionDays, client }, staged, tools) : undefined;
  return { id: String(id), name, url, digest, size, ...(reportUrl !== undefined && { reportUrl }) };
}

/** An artifact that holds the logs, and the client that uploaded it. */
interface UploadedLogs {
  readonly name: string;
  readonly retentionDays: number | undefined;
  readonly client: ArtifactClient;
}

/** Uploads the report once more, as a page that a browser opens; gives its address. In the archive it is anyway. */
async function uploadReport(
  { name, retentionDays, client }: UploadedLogs,
  staged: StagedFiles,
  { console, cancel, startedMs }: UploadTools & { readonly startedMs: number },
): Promise<string | undefined> {
  const report = join(staged.directory, sessionFiles.report);
  const deadlineMs = deliveryMs - Math.ceil(performance.now() - startedMs);
  if (!staged.files.includes(report) || cancel.aborted || deadlineMs < leastMs) return undefined;
  const file = join(staged.directory, `${name}.html`);
  await link(report, file);
  const outcome = await uploadPage({
    file,
    rootDirectory: staged.directory,
    ...(retentionDays !== undefined && { retentionDays }),
    client,
    deadlineMs,
    cancel,
  });
  if (outcome.kind === 'uploaded') {
    console.print(`Report: ${outcome.url}`);
    return outcome.url;
  }
  const cause = oneSafeLine(outcome.message) || 'there was no time left';
  console.print(`The report was not uploaded as a page of its own (${cause}); it is among the logs.`);
  return undefined;
}

/** Names of files in a warning. */
const mostNames = 5;

function leftOutText(names: readonly string[]): string {
  return (
    `Not uploaded, because they are not what was written, or could not be copied: ${someOf(names, mostNames)}. ` +
    'The likely causes are a tool that Claude ran, and a disk that is full.'
  );
}

function isWanted({ outcome, settings }: FinishedSession): boolean {
  // That nothing could be written has had its warning.
  if (outcome.files.length === 0) return false;
  switch (settings.delivery.uploadLogs) {
    case 'always':
      return true;
    case 'on-failure':
      return outcome.conclusion === 'failure' || outcome.conclusion === 'cancelled';
    case 'never':
      return false;
  }
}
