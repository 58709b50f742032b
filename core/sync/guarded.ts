import { anchorId } from '../commands/create-deal.ts';
import { chainOf } from '../commands/version-rules.ts';
import type { Deal, DealTable, Id, MilestoneRow } from '../deals/model.ts';

/** How one guarded command names its field: what the person saw and wrote, what it holds, how to say it again. */
export interface Guard {
  readonly field: string;
  readonly seen: unknown;
  readonly mine: unknown;
  readonly row: (deal: Deal) => { readonly table: DealTable; readonly id: Id };
  readonly actual: (deal: Deal) => unknown;
  /** The arguments that write `value` over `actual`; null when it can not be said without looking first. */
  readonly say: (value: unknown, actual: unknown) => unknown;
}

type Args = Readonly<Record<string, unknown>>;
type Override = Pick<MilestoneRow, 'days' | 'on'>;

/** The commands that carry `expected`. One that is missing here has no card, only its refusal. */
const GUARDS: Readonly<Record<string, (args: Args) => Guard>> = {
  setPrice: (args) => ({
    ...plain(args, 'price', 'priceCents'),
    row: ({ row }) => ({ table: 'deal', id: row.id }),
    actual: ({ row }) => row.priceCents,
  }),
  moveStage: (args) => ({
    ...plain(args, 'stage', 'to'),
    row: ({ row }) => ({ table: 'deal', id: row.id }),
    actual: ({ row }) => row.stage,
  }),
  answerFact: (args) => ({
    ...plain(args, `fact.${args.name}`, 'value'),
    row: ({ row }) => ({ table: 'deal', id: row.id }),
    actual: ({ row }) => (Object.hasOwn(row.facts, String(args.name)) ? (row.facts[String(args.name)] ?? null) : null),
  }),
  setAnchor: (args) => ({
    ...plain(args, `anchor.${args.name}`, 'on'),
    row: ({ row }) => ({ table: 'anchor', id: anchorId(row.id, String(args.name)) }),
    actual: (deal) => deal.anchors.find((anchor) => anchor.name === args.name)?.on ?? null,
  }),
  markDeadline: (args) => ({
    ...plain(args, `milestone.${args.deadlineId}.state`, 'state'),
    row: milestoneRow(args),
    actual: (deal) => milestoneOf(deal, args)?.state ?? 'open',
  }),
  setDeadline: (args) => ({
    field: `milestone.${args.deadlineId}.date`,
    seen: args.expected,
    mine: { days: args.days, on: args.on },
    row: milestoneRow(args),
    actual: (deal): Override => {
      const row = milestoneOf(deal, args);
      return { days: row?.days ?? null, on: row?.on ?? null };
    },
    say: (value, actual) => ({ ...args, ...(value as Override), expected: actual }),
  }),
  reviewLine: (args) => ({
    field: `line.${args.lineId}`,
    seen: args.versionId,
    mine: args.act,
    row: (deal) => {
      const newest = chainOf(deal, String(args.lineId)).at(-1);
      return newest === undefined ? { table: 'line', id: String(args.lineId) } : { table: 'version', id: newest.id };
    },
    actual: (deal) => chainOf(deal, String(args.lineId)).at(-1)?.id ?? null,
    // Nobody has looked at the version that came meanwhile: a verdict on it is a new one.
    say: () => null,
  }),
};

export function guardOf(name: string, args: unknown): Guard | null {
  const make = Object.hasOwn(GUARDS, name) ? GUARDS[name] : undefined;
  return make === undefined ? null : make(args as Args);
}

function plain(args: Args, field: string, key: string): Pick<Guard, 'field' | 'seen' | 'mine' | 'say'> {
  return {
    field,
    seen: args.expected,
    mine: args[key],
    say: (value, actual) => ({ ...args, [key]: value, expected: actual }),
  };
}

function milestoneRow(args: Args): Guard['row'] {
  return ({ row }) => ({ table: 'milestone', id: `${row.id}.milestone.${args.deadlineId}` });
}

function milestoneOf(deal: Deal, args: Args): MilestoneRow | undefined {
  return deal.milestones.find((row) => row.id === `${deal.row.id}.milestone.${args.deadlineId}`);
}
