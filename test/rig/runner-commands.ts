/** A workflow command that GitHub's runner would carry out. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** A line of the console that is no command. */
export type PlainLine = string;

const registered = new Set([
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'internal-set-repo-path'],
  ...['notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
]);

/** Reads a console as the runner does: both grammars, lines end at carriage returns too. */
export function readConsole(text: string): { commands: RunnerCommand[]; lines: PlainLine[] } {
  const commands: RunnerCommand[] = [];
  const lines: PlainLine[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const command = modernCommand(line) ?? oldCommand(line);
    if (command === undefined) lines.push(line);
    else commands.push(command);
  }
  return { commands, lines };
}

function modernCommand(line: string): RunnerCommand | undefined {
  const match = /^[\s\u0085]*::([^ :]+)(?: (.*?))?::(.*)$/su.exec(seen(line));
  const [, name = '', properties = '', data = ''] = match ?? [];
  return match === null ? undefined : command({ name, properties: properties.split(','), data });
}

function oldCommand(line: string): RunnerCommand | undefined {
  const match = /##\[([^ \]]+)(?: ([^\]]*))?\](.*)$/su.exec(seen(line));
  const [, name = '', properties = '', data = ''] = match ?? [];
  return match === null ? undefined : command({ name, properties: properties.split(';'), data });
}

/** .NET searches with the rules of a culture: characters without weight there do not count. */
function seen(line: string): string {
  return line.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\0-\x08\x0e-\x1f\x7f]/gu, '');
}

interface RawCommand {
  readonly name: string;
  readonly properties: readonly string[];
  readonly data: string;
}

function command({ name, properties, data }: RawCommand): RunnerCommand | undefined {
  if (!registered.has(name.toLowerCase())) return undefined;
  const pairs = properties.filter((pair) => pair.includes('=')).map((pair) => pair.split(/=(.*)/s, 2));
  const plain = pairs.map(([key = '', value = '']) => [key, unescaped(value)]);
  return { name: name.toLowerCase(), properties: Object.fromEntries(plain), data: unescaped(data) };
}

function unescaped(text: string): string {
  const tokens: Readonly<Record<string, string>> = {
    '0A': '\n',
    '0D': '\r',
    '25': '%',
    '2C': ',',
    '3A': ':',
    '3B': ';',
    '5D': ']',
  };
  return text.replace(/%(0A|0D|25|2C|3A|3B|5D)/g, (whole, code: string) => tokens[code] ?? whole);
}
