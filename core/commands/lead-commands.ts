import { z } from 'zod';
import { type Deal, type LeadRow, PARTY_ROLES } from '../deals/model.ts';
import { normalisePhone } from '../parties/phone.ts';
import { type Actor, mayChangeDeal } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { decideFacts } from './milestone-commands.ts';
import { needsReason } from './refusals.ts';
import { DayArg, FactsArg, IdArg, InstantArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

const Decided = { at: InstantArg } as const;

/** The commands on a deal that came in by an intake link: taking it, declining it, merging it into another one. */
export const leadCommands = {
  acceptLead: defineCommand({
    args: z.strictObject(Decided),
    mayRun: mayChangeDeal,
    decide: (scope, { at }, actor) =>
      onLead(scope, (lead) =>
        lead.state === 'accepted'
          ? ok([])
          : lead.state === 'new'
            ? ok(decided(lead, actor, { state: 'accepted', decidedAt: at }))
            : err(wasDecided),
      ),
    label: () => 'Accepted what came in by the intake link',
  }),

  declineLead: defineCommand({
    args: z.strictObject({ ...Decided, on: DayArg, reason: OptionalLine }),
    mayRun: mayChangeDeal,
    decide: (scope, { at, on, reason }, actor) =>
      onLead(scope, (lead, deal) => {
        if (lead.state === 'declined') return ok([]);
        if (lead.state !== 'new') return err(wasDecided);
        if (reason === '') return err(needsReason('why this was declined'));
        return ok([
          ...decided(lead, actor, { state: 'declined', decidedAt: at, reason }),
          ...update('deal', deal.row, { closedOn: on, outcome: 'withdrawn', outcomeReason: reason }),
        ]);
      }),
    label: ({ reason }) => `Declined what came in by the intake link: ${quote(reason)}`,
  }),

  /** The one that came in ends here; `takeIn` on the other deal carries over what it said. */
  mergeLead: defineCommand({
    args: z.strictObject({ ...Decided, on: DayArg, intoDealId: IdArg, intoName: Line }),
    mayRun: mayChangeDeal,
    decide: (scope, { at, on, intoDealId, intoName }, actor) =>
      onLead(scope, (lead, deal) => {
        if (lead.state === 'merged' && lead.intoDealId === intoDealId) return ok([]);
        if (lead.state !== 'new' || intoDealId === scope.dealId) return err(wasDecided);
        const outcomeReason = `Merged into ${intoName}`.slice(0, 300);
        return ok([
          ...decided(lead, actor, { state: 'merged', decidedAt: at, intoDealId }),
          ...update('deal', deal.row, { closedOn: on, outcome: 'withdrawn', outcomeReason }),
        ]);
      }),
    label: ({ intoName }) => `Merged what came in by the intake link into ${quote(intoName)}`,
  }),

  /** What a person said at intake, written into a deal that was there: people who are new, answers that nobody had. */
  takeIn: defineCommand({
    args: z.strictObject({
      fromDealId: IdArg,
      people: z
        .array(
          z.strictObject({
            id: IdArg,
            name: Line,
            role: z.enum(PARTY_ROLES),
            company: OptionalLine,
            email: OptionalLine,
            phone: OptionalLine,
          }),
        )
        .max(20),
      facts: FactsArg,
      noteId: IdArg,
      note: z.string().trim().max(20_000),
      at: InstantArg,
    }),
    mayRun: mayChangeDeal,
    decide: (scope, args, actor) => takeIn(scope, args, actor),
    label: () => 'Took in what came by the intake link',
  }),
};

interface TakeInArgs {
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: (typeof PARTY_ROLES)[number];
    readonly company: string;
    readonly email: string;
    readonly phone: string;
  }[];
  readonly facts: Deal['row']['facts'];
  readonly noteId: string;
  readonly note: string;
  readonly at: string;
}

function takeIn(
  scope: Scope,
  { people, facts, noteId, note, at }: TakeInArgs,
  actor: Actor,
): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  if (deal.notes.some(({ id }) => id === noteId)) return ok([]);
  const open = Object.entries(facts).filter(
    ([name, value]) => value !== null && (deal.row.facts[name] ?? null) === null,
  );
  const answered = decideFacts(scope, Object.fromEntries(open));
  if (!answered.ok) return answered;
  const last = Math.max(0, ...deal.people.map((person) => person.position));
  const fresh = people.filter((person) => !deal.people.some((there) => isSamePerson(there, person)));
  return ok([
    ...answered.value,
    ...fresh.map((person, index) =>
      insert('person', {
        ...person,
        phone: normalisePhone(person.phone),
        dealId: deal.row.id,
        position: last + 1 + index,
      }),
    ),
    ...(note === ''
      ? []
      : [
          insert('note', {
            id: noteId,
            dealId: deal.row.id,
            body: note,
            authorId: idOf(actor) ?? 'system',
            writtenAt: at,
          }),
        ]),
  ]);
}

function isSamePerson(
  there: Deal['people'][number],
  person: { readonly id: string; readonly name: string; readonly email: string },
): boolean {
  const fold = (text: string) => text.trim().toLowerCase();
  if (there.id === person.id) return true;
  if (person.email !== '' && fold(there.email) === fold(person.email)) return true;
  return fold(there.name) === fold(person.name);
}

function decided(lead: LeadRow, actor: Actor, set: Partial<LeadRow>): readonly Change[] {
  return update('lead', lead, { ...set, decidedBy: idOf(actor) });
}

function onLead(
  { deal }: Scope,
  rule: (lead: LeadRow, deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const lead = deal?.leads[0];
  if (deal === null || lead === undefined)
    return err({ type: 'NoLead', message: 'This deal did not come in by an intake link. Nothing was changed.' });
  return rule(lead, deal);
}

const wasDecided: Refusal = {
  type: 'WasDecided',
  message: 'Somebody decided about this already. Nothing was changed. Look at the activity of the deal.',
};
