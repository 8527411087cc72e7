import { writeSync } from 'node:fs';
import process from 'node:process';
import { nodeVersionFault } from '../shared/node-version.ts';

// Imported before all else, as the other entry points do: workflow engines in host mode bring their own Node, and an older one
// would fail in the middle of a module, with an error that does not name the cause.
const fault = nodeVersionFault(process.versions.node);
if (fault !== undefined) {
  writeSync(1, `::error::${fault}\n`);
  process.exit(1);
}
