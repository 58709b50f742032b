import type { PartyRole } from '../deals/model.ts';
import type { Actor } from './actor.ts';
import { no, type Refusal } from './verdict.ts';

/** Who must say yes before an invitation goes out. */
export type InvitationVerdict =
  | { readonly ok: true; readonly confirmation: 'none' | 'coordinator'; readonly sentence: string }
  | Refusal;

/** Whom a client may bring in themselves (product.md section A, stage 2). */
const CLIENT_MAY_PROPOSE: readonly PartyRole[] = ['co-client', 'lender', 'title', 'attorney'];
const AGENT_MAY_PROPOSE: readonly PartyRole[] = [...CLIENT_MAY_PROPOSE, 'client', 'other-agent', 'other-principal'];

/**
 * Whether somebody may invite a person in a role. Coordinators and admins invite at once; what a client or an agent
 * proposes waits for the coordinator, who calls first: a false co-buyer is how strangers get in (domain.md section 8).
 */
export function mayInvite(actor: Actor, role: PartyRole): InvitationVerdict {
  if (actor.kind === 'system') return no('PeopleOnly', 'A person decides who is on a deal. The job leaves this.');
  if (actor.kind === 'member' && actor.role !== 'agent')
    return { ok: true, confirmation: 'none', sentence: 'The invitation goes out when you send it.' };
  const allowed = proposals(actor);
  if (!allowed.includes(role))
    return no('NotYourRole', 'The coordinator invites people in that role. Send them the name and how to reach them.');
  return {
    ok: true,
    confirmation: 'coordinator',
    sentence: 'Nothing has been sent yet. Your coordinator calls to confirm, then the invitation goes out.',
  };
}

function proposals(actor: Exclude<Actor, { kind: 'system' }>): readonly PartyRole[] {
  if (actor.kind === 'member' || actor.role === 'agent') return AGENT_MAY_PROPOSE;
  return actor.role === 'client' ? CLIENT_MAY_PROPOSE : [];
}
