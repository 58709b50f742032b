import type { Deal, Id } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import type { ChangeRequest } from './request.ts';
import { APPROVER_WORDS, type Approver, CHANGE_RULES, isAsked } from './rules.ts';

/** What approvals are judged by. `teamIds` are the members on the deal; an admin is on every deal. */
export interface ChangeContext {
  readonly deal: Pick<Deal, 'row' | 'people'>;
  readonly teamIds: readonly Id[];
  /** Every request of the deal; the one in question may be among them. */
  readonly others: readonly ChangeRequest[];
}

/** One approval that a request needs: by a named person, or by anybody of that capacity when `personId` is null. */
export interface ApprovalSlot {
  readonly approver: Approver;
  readonly personId: Id | null;
  /** "our client Maria Ortiz", "the lender". */
  readonly words: string;
}

/**
 * The approvals a request needs. Each principal of a side signs, so each has a slot; of agents, lender, title and
 * reviewers one is enough. Somebody with two capacities approves once in each: a broker who is also the agent approves
 * as the agent and as the broker, because the form has a line for both.
 */
export function requiredApprovals(request: ChangeRequest, { deal }: ChangeContext): readonly ApprovalSlot[] {
  return CHANGE_RULES[request.kind].approvers
    .filter(({ when }) => isAsked(when, request.facts))
    .flatMap(({ approver }) => slotsOf(approver, deal));
}

/** The approvals still to come. An approval by somebody who has since left the deal, or never had the part, is none. */
export function missingApprovals(request: ChangeRequest, context: ChangeContext): readonly ApprovalSlot[] {
  return requiredApprovals(request, context).filter(
    (slot) => !request.approvals.some((approval) => fills(approval, slot, context)),
  );
}

/** In which capacities an actor may approve on this deal. */
export function capacitiesOf(actor: Actor, { deal, teamIds }: ChangeContext): readonly Approver[] {
  if (actor.kind === 'system') return [];
  if (actor.kind === 'member') {
    if (actor.role === 'admin') return ['broker', 'reviewer'];
    const isOn = actor.memberId === deal.row.ownerId || teamIds.includes(actor.memberId);
    if (!isOn) return [];
    return actor.role === 'tc' ? ['reviewer'] : ['own-agent'];
  }
  const person = deal.people.find(({ id, role }) => id === actor.personId && role === actor.role);
  return person === undefined ? [] : capacitiesOfRole(person.role);
}

/** In which capacities a person of a deal answers by their role. */
export function capacitiesOfRole(role: string): readonly Approver[] {
  switch (role) {
    case 'client':
    case 'co-client':
      return ['own-principal'];
    case 'other-principal':
    case 'lender':
    case 'title':
      return [role];
    case 'agent':
      return ['own-agent'];
    default:
      return [];
  }
}

function slotsOf(approver: Approver, deal: ChangeContext['deal']): readonly ApprovalSlot[] {
  const anybody: ApprovalSlot = { approver, personId: null, words: APPROVER_WORDS[approver] };
  if (approver !== 'own-principal' && approver !== 'other-principal') return [anybody];
  const principals = deal.people.filter((person) => capacitiesOfRole(person.role).includes(approver));
  if (principals.length === 0) return [anybody];
  return principals.map(({ id, name }) => ({ approver, personId: id, words: `${APPROVER_WORDS[approver]} ${name}` }));
}

/** Approvals were checked when given; whether the person is still on the deal is checked again, because people change. */
function fills(approval: ChangeRequest['approvals'][number], slot: ApprovalSlot, context: ChangeContext): boolean {
  const { deal, teamIds } = context;
  if (approval.approver !== slot.approver) return false;
  if (slot.personId !== null) return approval.byId === slot.personId;
  const isThere = deal.people.some(
    (person) => person.id === approval.byId && capacitiesOfRole(person.role).includes(slot.approver),
  );
  switch (slot.approver) {
    case 'broker':
    case 'reviewer':
      return true;
    case 'own-agent':
      return isThere || approval.byId === deal.row.ownerId || teamIds.includes(approval.byId);
    default:
      return isThere;
  }
}
