import {
  type ApprovalSlot,
  type ChangeContext,
  capacitiesOf,
  missingApprovals,
  requiredApprovals,
} from '../../../core/changes/approvals.ts';
import { blockersOf, doConflict, hasRunOut, isLive, stateAt } from '../../../core/changes/conflicts.ts';
import { noticeRoles } from '../../../core/changes/effects.ts';
import { fraudFlag } from '../../../core/changes/preview.ts';
import { APPROVER_WORDS, type Approver, CHANGE_RULES } from '../../../core/changes/rules.ts';
import { byOpening, changeTitle, logSentence, type TermNames, termSentence } from '../../../core/changes/words.ts';
import type { ChangeRow, Deal, Id, Instant, Member, PersonRow } from '../../../core/deals/model.ts';
import { formatPhone } from '../../../core/parties/phone.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import type { ChangePaper, ChangeView, SlotView } from '../../contract/portal-views.ts';
import { papersOf, paperTitle } from './change-papers.ts';
import { nextStep } from './change-step.ts';
import { answerersOf, toldView } from './change-told.ts';

/** What requests are read with. */
export interface ChangesOf {
  readonly deal: Deal;
  readonly members: readonly Member[];
  /** The members that are on the team now. */
  readonly team: readonly Member[];
  /** The person at this computer. */
  readonly actor: Actor;
  readonly names: TermNames;
  readonly now: Instant;
}

/** Every request of a deal: those on their way first, in the order in which they were asked, then the last ended ones. */
export function changeViews(of: ChangesOf): readonly ChangeView[] {
  const rows = of.deal.changes.filter(({ state }) => state !== 'draft');
  const live = rows.filter((row) => isGoingOn(of, row)).toSorted(byOpening);
  const ended = rows.filter((row) => !isGoingOn(of, row)).toSorted((one, other) => -byOpening(one, other));
  return [...live, ...ended].map((row) => changeView(of, row));
}

function changeView(of: ChangesOf, row: ChangeRow): ChangeView {
  const { deal, names } = of;
  const context = contextOf(of);
  const rule = CHANGE_RULES[row.kind];
  const papers = papersOf(deal, row, names);
  const missing = missingApprovals(row, context);
  const step = nextStep({ row, context, papers, actor: of.actor, now: of.now });
  const asker = askerOf(of, row.requestedBy);
  return {
    id: row.id,
    kind: row.kind,
    state: stateAt(row, of.now),
    ...changeTitle(row, names),
    standing: standingOf(of, row, { missing, papers, isBlocked: blockersOf(row, deal.changes, of.now).length > 0 }),
    ...{ askedBy: asker.name, askedById: row.requestedBy, isByPerson: asker.isPerson },
    openedAt: row.openedAt ?? row.log[0]?.at ?? '',
    ...{ expiresAt: row.expiresAt, periodEndsAt: row.periodEndsAt, reason: row.reason },
    sentences: row.terms.map((term) => termSentence(term, names)),
    preview: previewOf(deal, row),
    checks: [...rule.checks],
    told: noticeRoles(row).map((role) => named(deal.people, role) ?? APPROVER_WORDS[role]),
    fraud: fraudFlag(row) ?? '',
    callFirst: callFirst(deal, row),
    slots: requiredApprovals(row, context).map((slot) => slotView(of, row, { slot, missing })),
    answerers: mayCoordinate(of) && isLive(row) ? answerersOf(row, missing, context) : [],
    alsoOpen: deal.changes
      .filter((other) => other.id !== row.id && isGoingOn(of, other))
      .toSorted(byOpening)
      .map((other) => changeTitle(other, names).title),
    sentToOtherSideAt: row.sentToOtherSideAt,
    conflicts: conflictsOf(of, row),
    // A request is drafted and asked in one step: that it was drafted says nothing.
    log: row.log.slice(row.log.length > 1 ? 1 : 0).map(({ at, byId, what }) => ({
      at,
      who: byId === null ? 'Closeboard' : askerOf(of, byId).name,
      what: logSentence(what, namedIds(of)),
    })),
    evidence: rule.evidence,
    needsDelivery: row.terms.some(({ type }) => type === 'amended-disclosure'),
    papers: [...papers],
    executedBy: row.executedBy === null ? '' : paperTitle(deal, row.executedBy),
    next: step,
    can: rights(of, row, missing),
  };
}

