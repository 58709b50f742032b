import { isLive } from '../../../core/changes/conflicts.ts';
import { changeTitle, type TermNames } from '../../../core/changes/words.ts';
import { quote } from '../../../core/commands/words.ts';
import { roleWords } from '../../../core/deals/definition-of-done.ts';
import { leadTitle } from '../../../core/deals/lead-title.ts';
import type { Deal, Instant, Member } from '../../../core/deals/model.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import type { ChangeStepView } from '../../contract/portal-views.ts';
import type { ItemState, TodayAbout } from '../../contract/values.ts';
import { papersOf } from './change-papers.ts';
import { nextStep } from './change-step.ts';
import { askerOf, contextOf } from './change-views.ts';

export interface WaitingOf {
  readonly deal: Deal;
  readonly members: readonly Member[];
  readonly team: readonly Member[];
  readonly actor: Actor;
  readonly names: TermNames;
  readonly now: Instant;
}

/** Something that a person waits for, as a row of Today. */
export interface Waiting {
  readonly title: string;
  readonly detail: string;
  readonly state: ItemState;
  readonly about: TodayAbout;
}

/** What people wait for the team to answer or decide on one deal, the longest first. Files to review have their own queue. */
export function waitingOf(of: WaitingOf): readonly Waiting[] {
  const all = [
    ...messagesWaiting(of),
    ...changesWaiting(of),
    ...formsWaiting(of),
    ...proposalsWaiting(of),
    ...leadsWaiting(of),
  ];
  return all.toSorted((one, other) => (one.about.since < other.about.since ? -1 : 1));
}

function messagesWaiting({ deal }: WaitingOf): readonly Waiting[] {
  return deal.people.flatMap(({ id, name }): readonly Waiting[] => {
    const open = deal.messages.filter((message) => message.personId === id && !message.isSettled);
    const [first] = open;
    const last = open.at(-1);
    if (first === undefined || last === undefined) return [];
    const about = { kind: 'messages', id, who: name, since: first.writtenAt, says: last.body } as const;
    const title = `Answer ${name}`;
    return [{ title, detail: `“${quote(last.body)}”`, state: 'blocked', about: { ...about, verb: 'Answer' } }];
  });
}

const STEPS: Readonly<Record<ChangeStepView['kind'], readonly [string, string, ItemState]>> = {
  'call-back': ['Call back', 'Note the call', 'blocked'],
  'settle-conflict': ['Decide between two requests', 'Look at both', 'blocked'],
  review: ['Review the paper', 'Review the paper', 'review'],
  execute: ['Put into effect', 'Put into effect', 'review'],
  decide: ['Agree or decline', 'Decide', 'blocked'],
  send: ['Send on', 'Look at the request', 'blocked'],
};

function changesWaiting(of: WaitingOf): readonly Waiting[] {
  const { deal, names, actor, now } = of;
  return deal.changes.filter(isLive).flatMap((row): readonly Waiting[] => {
    const step = nextStep({ row, context: contextOf(of), papers: papersOf(deal, row, names), actor, now });
    if (step === null) return [];
    const [order, verb, state] = STEPS[step.kind];
    const who = askerOf(of, row.requestedBy).name;
    const { title } = changeTitle(row, names);
    const about: TodayAbout = { kind: 'change', id: row.id, who, since: step.since, says: step.says, verb };
    return [{ title: `${order}: ${title}`, detail: `${who} asked.`, state, about }];
  });
}

function formsWaiting({ deal }: WaitingOf): readonly Waiting[] {
  return deal.forms.flatMap((form): readonly Waiting[] => {
    if (form.state !== 'sent' || form.sentAt === null) return [];
    const who = deal.people.find(({ id }) => id === form.personId)?.name ?? 'Somebody';
    const says = 'The answers count once you take them.';
    const about: TodayAbout = { kind: 'form', id: form.id, who, since: form.sentAt, says, verb: 'Look at the answers' };
    return [{ title: `Look through ${form.title}`, detail: `${who} filled it in.`, state: 'review', about }];
  });
}

function leadsWaiting({ deal }: WaitingOf): readonly Waiting[] {
  return deal.leads.flatMap((lead): readonly Waiting[] => {
    if (lead.state !== 'new') return [];
    const who = deal.people.find(({ role }) => role === 'client')?.name ?? 'Somebody';
    const wrote = lead.words === '' ? 'nothing beside their answers.' : `“${quote(lead.words)}”`;
    const says = `They answered the questions of an intake link, and wrote ${wrote}`;
    const about = { kind: 'lead', id: deal.row.id, who, since: lead.arrivedAt, says, verb: 'Look at it' } as const;
    return [{ title: `New: ${leadTitle(deal)}`, detail: 'Came in by an intake link.', state: 'blocked', about }];
  });
}

function proposalsWaiting(of: WaitingOf): readonly Waiting[] {
  return of.deal.proposals.flatMap((proposal): readonly Waiting[] => {
    if (proposal.state !== 'open') return [];
    const { id, name, role, proposedAt: since, words } = proposal;
    const who = askerOf(of, proposal.proposedBy).name;
    const says = words || 'Call before you put anybody on the deal.';
    const about: TodayAbout = { kind: 'proposal', id, who, since, says, verb: 'Decide' };
    const detail = `${who} wants them on the deal, as ${roleWords(role)}.`;
    return [{ title: `Take or decline ${name}`, detail, state: 'blocked', about }];
  });
}
