import { readFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { surviveFileSizeLimit } from '../shared/file-size-limit.ts';
import { keepYoungGenerationSmall } from '../shared/young-generation.ts';
import type { Command } from './arguments.ts';
import { readCommand } from './arguments.ts';
import { helpText } from './help.ts';
import { listenForInterrupts } from './interrupts.ts';
import { refuse } from './refusal.ts';
import { openTextStream } from './text-stream.ts';
import type { World } from './world.ts';

/** How long what runs may take to be killed after a fault of our own. */
const killPatienceMs = 2_000;

/** The story of the command, from its arguments to its exit code. */
export async function main(): Promise<number> {
  const { env: environment } = process;
  using interrupts = listenForInterrupts();
  keepYoungGenerationSmall();
  surviveFileSizeLimit();
  const world: World = {
    environment,
    directory: process.cwd(),
    input: () => process.stdin,
    out: openTextStream(process.stdout, environment),
    err: openTextStream(process.stderr, environment),
    interrupts,
  };
  const crash = Promise.withResolvers<never>();
  process.on('uncaughtException', crash.reject);
  process.on('unhandledRejection', crash.reject);
  const story = obey(readCommand(process.argv.slice(2)), world);
  try {
    return await Promise.race([story, crash.promise]);
  } catch (error) {
    interrupts.abandon();
    await Promise.race([story.catch(() => undefined), sleep(killPatienceMs, undefined, { ref: false })]);
    world.err.write(`${internalError(error, environment)}\n`);
    // Nobody knows what is broken; it may be what keeps this process alive.
    setTimeout(() => process.exit(1), killPatienceMs).unref();
    return 1;
  }
}

async function obey(command: Command, world: World): Promise<number> {
  switch (command.kind) {
    case 'help':
      world.out.write(helpText(command.topic));
      return 0;
    case 'version':
      world.out.write(`${programVersion()}\n`);
      return 0;
    case 'unclear':
      if (command.faults.length > 0) return refuse(command.faults, { world, json: false, topic: command.topic });
      world.err.write(helpText(command.topic));
      return 2;
    // Help need not wait until all of the engine is loaded.
    case 'run': {
      const { runCommand } = await import('./run-command.ts');
      return runCommand(command, world);
    }
    case 'demo': {
      const { demo } = await import('./demo.ts');
      return demo(command, world);
    }
  }
}

function internalError(error: unknown, { DEBUG }: World['environment']): string {
  if (DEBUG && error instanceof Error && error.stack !== undefined) return error.stack;
  const message = error instanceof Error ? error.message : String(error);
  return `Internal error: ${message.replace(/^Internal error: /, '')} This is a fault of claude-ensemble; DEBUG=1 shows where.`;
}

/** The version of this package; its package.json is two directories up, in the sources as in the build. */
function programVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
