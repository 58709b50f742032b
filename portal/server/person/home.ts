import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { isOpen } from '../../../core/deals/definition-of-done.ts';
import type { PersonRow, TaskRow } from '../../../core/deals/model.ts';
import { isTaskOfParty, type PartyActor, partyActor } from '../../../core/permissions/actor.ts';
import type { DealContext } from '../../../core/permissions/conditions.ts';
import { may } from '../../../core/permissions/may.ts';
import { isExecuted } from '../../../core/permissions/things.ts';
import { type PartyView, viewFor } from '../../../core/permissions/view.ts';
import type {
  Contact,
  KeyDate,
  OwnTask,
  PersonHome,
  SharedDocument,
  WaitingStep,
  WantedPaper,
} from '../../api/person-calls.ts';
import { CLOSING_DEADLINES, type CountedDeal, isClient, type KeptDeal, memberOf, viewInputOf } from './deal-facts.ts';

export interface HomeAsk {
  readonly kept: KeptDeal;
  readonly counted: CountedDeal;
  readonly person: PersonRow;
  readonly mayDownload: boolean;
  readonly isPreview: boolean;
  readonly endsOn: PlainDate;
}

/**
 * The deal as one of its people sees it. Whatever is told was let through by `viewFor` or `may`: a row or column that is
 * not theirs leaves no trace, not even in a count. Null for somebody who is not on the deal, or sees nothing by a link.
 */
export function homeOf(ask: HomeAsk): PersonHome | null {
  const { kept, counted, person, mayDownload } = ask;
  const actor = partyActor(person, kept.deal.row);
  const input = viewInputOf(kept, counted, person.role, mayDownload ? [] : [person.id]);
  const view = viewFor(actor, input);
  if (view === null) return null;
  const context: DealContext = { ...input.context, deal: kept.deal };
  const eye: Eye = { ...ask, actor, view, context };
  // A deal that is over owes nothing any more.
  const isOver = kept.deal.row.closedOn !== null;
  const closing = view.anchors.find(({ name }) => name === 'closing')?.on ?? null;
  return {
    isPreview: ask.isPreview,
    person: { name: person.name, role: person.role },
    place: placeOf(view),
    today: counted.today,
    progress: progressOf(view),
    closingOn: closing,
    tasks: isOver ? [] : tasksOf(eye),
    tasksDone: ownTasks(eye).filter(({ doneOn }) => doneOn !== null).length,
    wanted: isOver ? [] : wantedOf(eye),
    waiting: isOver ? [] : waitingOf(eye),
    dates: datesOf(eye, closing),
    people: peopleOf(eye),
    documents: documentsOf(eye),
    mayDownload,
    endsOn: ask.endsOn,
  };
}

interface Eye extends HomeAsk {
  readonly actor: PartyActor;
  readonly view: PartyView;
  readonly context: DealContext;
}

function placeOf({ deal }: PartyView): PersonHome['place'] {
  const { street = '', unit = '', city = '', state = '', zip = '', side = 'buyer' } = deal;
  return { street, unit, city, state, zip, side };
}

function progressOf({ deal }: PartyView): PersonHome['progress'] {
  const { stage, closedOn = null, outcome = null } = deal;
  return stage === undefined ? null : { stage, closedOn, outcome };
}

/** Own tasks that the view shows; an agent of our side sees everybody's. */
function ownTasks({ view, kept, actor }: Eye): readonly TaskRow[] {
  const ids = new Set(view.tasks.map(({ id }) => id));
  return kept.deal.tasks.filter((task) => ids.has(task.id) && isTaskOfParty(actor, task));
}

/** Open ones that can be done now, by day; those without a day last. */
function tasksOf(eye: Eye): OwnTask[] {
  const { kept, counted, person } = eye;
  return ownTasks(eye)
    .filter((task) => isOpen(task) && !isAhead(task, kept.deal.tasks))
    .map((task) => ({ task, dueOn: counted.dueOf(task), title: isClient(person.role) ? task.clientTitle : task.title }))
    .toSorted((a, b) => compareDays(a.dueOn, b.dueOn) || a.task.position - b.task.position)
    .map(({ title, dueOn }) => ({ title, dueOn, isLate: dueOn !== null && dueOn < counted.today }));
}

function compareDays(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '9999') < (b ?? '9999') ? -1 : 1;
}

/** Waits for another open task: nothing can be done about it yet. */
function isAhead({ dependsOn }: TaskRow, tasks: readonly TaskRow[]): boolean {
  return tasks.some((other) => dependsOn.includes(other.id) && isOpen(other));
}

/** Papers that this person owes and may send. Private ones are asked for by the lender, so they are not listed. */
function wantedOf({ kept, person, actor, context }: Eye): WantedPaper[] {
  return kept.deal.lines
    .filter(({ ownerRole, state }) => ownerRole === person.role && (state === 'requested' || state === 'rejected'))
    .filter((line) => may(actor, 'upload', { type: 'upload', class: line.class }, context).ok)
    .map((line) => ({
      title: isClient(person.role) ? line.clientTitle : line.title,
      why: line.state === 'rejected' ? ('again' as const) : ('asked' as const),
    }))
    .filter(({ title }) => title !== '');
}

