import type { PlainDate } from '../../../../core/deadlines/plain-date.ts';
import type { PersonRow, TaskRow } from '../../../../core/deals/model.ts';
import type { DocumentFacts } from '../../../../core/documents/document.ts';
import { isTaskOfParty, type PartyActor, partyActor } from '../../../../core/permissions/actor.ts';
import type { DealContext } from '../../../../core/permissions/conditions.ts';
import { may } from '../../../../core/permissions/may.ts';
import { type PartyView, viewFor } from '../../../../core/permissions/view.ts';
import { type CountedDeal, type KeptDeal, viewInputOf } from '../deal-facts.ts';

/** One person before one deal. */
export interface EyeAsk {
  readonly kept: KeptDeal;
  readonly counted: CountedDeal;
  readonly person: PersonRow;
  readonly mayDownload: boolean;
}

/** What one person is let see of a deal. Every part of their page is made from it, and every act of theirs is held against it. */
export interface Eye extends EyeAsk {
  readonly actor: PartyActor;
  readonly view: PartyView;
  readonly context: DealContext;
  /** The files of the deal in this person's words, by version; seen only where `view` shows them. */
  readonly documents: ReadonlyMap<string, DocumentFacts>;
  /** A deal that is over owes nothing any more, and nothing can be asked of it. */
  readonly isOver: boolean;
}

/** Null for somebody who is not on the deal, or sees nothing by a link. */
export function eyeOf(ask: EyeAsk): Eye | null {
  const { kept, counted, person, mayDownload } = ask;
  const actor = partyActor(person, kept.deal.row);
  const input = viewInputOf(kept, counted, person.role, mayDownload ? [] : [person.id]);
  const view = viewFor(actor, input);
  if (view === null) return null;
  return {
    ...ask,
    actor,
    view,
    context: { ...input.context, deal: kept.deal },
    documents: new Map(input.beside.documents.map((document) => [document.id, document])),
    isOver: kept.deal.row.closedOn !== null,
  };
}

/** Own tasks that the view shows; an agent of our side sees everybody's. */
export function ownTasks({ view, kept, actor }: Eye): readonly TaskRow[] {
  const ids = new Set(view.tasks.map(({ id }) => id));
  return kept.deal.tasks.filter((task) => ids.has(task.id) && isTaskOfParty(actor, task));
}

/** The name of a person or member, where this person may know them; else empty. */
export function nameFor({ view, kept, actor, context }: Eye, id: string): string {
  const seen = view.people.find((person) => person.id === id);
  if (seen !== undefined) return seen.name ?? '';
  const member = kept.members.find(({ memberId }) => memberId === id);
  if (member === undefined) return '';
  const card = { id, role: member.role === 'agent' ? ('agent' as const) : ('tc' as const) };
  return may(actor, 'see', { type: 'people-card', person: card }, context).ok ? member.name : '';
}

/** Whether this person stands on the side that the deal is run for, and is no lender. */
export function isOurSide({ person }: Pick<Eye, 'person'>): boolean {
  return (
    person.role === 'client' || person.role === 'co-client' || person.role === 'agent' || person.role === 'attorney'
  );
}

export function compareDays(a: PlainDate | string | null, b: PlainDate | string | null): number {
  if (a === b) return 0;
  return (a ?? '9999') < (b ?? '9999') ? -1 : 1;
}
