import { z } from 'zod';
import { mostShards } from '../model/shard.ts';
import { freeText, processId } from './field-schemas.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const shardNumber = z.int().min(1).max(mostShards);
/** The whole session, as the record of a shard describes it. */
export const shard = z.strictObject({
  hash,
  count: shardNumber,
  trust: z.enum(['trusted', 'untrusted']),
  content: hash,
  entries: z.array(
    z.strictObject({
      id: processId,
      name: freeText,
      shard: shardNumber,
      isList: z.exactOptional(z.literal(true)),
      answerKind: z.exactOptional(z.enum(['findings', 'finding-check'])),
    }),
  ),
  index: shardNumber,
  maxBudgetUsd: z.exactOptional(z.number()),
  attempt: z.int().min(1),
});
