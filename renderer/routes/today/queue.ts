import type { AttentionItem } from '../../../electron/contract/sync.ts';
import type { ItemState, TodayItem } from '../../../electron/contract/values.ts';

/** What the portal sent back stands in the queue beside tasks. Its `taskId` is its own. */
export interface AttentionEntry {
  readonly taskId: string;
  readonly dealId: string;
  readonly state: 'attention';
  readonly attention: AttentionItem;
}
export type QueueItem = TodayItem | AttentionEntry;

export function isAttention(item: QueueItem): item is AttentionEntry {
  return 'attention' in item;
}

/** Before everything else: others may be going on with what is not settled. */
export function withAttention(attention: readonly AttentionItem[], items: readonly TodayItem[]): readonly QueueItem[] {
  const entries = attention.map(
    (one): AttentionEntry => ({ taskId: one.id, dealId: one.dealId, state: 'attention', attention: one }),
  );
  return [...entries, ...items];
}

/** The order of the groups: what is overdue, what is due, who is stopped, then the rest. */
const ORDER: readonly ItemState[] = ['late', 'due', 'blocked', 'review', 'waiting', 'none', 'done'];

/** The items group by group; within a group they stay in the order of the records. */
export function inGroups(items: readonly TodayItem[]): readonly TodayItem[] {
  return [...items].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
}

/**
 * The queue as it is shown: what the records say now, but the selected row keeps its place though it is finished
 * (marked done), until another row is selected.
 */
export function heldInPlace<T extends { readonly taskId: string }>(
  shown: readonly T[],
  now: readonly T[],
  selected: string | null,
): readonly T[] {
  return heldInPlaceBy((item) => item.taskId, shown, now, selected);
}

export function heldInPlaceBy<T>(
  keyOf: (item: T) => string,
  shown: readonly T[],
  now: readonly T[],
  selected: string | null,
): readonly T[] {
  if (selected === null || now.some((item) => keyOf(item) === selected)) return now;
  const at = shown.findIndex((item) => keyOf(item) === selected);
  const finished = shown[at];
  if (finished === undefined) return now;
  const before = new Set(shown.slice(0, at).map(keyOf));
  const place = now.filter((item) => before.has(keyOf(item))).length;
  return [...now.slice(0, place), finished, ...now.slice(place)];
}
