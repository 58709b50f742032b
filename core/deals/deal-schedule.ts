import { workflowOfTemplateId } from '../checklists/compose.ts';
import type { Pack } from '../deadlines/pack-schema.ts';
import type { PlainDate } from '../deadlines/plain-date.ts';
import type { ScheduleInput } from '../deadlines/schedule.ts';
import type { Deal, Instant, MilestoneRow } from './model.ts';

/** The rule packs that this program holds. */
export interface PackLibrary {
  readonly pack: (packId: string) => Pack | null;
  /** The pack as a deal of that revision was built with it. */
  readonly packAt: (packId: string, revision: string) => Pack | null;
}

/**
 * The state's form, whose calendar and zone the tasks are counted by whatever the workflow, and the closing disclosure
 * rule over it where a loan is or may be part of a purchase.
 */
export function packsOf(deal: Pick<Deal, 'row'>, library: PackLibrary): readonly Pack[] {
  const { row } = deal;
  const form = library.packAt(row.packId, row.packRevision);
  if (form === null) return [];
  const isFinanced = hasContract(deal) && row.side === 'buyer' && row.facts.financing !== 'cash';
  const overlay = isFinanced ? library.pack('us-trid') : null;
  return overlay === null ? [form] : [form, overlay];
}

/** A listing, a lease or a buyer before the offer has none of the dates of a contract. */
export function hasContract({ row }: Pick<Deal, 'row'>): boolean {
  return (workflowOfTemplateId(row.templateId) ?? 'contract-to-close') === 'contract-to-close';
}

/** What the dates of a deal are counted from. `dayIn` gives the calendar day of an instant in a zone. */
export function scheduleInputOf(
  deal: Deal,
  packs: readonly Pack[],
  dayIn: (zone: string, instant: Instant) => PlainDate,
): ScheduleInput {
  return {
    packs,
    anchors: anchorDays(deal, packs, dayIn),
    tasks: deal.tasks,
    overrides: deal.milestones.filter(isOverride),
    states: Object.fromEntries(deal.milestones.map(({ deadlineId, state, reason }) => [deadlineId, { state, reason }])),
  };
}

/** Whether a person set a count or a day over the form's. */
export function isOverride({ days, on }: Pick<MilestoneRow, 'days' | 'on'>): boolean {
  return days !== null || on !== null;
}

function anchorDays(
  deal: Deal,
  packs: readonly Pack[],
  dayIn: (zone: string, instant: Instant) => PlainDate,
): Readonly<Record<string, PlainDate>> {
  const days: Record<string, PlainDate> = {};
  // Finding the local day of an instant costs more than all the rest, and most checklists count from the contract.
  if (deal.tasks.some((task) => task.dueRule?.from === 'opened'))
    days.opened = dayIn(packs[0]?.zone ?? 'America/New_York', deal.row.openedAt);
  for (const anchor of deal.anchors) days[anchor.name] = anchor.on;
  return days;
}
