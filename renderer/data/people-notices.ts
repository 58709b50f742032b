import type { PersonAct } from '../../electron/contract/portal-views.ts';
import { newId } from './ids.ts';
import { toShow } from './portal-rows.ts';
import { rowToShow } from './portal-views.ts';
import type { Session, ToastLink } from './session.tsx';
import { counted } from './words.ts';

/** Acts that come within this are one notice: a person who sends three files says one thing. */
const TOGETHER_MS = 700;
const LOOKS = {
  review: 'Review',
  changes: 'Look at it',
  messages: 'Answer',
  documents: 'Look at it',
  people: 'Look at it',
  tasks: 'Look at it',
  overview: 'Look at it',
} as const;

const waiting = new WeakMap<Session, PersonAct[]>();

/**
 * A quiet line about what people did, never over a line that still says something: what was done here has its Undo, and
 * a refusal stays until it is put away. Each of these stands in Today or on the deal as well.
 */
export function peopleActed(session: Session, acts: readonly PersonAct[]): void {
  const pending = waiting.get(session);
  if (pending !== undefined) {
    pending.push(...acts);
    return;
  }
  waiting.set(session, [...acts]);
  setTimeout(() => whenQuiet(session), TOGETHER_MS);
}

function whenQuiet(session: Session): void {
  const tell = () => {
    const acts = waiting.get(session) ?? [];
    waiting.delete(session);
    if (acts.length > 0) session.toast.set({ id: newId(), kind: 'done', undo: null, ...noticeOf(acts, session) });
  };
  if (session.toast.get() === null) {
    tell();
    return;
  }
  const stop = session.toast.subscribe(() => {
    if (session.toast.get() !== null) return;
    stop();
    tell();
  });
}

/** "Priya Raman sent Home insurance binder." with the way there; of several, who and how many. */
export function noticeOf(
  acts: readonly PersonAct[],
  session: Session,
): { readonly text: string; readonly link: ToastLink } {
  const [first] = acts;
  const people = [...new Set(acts.map(({ person }) => person))];
  const deals = new Set(acts.map(({ dealId }) => dealId));
  if (first === undefined || deals.size > 1) {
    const text = `${counted(acts.length, 'thing')} came from people on ${counted(deals.size, 'deal')}.`;
    return { text, link: { title: 'Open Today', to: '/today' } };
  }
  const place = `${first.plate} ${first.street}`.trim();
  if (acts.length === 1) {
    const says = /[.!?…]”?$/u.test(first.did) ? first.did : `${first.did}.`;
    return { text: `${first.person} ${says} ${place}.`, link: linkTo(first, session) };
  }
  const who = people.length === 1 ? first.person : `${first.person} and ${counted(people.length - 1, 'other')}`;
  const text = `${who} did ${acts.length} things on ${place}.`;
  const isOnePlace = acts.every(({ to }) => to === first.to);
  return { text, link: isOnePlace ? linkTo(first, session) : { title: 'Open the deal', to: `/deals/${first.dealId}` } };
}

function linkTo({ dealId, to, id }: PersonAct, session: Session): ToastLink {
  const title = LOOKS[to];
  const deal = `/deals/${dealId}`;
  switch (to) {
    case 'review':
      return { title, to: `/review?deal=${dealId}` };
    case 'changes':
    case 'messages':
      return { title, to: `${deal}?tab=${to}`, does: () => rowToShow(session, to).set({ id }) };
    case 'overview':
      return { title, to: deal, does: () => toShow(session, 'form').set(id) };
    case 'people':
      return { title, to: `${deal}?tab=people`, does: () => toShow(session, 'proposal').set(id) };
    default:
      return { title, to: `${deal}?tab=${to}` };
  }
}
