import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice/validate';
import { parse } from 'yaml';
import { publishedAction, readExample } from './workflow.ts';

const root = join(import.meta.dirname, '../..');

type TextDocument = Parameters<typeof validate>[0];

/**
 * What GitHub's own validator says of a workflow. It is given this repository's action.yml for the Action, and the example of
 * a reusable workflow for whichever one is called.
 */
export function workflowFaults(text: string): ReturnType<typeof validate> {
  // It remembers what it read by the address.
  const uri = `file:///${randomUUID()}/.github/workflows/example.yml`;
  const document = { uri, languageId: 'yaml', version: 1, getText: () => text };
  const callee = { name: 'ensemble.yml', content: readExample('reusable-workflow.yml').text };
  return validate(document as unknown as TextDocument, {
    actionsMetadataProvider: {
      fetchActionMetadata: ({ owner, name, path = '' }) => {
        const isOurs = publishedAction.startsWith(`${owner}/${name}@`);
        return Promise.resolve(isOurs ? metadataOf(path) : { name, description: 'an action of someone else' });
      },
    },
    fileProvider: { getFileContent: () => Promise.resolve(callee) },
  });
}

/** What the Action, or a sub-action of it, announces. */
function metadataOf(path: string) {
  return parse(readFileSync(join(root, path, 'action.yml'), 'utf8'));
}
