import { useState } from 'react';

/** What a draft was begun on. */
export interface Ground<T> {
  /** The stored value that the person saw when they began, field by field: what a guarded step says it expects. */
  readonly seen: T;
  /** The person was told what is stored now: from here on that is what they saw. */
  readonly look: () => void;
}

/**
 * What is being typed over a stored value. When the stored value changes, here, in another window or by a colleague, each
 * field that the person left alone follows it, and one that they changed stays as they wrote it. `of` names the thing that
 * is edited: for another one everything begins anew.
 */
export function useFollowing<T>(stored: T, of: string): readonly [T, (next: T) => void, Ground<T>] {
  const [held, setHeld] = useState<Held<T>>({ of, stored, seen: stored, draft: stored });
  const now = held.of !== of ? { of, stored, seen: stored, draft: stored } : follow(held, stored);
  if (now !== held) setHeld(now);
  return [
    now.draft,
    (draft) => setHeld((before) => settle({ ...before, draft })),
    // What is stored by then, which may be newer than what this was drawn with.
    { seen: now.seen, look: () => setHeld((before) => ({ ...before, seen: before.stored })) },
  ];
}

interface Held<T> {
  readonly of: string;
  readonly stored: T;
  readonly seen: T;
  readonly draft: T;
}

/** Another value is stored: what was left alone goes with it. */
function follow<T>(held: Held<T>, stored: T): Held<T> {
  if (isSame(held.stored, stored)) return held;
  return settle({ ...held, stored, draft: merge(held, stored) });
}

function merge<T>({ seen, draft }: Pick<Held<T>, 'seen' | 'draft'>, stored: T): T {
  if (!isFields(stored)) return isSame(draft, seen) ? stored : draft;
  const fields = Object.keys(stored) as (keyof T)[];
  const next = fields.map((name) => [name, merge({ seen: seen[name], draft: draft[name] }, stored[name])]);
  return { ...draft, ...Object.fromEntries(next) };
}

/** Of whatever is as it is stored, that is what the person sees. */
function settle<T>(held: Held<T>): Held<T> {
  return { ...held, seen: seenOf(held) };
}

function seenOf<T>({ stored, seen, draft }: Pick<Held<T>, 'stored' | 'seen' | 'draft'>): T {
  if (!isFields(stored)) return isSame(draft, stored) ? stored : seen;
  const fields = Object.keys(stored) as (keyof T)[];
  const next = fields.map((name) => [name, seenOf({ stored: stored[name], seen: seen[name], draft: draft[name] })]);
  return { ...seen, ...Object.fromEntries(next) };
}

function isFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
