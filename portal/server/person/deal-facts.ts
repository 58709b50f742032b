import { changeFactsOf } from '../../../core/changes/facts.ts';
import { type BlockingStep, blockingClosing } from '../../../core/checklists/blocking-closing.ts';
import { clientTitleOf, deadlineGroup } from '../../../core/deadlines/deadline-readers.ts';
import { type PlainDate, plainDate } from '../../../core/deadlines/plain-date.ts';
import { dueDaysOf, type ScheduledDeadline, scheduleOf } from '../../../core/deadlines/schedule.ts';
import { hasContract, type PackLibrary, packsOf, scheduleInputOf } from '../../../core/deals/deal-schedule.ts';
import type { Deal, Instant, Member, PartyRole, Side, TaskRow } from '../../../core/deals/model.ts';
import { dealContextOf, documentsFor } from '../../../core/documents/document-facts.ts';
import type { DealContext } from '../../../core/permissions/conditions.ts';
import type { DateFacts } from '../../../core/permissions/things.ts';
import type { ViewInput } from '../../../core/permissions/view.ts';
import { dealOfRows, rowKey } from '../../../core/sync/rows.ts';
import type { MemberRow } from '../store/areas/members.ts';
import type { Read } from '../store/types.ts';

/** A deal as the server keeps it, with the members who are on it. */
export interface KeptDeal {
  readonly deal: Deal;
  /** Members who have not left. */
  readonly members: readonly MemberRow[];
  /** Those of them who are on this deal. */
  readonly teamIds: readonly string[];
}

/** Null for a deal that is not there. */
export async function readDeal(read: Read, workspaceId: string, dealId: string): Promise<KeptDeal | null> {
  const rows = await read.rows.load(workspaceId, dealId, 'journal');
  const deal = dealOfRows(new Map(rows.map((row) => [rowKey(row), row])));
  if (deal === null) return null;
  const members = (await read.members.list(workspaceId)).filter(({ revokedAt }) => revokedAt === null);
  const named = new Set(await read.members.ofDeal(workspaceId, dealId));
  const teamIds = members.filter(({ role, memberId }) => role !== 'agent' || named.has(memberId));
  return { deal, members, teamIds: teamIds.map(({ memberId }) => memberId) };
}

/** What permissions are judged by. `downloadsOffFor`: persons whose link shows but does not hand out. */
export function contextOf({ deal, teamIds }: KeptDeal, downloadsOffFor: readonly string[]): DealContext {
  return dealContextOf(deal, teamIds, downloadsOffFor);
}

/** The dates of a deal, counted as the desktop counts them. */
export interface CountedDeal {
  readonly now: Instant;
  /** The calendar day where the property is. */
  readonly today: PlainDate;
  readonly deadlines: readonly ScheduledDeadline[];
  readonly anchorTitles: ReadonlyMap<string, string>;
  dueOf(task: TaskRow): PlainDate | null;
  /** Open steps that closing waits for. */
  blocking(): readonly BlockingStep[];
}

export function countDeal({ deal, members }: KeptDeal, library: PackLibrary, now: Date): CountedDeal {
  const packs = packsOf(deal, library);
  const input = scheduleInputOf(deal, packs, (zone, instant) => dayIn(zone, new Date(instant)));
  const dues = new Map(dueDaysOf(input).map(({ id, dueOn }) => [id, dueOn]));
  const dueOf = (task: TaskRow) => task.dueOn ?? dues.get(task.id) ?? null;
  return {
    now: now.toISOString(),
    today: dayIn(packs[0]?.zone ?? 'America/New_York', now),
    deadlines: hasContract(deal) ? scheduleOf(input).deadlines : [],
    anchorTitles: new Map(packs.flatMap((pack) => pack.anchors.map(({ id, title }) => [id, title] as const))),
    dueOf,
    blocking: () => blockingClosing(deal, dueOf, members.map(memberOf)),
  };
}

/** All that a view of this deal is made from, in the words of one role. */
export function viewInputOf(
  kept: KeptDeal,
  counted: CountedDeal,
  role: PartyRole,
  downloadsOffFor: readonly string[],
): ViewInput {
  return {
    deal: kept.deal,
    beside: {
      deadlines: counted.deadlines.map((deadline) => dateFactsOf(deadline, role, kept.deal.row.side)),
      documents: documentsFor(kept.deal, role),
      // Commissions are no rows of a deal, and the trail is read by itself.
      commissions: [],
      audit: [],
      requests: kept.deal.changes.map((row) => changeFactsOf(row, kept)),
    },
    context: contextOf(kept, downloadsOffFor),
  };
}

export function isClient(role: PartyRole): boolean {
  return role === 'client' || role === 'co-client';
}

/** Both sides signed the contract that these come from, so they are of both; none is marked as shared by hand yet. */
function dateFactsOf(deadline: ScheduledDeadline, role: PartyRole, side: Side): DateFacts {
  const group = deadlineGroup(deadline.id);
  const { id, rule, on, state, steps, form, revision } = deadline;
  const telling = steps.filter((step) => ['received-late', 'count', 'roll', 'override'].includes(step.rule));
  const counted = telling.map((step) => step.why).join(' ');
  const source = rule.clause === null ? `${form} ${revision}` : `${form} ${revision}, ${rule.clause}`;
  return {
    id,
    title: isClient(role) ? (clientTitleOf(rule, side) ?? '') : rule.title,
    on,
    state: state === 'completed' ? 'done' : state,
    group,
    side: 'both',
    isShared: false,
    // A client reads how it was counted; forms and clauses are for those who work with them.
    why: on === null || group === 'closing' ? '' : isClient(role) ? counted : `${counted} ${source}.`.trim(),
  };
}

export function memberOf({ memberId, name, role, email }: MemberRow): Member {
  return { id: memberId, name, role, email };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a zone. */
export function dayIn(zone: string, instant: Date): PlainDate {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return plainDate(format.format(instant));
}
