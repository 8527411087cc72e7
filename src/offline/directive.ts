import { firstUnits } from '../text/cut-text.ts';
import { parseJson } from '../text/json.ts';
import { apiErrorFor, errorNames, usageLimitError } from './api-error.ts';
import { type Answer, type Delivery, type Failure, textAnswer } from './step.ts';

/** Meaning of one directive. */
export type Instruction =
  /** Answers of the model, one a turn. */
  | { readonly kind: 'answers'; readonly answers: readonly Answer[]; readonly joinsWithNext?: true }
  /** Something that leaves no trace in the conversation, so it is counted by request: the first `times` of them. */
  | { readonly kind: 'event'; readonly step: Answer | Failure; readonly times: number }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  /** The directive cannot be understood. */
  | { readonly kind: 'fault'; readonly message: string };

/** One word that may follow `offline:`. */
export interface Directive {
  /** The directive as one writes it, optional parts in brackets. */
  readonly usage: string;
  /** One sentence for the documentation. */
  readonly meaning: string;
  readonly read: (argument: string) => Instruction;
  /** Blanks after the first are part of the argument: code and nested lists begin with some. */
  readonly keepsBlanks?: true;
}

/** The largest answer that was seen to come through the CLI whole (2.1.330). */
const maxReplyBytes = 50_000_000;
const maxTimes = 1000;
/** In levels. Much deeper JSON can still be parsed, but `JSON.stringify` runs out of stack on it. */
const maxDepth = 200;

const millisecondsPer: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** Every directive, in the order in which the documentation lists them. */
export const directives: Readonly<Record<string, Directive>> = {
  reply: {
    usage: 'reply <text>',
    meaning:
      'Answer with this text; replies right after each other are the lines of one answer, with their indentation.',
    read: (text) => ({ kind: 'answers', answers: [textAnswer(text)], joinsWithNext: true }),
    keepsBlanks: true,
  },
  'reply-bytes': {
    usage: 'reply-bytes <count>',
    meaning: 'Answer with a text of this many bytes, at most 50000000.',
    read: readReplyBytes,
  },
  structured: {
    usage: 'structured <JSON object>',
    meaning: 'Call the StructuredOutput tool, which `json-schema` brings, with this value, valid or not.',
    read: (argument) => readTool(`StructuredOutput ${argument}`),
  },
  tool: {
    usage: 'tool <name> <JSON object> [times <n>]',
    meaning: 'Call a tool, in one turn or in this many; after the last one comes the default answer.',
    read: readTool,
  },
  'max-tokens': {
    usage: 'max-tokens',
    meaning: 'Answer with a text that ends at the limit of output tokens.',
    read: (argument) =>
      argument === ''
        ? {
            kind: 'answers',
            answers: [{ kind: 'text', text: 'This answer stops in the mid', stopReason: 'max_tokens' }],
          }
        : fault('it takes nothing behind it'),
  },
  empty: event('empty', 'Answer with no text at all.', textAnswer('')),
  refuse: event('refuse', 'Refuse to answer, as a safety filter does.', {
    kind: 'text',
    text: '',
    stopReason: 'refusal',
  }),
  error: {
    usage: 'error <status or name> [retry-after <seconds>] [times <n>]',
    meaning: `Answer with an error of the API: a status from 400 to 599, or one of ${errorNames.join(', ')}.`,
    read: readError,
  },
  'usage-limit': {
    usage: 'usage-limit [opus or sonnet] [resets <seconds>] [times <n>]',
    meaning: 'Refuse the request because the usage limit of a subscription is used up, of one model or of all.',
    read: readUsageLimit,
  },
  hang: event('hang', 'Accept the request and send nothing.', { kind: 'hang' }),
  stall: event('stall', 'Send the headers of an answer, then nothing.', { kind: 'stall' }),
  cut: event('cut', 'Reset the connection in the middle of the answer.', { kind: 'cut' }),
  malformed: event('malformed', 'Answer with status 200 and a web page, as a proxy does.', {
    kind: 'malformed',
    body: 'html',
  }),
  blank: event('blank', 'Answer with status 200 and nothing behind it.', { kind: 'malformed', body: 'nothing' }),
  delay: {
    usage: 'delay <duration>',
    meaning: 'Wait before each answer, for example 500ms, 2s or 1m.',
    read: (argument) => readDuration(argument, (delayMs) => ({ delayMs })),
  },
  slow: {
    usage: 'slow <duration>',
    meaning: 'Send each answer word by word, this far apart.',
    read: (argument) => readDuration(argument, (paceMs) => ({ paceMs })),
  },
  usage: {
    usage: 'usage <input tokens> <output tokens>',
    meaning: 'Claim this many tokens for each answer, and with them its cost.',
    read: readUsage,
  },
};

