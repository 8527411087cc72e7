import { oneLine, withoutCommands } from '../sinks/plain-text.ts';
import type { HelpTopic } from './arguments.ts';
import { jsonText } from './machine-text.ts';
import type { World } from './world.ts';

/** How a refusal is told. */
export interface RefusalOptions {
  readonly world: World;
  readonly json: boolean;
  /** The help to look into. */
  readonly topic: HelpTopic;
}

/** Longer than any fault that the configuration tells. */
const longestFault = 4_000;

/** Tells everything that stands in the way, a line each; gives the exit code of wrong usage. */
export function refuse(faults: readonly string[], { world, json, topic }: RefusalOptions): number {
  const hint = `See: claude-ensemble ${topic === 'overview' ? '' : `${topic} `}--help`;
  world.err.write([...faults.map(harmless), hint].map((line) => `${line}\n`).join(''));
  if (json) world.out.write(jsonText({ conclusion: 'failure', verdict: faults.join(' '), faults, results: [] }));
  return world.interrupts.exitCode() ?? 2;
}

/** A fault quotes what it is about, and here it begins the line, where GitHub's runner obeys `::` as well. */
function harmless(fault: string): string {
  return withoutCommands(oneLine(fault, longestFault)).replace(/^::/u, ': :');
}
