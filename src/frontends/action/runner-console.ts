import process from 'node:process';
// Not from '@actions/core' itself: that loads an HTTP client of 1 MB at every start, which only its OIDC functions use.
import { issueCommand } from '../../../node_modules/@actions/core/lib/command.js';
import { oneLine, plainText, shortened } from '../../text/plain-text.ts';

/** The step's console: what is printed is only ever text, and only our own annotations are commands. */
export interface RunnerConsole {
  /** Prints text from wherever; nothing in it can act as a workflow command. */
  readonly print: (text: string) => void;
  /** Prints lines that are folded below a title. */
  readonly fold: (title: string, lines: readonly string[]) => void;
  /** Puts a line where people look first: on the run's page. */
  readonly annotate: (kind: AnnotationKind, message: string, about?: AnnotationSubject) => void;
  /** Has the runner mask a value in the console from now on. */
  readonly mask: (secret: string) => void;
  /** Resolves when everything was written, or the patience (milliseconds) is over. */
  readonly flush: (patienceMs: number) => Promise<void>;
}

/** A line of a file of the checkout. */
export interface AnnotationPlace {
  readonly file: string;
  readonly line?: number;
}

/** Subject of an annotation. */
export interface AnnotationSubject {
  /** Absent means this project. */
  readonly title?: string;
  readonly place?: AnnotationPlace;
}

/** The three kinds of annotation that GitHub knows. */
export type AnnotationKind = 'notice' | 'warning' | 'error';

/** GitHub shows no more of one kind for a step, and no more characters of one. */
const annotationLimits = { count: 10, length: 4096, title: 160 };

/** Further lines are dropped while the reader is this far behind: a slow console must not fill the memory. */
const backlogBytes = 8 * 1024 * 1024;

/**
 * Neither white space, which the runner trims before it looks for `::command::`, nor a character that the culture-aware
 * comparison of .NET overlooks.
 */
const prefix = '│ ';

const longestTitle = 1_000;
const ownTitle = 'Claude Ensemble';

/** Opens the console of this process; at most one is made. Whatever it prints goes through the redaction first. */
export function openRunnerConsole(redact: (text: string) => string): RunnerConsole {
  const { stdout, stderr } = process;
  let closed = false;
  let dropped = 0;
  stdout.on('error', () => {
    closed = true;
  });
  // Only Node writes there; its reader may be gone.
  stderr.on('error', () => undefined);
  const given = { notice: 0, warning: 0, error: 0 };

  /** process.stdout never blocks on a pipe here: what is not taken waits in our memory. */
  function admits(): boolean {
    if (closed) return false;
    if (stdout.writableLength > backlogBytes) {
      dropped += 1;
      return false;
    }
    if (dropped > 0) {
      stdout.write(`${prefix}(${dropped} lines are missing here: the console was too slow; the logs have them)\n`);
      dropped = 0;
    }
    return true;
  }

  const clean = (text: string): string => plainText(redact(text));

  function print(text: string): void {
    if (admits()) stdout.write(harmlessLines(clean(text)));
  }

  return {
    print,
    fold(title, lines) {
      if (!admits()) return;
      issueCommand('group', {}, oneLine(harmless(clean(title)), longestTitle));
      stdout.write(harmlessLines(clean(lines.join('\n'))));
      issueCommand('endgroup', {}, '');
    },
    annotate(kind, message, { title = ownTitle, place } = {}) {
      given[kind] += 1;
      const isShown = given[kind] <= annotationLimits.count;
      // One with a place is reported elsewhere as well.
      if (!isShown && place === undefined) print(`${kind}: ${message}`);
      if (!isShown || !admits()) return;
      const properties = {
        title: oneLine(harmless(clean(title)), annotationLimits.title),
        ...(place !== undefined && { file: harmless(clean(place.file)) }),
        ...(place?.line !== undefined && { line: place.line }),
      };
      issueCommand(kind, properties, shortened(harmless(clean(message)), annotationLimits.length));
    },
    mask(secret) {
      // The runner masks line by line; a multi-line value as a whole would never match.
      for (const line of secret.split(/\r\n|\r|\n/))
        if (line.trim() !== '' && !closed) issueCommand('add-mask', {}, line);
    },
    flush: (patienceMs) => (closed ? Promise.resolve() : flushed(stdout, patienceMs)),
  };
}

function flushed(stream: NodeJS.WriteStream, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    stream.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The text as whole lines, each beginning with the prefix, with nothing that the runner would obey. */
export function harmlessLines(text: string): string {
  const lines = text.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  return lines.map((line) => `${prefix}${harmless(line)}\n`).join('');
}

/**
 * Breaks every `##[`, which the runner obeys anywhere in a line. What stands between the characters and is invisible to
 * its culture-aware search (control codes, soft hyphens, joiners) does not keep them apart.
 */
function harmless(text: string): string {
  return text.replace(/#(?=[^\x20-\x7e]*#[^\x20-\x7e]*\[)/gu, '#\\');
}