/** Reads what follows `offline:` on one line. */
export function readDirective(text: string): Instruction {
  const [, word = '', rest = ''] = /^(\S*)\s?([\s\S]*)$/.exec(text.trim()) ?? [];
  const directive = Object.hasOwn(directives, word) ? directives[word] : undefined;
  const complaint = `offline: ${firstUnits(text.trim(), 200)}`;
  if (directive === undefined) return fault(`"${complaint}" is no directive.`);
  const instruction = directive.read(directive.keepsBlanks === true ? rest : rest.trimStart());
  if (instruction.kind !== 'fault') return instruction;
  return fault(`"${complaint}": ${instruction.message}. It is written: offline: ${directive.usage}`);
}

function fault(message: string): Instruction {
  return { kind: 'fault', message };
}

function event(word: string, meaning: string, step: Answer | Failure): Directive {
  return {
    usage: `${word} [times <n>]`,
    meaning,
    read: (argument) => {
      const settings = readSettings(argument, ['times']);
      return typeof settings === 'string'
        ? fault(settings)
        : { kind: 'event', step, times: settings.get('times') ?? Infinity };
    },
  };
}

/** Reads `word number` pairs in any order; gives the complaint as text. */
function readSettings(argument: string, allowed: readonly string[]): ReadonlyMap<string, number> | string {
  const settings = new Map<string, number>();
  const words = argument.split(/\s+/).filter((word) => word !== '');
  for (let index = 0; index < words.length; index += 2) {
    const [word = '', value = ''] = words.slice(index, index + 2);
    if (!allowed.includes(word)) return `"${word}" is not understood`;
    if (!/^\d{1,6}$/.test(value)) return `"${word}" needs a number`;
    settings.set(word, Number(value));
  }
  return settings;
}

function readError(argument: string): Instruction {
  const [, name = '', rest = ''] = /^(\S*)\s*(.*)$/.exec(argument) ?? [];
  const error = apiErrorFor(name);
  if (error === undefined)
    return fault(`"${name}" is neither a status from 400 to 599 nor one of ${errorNames.join(', ')}`);
  const settings = readSettings(rest, ['times', 'retry-after']);
  if (typeof settings === 'string') return fault(settings);
  const retryAfterSeconds = settings.get('retry-after');
  return {
    kind: 'event',
    step: { kind: 'error', error: retryAfterSeconds === undefined ? error : { ...error, retryAfterSeconds } },
    times: settings.get('times') ?? Infinity,
  };
}

function readUsageLimit(argument: string): Instruction {
  const [, model, rest = ''] = /^(?:(opus|sonnet)(?:\s+|$))?(.*)$/.exec(argument) ?? [];
  const settings = readSettings(rest, ['times', 'resets']);
  if (typeof settings === 'string') return fault(settings);
  const error = usageLimitError(model === undefined ? 'five_hour' : `seven_day_${model}`, settings.get('resets'));
  return { kind: 'event', step: { kind: 'error', error }, times: settings.get('times') ?? Infinity };
}

function readTool(argument: string): Instruction {
  const [, name = '', json = '', times = '1'] = /^(\S+)\s+(\{.*\})(?:\s+times\s+(\d{1,6}))?$/.exec(argument) ?? [];
  const input = parseJson(json);
  if (typeof input !== 'object' || input === null) return fault('it needs a JSON object on the same line');
  if (isDeeper(input, maxDepth)) return fault(`it has more than ${maxDepth} levels`);
  if (Number(times) > maxTimes) return fault(`it is repeated at most ${maxTimes} times`);
  return { kind: 'answers', answers: Array.from({ length: Number(times) }, () => ({ kind: 'tool', name, input })) };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function readReplyBytes(argument: string): Instruction {
  const count = /^\d{1,8}$/.test(argument) ? Number(argument) : 0;
  if (count < 1 || count > maxReplyBytes) return fault(`it needs a number from 1 to ${maxReplyBytes}`);
  const line = 'This is a long answer of the offline stand-in.\n';
  return { kind: 'answers', answers: [textAnswer(line.repeat(Math.ceil(count / line.length)).slice(0, count))] };
}

function readUsage(argument: string): Instruction {
  const [, input, output] = /^(\d{1,9})\s+(\d{1,9})$/.exec(argument) ?? [];
  if (input === undefined || output === undefined) return fault('it needs two numbers');
  return { kind: 'delivery', delivery: { usage: { input: Number(input), output: Number(output) } } };
}

function readDuration(argument: string, delivery: (milliseconds: number) => Delivery): Instruction {
  const [, number, unit = 's'] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m)?$/.exec(argument) ?? [];
  if (number === undefined) return fault('it needs a duration such as 500ms, 2s or 1m');
  const milliseconds = Number(number) * (millisecondsPer[unit] ?? 1);
  // Longer timers fire at once.
  return { kind: 'delivery', delivery: delivery(Math.min(milliseconds, 2 ** 31 - 1)) };
}