export function contextOf({ deal, team }: Pick<ChangesOf, 'deal' | 'team'>): ChangeContext {
  return { deal, teamIds: team.map(({ id }) => id), others: deal.changes };
}

/** The day that the first term asks for, as a step that would set it. */
function previewOf(deal: Deal, row: ChangeRow): ChangeView['preview'] {
  const term = isLive(row) ? row.terms.find(({ type }) => type === 'anchor' || type === 'override') : undefined;
  if (term?.type === 'anchor') {
    const expected = deal.anchors.find(({ name }) => name === term.name)?.on ?? null;
    return { name: 'setAnchor', args: { name: term.name, on: term.to, evidence: '', expected } };
  }
  if (term?.type !== 'override') return null;
  const set = deal.milestones.find(({ deadlineId }) => deadlineId === term.deadlineId);
  const expected = { days: set?.days ?? null, on: set?.on ?? null };
  return {
    name: 'setDeadline',
    args: { deadlineId: term.deadlineId, days: null, on: term.to, reason: 'Asked for', expected },
  };
}

/** Who did something: a person of the deal, or a member by name. */
export function askerOf({ deal, members }: Pick<ChangesOf, 'deal' | 'members'>, id: Id) {
  const person = deal.people.find((one) => one.id === id);
  if (person !== undefined) return { name: person.name, isPerson: true };
  const member = members.find((one) => one.id === id);
  return { name: member?.name ?? 'Somebody who has left the deal', isPerson: member === undefined };
}

interface SlotOf {
  readonly slot: ApprovalSlot;
  readonly missing: readonly ApprovalSlot[];
}

function slotView(of: ChangesOf, row: ChangeRow, { slot, missing }: SlotOf): SlotView {
  const { approver, personId } = slot;
  const isMissing = missing.some((one) => one.approver === approver && one.personId === personId);
  const given = isMissing
    ? undefined
    : row.approvals.find((one) => one.approver === approver && (personId === null || one.byId === personId));
  const words = APPROVER_WORDS[approver];
  const who = personId ?? given?.byId ?? null;
  const name = who === null ? (soleName(of.deal, approver) ?? '') : askerOf(of, who).name;
  const notAsked = approver === 'other-principal' && row.sentToOtherSideAt === null;
  return {
    ...{ approver, personId },
    name: name === '' ? capital(words) : name,
    capacity: name === '' ? '' : words,
    state: !isMissing ? 'agreed' : notAsked ? 'not-asked' : 'asked',
    at: given?.at ?? null,
    told: toldView(given, of),
  };
}

const ROLE_OF: Readonly<Partial<Record<Approver, PersonRow['role']>>> = {
  lender: 'lender',
  title: 'title',
  'own-agent': 'agent',
};

/** Where anybody of a capacity may answer and there is one of them, that is who will. */
function soleName({ people }: Deal, approver: Approver): string | null {
  const role = ROLE_OF[approver];
  return role === undefined ? null : named(people, role);
}

function named(people: readonly PersonRow[], role: PersonRow['role']): string | null {
  const found = people.filter((person) => person.role === role && person.name !== '');
  return found.length === 1 ? (found[0]?.name ?? null) : null;
}

interface StandingOf {
  readonly missing: readonly ApprovalSlot[];
  readonly papers: readonly ChangePaper[];
  readonly isBlocked: boolean;
}

function standingOf(of: ChangesOf, row: ChangeRow, { missing, papers, isBlocked }: StandingOf): ChangeView['standing'] {
  switch (stateAt(row, of.now)) {
    case 'executed':
      return { state: 'done', says: 'In effect' };
    case 'declined':
      return { state: 'none', says: 'Declined' };
    case 'expired':
      return { state: 'none', says: 'Ran out' };
    case 'withdrawn':
      return { state: 'none', says: 'Withdrawn' };
    default:
  }
  if (fraudFlag(row) !== null) return { state: 'late', says: 'Call first' };
  if (isBlocked) return { state: 'blocked', says: 'Another came first' };
  if (CHANGE_RULES[row.kind].evidence === 'call-back') return { state: 'due', says: 'Confirmed by a call' };
  const paper = papers.find(({ fits }) => fits);
  if (paper !== undefined && !paper.isReviewed) return { state: 'review', says: 'Review the paper' };
  const others = missing.filter(({ approver }) => approver !== 'other-principal');
  if (paper !== undefined && others.length === 0) return { state: 'review', says: 'The paper is here' };
  if (missing.length === 0) return { state: 'waiting', says: 'Signed paper' };
  return { state: 'waiting', says: waitsFor(of, row, missing) };
}

