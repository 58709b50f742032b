import { PARTY_ROLES } from '../../../../core/deals/model.ts';
import { mayInvite } from '../../../../core/permissions/invite.ts';
import { may } from '../../../../core/permissions/may.ts';
import type { ConsentChoice, Contact, OwnProposal, PersonHome } from '../../../api/person-home.ts';
import { isClient, memberOf } from '../deal-facts.ts';
import { type Eye, nameFor } from './eye.ts';

/** People with a way to reach them; the coordinator who owns the deal first, also where no row names them. */
export function peopleOf({ view, kept, actor, context, person }: Eye): Contact[] {
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

export function mayProposeOf({ actor, isOver }: Eye): PersonHome['mayPropose'] {
  return isOver ? [] : PARTY_ROLES.filter((role) => mayInvite(actor, role).ok);
}

/** Their own, newest first. */
export function proposalsOf({ kept, person }: Eye): OwnProposal[] {
  return kept.deal.proposals
    .filter(({ proposedBy }) => proposedBy === person.id)
    .toSorted((a, b) => (a.proposedAt < b.proposedAt ? 1 : -1))
    .map(({ id, name, role, state, reason }) => ({ id, name, role, state, reason }));
}

/** The agents whom a client may let read their figures, for the kinds of statements that this deal has. */
export function consentsOf(eye: Eye): ConsentChoice[] {
  const { kept, person } = eye;
  if (!isClient(person.role)) return [];
  const { deal } = kept;
  const kinds = (['closing-disclosure', 'settlement'] as const).filter((kind) =>
    deal.lines.some((line) => line.class === kind),
  );
  return agentsOf(eye).flatMap((agent) =>
    kinds.map((covers) => {
      const given = deal.consents.find(
        (row) => row.byPersonId === person.id && row.toId === agent.toId && row.covers === covers && !row.withdrawnAt,
      );
      return { ...agent, covers, consentId: given?.id ?? null };
    }),
  );
}

/** Agents with a link, and agents of the team who are on this deal; the same human counts once. */
function agentsOf(eye: Eye): readonly Pick<ConsentChoice, 'toId' | 'name'>[] {
  const { kept } = eye;
  const people = kept.deal.people.filter(({ role }) => role === 'agent');
  const isListed = (email: string) => people.some((person) => person.email.toLowerCase() === email.toLowerCase());
  const members = kept.members.filter(
    ({ memberId, role, email }) => role === 'agent' && kept.teamIds.includes(memberId) && !isListed(email),
  );
  return [...people.map(({ id }) => id), ...members.map(({ memberId }) => memberId)].map((toId) => ({
    toId,
    name: nameFor(eye, toId),
  }));
}
