import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import type { PartyView } from '../../../core/permissions/view.ts';
import type { PersonHome } from '../../api/person-home.ts';
import { askableOf } from './home/askable.ts';
import { changesOf } from './home/changes.ts';
import { datesOf } from './home/dates.ts';
import { type EyeAsk, eyeOf, ownTasks } from './home/eye.ts';
import { formsOf } from './home/forms.ts';
import { messagesOf } from './home/messages.ts';
import { documentsOf, sentOf, toReadOf, wantedOf } from './home/papers.ts';
import { consentsOf, mayProposeOf, peopleOf, proposalsOf } from './home/people.ts';
import { closingOf, missingOf, tasksOf, waitingOf } from './home/tasks.ts';

export interface HomeAsk extends EyeAsk {
  readonly isPreview: boolean;
  readonly endsOn: PlainDate;
  /** Of the intake: those that forms ask. */
  readonly questions: readonly Question[];
  /** What is this person's and no part of the deal. */
  readonly beside: Pick<PersonHome, 'pageId' | 'otherDeals' | 'hasCalendar'>;
}

/**
 * The deal as one of its people sees it. Whatever is told was let through by `viewFor` or `may`, or is their own: a row or
 * column that is not theirs leaves no trace, not even in a count. Null for somebody who is not on the deal, or sees
 * nothing by a link.
 */
export function homeOf(ask: HomeAsk): PersonHome | null {
  const eye = eyeOf(ask);
  if (eye === null) return null;
  const { view, isOver } = eye;
  const { person, counted, mayDownload, isPreview, endsOn, beside, questions } = ask;
  const closing = view.anchors.find(({ name }) => name === 'closing')?.on ?? null;
  return {
    ...{ isPreview, endsOn, mayDownload, ...beside, person: { name: person.name, role: person.role } },
    ...{ place: placeOf(view), today: counted.today, progress: progressOf(view), closingOn: closing },
    tasks: isOver ? [] : tasksOf(eye),
    tasksDone: ownTasks(eye).filter(({ doneOn }) => doneOn !== null).length,
    wanted: isOver ? [] : wantedOf(eye),
    sent: sentOf(eye),
    toRead: toReadOf(eye),
    forms: formsOf(eye, questions),
    messages: messagesOf(eye),
    changes: changesOf(eye),
    askable: askableOf(eye),
    mayPropose: mayProposeOf(eye),
    proposals: proposalsOf(eye),
    closing: closingOf(eye, closing),
    consents: consentsOf(eye),
    missing: isOver ? [] : missingOf(eye),
    waiting: isOver ? [] : waitingOf(eye),
    dates: datesOf(eye, closing),
    people: peopleOf(eye),
    documents: documentsOf(eye),
  };
}

function placeOf({ deal }: PartyView): PersonHome['place'] {
  const { street = '', unit = '', city = '', state = '', zip = '', side = 'buyer' } = deal;
  return { street, unit, city, state, zip, side };
}

function progressOf({ deal }: PartyView): PersonHome['progress'] {
  const { stage, closedOn = null, outcome = null } = deal;
  return stage === undefined ? null : { stage, closedOn, outcome };
}
