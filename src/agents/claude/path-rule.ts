import process from 'node:process';

/**
 * A permission rule for all that lies below an absolute directory, written so that every character of the path stands for
 * itself: the CLI reads a pattern as git does in `.gitignore`, in parentheses in which `\` quotes (tried with 2.1.330).
 */
export function directoryRule(tool: string, directory: string, platform = process.platform): string {
  const path = platform === 'win32' ? slashed(directory) : directory;
  const pattern = path.replace(/[\\*[\]]/g, '\\$&');
  return `${tool}(/${pattern.replace(/[\\()]/g, '\\$&')}/**)`;
}

/** `C:\logs` as the CLI writes it: `/c/logs`. */
function slashed(path: string): string {
  return path.replace(/^[A-Za-z]:/, (drive) => `/${drive.charAt(0).toLowerCase()}`).replaceAll('\\', '/');
}
