import { invalidRequest } from './api-error.ts';
import { defaultAnswer, structuredOutputTool } from './default-answer.ts';
import { directives, type Instruction, readDirective } from './directive.ts';
import type { ReceivedRequest } from './received-request.ts';
import { type Answer, type Failure, type Manner, type Step, textAnswer } from './step.ts';

/**
 * What the directives of a prompt ask for: lines that begin with `offline:` (see `directives` for all of them).
 *
 * Answers come one a turn, in the order written. The turn is read from the conversation that the CLI sends, so repeated
 * requests get the same answer. The last answer repeats; after a tool call comes the default answer. Events, such as
 * errors, stand between the answers: they happen where they are written, each time, or the first `times` requests of
 * that process, whichever attempt makes them. Manners hold for the whole conversation.
 */
export interface Script {
  readonly answers: readonly Answer[];
  readonly events: readonly ScriptedEvent[];
  readonly manner: Manner;
  /** Lines that are no directive, one message each. */
  readonly faults: readonly string[];
}

/** An event and its place: before the answer of this index. */
export interface ScriptedEvent {
  readonly turn: number;
  readonly step: Answer | Failure;
  /** How many requests it happens to; Infinity means all. */
  readonly times: number;
}

/** Reads the directives of a prompt. */
export function readScript(prompt: string): Script {
  const answers: Answer[] = [];
  const events: ScriptedEvent[] = [];
  const faults: string[] = [];
  let manner: Manner = {};
  let previous: Instruction | undefined;
  for (const line of prompt.split(/\r?\n/)) {
    if (!line.startsWith('offline:')) continue;
    const instruction = readDirective(line.slice('offline:'.length));
    switch (instruction.kind) {
      case 'answers':
        answers.push(...joined(instruction, previous, answers));
        break;
      case 'event':
        events.push({ turn: answers.length, step: instruction.step, times: instruction.times });
        break;
      case 'manner':
        manner = { ...manner, ...instruction.manner };
        break;
      case 'fault':
        faults.push(instruction.message);
        break;
      default:
        instruction satisfies never;
    }
    previous = instruction;
  }
  return { answers, events, manner, faults };
}

type Answers = Extract<Instruction, { kind: 'answers' }>;

/** The answers to add: a reply right after a reply takes the former's place, with both texts. */
function joined(instruction: Answers, previous: Instruction | undefined, answers: Answer[]): readonly Answer[] {
  if (instruction.joinsWithNext !== true || previous?.kind !== 'answers' || previous.joinsWithNext !== true) {
    return instruction.answers;
  }
  const texts = [answers.pop(), ...instruction.answers].map((answer) => (answer?.kind === 'text' ? answer.text : ''));
  return [textAnswer(texts.join('\n'))];
}

/** Asked for each event that may happen now; says whether its number of requests is not used up, and counts this one. */
export type TakeEvent = (index: number, times: number) => boolean;

/** What to do with a request, from the directives in its prompt. */
export function stepFor(request: ReceivedRequest, take: TakeEvent): Step {
  const script = readScript(request.prompt);
  if (script.faults.length > 0) return { kind: 'error', error: invalidRequest(explain(script.faults)) };
  const due = script.events.find(({ turn, times }, index) => turn === request.turn && take(index, times));
  return { ...script.manner, ...(due?.step ?? answerFor(script.answers, request)) };
}

function answerFor(answers: readonly Answer[], request: ReceivedRequest): Answer {
  const last = answers.at(-1);
  const repeats = last?.kind === 'text' || last?.name === structuredOutputTool;
  return answers[request.turn] ?? (repeats && last !== undefined ? last : defaultAnswer(request));
}

function explain(faults: readonly string[]): string {
  const known = Object.values(directives).map((directive) => `offline: ${directive.usage}`);
  return `${faults.join(' ')} The directives of the offline stand-in are: ${known.join('; ')}.`;
}
