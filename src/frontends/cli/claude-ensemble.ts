#!/usr/bin/env node
import process from 'node:process';
import { nodeVersionFault } from '../shared/node-version.ts';

// Everything else is imported below this check: an older Node would fail in the middle of it, with a stack trace.
const fault = nodeVersionFault(process.versions.node);
if (fault !== undefined) {
  process.stderr.write(`${fault}\n`);
  process.exitCode = 2;
} else {
  const { main } = await import('./main.ts');
  // Not process.exit: what a slow pipe has not taken yet would be cut off.
  process.exitCode = await main();
}
