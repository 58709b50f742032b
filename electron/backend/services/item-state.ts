import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { isOpen } from '../../../core/deals/definition-of-done.ts';
import type { Deal, TaskRow } from '../../../core/deals/model.ts';
import { stateOf } from '../../../core/deals/summarise.ts';
import type { ItemState } from '../../contract/values.ts';

/** How many days before its day a thing says that it is due. */
export const DUE_SOON_DAYS = 7;

/**
 * The silhouette of something open, judged on `today`: late wins, then blocked, then due soon, then waiting for somebody
 * outside the team. Plain open work far ahead has none.
 */
export function itemState(
  kind: 'open' | 'blocked' | 'waiting' | 'review',
  on: PlainDate | null,
  { today, soon }: { readonly today: PlainDate; readonly soon: PlainDate },
): ItemState {
  if (on !== null && on < today) return 'late';
  if (kind === 'blocked') return 'blocked';
  if (on !== null && on <= soon) return 'due';
  if (kind === 'waiting') return 'waiting';
  return kind === 'review' ? 'review' : 'none';
}

export function taskState(
  deal: Deal,
  task: TaskRow,
  on: PlainDate | null,
  days: { readonly today: PlainDate; readonly soon: PlainDate },
): ItemState {
  if (task.doneOn !== null) return 'done';
  if (!isOpen(task)) return 'none';
  return itemState(stateOf(deal, task), on, days);
}
