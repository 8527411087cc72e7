import { invalidRequest } from './api-error.ts';
import { defaultAnswer, structuredOutputTool } from './default-answer.ts';
import { directives, type Instruction, readDirective } from './directive.ts';
import type { ReceivedRequest } from './received-request.ts';
import { type Answer, type Delivery, type Failure, type Step, textAnswer } from './step.ts';

/**
 * What the directives of a prompt ask for: lines that begin with `offline:` (see `directives` for all of them).
 *
 * Answers come one a turn, in the order written. The turn is read from the conversation that the CLI sends, so repeated
 * requests get the same answer. The last answer repeats; after a tool call comes the default answer. Events, such as
 * errors, stand between the answers: they happen where they are written, each time, or the first `times` requests of
 * that process, whichever attempt makes them. Directives about delivery apply to the whole conversation.
 */
export interface Script {
  readonly answers: readonly Answer[];
  readonly events: readonly ScriptedEvent[];
  readonly delivery: Delivery;
  /** Lines that are no directive, one message each. */
  readonly faults: readonly string[];
}

/** An event and its place: before the answer of this index. */
export interface ScriptedEvent {
  readonly turn: number;
  readonly step: Answer | Failure;
  /** Number of requests that it applies to; Infinity means all. */
  readonly times: number;
}

/** A prompt that asks for more is meant to use up the memory. The largest `reply-bytes` is still within them. */
const limits = { answers: 10_000, characters: 50_000_000, faults: 20 };

/** Reads the directives of a prompt. */
export function readScript(prompt: string): Script {
  const reading = new ScriptReading();
  for (const line of prompt.split(/\r?\n/)) {
    if (!line.startsWith('offline:')) continue;
    reading.take(readDirective(line.slice('offline:'.length)));
    if (reading.isTooMuch) break;
  }
  return reading.end();
}

/** Whether a prompt plays with the limit of a subscription: the CLI knows of none when it has an API key. */
export function needsSubscription(prompt: string): boolean {
  return readScript(prompt).events.some(({ step }) => step.kind === 'error' && step.error.usageLimit !== undefined);
}

class ScriptReading {
  readonly #answers: Answer[] = [];
  readonly #events: ScriptedEvent[] = [];
  readonly #faults: string[] = [];
  #delivery: Delivery = {};
  /** The lines of the answer that goes on with the next reply. */
  #replies: string[] = [];
  #characters = 0;

  get isTooMuch(): boolean {
    const { answers, characters, faults } = limits;
    return this.#answers.length > answers || this.#characters > characters || this.#faults.length >= faults;
  }

  take(instruction: Instruction): void {
    if (instruction.kind === 'answers' && instruction.joinsWithNext === true) {
      this.#replies.push(...instruction.answers.map(textOf));
      return;
    }
    this.#endReply();
    switch (instruction.kind) {
      case 'answers':
        this.#answers.push(...instruction.answers);
        for (const answer of instruction.answers) this.#characters += textOf(answer).length;
        return;
      case 'event':
        this.#events.push({ turn: this.#answers.length, step: instruction.step, times: instruction.times });
        return;
      case 'delivery':
        this.#delivery = { ...this.#delivery, ...instruction.delivery };
        return;
      case 'fault':
        this.#faults.push(instruction.message);
        return;
      default:
        instruction satisfies never;
    }
  }

  end(): Script {
    this.#endReply();
    const [answers, events, delivery, faults] = [this.#answers, this.#events, this.#delivery, this.#faults];
    const tooMuch = this.isTooMuch ? ['This is more than one prompt may ask for.'] : [];
    return { answers, events, delivery, faults: [...faults, ...tooMuch] };
  }

  #endReply(): void {
    if (this.#replies.length > 0) this.#answers.push(textAnswer(this.#replies.join('\n')));
    this.#replies = [];
  }
}

function textOf(answer: Answer): string {
  return answer.kind === 'text' ? answer.text : '';
}

/** Asked for each event that may happen now; says whether its number of requests is not used up, and counts this one. */
export type TakeEvent = (index: number, times: number) => boolean;

/** The step for a request, from the directives in its prompt. */
export function stepFor(request: ReceivedRequest, take: TakeEvent): Step {
  const script = readScript(request.prompt);
  if (script.faults.length > 0) return { kind: 'error', error: invalidRequest(explain(script.faults)) };
  const due = script.events.find(({ turn, times }, index) => turn === request.turn && take(index, times));
  return { ...script.delivery, ...(due?.step ?? answerFor(script.answers, request)) };
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
