import type { Pack } from '../deadlines/pack-schema.ts';
import type { PlainDate } from '../deadlines/plain-date.ts';
import type { Schedule } from '../deadlines/schedule.ts';
import type { Deal, Id } from './model.ts';

/** What a step would do to one date or task. `gets` and `loses` are about its day; `new` and `dropped` about itself. */
export const IMPACT_KINDS = ['moves', 'gets', 'loses', 'new', 'dropped', 'closes', 'opens'] as const;
export type ImpactKind = (typeof IMPACT_KINDS)[number];

/** A date or task that would not stand as it stands now. */
export interface ImpactRow {
  readonly id: Id;
  readonly title: string;
  readonly kind: ImpactKind;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  /** Days later (positive) or earlier; null when one side has no day. */
  readonly days: number | null;
  /** How the new day comes, or what it waits for, as sentences. */
  readonly why: string;
}

export interface ImpactDate extends ImpactRow {
  /** A person says it in this step: it is the cause of the others. */
  readonly isSaid: boolean;
}

/** A day that the step itself says: an anchor, or a date of the form set over its own count. */
export interface SaidDay {
  readonly kind: 'anchor' | 'date';
  readonly id: Id;
  readonly title: string;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
}

/** Open dates whose day stays, by what they are counted from. */
export interface Stay {
  /** "counted from Acceptance", "set by hand". */
  readonly because: string;
  readonly titles: readonly string[];
}

/** What a step would do to the dates and tasks of a deal. Nothing is stored of it, and nothing has changed. */
export interface Impact {
  readonly said: readonly SaidDay[];
  /** In the order of their new days; those without one last. */
  readonly dates: readonly ImpactDate[];
  readonly stays: readonly Stay[];
  readonly tasks: readonly ImpactRow[];
  /** Open tasks whose day stays. */
  readonly tasksThatStay: number;
  /** Done and waived tasks: their day is not touched. */
  readonly finishedTasks: number;
  readonly conflicts: readonly Conflict[];
  /** A term of a signed contract is said: it moves only with the executed document. */
  readonly isTermOfContract: boolean;
}

export const CONFLICT_KINDS = ['past', 'after-closing', 'request', 'late-task', 'closed-day', 'done-before'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** Something that a person should decide on before the step is taken. It stops nothing. */
export interface Conflict {
  readonly kind: ConflictKind;
  /** Of the date, task or request that it is about. */
  readonly id: Id;
  readonly title: string;
  /** What would be so and what to do about it. */
  readonly sentence: string;
}

/** One side of a step: the deal, and its schedule as it is counted. */
export interface Side {
  readonly deal: Deal;
  readonly packs: readonly Pack[];
  readonly schedule: Schedule;
}
