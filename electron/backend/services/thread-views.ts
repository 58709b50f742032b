import type { TermNames } from '../../../core/changes/words.ts';
import { changeTitle } from '../../../core/changes/words.ts';
import type { Deal, Member, MessageRow, PartyRole, PersonRow } from '../../../core/deals/model.ts';
import type { MessageView, ThreadView } from '../../contract/portal-views.ts';

export interface ThreadsOf {
  readonly deal: Deal;
  readonly members: readonly Member[];
  readonly myId: string;
  readonly names: TermNames;
}

/** The team itself needs no portal: people of these roles have no conversation with it there. */
const INSIDE: ReadonlySet<PartyRole> = new Set(['tc', 'admin']);

/**
 * A conversation for each person of the deal: those that wait for an answer first, the one that waits longest on top;
 * then by the last message; then people nobody has written with, in their order. Who left keeps what was written.
 */
export function threadViews(of: ThreadsOf): readonly ThreadView[] {
  const { deal } = of;
  const here = new Set(deal.people.map(({ id }) => id));
  const gone = [...new Set(deal.messages.map(({ personId }) => personId))].filter((id) => !here.has(id));
  const people = deal.people
    .filter(({ id, role }) => !INSIDE.has(role) || deal.messages.some(({ personId }) => personId === id))
    .map((person) => threadView(of, person));
  const left = gone.map((id) => threadView(of, { id, name: 'Somebody who has left the deal', role: 'client' }));
  return [...people, ...left]
    .map((thread, index) => ({ thread, index }))
    .toSorted(byNeed)
    .map(({ thread }) => thread);
}

function threadView(of: ThreadsOf, { id, name, role }: Pick<PersonRow, 'id' | 'name' | 'role'>): ThreadView {
  const messages = of.deal.messages.filter(({ personId }) => personId === id);
  const open = messages.filter(({ isSettled }) => !isSettled);
  return {
    ...{ personId: id, name, role },
    open: open.length,
    openSince: open[0]?.writtenAt ?? null,
    lastAt: messages.at(-1)?.writtenAt ?? null,
    messages: messages.map((message) => messageView(of, message, name)),
  };
}

function messageView(of: ThreadsOf, message: MessageRow, name: string): MessageView {
  const { id, body, writtenAt, isSettled, authorId, personId, aboutType, aboutId } = message;
  const isFromPerson = authorId === personId;
  const author = isFromPerson ? name : (of.members.find((one) => one.id === authorId)?.name ?? 'A colleague');
  return {
    ...{ id, body, author, isFromPerson, writtenAt, isSettled },
    isMine: authorId === of.myId,
    about: aboutType === 'deal' ? null : { type: aboutType, id: aboutId, title: aboutTitle(of, message) },
  };
}

/** What a message is about, by its title; empty when that is gone. */
function aboutTitle({ deal, names }: Pick<ThreadsOf, 'deal' | 'names'>, about: AboutOf): string {
  const { aboutType, aboutId } = about;
  switch (aboutType) {
    case 'task':
      return deal.tasks.find(({ id }) => id === aboutId)?.title ?? '';
    case 'document':
      return names.line(aboutId);
    case 'date':
      return names.deadline(aboutId) || names.anchor(aboutId);
    case 'change': {
      const row = deal.changes.find(({ id }) => id === aboutId);
      return row === undefined ? '' : changeTitle(row, names).title;
    }
    default:
      return '';
  }
}
type AboutOf = Pick<MessageRow, 'aboutType' | 'aboutId'>;

interface Placed {
  readonly thread: ThreadView;
  readonly index: number;
}

function byNeed(one: Placed, other: Placed): number {
  const [a, b] = [one.thread.openSince, other.thread.openSince];
  if (a !== null && b !== null) return a < b ? -1 : a > b ? 1 : one.index - other.index;
  if (a !== null || b !== null) return a !== null ? -1 : 1;
  const [last, next] = [one.thread.lastAt ?? '', other.thread.lastAt ?? ''];
  return last === next ? one.index - other.index : last < next ? 1 : -1;
}
