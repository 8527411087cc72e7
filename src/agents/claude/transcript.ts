import { compact } from '../../model/compact.ts';
import type { ConversationEntry, FinalResult, TextEntry } from '../../model/conversation.ts';
import type { McpServerFault, PermissionDenial } from '../../model/result.ts';
import { toolSubject } from '../../model/tool-subject.ts';

/**
 * Further blocks of a message are kept up to this length, in UTF-16 units; the log has all of them. No model answers with more
 * than 128,000 tokens, about half of this.
 */
const longestJoined = 1024 * 1024;

const mostAnnounced = 1_000;

/** A message about the account's usage limit. */
type UsageLimit = Extract<ConversationEntry, { kind: 'usage-limit' }>;

/** The facts of a conversation that the verdict over an attempt is made from. */
export interface ConversationFacts {
  readonly conversationId?: string;
  readonly model?: string;
  /** The result that counts: see `TranscriptBuilder`. */
  readonly result?: FinalResult;
  /** The text of the last message that the model sent in the main conversation, all its blocks in order. */
  readonly lastText: string;
  /** The last message called no tool, and nothing came after it: it is an answer. */
  readonly isAnswered: boolean;
  /** The kind of the last API error, as the CLI names it in the message that stands for an answer. */
  readonly apiErrorKind?: string;
  /** Remedy that the CLI recommends. */
  readonly apiErrorRemedy?: string;
  /** The account's usage limit as last reported. */
  readonly usageLimit?: UsageLimit;
  /** The reason of the hook that kept the prompt from the model. */
  readonly promptRefusal?: string;
  /** Hooks refused the end of the turn until the CLI gave up. */
  readonly isStopRefused: boolean;
  /** The reason of the hook that denied the last call of a tool. */
  readonly hookDenial?: string;
  readonly toolsRan: boolean;
  /** The tool that was called last and has not come back: its name, and what it was called for. */
  readonly runningTool?: { readonly name: string; readonly subject: string };
  /** Denied tool calls as the result lists them, or as they were announced when it lists none. */
  readonly permissionDenials: readonly PermissionDenial[];
  readonly mcpFaults: readonly McpServerFault[];
  readonly retryAfterMs?: number;
}

/**
 * Gathers the facts of one conversation with the CLI, message by message.
 *
 * More than one result may come. The last one counts, but for an error that follows a success without a new turn: it
 * takes nothing back. The highest cost counts: each result names the sum so far.
 */
export class TranscriptBuilder {
  readonly #schemaGiven: boolean;
  #conversationId: string | undefined;
  #model: string | undefined;
  #result: FinalResult | undefined;
  #mostPaid: Pick<FinalResult, 'costUsd' | 'usageByModel'> = {};
  #hasNewTurn = false;
  #lines = 0;
  #lastMessage: string | undefined;
  #lastText = '';
  #isAnswered = false;
  #apiErrorKind: string | undefined;
  #apiErrorRemedy: string | undefined;
  #usageLimit: UsageLimit | undefined;
  #promptRefusal: string | undefined;
  #isStopRefused = false;
  #hookDenial: string | undefined;
  #toolsRan = false;
  #runningTool: Extract<ConversationEntry, { kind: 'tool-use' }> | undefined;
  #isStopping = false;
  readonly #announced: PermissionDenial[] = [];
  #mcpFaults: readonly McpServerFault[] = [];
  #retryAfterMs: number | undefined;

  constructor(schemaGiven: boolean) {
    this.#schemaGiven = schemaGiven;
  }

  /** The next line begins: blocks of one line are of one message, also where the message has no id. */
  begin(): void {
    this.#lines += 1;
  }

  /** The process is being stopped: the tool that runs now is the one that was interrupted, though its result may still come. */
  stopping(): void {
    this.#isStopping = true;
  }

  /** Adds an entry; gives it as others may see it. */
  add(entry: ConversationEntry): ConversationEntry {
    if ('subagentOf' in entry && entry.subagentOf !== undefined) {
      if (entry.kind === 'tool-use') this.#toolsRan = true;
      return entry;
    }
    if (entry.kind === 'result') return this.#addResult(entry);
    this.#note(entry);
    return entry;
  }

