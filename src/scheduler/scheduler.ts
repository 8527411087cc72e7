import type { EachNode, GraphNode, Need, NodeId, TaskNode } from '../model/graph.ts';
import type { PassedOutputs } from '../model/plan.ts';
import type { Ending, ProcessResult, SkipReason } from '../model/result.ts';
import { addedProcesses, type Expansion, expand } from './expansion.ts';
import { likelyNext } from './likely-next.ts';
import { type NodeState, stateOf } from './node-state.ts';
import { appendOutput, newestOutputs, type OutputChain, sharedOutputs } from './passed-outputs.ts';
import { lostConversation, type Outcome, outcomeOf, outcomeOfAll, unmetReason } from './readiness.ts';
import { compareRanks, ReadyQueue } from './ready-queue.ts';
import type { SchedulerOptions } from './scheduler-options.ts';

/**
 * Runs a graph: each process once, as soon as its needs have ended, in the order of ranks, as many at once as there are workers.
 * Nodes may be added while it runs. All decisions are made in one synchronous loop, anew after every await.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #states = new Map<NodeId, NodeState>();
  readonly #ready = new ReadyQueue<NodeState>();
  readonly #running = new Set<NodeState>();
  readonly #done = Promise.withResolvers<void>();
  /** Aborted when the graph's halt has come about. */
  readonly #stop = new AbortController();
  #stopped: SkipReason | undefined;
  /** Nodes that have not ended. */
  #open = 0;
  #tasks = 0;
  /** Entries of which it was reported that a part only is passed to their copies. */
  readonly #cutEntries = new Set<number>();
  /** Lists whose items are being introduced: what stands behind a list starts after its items. */
  #expanding = 0;
  #isClosed = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    options.halt.addEventListener('abort', () => this.#pump(), { once: true });
  }

  /** Adds nodes and starts what may start. They may need each other and whatever was added before. */
  add(nodes: readonly GraphNode[], known: ReadonlyMap<NodeId, ProcessResult> = this.#options.known ?? new Map()): void {
    const states = nodes.map((node) => this.#register(node));
    this.#tasks += nodes.filter(({ kind }) => kind === 'task').length;
    for (const state of states) this.#waitFor(state, state.needs);
    for (const state of states) {
      const result = known.get(state.node.id);
      if (result !== undefined && state.node.kind === 'task') this.#end(state, outcomeOf(result), result);
    }
    for (const state of states) if (state.left === 0) this.#makeReady(state);
    this.#pump();
  }

  /** Resolves with all results in the order of ranks when every node has ended; none can be added any more. */
  async finish(): Promise<ProcessResult[]> {
    this.#isClosed = true;
    this.#pump();
    await this.#done.promise;
    const states = [...this.#states.values()].toSorted((one, other) => compareRanks(one.rank, other.rank));
    return states.flatMap(({ result }) => result ?? []);
  }

  /** Rejects for a fault of our own; resolves when all has ended and nothing can be added. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /** Ends a process that nothing was done for yet; one that was handed out has a signal of its own. */
  skip(id: NodeId, reason: SkipReason): void {
    const state = this.#stateOf(id);
    if (state.node.kind !== 'task' || state.state === 'running' || state.state === 'ended') return;
    this.#endUnstarted(state, state.node, { ending: { status: 'skipped', reason } });
    this.#pump();
  }

  /** The results that a node stands for, in the order of ranks. */
  resultsOf(id: NodeId): readonly ProcessResult[] {
    const state = this.#stateOf(id);
    if (state.node.kind !== 'group') return state.result === undefined ? [] : [state.result];
    return this.#membersOf(state).flatMap(({ node }) => this.resultsOf(node.id));
  }

  #register(node: GraphNode): NodeState {
    const state = stateOf(node);
    this.#states.set(node.id, state);
    this.#open += 1;
    return state;
  }

  #waitFor(state: NodeState, needs: readonly Need[]): void {
    for (const { of } of needs) {
      const needed = this.#stateOf(of);
      if (needed.state === 'ended') continue;
      needed.dependants.push(state);
      state.left += 1;
    }
  }

  #stateOf(id: NodeId): NodeState {
    const state = this.#states.get(id);
    if (state === undefined) throw new Error(`Internal error: the graph has no node "${id}".`);
    return state;
  }

  #makeReady(state: NodeState): void {
    if (state.state !== 'waiting') return;
    state.state = 'ready';
    this.#ready.add(state);
  }

  /** The only place where anything starts or is skipped. */
  #pump(): void {
    for (let state = this.#ready.first; state !== undefined; state = this.#ready.first) {
      const { node } = state;
      if (node.kind === 'group' || state.state === 'ended') {
        this.#ready.removeFirst();
        // What is known may have become ready before it was its turn to end.
        if (node.kind === 'group') this.#endGroup(state);
        continue;
      }
      const ended = (id: NodeId) => this.#stateOf(id);
      const reason = this.#stopReason(node) ?? unmetReason(node, ended);
      const release = reason === undefined && node.kind === 'task' ? this.#tryWorker() : undefined;
      if (reason === undefined && node.kind === 'task' && release === undefined) break;
      this.#ready.removeFirst();
      if (reason !== undefined) {
        const message = reason === 'needs' ? lostConversation(node, ended) : undefined;
        this.#endUnstarted(state, node, { ending: { status: 'skipped', reason }, ...(message && { message }) });
      } else if (node.kind === 'each') void this.#expand(state, node).catch(this.#done.reject);
      else
        void this.#run(state, node)
          .then(release)
          .then(() => this.#pump())
          .catch(this.#done.reject);
    }
    this.#prepareAhead();
    if (this.#open === 0 && this.#isClosed) this.#done.resolve();
  }

  #tryWorker(): (() => void) | undefined {
    return this.#expanding === 0 ? this.#options.admission.tryWorker() : undefined;
  }

  /** Where the first success ends everything, what comes next is most likely not needed. */
  #prepareAhead(): void {
    const { ahead, admission, graph } = this.#options;
    if (ahead === undefined || graph.halt?.on === 'success') return;
    const most = Math.min(ahead.most, admission.workerLimit);
    const running = this.#running;
    const next = likelyNext({ ready: this.#ready.firsts(most), running, progressOf: (id) => this.#stateOf(id) }, most);
    ahead.prepare(
      next.filter((node) => this.#stopReason(node) === undefined),
      running,
    );
  }

  #stopReason(node: TaskNode | EachNode): SkipReason | undefined {
    const { halt, haltReason, blockedBy } = this.#options;
    if (halt.aborted) return haltReason();
    const blocked = node.kind === 'task' ? blockedBy?.(node.process) : undefined;
    return blocked ?? (this.#isSpared(node) ? undefined : this.#stopped);
  }

  /** Only what waits for something can have been meant for the time after a failure; all else starts "always". */
  #isSpared({ needs, when }: GraphNode): boolean {
    if (this.#options.graph.halt?.sparesHandlers !== true) return false;
    return needs.length > 0 && (when === 'always' || when === 'failure');
  }

  #endUnstarted(
    state: NodeState,
    node: TaskNode | EachNode,
    { ending, message }: { ending: Ending; message?: string },
  ) {
    const process = node.kind === 'task' ? node.process : node.template;
    const result = this.#options.endUnstarted(process, ending, message);
    this.#end(state, outcomeOf(result), result);
  }

  #endGroup(state: NodeState): void {
    this.#end(state, outcomeOfAll(this.#membersOf(state)));
  }

  #membersOf({ needs }: NodeState): NodeState[] {
    return needs.filter(({ passes }) => passes === 'output').map(({ of }) => this.#stateOf(of));
  }

  async #run(state: NodeState, node: TaskNode): Promise<void> {
    state.state = 'running';
    this.#running.add(state);
    const { run, halt, haltReason } = this.#options;
    const { passed, cut } = this.#inputsOf(state);
    if (cut.length > 0) this.#reportCut(node, cut);
    const isSpared = this.#isSpared(node);
    const result = await run(node.process, passed, {
      skipSignal: isSpared ? halt : AbortSignal.any([halt, this.#stop.signal]),
      skipReason: () => (halt.aborted ? haltReason() : (this.#stopped ?? haltReason())),
      onOutcome: ({ status }) => this.#halt(status, node),
    });
    this.#end(state, outcomeOf(result), result);
  }

  /** All copies of an entry are given the same: it is reported of the first one only. */
  #reportCut({ process, rank: [entry = -1, copy] }: TaskNode, cut: readonly string[]): void {
    const isCopy = copy !== undefined;
    if (isCopy && this.#cutEntries.has(entry)) return;
    if (isCopy) this.#cutEntries.add(entry);
    this.#options.onCut?.({ process, cut, isCopy });
  }

  #inputsOf(state: NodeState): { readonly passed: PassedOutputs; readonly cut: readonly string[] } {
    const before = this.#before(state);
    if (before !== undefined) return { passed: newestOutputs(this.#chainOf(before)), cut: [] };
    const { cut, ...passed } = sharedOutputs(this.#membersOf(state).flatMap(({ node }) => this.resultsOf(node.id)));
    return { passed, cut };
  }

  /** The node whose outputs so far are passed on to this one. */
  #before({ needs }: NodeState): NodeState | undefined {
    const soFar = needs.find(({ passes }) => passes === 'outputs-so-far');
    return soFar && this.#stateOf(soFar.of);
  }

  /** The outputs of a node and of all before it; without recursion, for chains may be long. */
  #chainOf(last: NodeState): OutputChain | undefined {
    const unmade: NodeState[] = [];
    let state: NodeState | undefined = last;
    for (; state !== undefined && state.chain === undefined; state = this.#before(state)) unmade.push(state);
    let chain = state?.chain ?? undefined;
    for (const each of unmade.reverse()) {
      const ended = each.node.kind === 'group' ? this.#membersOf(each) : [each];
      for (const { result } of ended) if (result !== undefined) chain = appendOutput(chain, result);
      each.chain = chain ?? null;
    }
    return chain;
  }

  async #expand(state: NodeState, node: EachNode): Promise<void> {
    state.state = 'running';
    const { itemsOf, graph } = this.#options;
    const limit = graph.maxProcesses === undefined ? {} : { most: graph.maxProcesses, taken: this.#tasks };
    const sources = node.from.flatMap((id) => this.resultsOf(id));
    const expansion = expand(node, { sources, ...limit, ...(itemsOf !== undefined && { itemsOf }) });
    if (expansion.kind === 'invalid') {
      this.#endUnstarted(state, node, { ending: { status: 'failed', reason: 'invalid-items' }, ...expansion });
    } else {
      // Counted before the await: another list may be expanded meanwhile.
      this.#tasks += expansion.tasks.length;
      this.#expanding += 1;
      const known = (await this.#options.onAdded?.({ list: node, processes: addedProcesses(expansion) })) ?? new Map();
      this.#expanding -= 1;
      this.#addCopies(node, expansion, known);
      this.#end(state, 'succeeded');
    }
    this.#pump();
  }

  #addCopies(node: EachNode, { tasks, rest }: Expansion, known: ReadonlyMap<NodeId, ProcessResult>): void {
    const group = this.#stateOf(node.into);
    const copies = rest === undefined ? tasks : [...tasks, rest.task];
    const states = copies.map((task) => this.#register(task));
    const needs = copies.map(({ id }): Need => ({ of: id, passes: 'output' }));
    group.needs = [...group.needs, ...needs];
    this.#waitFor(group, needs);
    for (const [index, state] of states.entries()) {
      const task = copies[index] as TaskNode;
      const result = known.get(task.id);
      if (task === rest?.task) {
        this.#endUnstarted(state, task, { ending: { status: 'skipped', reason: 'max-items' }, message: rest.message });
      } else if (result === undefined) this.#makeReady(state);
      else this.#end(state, outcomeOf(result), result);
    }
  }

  #end(state: NodeState, outcome: Outcome, result?: ProcessResult): void {
    const { node } = state;
    this.#running.delete(state);
    Object.assign(state, { state: 'ended', outcome, ...(result !== undefined && { result }) });
    if (result !== undefined && node.kind !== 'group') this.#halt(result.status, node);
    this.#open -= 1;
    if (result !== undefined) this.#options.onEnded?.(result);
    for (const next of state.dependants) {
      next.left -= 1;
      if (next.left === 0) this.#makeReady(next);
    }
  }

  #halt(status: ProcessResult['status'], node: TaskNode | EachNode): void {
    const { halt } = this.#options.graph;
    const process = node.kind === 'task' ? node.process : node.template;
    const isFailure = (status === 'failed' || status === 'timed-out') && process.continueOnError !== true;
    if (halt === undefined || !(halt.on === 'success' ? status === 'succeeded' : isFailure)) return;
    this.#stopped ??= halt.reason;
    this.#stop.abort();
  }
}
