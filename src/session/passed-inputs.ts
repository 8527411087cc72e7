import { createHash } from 'node:crypto';
import { type Graph, type GraphNode, inOrderOfNeeds, type Need, type NodeId } from '../model/graph.ts';

/** Identifies the outputs that are passed on to a process: it differs when other processes, or other lists, write them. */
export interface PassedInputs {
  /** The needs whose results go ahead of the prompt. */
  readonly needs: readonly string[];
  /** All whose outputs so far go ahead of it; absent where none do. */
  readonly passOutput?: string;
}

type NodeList = Graph['nodes'];
type InputsOf = (needs: readonly Need[]) => PassedInputs;

/** A graph is read once, whatever the number of its lists. */
const known = new WeakMap<NodeList, InputsOf>();

/** Gives for needs in a graph what they pass on. */
export function passedInputs({ nodes }: Pick<Graph, 'nodes'>, needs: readonly Need[]): PassedInputs {
  if (needs.length === 0) return { needs: [] };
  const inputsOf = known.get(nodes) ?? inputsIn(nodes);
  known.set(nodes, inputsOf);
  return inputsOf(needs);
}

function inputsIn(nodes: NodeList): InputsOf {
  const sources = new Map<NodeId, string>();
  const soFar = new Map<NodeId, string>();
  const inputsOf: InputsOf = (needs) => {
    const before = needs.find(({ passes }) => passes === 'outputs-so-far');
    const passOutput = before && soFar.get(before.of);
    return {
      needs: needs.filter(({ passes }) => passes === 'output').map(({ of }) => sources.get(of) ?? of),
      ...(passOutput !== undefined && { passOutput }),
    };
  };
  for (const node of inOrderOfNeeds(nodes)) {
    const inputs = inputsOf(node.needs);
    const source = sourceOf(node, inputs, sources);
    sources.set(node.id, source);
    soFar.set(node.id, keyOf([inputs.passOutput, source]));
  }
  return inputsOf;
}

/** The process that a node is, the processes that a group stands for, or where a list found at run time comes from. */
function sourceOf(node: GraphNode, { needs }: PassedInputs, sources: ReadonlyMap<NodeId, string>): string {
  switch (node.kind) {
    case 'task':
      return node.id;
    case 'group':
      return keyOf(needs);
    case 'each':
      return keyOf([node.template.id, node.path, ...node.from.map((of) => sources.get(of))]);
    default:
      return node satisfies never;
  }
}

function keyOf(value: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
