import { daysBetween, type PlainDate } from '../deadlines/plain-date.ts';
import { type Deal, type Id, STAGES, type Stage } from './model.ts';
import { daysInStage, type Progress } from './progress.ts';

export interface Workload {
  readonly ownerId: Id;
  readonly deals: number;
  readonly open: number;
  readonly late: number;
  readonly due: number;
  readonly blocked: number;
}

/** Open work by owner, the fullest desk first. Closed deals are nobody's work. */
export function workloadByOwner(
  deals: readonly { readonly row: Pick<Deal['row'], 'ownerId' | 'closedOn'>; readonly progress: Progress }[],
): readonly Workload[] {
  const byOwner = new Map<Id, Workload>();
  for (const { row, progress } of deals) {
    if (row.closedOn !== null) continue;
    const held = byOwner.get(row.ownerId) ?? { ownerId: row.ownerId, deals: 0, open: 0, late: 0, due: 0, blocked: 0 };
    byOwner.set(row.ownerId, {
      ownerId: row.ownerId,
      deals: held.deals + 1,
      open: held.open + progress.open,
      late: held.late + progress.late,
      due: held.due + progress.due,
      blocked: held.blocked + progress.blocked,
    });
  }
  return [...byOwner.values()].sort((left, right) => right.open - left.open || (left.ownerId < right.ownerId ? -1 : 1));
}

export interface StageTime {
  readonly stage: Stage;
  readonly deals: number;
  /** Days in the present stage of the open deals that are in it; zero when none is. */
  readonly medianDays: number;
  readonly longestDays: number;
}

/** How long the open deals of each stage have been in it. All six stages, in order. */
export function timeInStages(deals: readonly Pick<Deal, 'row'>[], today: PlainDate): readonly StageTime[] {
  return STAGES.map((stage) => {
    const here = deals.filter(({ row }) => row.stage === stage && row.closedOn === null);
    const days = here.map((deal) => daysInStage(deal, today)).sort((left, right) => left - right);
    const middle = days.length / 2;
    const median = ((days[Math.ceil(middle) - 1] ?? 0) + (days[Math.floor(middle)] ?? 0)) / 2;
    return { stage, deals: here.length, medianDays: median, longestDays: days.at(-1) ?? 0 };
  });
}

/** What a client does in the portal, from first to last. */
const CLIENT_STEPS = ['invited', 'opened', 'answered', 'acknowledged', 'uploaded', 'finished'] as const;
export type ClientStep = (typeof CLIENT_STEPS)[number];

/** One thing that a client did on one deal; from the activity log. */
export interface ClientActivity {
  readonly dealId: Id;
  readonly personId: Id;
  readonly step: ClientStep;
  readonly on: PlainDate;
}

export interface DropOff {
  readonly step: ClientStep;
  /** Clients who came this far or farther. */
  readonly reached: number;
  /** Of those: this was their farthest step, and they have been quiet for longer than `quietDays`. */
  readonly stopped: number;
}

/**
 * Where clients drop off. A client counts once per deal, at the farthest step they took; whoever finished has not
 * dropped off, and whoever did anything in the last `quietDays` days is still on the way.
 */
export function clientDropOff(
  activity: readonly ClientActivity[],
  today: PlainDate,
  quietDays: number = 7,
): readonly DropOff[] {
  const clients = new Map<string, { far: number; lastOn: PlainDate }>();
  for (const { dealId, personId, step, on } of activity) {
    const key = `${dealId}\n${personId}`;
    const held = clients.get(key);
    const far = CLIENT_STEPS.indexOf(step);
    clients.set(key, {
      far: Math.max(far, held?.far ?? 0),
      lastOn: held === undefined || on > held.lastOn ? on : held.lastOn,
    });
  }
  const all = [...clients.values()];
  return CLIENT_STEPS.map((step, index) => ({
    step,
    reached: all.filter((client) => client.far >= index).length,
    stopped: all.filter(
      (client) => client.far === index && step !== 'finished' && daysBetween(client.lastOn, today) > quietDays,
    ).length,
  }));
}
