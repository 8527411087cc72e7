import { basename } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { SessionOutcome } from '../run.ts';
import type { SessionRecord } from '../sinks/session-record.ts';
import { renderSummary } from '../sinks/summary.ts';
import { artifactProgram } from './artifact-child.ts';
import type { CommandFiles } from './command-files.ts';
import type { ArtifactFacts } from './outputs.ts';
import type { RunnerConsole } from './runner-console.ts';
import { settleDelivery, type UnfinishedDelivery } from './step-state.ts';
import { uploadArtifact } from './upload.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the evidence of a session goes. */
export interface DeliveryTools {
  readonly console: RunnerConsole;
  readonly files: CommandFiles;
  readonly environment: Environment;
  /** Ends an upload early: `post` then makes it. */
  readonly cancel: AbortSignal;
}

/** A finished session, and how it wants to be delivered. */
export interface FinishedSession {
  readonly outcome: SessionOutcome;
  readonly settings: Settings;
  readonly unfinished: UnfinishedDelivery;
  /** What the summary tells: its file may be missing. */
  readonly record: SessionRecord;
}

/** Brings the summary and the logs to where people look. What fails is a warning: it changes no verdict. */
export async function deliver(session: FinishedSession, tools: DeliveryTools): Promise<ArtifactFacts | undefined> {
  const { outcome, settings, unfinished, record } = session;
  const { files, cancel } = tools;
  if (settings.delivery.jobSummary) files.writeSummary(renderSummary(record));
  if (!isWanted(session)) {
    settleDelivery(files);
    return undefined;
  }
  // The seconds after a cancel are for the outputs; `post` has minutes.
  if (cancel.aborted) return undefined;
  const artifact = await upload(unfinished, outcome.files, tools);
  if (!cancel.aborted) settleDelivery(files);
  return artifact;
}

/** Uploads the files of a session, within 60 s (promise R11). */
export async function upload(
  { directory, owner, retentionDays }: UnfinishedDelivery,
  files: readonly string[],
  { console, environment, cancel }: Omit<DeliveryTools, 'files'>,
): Promise<ArtifactFacts | undefined> {
  const outcome = await uploadArtifact({
    owner,
    sessionId: basename(directory),
    files,
    rootDirectory: directory,
    ...(retentionDays !== undefined && { retentionDays }),
    program: artifactProgram(),
    environment,
    cancel,
  });
  if (outcome.kind === 'failed') {
    if (!cancel.aborted) console.annotate('warning', outcome.message);
    return undefined;
  }
  const { id, name, url, digest, size } = outcome;
  console.print(`Logs: ${files.length} files, ${Math.ceil(size / 1024)} KiB, as the artifact ${name}: ${url}`);
  return { id: String(id), name, url, digest };
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
