import type { OwnChange } from '../../api/person-home.ts';
import type { Messages } from '../messages.ts';

/** A request that is still on its way. */
export function isGoingOn({ state }: Pick<OwnChange, 'state'>): boolean {
  return state === 'draft' || state === 'open' || state === 'approved';
}

/** Under which name the reason is kept that somebody types for a no. */
export function declineDraft({ id }: Pick<OwnChange, 'id'>): string {
  return `decline ${id}`;
}

/** Whether this person is asked and has not answered. */
export function isForYou(change: Pick<OwnChange, 'state' | 'approveAs'>): boolean {
  return change.approveAs !== null && isGoingOn(change);
}

/** Those that wait for this person first, then those on their way, then the rest; in each the newest first. */
export function inOrder(changes: readonly OwnChange[]): readonly OwnChange[] {
  const rank = (change: OwnChange) => (isForYou(change) ? 0 : isGoingOn(change) ? 1 : 2);
  return changes.toSorted((a, b) => rank(a) - rank(b) || compare(b.askedAt, a.askedAt));
}

function compare(one: string | null, other: string | null): number {
  const [a, b] = [one ?? '9999', other ?? '9999'];
  return a === b ? 0 : a < b ? -1 : 1;
}

export function stateOf(change: OwnChange, { changes }: Messages): string {
  return isForYou(change) && change.state === 'open' ? changes.waitsForYou : changes.state[change.state];
}

/** For the icon beside it: never alone, the words say the same. */
export function iconOf(change: OwnChange) {
  if (isForYou(change)) return { name: 'due', tone: 'due' } as const;
  if (change.state === 'executed') return { name: 'done', tone: 'done' } as const;
  if (change.state === 'declined' || change.state === 'expired' || change.state === 'withdrawn')
    return { name: 'over', tone: 'quiet' } as const;
  return { name: 'waiting', tone: 'waiting' } as const;
}
