import { z } from 'zod';
import { PARTY_ROLES, type ProposalRow } from '../deals/model.ts';
import { normalisePhone } from '../parties/phone.ts';
import { type Actor, mayManagePeople } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { mayInvite } from '../permissions/invite.ts';
import { type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { decideAddPerson } from './people-commands.ts';
import { bankNumberIn, idTaken, needsReason } from './refusals.ts';
import { IdArg, InstantArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

const ProposeArgs = z.strictObject({
  proposalId: IdArg,
  role: z.enum(PARTY_ROLES),
  name: Line,
  company: OptionalLine,
  email: OptionalLine,
  phone: OptionalLine,
  words: OptionalLine,
  at: InstantArg,
});

/** The commands on people whom a client or an agent wants on the deal (product.md section A, stage 2). */
export const proposalCommands = {
  proposePerson: defineCommand({
    isOwnWord: true,
    args: ProposeArgs,
    mayRun: (actor, _scope, { role }) => mayPropose(actor, role),
    decide: (scope, args, actor) => decidePropose(scope, args, actor),
    label: ({ name, role }) => `Proposed ${quote(name)} as ${role.replaceAll('-', ' ')}`,
  }),

  /** Takes the person on to the deal in that role. Whoever does it has called first (domain.md section 8). */
  acceptProposal: defineCommand({
    args: z.strictObject({ proposalId: IdArg, personId: IdArg, at: InstantArg }),
    mayRun: mayManagePeople,
    decide: (scope, { proposalId, personId, at }, actor) =>
      onProposal(scope, proposalId, (row) => {
        if (row.state === 'accepted') return ok([]);
        if (row.state === 'declined') return err(wasDecided);
        const { name, role, company, email, phone } = row;
        const person = { id: personId, dealId: row.dealId, name, role, company, email, phone, position: 0 };
        const added = decideAddPerson(scope, person);
        if (!added.ok) return added;
        const decided = { state: 'accepted', decidedBy: idOf(actor), decidedAt: at, personId } as const;
        return ok([...added.value, ...update('proposal', row, decided)]);
      }),
    label: ({ proposalId }, _changes, scope) => `Added ${nameOf(scope, proposalId)}, who was proposed`,
  }),

  declineProposal: defineCommand({
    args: z.strictObject({ proposalId: IdArg, reason: OptionalLine, at: InstantArg }),
    mayRun: mayManagePeople,
    decide: (scope, { proposalId, reason, at }, actor) =>
      onProposal(scope, proposalId, (row) => {
        if (row.state === 'declined') return ok([]);
        if (row.state === 'accepted') return err(wasDecided);
        if (reason === '') return err(needsReason('why this person was not added'));
        return ok(update('proposal', row, { state: 'declined', decidedBy: idOf(actor), decidedAt: at, reason }));
      }),
    label: ({ proposalId, reason }, _changes, scope) =>
      `Did not add ${nameOf(scope, proposalId)}, who was proposed: ${quote(reason)}`,
  }),
};

function mayPropose(actor: Actor, role: ProposalRow['role']): Verdict {
  const verdict = mayInvite(actor, role);
  return verdict.ok ? YES : verdict;
}

function decidePropose(
  scope: Scope,
  args: z.infer<typeof ProposeArgs>,
  actor: Actor,
): Result<readonly Change[], Refusal> {
  const deal = scope.deal;
  if (deal === null) return ok([]);
  const { proposalId: id, at, ...words } = args;
  if (words.email === '' && words.phone === '')
    return err({
      type: 'NoReach',
      message: 'Write a phone number or an e-mail address, so that your coordinator can call them.',
    });
  const bank = bankNumberIn([words.name, words.company, words.words]);
  if (bank !== null) return err(bank);
  const row: ProposalRow = {
    ...words,
    phone: normalisePhone(words.phone),
    ...{ id, dealId: deal.row.id, proposedBy: idOf(actor) ?? 'system', proposedAt: at, state: 'open' },
    ...{ decidedBy: null, decidedAt: null, reason: '', personId: null },
  };
  const there = deal.proposals.find((proposal) => proposal.id === id);
  if (there === undefined) return ok([insert('proposal', row)]);
  return there.name === row.name && there.proposedBy === row.proposedBy ? ok([]) : err(idTaken('person'));
}

function onProposal(
  scope: Scope,
  proposalId: string,
  rule: (row: ProposalRow) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const row = scope.deal?.proposals.find(({ id }) => id === proposalId);
  return row === undefined
    ? err({ type: 'ProposalNotAvailable', message: 'That person is not proposed here any more. Nothing was changed.' })
    : rule(row);
}

const wasDecided: Refusal = {
  type: 'WasDecided',
  message: 'Somebody decided about this person meanwhile. Nothing was changed. Look at the people of the deal.',
};

function nameOf({ deal }: Scope, proposalId: string): string {
  return quote(deal?.proposals.find(({ id }) => id === proposalId)?.name ?? 'a person');
}
