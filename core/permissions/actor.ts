import type { DealRow, Id, PartyRole, PersonRow, Side, TaskRow } from '../deals/model.ts';
import { no, type Verdict, YES } from './verdict.ts';

/** A team member: has a desktop and receives whole rows of the deals they are on. */
export interface MemberActor {
  readonly kind: 'member';
  readonly memberId: Id;
  readonly role: 'tc' | 'admin' | 'agent';
}

/**
 * A person on one deal, in the portal. `personId` is the id of their PersonRow there, so it also is the scope:
 * on any other deal it names nobody. A person with two roles has two rows, and their view is the union (view.ts).
 */
export interface PartyActor {
  readonly kind: 'party';
  readonly personId: Id;
  readonly role: PartyRole;
  readonly side: PartySide;
}

/** A job of ours: reminders, intake from a form, a closing date that moves an expiry. Never a person's opinion. */
export interface SystemActor {
  readonly kind: 'system';
}

/** Whoever sends a command or asks to see something. */
export type Actor = MemberActor | PartyActor | SystemActor;

/** Title and escrow serve both sides. */
export type PartySide = Side | 'neutral';

const OPPOSITE: Readonly<Record<Side, Side>> = {
  buyer: 'seller',
  seller: 'buyer',
  tenant: 'landlord',
  landlord: 'tenant',
};

/** The other side has no tasks here, and team members do theirs on a desktop, never through a link. */
const TASKLESS: readonly PartyRole[] = ['other-agent', 'other-principal', 'tc', 'admin'];

/** The side a role stands on, on a deal that is run for `ours`. The lender stands with the side that borrows. */
export function sideOfRole(role: PartyRole, ours: Side): PartySide {
  if (role === 'other-agent' || role === 'other-principal') return OPPOSITE[ours];
  if (role === 'title') return 'neutral';
  if (role !== 'lender') return ours;
  return ours === 'buyer' || ours === 'seller' ? 'buyer' : ours;
}

/** The actor that a person of a deal is when they come through their link. */
export function partyActor(person: Pick<PersonRow, 'id' | 'role'>, deal: Pick<DealRow, 'side'>): PartyActor {
  return { kind: 'party', personId: person.id, role: person.role, side: sideOfRole(person.role, deal.side) };
}

/** Terms, anchors, stage, checklist and details of a deal: coordinators, admins and our own jobs. Others ask for a change. */
export function mayChangeDeal(actor: Actor): Verdict {
  if (actor.kind === 'system' || isCoordinating(actor)) return YES;
  if (actor.kind === 'member')
    return no(
      'NotYourRole',
      'The coordinator keeps the dates and details of this deal. Open a change request instead.',
    );
  return no('NotYourRole', 'Only the coordinator changes this deal. Send a change request, or call your coordinator.');
}

/** Notes are own-side strategy: the team writes them (domain.md section 8). */
export function mayAddNote(actor: Actor): Verdict {
  if (actor.kind === 'member') return YES;
  if (actor.kind === 'system')
    return no('PeopleOnly', 'Notes are written by people. A job writes to the activity instead.');
  return no('NotYourRole', 'Notes belong to the team. Send your coordinator a message instead.');
}

/**
 * Coordinators and admins finish any task, an agent and a party only their own. A client has no task without client
 * wording, and the other side has none at all. "Missing" and "not yours" read the same.
 */
export function mayCompleteTask(
  actor: Actor,
  task: Pick<TaskRow, 'assigneeRole' | 'assigneeId' | 'clientTitle'>,
): Verdict {
  if (actor.kind === 'system' || isCoordinating(actor)) return YES;
  if (actor.kind === 'member' ? isTaskOfMember(actor, task) : isTaskOfParty(actor, task)) return YES;
  return no('NotYours', 'That task is not on your list. Ask your coordinator if you expected it here.');
}

/** Adding, changing and removing the people of a deal. A client proposes a co-client through `mayInvite`. */
export function mayManagePeople(actor: Actor): Verdict {
  if (isCoordinating(actor)) return YES;
  if (actor.kind === 'system')
    return no('PeopleOnly', 'A person decides who is on a deal. The job leaves this for the coordinator.');
  return no('NotYourRole', 'The coordinator adds and removes people. Ask for it, and they will confirm by phone.');
}

/** Whether a task is one that this party sees and does: assigned to the person, or to their role with no name yet. */
export function isTaskOfParty(
  actor: PartyActor,
  task: Pick<TaskRow, 'assigneeRole' | 'assigneeId' | 'clientTitle'>,
): boolean {
  if (TASKLESS.includes(actor.role)) return false;
  if ((actor.role === 'client' || actor.role === 'co-client') && task.clientTitle === '') return false;
  return task.assigneeId === null ? task.assigneeRole === actor.role : task.assigneeId === actor.personId;
}

/** Whether a task is a member's own: assigned to them, or to their role with no name yet. */
export function isTaskOfMember(actor: MemberActor, task: Pick<TaskRow, 'assigneeRole' | 'assigneeId'>): boolean {
  return task.assigneeId === null ? task.assigneeRole === actor.role : task.assigneeId === actor.memberId;
}

function isCoordinating(actor: Actor): boolean {
  return actor.kind === 'member' && (actor.role === 'tc' || actor.role === 'admin');
}
