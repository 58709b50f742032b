import { err, ok, type Result } from '../result.ts';
import type { ExtraClosedDay } from './calendars/calendar.ts';
import { type CountError, type CountResult, countDays } from './count.ts';
import {
  checkOptions,
  findDeadline,
  type OptionError,
  type OptionValues,
  type PackRefusal,
  receivedAtOf,
} from './pack.ts';
import { calendarsOf, ruleOf } from './pack-rule.ts';
import type { Pack, PackDeadline } from './pack-schema.ts';
import type { PlainDate } from './plain-date.ts';

export interface PackCountRequest {
  readonly from: PlainDate;
  readonly days: number;
  /** Counts back from `from`. */
  readonly before?: boolean;
  /** Counts business days whatever the general rule says. */
  readonly business?: boolean;
  /** Applies the exceptions of this deadline. */
  readonly deadlineId?: string | undefined;
  readonly options?: OptionValues;
  readonly extraClosed?: readonly ExtraClosedDay[];
}

export type PackCountError = CountError | PackRefusal | OptionError;

/** One count by the rules of a pack: what `closeboard count` and a date calculator show. */
export function countByPack(pack: Pack, request: PackCountRequest): Result<CountResult, PackCountError> {
  const options = request.options ?? {};
  const refusal = checkOptions(pack, options);
  if (refusal !== null) return err(refusal);
  const found = deadlineOf(pack, request.deadlineId);
  if (!found.ok) return found;
  const deadline = found.value;
  const calendars = calendarsOf(pack, options, request.extraClosed ?? []);
  const direction = request.before ? 'before' : undefined;
  const dayKind = request.business && pack.counting.dayKind !== 'trid' ? 'business' : undefined;
  const rule = ruleOf(pack, calendars, { deadline, direction, dayKind, options });
  const { from, days } = request;
  const receivedAt = receivedAtOf(pack, deadline, options);
  return countDays(rule, { from, days, anchor: anchorTitle(pack, deadline), receivedAt });
}

/** What the day is called that a deadline counts from. */
function anchorTitle(pack: Pack, deadline: PackDeadline | null): string {
  if (deadline === null) return 'Starting day';
  return titleOf(pack, deadline.from);
}

export function titleOf(pack: Pack, id: string): string {
  const named = pack.anchors.find((anchor) => anchor.id === id) ?? pack.deadlines.find((each) => each.id === id);
  return named?.title ?? id;
}

function deadlineOf(pack: Pack, deadlineId: string | undefined): Result<PackDeadline | null, PackRefusal> {
  return deadlineId === undefined ? ok(null) : findDeadline(pack, deadlineId);
}
