import type { ItemState, TodayItem } from '../../../electron/contract/values.ts';

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
export function heldInPlace(
  shown: readonly TodayItem[],
  now: readonly TodayItem[],
  selected: string | null,
): readonly TodayItem[] {
  if (selected === null || now.some((item) => item.taskId === selected)) return now;
  const at = shown.findIndex((item) => item.taskId === selected);
  const finished = shown[at];
  if (finished === undefined) return now;
  const before = new Set(shown.slice(0, at).map((item) => item.taskId));
  const place = now.filter((item) => before.has(item.taskId)).length;
  return [...now.slice(0, place), finished, ...now.slice(place)];
}
