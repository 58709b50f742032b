import type { Command } from '../commands/types.ts';

/** Deeper than any argument of a command; what is nested deeper is not ours. */
export const MAX_DEPTH = 32;

/**
 * JSON with sorted keys and no spaces, so that equal values have equal texts on every computer. As JSON does, it leaves
 * out what is undefined in an object. The value must have passed `isShallow`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Whether a value from outside is nested at most `depth` levels deep. Looks no deeper than that. */
export function isShallow(value: unknown, depth: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}

/** The text whose SHA-256 is the digest of a command: the same words of the same step, whoever sends them when. */
export function commandText({ id, dealId, name, args, at }: Command): string {
  return canonicalJson({ commandId: id, dealId, name, args, at });
}

/** The digest that tells a repeat from another command. `hash` takes text and gives its SHA-256 as hexadecimal. */
export function digestOf(command: Command, hash: (text: string) => string): string {
  return hash(commandText(command));
}
