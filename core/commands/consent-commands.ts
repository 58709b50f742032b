import { z } from 'zod';
import type { ConsentRow, Deal } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok } from '../result.ts';
import { insert, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { idTaken, notOnDeal } from './refusals.ts';
import { IdArg, InstantArg } from './schemas.ts';

/** A principal lets an agent read the closing figures, and takes it back (GLBA, domain.md section 4 [PR1]). */
export const consentCommands = {
  giveConsent: defineCommand({
    args: z.strictObject({
      consentId: IdArg,
      toId: IdArg,
      covers: z.enum(['closing-disclosure', 'settlement']),
      at: InstantArg,
    }),
    mayRun: principalOnly,
    decide: ({ deal, dealId, workspace }, { consentId: id, toId, covers, at }, actor) => {
      if (deal === null || actor.kind !== 'party') return err(notOnDeal);
      const isAgent =
        deal.people.some((person) => person.id === toId && person.role === 'agent') ||
        workspace.members.some((member) => member.id === toId && member.role === 'agent');
      if (!isAgent) return err(notOnDeal);
      const row: ConsentRow = { id, dealId, byPersonId: actor.personId, toId, covers, givenAt: at, withdrawnAt: null };
      const there = deal.consents.find((consent) => consent.id === id);
      if (there !== undefined) return there.byPersonId === row.byPersonId ? ok([]) : err(idTaken('consent'));
      return ok(openOf(deal, row) === undefined ? [insert('consent', row)] : []);
    },
    label: ({ covers }) => `Agreed that the agent reads the ${covers.replaceAll('-', ' ')}`,
  }),

  withdrawConsent: defineCommand({
    args: z.strictObject({ consentId: IdArg, at: InstantArg }),
    mayRun: principalOnly,
    decide: ({ deal }, { consentId, at }, actor) => {
      const row = deal?.consents.find((consent) => consent.id === consentId);
      if (row === undefined || actor.kind !== 'party' || row.byPersonId !== actor.personId)
        return err({ type: 'NotYours', message: 'That consent is not yours. Nothing was changed.' });
      return ok(row.withdrawnAt === null ? update('consent', row, { withdrawnAt: at }) : []);
    },
    label: () => 'Took back a consent',
  }),
};

function openOf({ consents }: Deal, { byPersonId, toId, covers }: ConsentRow): ConsentRow | undefined {
  return consents.find(
    (consent) =>
      consent.byPersonId === byPersonId &&
      consent.toId === toId &&
      consent.covers === covers &&
      consent.withdrawnAt === null,
  );
}

function principalOnly(actor: Actor): Verdict {
  const isPrincipal = actor.kind === 'party' && (actor.role === 'client' || actor.role === 'co-client');
  return isPrincipal
    ? YES
    : no('NotYourRole', 'Only the clients decide who reads their figures. Ask them to do it on their page.');
}
