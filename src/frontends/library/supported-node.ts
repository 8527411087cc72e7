import process from 'node:process';
import { nodeVersionFault } from '../shared/node-version.ts';

// Imported before all else: an older Node would fail in the middle of a dependency, with an error that does not name the cause.
const fault = nodeVersionFault(process.versions.node);
if (fault !== undefined) throw new Error(fault);
