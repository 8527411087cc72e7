import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { internalErrorMessage } from '../../model/errors.ts';
import { crashOfThisProgram } from '../shared/crash.ts';
import { surviveFileSizeLimit } from '../shared/file-size-limit.ts';
import { keepYoungGenerationSmall } from '../shared/young-generation.ts';
import type { Command } from './arguments.ts';
import { readCommand } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { helpText } from './help.ts';
import { listenForInterrupts } from './interrupts.ts';
import { ownPackage } from './own-package.ts';
import { refuse } from './refusal.ts';
import { openTextStream } from './text-stream.ts';

/** Time for the kill of what runs after a fault of our own, in milliseconds. */
const killPatienceMs = 2_000;

/** Runs the command that the arguments name; returns its exit code. */
export async function main(): Promise<number> {
  const { env: environment } = process;
  using interrupts = listenForInterrupts();
  const command = readCommand(process.argv.slice(2));
  // Nothing streams through a plan, and it makes many small objects.
  if (command.kind !== 'plan') keepYoungGenerationSmall();
  surviveFileSizeLimit();
  const directory = currentDirectory();
  const context: CliContext = {
    environment,
    directory: directory ?? '/',
    input: () => process.stdin,
    out: openTextStream(process.stdout, environment),
    err: openTextStream(process.stderr, environment),
    interrupts,
  };
  const crash = crashOfThisProgram();
  const running = directory === undefined ? withoutDirectory(command, context) : execute(command, context);
  try {
    return withFault(await Promise.race([running, crash]), context);
  } catch (error) {
    interrupts.abandon();
    await Promise.race([running.catch(() => undefined), sleep(killPatienceMs, undefined, { ref: false })]);
    context.err.write(`${internalError(error, environment)}\n`);
    // Nobody knows what is broken; it may be what keeps this process alive.
    setTimeout(() => process.exit(1), killPatienceMs).unref();
    return 1;
  }
}

async function execute(command: Command, context: CliContext): Promise<number> {
  switch (command.kind) {
    case 'help':
      await context.out.writeAll([helpText(command.topic)]);
      return 0;
    case 'version':
      await context.out.writeAll([`${programVersion()}\n`]);
      return 0;
    case 'unclear':
      if (command.faults.length > 0)
        return refuse(command.faults, { context, json: command.json === true, topic: command.topic });
      context.err.write(helpText(command.topic));
      return 2;
    // Help need not wait until all of the engine is loaded.
    case 'run': {
      const { runCommand } = await import('./run-command.ts');
      return runCommand(command, context);
    }
    case 'validate': {
      const { validateCommand } = await import('./validate-command.ts');
      return validateCommand(command, context);
    }
    case 'plan': {
      const { planCommand } = await import('./plan-command.ts');
      return planCommand(command, context);
    }
    case 'merge': {
      const { mergeCommand } = await import('./merge-command.ts');
      return mergeCommand(command, context);
    }
    case 'findings': {
      const { findingsCommand } = await import('./findings-command.ts');
      return findingsCommand(command, context);
    }
    case 'demo': {
      const { demo } = await import('./demo.ts');
      return demo(command, context);
    }
  }
}

/** Undefined when somebody has removed it. */
function currentDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Nothing works in a directory that is not there; help is given anywhere. */
async function withoutDirectory(command: Command, context: CliContext): Promise<number> {
  if (command.kind === 'help' || command.kind === 'version' || command.kind === 'unclear')
    return await execute(command, context);
  const json = 'mode' in command ? command.mode.json : 'json' in command && command.json;
  const fault = 'The current directory does not exist any more. Change to another one.';
  return refuse([fault], { context, json, topic: command.kind });
}

/** A command whose answer is lost has not succeeded: what follows it would take nothing for all. */
function withFault(exitCode: number, { out, err }: CliContext): number {
  const fault = out.fault();
  if (fault === undefined) return exitCode;
  err.write(`Standard output could not be written: ${fault}\n`);
  return exitCode === 0 ? 1 : exitCode;
}

function internalError(error: unknown, { DEBUG }: CliContext['environment']): string {
  if (DEBUG && error instanceof Error && error.stack !== undefined) return error.stack;
  return `${internalErrorMessage(error)} This is a fault of claude-ensemble; DEBUG=1 shows where.`;
}

/** The version of this package. */
function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ownPackage(), 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
