import { createHash } from 'node:crypto';
import type { Change } from '../../core/commands/types.ts';

/** One line of the acks file: a command that was on the disk when the line was written. */
export interface Ack {
  readonly id: string;
  readonly dealId: string;
  readonly changes: number;
  readonly digest: string;
}

export const ACKS_FILE = 'acks.jsonl';
/** How many deals the commands are spread over. */
export const DEALS = 40;

/** Equal for equal changes, whatever the order of their names. */
export function digestOf(changes: readonly Change[]): string {
  return createHash('sha256').update(JSON.stringify(changes, sorted)).digest('hex');
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