/** Steps in words for clients; who has one is told by a name on the deal, or by the role. */
function waitingOf(eye: Eye): WaitingStep[] {
  const { counted, person, actor, context } = eye;
  const own = new Set(ownTasks(eye).map(({ id }) => id));
  const isProfessional = !isClient(person.role);
  return counted
    .blocking()
    .filter(({ clientTitle }) => may(actor, 'see', { type: 'closing-step', task: { clientTitle } }, context).ok)
    .filter(({ state, taskId }) => state !== 'blocked' || own.has(taskId))
    .map((step) => ({
      what: isProfessional ? step.what : step.clientTitle,
      who: step.ownerName,
      isYours: own.has(step.taskId),
      dueOn: step.dueOn,
      state: step.state,
    }));
}

const DATE_STATES: Readonly<Record<string, KeyDate['state'] | null>> = {
  open: 'ahead',
  done: 'done',
  waived: null,
  tbd: null,
  'not-applicable': null,
};

function datesOf({ view, counted }: Eye, closing: string | null): KeyDate[] {
  const ends = new Map(counted.deadlines.map(({ id, at }) => [id, at]));
  const dates = view.deadlines.flatMap(({ id = '', title = '', on = null, state = 'tbd', why = '' }): KeyDate[] => {
    const known = DATE_STATES[state] ?? null;
    if (on === null || known === null || title === '') return [];
    const isClosing = CLOSING_DEADLINES.has(id);
    const at = ends.get(id) ?? '';
    const isEndOfDay = at === '23:59' || at === '24:00' || isClosing;
    const told = known === 'ahead' && on < counted.today ? 'past' : known;
    return [{ title, on, at: isEndOfDay ? '' : at, state: told, why, isClosing }];
  });
  const agreed = view.anchors.flatMap(({ name = '', on }): KeyDate[] => {
    const isClosing = name === 'closing';
    const title = counted.anchorTitles.get(name) ?? (isClosing ? 'Closing' : undefined);
    if (on === undefined || title === undefined || (isClosing && dates.some((date) => date.isClosing))) return [];
    return [{ title, on, at: '', state: on < counted.today ? 'done' : 'ahead', why: '', isClosing }];
  });
  // The form's closing day may be rolled; the agreed one is what people plan for.
  const all = [...dates, ...agreed].filter(({ isClosing, on }) => !isClosing || closing === null || on === closing);
  return all.toSorted((a, b) => compareDays(a.on, b.on) || Number(a.isClosing) - Number(b.isClosing));
}

/** People with a way to reach them; the coordinator who owns the deal first, also where no row names them. */
function peopleOf({ view, kept, actor, context, person }: Eye): Contact[] {
  const people = view.people.map(
    ({ id, name = '', role = 'other-principal', company = '', phone = '', email = '' }) => ({
      ...{ name, role, company, phone, email },
      isYou: id === person.id,
    }),
  );
  const owner = kept.members.find(({ memberId }) => memberId === kept.deal.row.ownerId);
  const isListed = people.some(({ role }) => role === 'tc');
  const card = { id: owner?.memberId ?? '', role: 'tc' } as const;
  const mayKnow = may(actor, 'see', { type: 'people-card', person: card }, context).ok;
  const mayReach = may(actor, 'see', { type: 'people-contact', person: card }, context).ok;
  const coordinator: Contact[] =
    owner === undefined || isListed || !mayKnow
      ? []
      : [
          {
            ...{ name: memberOf(owner).name, role: 'tc', company: '', phone: '' },
            ...{ email: mayReach ? owner.email : '', isYou: false },
          },
        ];
  const rank = ({ role }: Contact) => (role === 'tc' ? 0 : role === 'agent' ? 1 : 2);
  return [...coordinator, ...people].toSorted((a, b) => rank(a) - rank(b));
}

function documentsOf({ view, actor, context, kept, counted, person, mayDownload }: Eye): SharedDocument[] {
  const facts = new Map(
    viewInputOf(kept, counted, person.role, mayDownload ? [] : [person.id]).beside.documents.map((each) => [
      each.id,
      each,
    ]),
  );
  return view.documents.flatMap((seen): SharedDocument[] => {
    const document = facts.get(seen.id ?? '');
    if (document === undefined || seen.title === undefined || seen.state === undefined) return [];
    const mayFetch = may(actor, 'download', { type: 'document', document }, context).ok;
    return [
      {
        versionId: mayFetch ? document.id : null,
        title: seen.title,
        version: seen.version ?? null,
        state: seen.state,
        receivedOn: seen.receivedOn ?? null,
        isFullySigned: seen.suffix !== undefined && isExecuted(document),
      },
    ];
  });
}
