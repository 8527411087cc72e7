import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences of all packages that a bundle holds something of, by the paths of its modules. */
export function licensesOf(modules: readonly string[]): string {
  const packages = new Set(modules.map(packageOf).filter((path) => path !== undefined));
  const licenses = new Set([...packages].map(licenseOf));
  return [...licenses].sort().join('\n');
}

/** The directory of the package that a module is of, if it is not ours. */
function packageOf(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replaceAll('\\', '/'))?.[0];
}

function licenseOf(path: string): string {
  const { name, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? 'The package has no licence file.' : readFileSync(join(path, file), 'utf8').trimEnd();
  return `## ${name} (${license})\n\n${text}\n`;
}
