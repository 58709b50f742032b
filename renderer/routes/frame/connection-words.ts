import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { SyncState } from '../../../electron/contract/sync.ts';
import { counted } from '../../data/words.ts';
import { clockTime, localDay, rowDay } from '../../ui/days.ts';

/** What stands at the foot of the rail: a drawing, two or three words, and a line below. */
export interface ConnectionFace {
  readonly icon: string;
  readonly title: string;
  readonly detail: string;
}

const KEPT = 'Kept on this computer';

/** Commands answer only when they are on the disk, so at rest all is saved, whatever the connection does. */
export function connectionFace(state: SyncState | undefined, today: PlainDate): ConnectionFace {
  const saved = { icon: 'saved', title: 'Everything saved', detail: KEPT };
  if (state === undefined || (state.kind === 'own' && !NEEDS_A_PERSON.has(state.status))) return saved;
  switch (state.status) {
    case 'current':
      return { ...saved, detail: sharedText(state.currentAt, today) };
    case 'syncing':
      return { icon: 'saved', title: state.short, detail: 'Everything is saved here' };
    case 'starting':
      return saved;
    case 'offline':
      return { icon: 'offline', title: state.short, detail: state.waiting > 0 ? waitText(state.waiting) : KEPT };
    case 'signed-out':
      return { icon: 'lock', title: state.short, detail: KEPT };
    case 'too-old':
    case 'server-too-old':
      return { icon: 'due', title: state.short, detail: KEPT };
    case 'off':
      return saved;
  }
}

const NEEDS_A_PERSON: ReadonlySet<SyncState['status']> = new Set(['too-old', 'server-too-old']);

function sharedText(at: string | null, today: PlainDate): string {
  return at === null ? 'Shared with your team' : `Shared with your team ${whenText(at, today)}`;
}

/** "at 9:41 AM", "on Mon, Jun 15" */
export function whenText(at: string, today: PlainDate): string {
  const moment = new Date(at);
  const day = localDay(moment);
  return day === today ? `at ${clockTime(moment)}` : `on ${rowDay(day, today)}`;
}

export function waitText(waiting: number): string {
  return `${counted(waiting, 'thing waits', 'things wait')} to go out`;
}

/** The first sentence, and what follows: a banner says the first one in bold. */
export function firstSentence(text: string): readonly [string, string] {
  // "9:41 AM. Keep": a sentence ends with a full stop before a capital letter.
  const found = /^(.+?[.])\s+(?=\p{Lu})([\s\S]*)$/u.exec(text);
  return found === null ? [text, ''] : [found[1] ?? text, found[2] ?? ''];
}

export function outTitle(state: SyncState, count: number): string {
  const things = counted(count, 'thing');
  if (state.status === 'offline') return `${things} ${count === 1 ? 'goes' : 'go'} out when it is back`;
  if (state.status === 'syncing' || state.status === 'current')
    return `${things} ${count === 1 ? 'goes' : 'go'} out now`;
  return `${things} ${count === 1 ? 'waits' : 'wait'} to go out`;
}

export const CAPS: readonly { readonly id: string; readonly title: string; readonly cap: number | null }[] = [
  { id: 'none', title: 'No limit', cap: null },
  { id: '64', title: '64 KB a second', cap: 64 },
  { id: '256', title: '256 KB a second', cap: 256 },
  { id: '1000', title: '1 MB a second', cap: 1000 },
  { id: '5000', title: '5 MB a second', cap: 5000 },
];

/** The choices with whatever is set now, which another version may have set. */
export function capChoices(cap: number | null): typeof CAPS {
  if (CAPS.some((one) => one.cap === cap)) return CAPS;
  return [...CAPS, { id: String(cap), title: `${cap} KB a second`, cap }];
}