/** Whoever is asked and has not answered; for a row. */
function waitsFor(of: ChangesOf, row: ChangeRow, missing: readonly ApprovalSlot[]): string {
  const names = missing.map((slot) => slotView(of, row, { slot, missing }).name);
  const [first] = names;
  return names.length === 1 && first !== undefined ? first : `${names.length} to agree`;
}

function conflictsOf(of: ChangesOf, row: ChangeRow): ChangeView['conflicts'] {
  if (!isGoingOn(of, row)) return [];
  const { deal, names } = of;
  return deal.changes
    .filter((other) => isGoingOn(of, other) && doConflict(row, other))
    .toSorted(byOpening)
    .map((other) => ({
      changeId: other.id,
      ...changeTitle(other, names),
      askedBy: askerOf(of, other.requestedBy).name,
      openedAt: other.openedAt ?? '',
      cameFirst: byOpening(other, row) < 0,
    }));
}

/** The person whose contact or money it is, as they were known before the request. */
function callFirst({ people }: Deal, row: ChangeRow): ChangeView['callFirst'] {
  if (CHANGE_RULES[row.kind].evidence !== 'call-back' || !isLive(row)) return null;
  const term = row.terms.find((one) => one.type === 'contact' || one.type === 'bank');
  const person = people.find(({ id }) => term !== undefined && 'personId' in term && term.personId === id);
  return person === undefined ? null : { name: person.name, phone: formatPhone(person.phone) };
}

function rights(of: ChangesOf, row: ChangeRow, missing: readonly ApprovalSlot[]): ChangeView['can'] {
  const context = contextOf(of);
  const hasTime = isGoingOn(of, row);
  const live = isLive(row);
  const mine = of.actor.kind === 'member' ? capacitiesOf(of.actor, context) : [];
  const asked = requiredApprovals(row, context).filter(({ approver }) => mine.includes(approver));
  const isReviewer = mine.includes('reviewer');
  const isCall = CHANGE_RULES[row.kind].evidence === 'call-back';
  const needsOther = requiredApprovals(row, context).some(({ approver }) => approver === 'other-principal');
  const isMine = of.actor.kind === 'member' && of.actor.memberId === row.requestedBy;
  return {
    approveAs: hasTime
      ? asked.filter((slot) => missing.includes(slot) || isIn(slot, missing)).map((slot) => slot.approver)
      : [],
    declineAs: hasTime ? (asked[0]?.approver ?? null) : null,
    send: hasTime && needsOther && row.sentToOtherSideAt === null && of.actor.kind === 'member',
    // Also afterwards: until then its stage waits for it, since a paper signed in time may still come.
    withdraw: live && (isReviewer || isMine),
    callBack: hasTime && row.state === 'open' && isCall && isReviewer,
    execute: live && isReviewer && (!isCall || row.callBack !== null),
    keep: hasTime && isReviewer,
    askAgain: stateAt(row, of.now) === 'expired',
  };
}

function isIn(slot: ApprovalSlot, slots: readonly ApprovalSlot[]): boolean {
  return slots.some((one) => one.approver === slot.approver && one.personId === slot.personId);
}

/** On its way, and still in its time. */
function isGoingOn({ now }: Pick<ChangesOf, 'now'>, row: ChangeRow): boolean {
  return isLive(row) && !hasRunOut(row, now);
}

function mayCoordinate(of: ChangesOf): boolean {
  return of.actor.kind === 'member' && capacitiesOf(of.actor, contextOf(of)).includes('reviewer');
}

/** Everything that a log may name by its id. */
function namedIds({ deal, names }: ChangesOf): ReadonlyMap<Id, string> {
  return new Map([
    ...deal.versions.map(({ id }) => [id, paperTitle(deal, id)] as const),
    ...deal.changes.map((row) => [row.id, `“${changeTitle(row, names).title}”`] as const),
  ]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
