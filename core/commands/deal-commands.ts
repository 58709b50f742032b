import { z } from 'zod';
import { workflowOfTemplateId } from '../checklists/compose.ts';
import { mayLackAddress } from '../checklists/workflow-days.ts';
import { mayMoveStage, missingForStage } from '../deals/definition-of-done.ts';
import { type AnchorRow, type Deal, type DealRow, type Member, STAGES } from '../deals/model.ts';
import { mayChangeDeal } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, remove, update } from './changes.ts';
import { type CreateArgs, CreateDealArgs, createDeal, noStreet } from './create-deal.ts';
import { defineCommand } from './define.ts';
import { dealOf, moved, needsReason, stageName } from './refusals.ts';
import { Cents, DayArg, IdArg, InstantArg, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { countInWords, formatDay, formatMoney, quote } from './words.ts';

/** The commands on the deal itself: opening, address, price, anchors, stage, owner, ending. */
export const dealCommands = {
  createDeal: defineCommand({
    args: CreateDealArgs,
    mayRun: mayChangeDeal,
    isForOpenDeals: false,
    decide: decideCreate,
    label: openedWords,
  }),

  changeAddress: defineCommand({
    args: z.strictObject({
      street: OptionalLine,
      unit: OptionalLine,
      city: OptionalLine,
      state: z.string().regex(/^[A-Z]{2}$/, 'two capital letters'),
      zip: OptionalLine,
    }),
    mayRun: mayChangeDeal,
    decide: (scope, args) =>
      onDeal(scope, (deal) => {
        const isNeeded = !mayLackAddress(workflowOfTemplateId(deal.row.templateId), deal.row.side);
        return args.street === '' && isNeeded ? err(noStreet) : ok(update('deal', deal.row, args));
      }),
    label: ({ street, city, state }) => {
      const place = street || [city, state].filter(Boolean).join(', ');
      return `Changed the address to ${quote(place)}`;
    },
  }),

  setPrice: defineCommand({
    args: z.strictObject({ priceCents: Cents.nullable(), expected: Cents.nullable() }),
    mayRun: mayChangeDeal,
    decide: (scope, { priceCents, expected }) =>
      onDeal(scope, (deal) => {
        const actual = deal.row.priceCents;
        if (actual === priceCents) return ok([]);
        if (actual !== expected) return err(moved('the price', money(expected), money(actual)));
        return ok(update('deal', deal.row, { priceCents }));
      }),
    label: ({ priceCents }) =>
      priceCents === null ? 'Took the price away' : `Set the price to ${formatMoney(priceCents)}`,
  }),

  setAnchor: defineCommand({
    args: z.strictObject({
      name: z.string().min(1).max(60),
      on: DayArg.nullable(),
      evidence: OptionalLine,
      expected: DayArg.nullable(),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, args) => onDeal(scope, (deal) => decideAnchor(deal, args)),
    label: ({ name, on }) =>
      on === null ? `Took the ${anchorName(name)} date away` : `Set ${anchorName(name)} to ${formatDay(on)}`,
  }),

  moveStage: defineCommand({
    args: z.strictObject({
      to: z.enum(STAGES),
      expected: z.enum(STAGES),
      at: InstantArg,
      anyway: OptionalLine.optional(),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, args) => onDeal(scope, (deal) => decideMove(deal, args, scope.workspace.members)),
    label: ({ to, anyway }) =>
      anyway === undefined
        ? `Moved the deal to ${stageName(to)}`
        : `Moved the deal to ${stageName(to)} before it was ready: ${quote(anyway)}`,
  }),

  assignDeal: defineCommand({
    /** `expected`: who had it when the person looked. A step of before there was this has none. */
    args: z.strictObject({ ownerId: IdArg, expected: IdArg.optional() }),
    mayRun: mayChangeDeal,
    decide: (scope, { ownerId, expected }) =>
      onDeal(scope, (deal) => {
        const actual = deal.row.ownerId;
        if (!scope.workspace.members.some((member) => member.id === ownerId)) return err(notOnTeam);
        if (expected !== undefined && actual !== ownerId && actual !== expected)
          return err(moved('who has this deal', colleague(scope, expected), colleague(scope, actual)));
        return ok(update('deal', deal.row, { ownerId }));
      }),
    label: ({ ownerId }, _changes, scope) => `Handed the deal to ${colleague(scope, ownerId)}`,
  }),

  closeDeal: defineCommand({
    args: z.strictObject({ on: DayArg, reason: OptionalLine, anyway: OptionalLine.optional() }),
    mayRun: mayChangeDeal,
    decide: (scope, args) => onDeal(scope, (deal) => decideClose(deal, args, scope.workspace.members)),
    label: ({ on }) => `Closed the deal on ${formatDay(on)}`,
  }),

  withdrawDeal: defineCommand({
    args: z.strictObject({ on: DayArg, reason: OptionalLine }),
    mayRun: mayChangeDeal,
    decide: (scope, { on, reason }) =>
      onDeal(scope, (deal) => {
        if (reason === '') return err(needsReason('why this deal did not close'));
        return ok(update('deal', deal.row, { closedOn: on, outcome: 'withdrawn', outcomeReason: reason }));
      }),
    label: ({ reason }) => `Withdrew the deal: ${quote(reason)}`,
  }),

  reopenDeal: defineCommand({
    args: z.strictObject({}),
    mayRun: mayChangeDeal,
    isForOpenDeals: false,
    decide: (scope) =>
      onDeal(scope, (deal) =>
        ok([...update('deal', deal.row, { closedOn: null, outcome: null, outcomeReason: '' }), ...undecidedLead(deal)]),
      ),
    label: () => 'Reopened the deal',
  }),
};

const notOnTeam: Refusal = {
  type: 'OwnerNotOnTeam',
  message: 'The owner is not on this team. Choose somebody from the list.',
};

function onDeal(
  scope: Scope,
  rule: (deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const found = dealOf(scope);
  return found.ok ? rule(found.value) : found;
}

/** What ended a deal by declining or merging what came in is undone by opening it again: it waits for a decision as before. */
function undecidedLead({ leads }: Deal): readonly Change[] {
  const open = { state: 'new', decidedBy: null, decidedAt: null, reason: '', intoDealId: null } as const;
  return leads
    .filter(({ state }) => state === 'declined' || state === 'merged')
    .flatMap((lead) => update('lead', lead, open));
}

/** "Opened 1847 Marlowe Ave"; by the client where there is no address yet. */
function openedWords({ street, people, lead }: CreateArgs): string {
  const client = people.find((person) => person.role === 'client')?.name;
  const by = lead === undefined ? '' : ', from what came in by an intake link';
  return `Opened ${quote(street || client || 'the deal')}${by}`;
}

function decideCreate(scope: Scope, args: CreateArgs): Result<readonly Change[], Refusal> {
  if (scope.deal === null) return createDeal(scope, args);
  // The same command again: the deal it opened is there already.
  if (scope.deal.row.openedAt === args.at && scope.deal.row.street === args.street) return ok([]);
  return err({ type: 'DealExists', message: 'This deal is already on the board. Open it there to change it.' });
}

type AnchorArgs = Pick<AnchorRow, 'name' | 'evidence'> & {
  readonly on: AnchorRow['on'] | null;
  readonly expected: AnchorRow['on'] | null;
};

function decideAnchor(deal: Deal, { name, on, evidence, expected }: AnchorArgs): Result<readonly Change[], Refusal> {
  const row = deal.anchors.find((anchor) => anchor.name === name);
  const actual = row?.on ?? null;
  if (actual !== on && actual !== expected) {
    return err(moved(`the ${anchorName(name)} date`, day(expected), day(actual)));
  }
  if (row === undefined) {
    if (on === null) return ok([]);
    return ok([insert('anchor', { id: `${deal.row.id}.anchor.${name}`, dealId: deal.row.id, name, on, evidence })]);
  }
  return ok(on === null ? [remove('anchor', row)] : update('anchor', row, { on, evidence }));
}

interface MoveArgs {
  readonly to: DealRow['stage'];
  readonly expected: DealRow['stage'];
  readonly at: string;
  readonly anyway?: string | undefined;
}

function decideMove(
  deal: Deal,
  { to, expected, at, anyway }: MoveArgs,
  members: readonly Member[],
): Result<readonly Change[], Refusal> {
  const from = deal.row.stage;
  if (from === to) return ok([]);
  if (from !== expected) return err(moved('the stage', stageName(expected), stageName(from)));
  if (anyway === '') return err(needsReason('why the deal moved before it was ready'));
  if (anyway === undefined) {
    const ready = mayMoveStage(deal, to, members);
    if (!ready.ok) return err({ type: 'StageNotDone', message: ready.error.message, details: ready.error });
  }
  return ok(update('deal', deal.row, { stage: to, stageSince: at }));
}

interface CloseArgs {
  readonly on: NonNullable<DealRow['closedOn']>;
  readonly reason: string;
  readonly anyway?: string | undefined;
}

function decideClose(
  deal: Deal,
  { on, reason, anyway }: CloseArgs,
  members: readonly Member[],
): Result<readonly Change[], Refusal> {
  if (anyway === '') return err(needsReason('why the deal was closed before everything was in'));
  const passed = STAGES.slice(STAGES.indexOf(deal.row.stage));
  const missing = anyway === undefined ? passed.flatMap((stage) => missingForStage(deal, stage, members)) : [];
  if (missing.length > 0) {
    const things = missing.length === 1 ? 'One thing is' : `${capital(countInWords(missing.length))} things are`;
    const message = `Not ready to close. ${things} still open. Finish them, say which are not needed, or close it anyway and say why.`;
    return err({ type: 'StageNotDone', message, details: { stage: deal.row.stage, to: null, missing } });
  }
  const outcomeReason = anyway === undefined ? reason : anyway;
  return ok(update('deal', deal.row, { closedOn: on, outcome: 'closed', outcomeReason }));
}

function colleague(scope: Scope, id: string): string {
  return scope.workspace.members.find((member) => member.id === id)?.name ?? 'a colleague';
}

function anchorName(name: string): string {
  return name === 'mec' ? 'MEC' : name.replaceAll('-', ' ');
}

function day(on: AnchorRow['on'] | null): string {
  return on === null ? 'no date' : formatDay(on);
}

function money(cents: number | null): string {
  return cents === null ? 'no price' : formatMoney(cents);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
