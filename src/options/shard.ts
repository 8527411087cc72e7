import { mostShards, type Shard } from '../model/shard.ts';
import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';

const grammar = 'a part of the whole such as 2/4';

/** Reads `2/4`: the second of four. */
export function parseShard(input: unknown): Result<Shard> {
  if (typeof input !== 'string') return refuseType(`${quote(input)} is not ${grammar}.`);
  const [, index, count] = /^(\d{1,6})\s*\/\s*(\d{1,6})$/.exec(input.trim()) ?? [];
  if (index === undefined) return refuseType(`${quote(input)} is not ${grammar}.`);
  const shard = { index: Number(index), count: Number(count) };
  if (shard.count > mostShards) return refuseRange(`${quote(input)} has more than ${mostShards} shards.`);
  if (shard.index >= 1 && shard.index <= shard.count) return accept(shard);
  const hint = shard.count === 0 ? '' : ` Did you mean "${shard.index === 0 ? 1 : shard.count}/${shard.count}"?`;
  return refuseRange(`${quote(input)} is not ${grammar}: shards count from 1.${hint}`);
}

/** Reads the hash of a plan. */
export function parsePlanHash(input: unknown): Result<string> {
  const text = typeof input === 'string' ? input.trim() : '';
  if (/^[0-9a-f]{64}$/.test(text)) return accept(text);
  return refuseType(`${quote(input)} is not the output plan-hash of plan, 64 characters of 0 to 9 and a to f.`);
}
