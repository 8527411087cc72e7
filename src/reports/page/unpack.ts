import type { PageData, RowTexts, TranscriptStep } from './page-data.ts';

const blocks = new Map<string, Promise<unknown>>();

/** The content of a packed block; it is unpacked once. */
function unpacked(id: string): Promise<unknown> {
  const known = blocks.get(id) ?? read(id);
  blocks.set(id, known);
  return known;
}

function read(id: string): Promise<unknown> {
  const template = document.getElementById(id);
  const text = template instanceof HTMLTemplateElement ? (template.content.textContent ?? '') : '';
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

/** The data that the page unpacks first. */
export async function pageData(): Promise<PageData> {
  return (await unpacked('page')) as PageData;
}

/** The texts of the processes of a block. */
export async function textsIn(block: number): Promise<readonly RowTexts[]> {
  return (await unpacked(`t${block}`)) as readonly RowTexts[];
}

/** A transcript. Only the last one is kept in memory: one may have 50 MB. */
export async function transcript(block: number): Promise<readonly TranscriptStep[]> {
  return (await read(`s${block}`)) as readonly TranscriptStep[];
}
