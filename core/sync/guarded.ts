import { isSame } from '../commands/changes.ts';
import { anchorId } from '../commands/create-deal.ts';
import { LEADS_TO, type ReviewAct } from '../commands/review-rules.ts';
import { chainOf } from '../commands/version-rules.ts';
import type { Deal, DealTable, Id, MilestoneRow, VersionRow } from '../deals/model.ts';
import type { LineState } from '../documents/document.ts';

/** How one guarded command names its field: what the person saw and wrote, what it holds, how to say it again. */
export interface Guard {
  readonly field: string;
  readonly seen: unknown;
  readonly mine: unknown;
  readonly row: (deal: Deal) => { readonly table: DealTable; readonly id: Id };
  readonly actual: (deal: Deal) => unknown;
  /** The arguments that write `value` over `actual`; null when it can not be said without looking first. */
  readonly say: (value: unknown, actual: unknown) => unknown;
  /** Whether the field holds what the person wanted, whoever wrote it. */
  readonly agrees: (actual: unknown) => boolean;
  /** The arguments without this field, where the command says more than that; else null. */
  readonly rest: unknown;
}

type Said = Pick<Guard, 'field' | 'seen' | 'mine' | 'say' | 'agrees' | 'rest'>;
type Args = Readonly<Record<string, unknown>>;
type Override = Pick<MilestoneRow, 'days' | 'on'>;

/** Where a document stands: what a review is said of. */
interface Stand {
  readonly versionId: Id | null;
  readonly state: LineState | null;
}

/** The commands that carry `expected`. One that is missing here has no card, only its refusal. */
const GUARDS: Readonly<Record<string, (args: Args) => Guard | null>> = {
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
    agrees: (actual) => isSame(actual, { days: args.days, on: args.on }),
    rest: null,
  }),
  reviewLine: (args) => ({
    field: `line.${args.lineId}`,
    seen: { versionId: args.versionId, state: args.expected ?? null },
    mine: args.act,
    row: (deal) => {
      const newest = newestOf(deal, args);
      const isNewer = newest !== undefined && newest.id !== args.versionId;
      return isNewer ? { table: 'version', id: newest.id } : { table: 'line', id: String(args.lineId) };
    },
    actual: (deal): Stand => ({
      versionId: newestOf(deal, args)?.id ?? null,
      state: deal.lines.find((line) => line.id === args.lineId)?.state ?? null,
    }),
    // Nobody has looked at a version that came meanwhile: a verdict on it is a new one.
    say: (value, actual) =>
      (actual as Stand).versionId === args.versionId
        ? { ...args, act: value, expected: (actual as Stand).state ?? undefined }
        : null,
    // Why something was sent back or is not needed is a word of its own; without one the state is all there is.
    agrees: (actual) => {
      const { versionId, state } = actual as Stand;
      return args.reason === '' && versionId === args.versionId && state === LEADS_TO[args.act as ReviewAct];
    },
    rest: null,
  }),
  assignDeal: (args) =>
    isUnguarded(args.expected)
      ? null
      : {
          ...plain(args, 'owner', 'ownerId'),
          row: ({ row }) => ({ table: 'deal', id: row.id }),
          actual: ({ row }) => row.ownerId,
        },
  editPerson: (args) =>
    isUnguarded(args.role, args.expectedRole)
      ? null
      : {
          ...oneOf(args, { field: `person.${args.personId}.role`, key: 'role', seen: 'expectedRole' }),
          row: () => ({ table: 'person', id: String(args.personId) }),
          actual: (deal) => deal.people.find((person) => person.id === args.personId)?.role ?? null,
        },
  editTask: (args) =>
    isUnguarded(args.dueOn, args.expectedDueOn)
      ? null
      : {
          ...oneOf(args, { field: `task.${args.taskId}.dueOn`, key: 'dueOn', seen: 'expectedDueOn' }),
          row: () => ({ table: 'task', id: String(args.taskId) }),
          actual: (deal) => deal.tasks.find((task) => task.id === args.taskId)?.dueOn ?? null,
        },
};

/** What a command guards, by its name and its parsed arguments; null for a plain one. */
export function guardOf(name: string, args: unknown): Guard | null {
  const make = Object.hasOwn(GUARDS, name) ? GUARDS[name] : undefined;
  return make === undefined ? null : make(args as Args);
}

function plain(args: Args, field: string, key: string): Said {
  return {
    field,
    seen: args.expected,
    mine: args[key],
    say: (value, actual) => ({ ...args, [key]: value, expected: actual }),
    agrees: (actual) => isSame(actual, args[key]),
    rest: null,
  };
}

/** One guarded field beside plain ones: keeping another's value in it keeps the other words of the person. */
function oneOf(args: Args, { field, key, seen }: { field: string; key: string; seen: string }): Said {
  const { [key]: mine, [seen]: saw, ...others } = args;
  // What names the row is not a word of the person.
  const hasOthers = Object.keys(others).length > 1;
  return {
    field,
    seen: saw,
    mine,
    say: (value, actual) => ({ ...args, [key]: value, [seen]: actual }),
    agrees: (actual) => isSame(actual, mine),
    rest: hasOthers ? others : null,
  };
}

/** A field that the command leaves alone, or that it writes as a plain one (made before it was guarded). */
function isUnguarded(...values: readonly unknown[]): boolean {
  return values.some((value) => value === undefined);
}

function newestOf(deal: Deal, { lineId }: Args): VersionRow | undefined {
  return chainOf(deal, String(lineId)).at(-1);
}

function milestoneRow(args: Args): Guard['row'] {
  return ({ row }) => ({ table: 'milestone', id: `${row.id}.milestone.${args.deadlineId}` });
}

function milestoneOf(deal: Deal, args: Args): MilestoneRow | undefined {
  return deal.milestones.find((row) => row.id === `${deal.row.id}.milestone.${args.deadlineId}`);
}
