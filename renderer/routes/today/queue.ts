import type { TodayItem } from '../../../electron/contract/values.ts';

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