  /** The facts as of now. */
  gathered(): ConversationFacts {
    const denials = this.#result?.permissionDenials ?? [];
    return {
      lastText: this.#lastText,
      isAnswered: this.#isAnswered,
      isStopRefused: this.#isStopRefused,
      toolsRan: this.#toolsRan,
      permissionDenials: denials.length > 0 ? denials : this.#announced,
      mcpFaults: this.#mcpFaults,
      ...compact({
        conversationId: this.#conversationId,
        model: this.#model,
        result: this.#result,
        apiErrorKind: this.#apiErrorKind,
        apiErrorRemedy: this.#apiErrorRemedy,
        usageLimit: this.#usageLimit,
        promptRefusal: this.#promptRefusal,
        hookDenial: this.#hookDenial,
        retryAfterMs: this.#retryAfterMs,
        runningTool: this.#runningTool && {
          name: this.#runningTool.name,
          subject: toolSubject(this.#runningTool.input),
        },
      }),
    };
  }

  #note(entry: Exclude<ConversationEntry, FinalResult>): void {
    switch (entry.kind) {
      case 'init':
        this.#noteStart(entry);
        return;
      case 'text':
        this.#apiErrorKind = entry.error;
        this.#apiErrorRemedy = entry.remedy;
        if (entry.synthetic !== true && entry.error === undefined) this.#noteText(entry);
        return;
      case 'tool-use':
        this.#noteTool(entry);
        return;
      case 'tool-result':
      case 'injected':
        this.#noteForeignTurn(entry);
        return;
      case 'permission-denied':
        this.#noteDenial(entry);
        return;
      case 'prompt-refused':
        this.#promptRefusal = entry.reason;
        return;
      case 'stop-hook-overridden':
        this.#isStopRefused = true;
        return;
      case 'usage-limit':
        this.#usageLimit = entry;
        return;
      case 'api-retry':
        this.#retryAfterMs = entry.delayMs;
        return;
      default:
    }
  }

  #noteTool(entry: Extract<ConversationEntry, { kind: 'tool-use' }>): void {
    this.#isAnswered = false;
    this.#hasNewTurn = true;
    this.#runningTool = entry;
    // The CLI's own way to hand in structured output is no tool that does anything.
    if (entry.name !== 'StructuredOutput') this.#toolsRan = true;
  }

  #noteForeignTurn(entry: Extract<ConversationEntry, { kind: 'tool-result' | 'injected' }>): void {
    if (!this.#isStopping && entry.kind === 'tool-result' && entry.toolUseId === this.#runningTool?.id)
      this.#runningTool = undefined;
    this.#isAnswered = false;
    this.#lastMessage = undefined;
  }

  #noteStart(entry: Extract<ConversationEntry, { kind: 'init' }>): void {
    this.#conversationId = entry.conversationId;
    this.#model = entry.model;
    this.#mcpFaults = entry.mcpFaults ?? [];
  }

  #noteDenial({ toolName, message, byHook }: Extract<ConversationEntry, { kind: 'permission-denied' }>): void {
    this.#hookDenial = byHook === true ? message : undefined;
    if (this.#announced.length < mostAnnounced) this.#announced.push({ toolName, toolUseId: '' });
  }

  #noteText({ text, messageId = `line ${this.#lines}` }: TextEntry): void {
    if (text === '') return;
    this.#hasNewTurn = true;
    this.#promptRefusal = undefined;
    this.#isStopRefused = false;
    this.#hookDenial = undefined;
    if (messageId !== this.#lastMessage) {
      this.#lastMessage = messageId;
      this.#lastText = '';
      this.#isAnswered = true;
    }
    if (this.#lastText.length < longestJoined) this.#lastText += text;
  }

  #addResult(result: FinalResult): FinalResult {
    const { costUsd, usageByModel } = result;
    if (costUsd !== undefined && costUsd >= (this.#mostPaid.costUsd ?? 0))
      this.#mostPaid = compact({ costUsd, usageByModel });
    const earlier = this.#result;
    const isNewTurn = this.#hasNewTurn || (!isFailure(result) && (result.numTurns ?? 1) > 0);
    const isSpurious = earlier !== undefined && !isFailure(earlier) && earlier.output !== '' && !isNewTurn;
    const counts = isSpurious ? earlier : { ...result, output: this.#outputOf(result) };
    this.#hasNewTurn = false;
    this.#result = { ...counts, ...compact(this.#mostPaid) };
    return isSpurious ? { ...result, output: counts.output } : this.#result;
  }

  #outputOf(result: FinalResult): string {
    const { structuredOutput, text } = result;
    const isStructured = this.#schemaGiven && structuredOutput !== undefined && structuredOutput !== null;
    if (isStructured) return JSON.stringify(structuredOutput);
    if (this.#lastText !== '') return this.#lastText;
    return isFailure(result) || result.localCommand !== undefined || result.numTurns === 0 ? '' : text;
  }
}

/** Errors of the API keep the subtype "success"; limits have a subtype of their own. */
export function isFailure({ isError, subtype }: FinalResult): boolean {
  return isError || subtype.startsWith('error');
}
