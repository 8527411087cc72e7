import { createHash } from 'node:crypto';
import type { Fingerprint } from '../model/event.ts';
import type { DataBlock, ProcessSpec } from '../model/plan.ts';
import type { PassedInputs } from './passed-inputs.ts';

/** Inputs of a fingerprint. */
export interface FingerprintOptions {
  readonly process: ProcessSpec;
  readonly context: readonly DataBlock[];
  readonly inputs: PassedInputs;
  /** Denied tools fail it. */
  readonly denialsFail: boolean;
  /** The version of the Claude CLI, or the path of a plain program. */
  readonly executable: string;
  /** Absolute: what lies in it is named relative to it, for another runner may keep its checkout elsewhere. */
  readonly checkout: string;
  /** A hash of a short secret could be guessed from; and a new key is no change. */
  readonly redact: (text: string) => string;
}

/** Takes the fingerprint of a process. Limits are not in it (time, money, turns, retries): more of them changes no answer. */
export function fingerprintOf(options: FingerprintOptions): Fingerprint {
  const { process, context, inputs, denialsFail, executable } = options;
  const { fallbackModel: _usedOnFailure, maxTurns: _limit, ...claude } = process.claude;
  const parts: Readonly<Record<string, unknown>> = {
    prompt: process.prompt,
    context,
    data: process.data,
    ...claude,
    workingDirectory: process.workingDirectory,
    conversationFrom: process.conversationFrom,
    passOutput: inputs.passOutput,
    needs: inputs.needs,
    onDenied: denialsFail ? 'fail' : undefined,
    claudeVersion: executable,
  };
  const given = Object.entries(parts).filter(([, value]) => value !== undefined && !isEmptyList(value));
  return Object.fromEntries(given.map(([name, value]) => [optionName(name), hashOf(value, options)]));
}

/** The parts in which two fingerprints differ. */
export function changedParts(earlier: Fingerprint, now: Fingerprint): readonly string[] {
  const names = new Set([...Object.keys(now), ...Object.keys(earlier)]);
  return [...names].filter((name) => earlier[name] !== now[name]);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function optionName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function hashOf(value: unknown, { checkout, redact }: FingerprintOptions): string {
  const local = typeof value === 'string' && value.startsWith(checkout) ? value.slice(checkout.length) : value;
  return createHash('sha256')
    .update(redact(JSON.stringify(local)))
    .digest('hex');
}
