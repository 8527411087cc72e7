#!/usr/bin/env node
import process from 'node:process';

/** The oldest release line of Node that this program runs on; `engines` in package.json says the same. */
const oldestNode = 22;

// Everything else is imported below this check: an older Node would fail in the middle of it, with a stack trace.
if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `claude-ensemble needs Node ${oldestNode} or newer; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 2;
} else {
  const { main } = await import('./main.ts');
  // Not process.exit: what a slow pipe has not taken yet would be cut off.
  process.exitCode = await main();
}
