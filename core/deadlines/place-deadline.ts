import { type CountRule, countDays, outOfRange } from './count.ts';
import { zoneText } from './count-words.ts';
import { countText, dayText, timeText } from './day-text.ts';
import { type OptionValues, receivedAtOf } from './pack.ts';
import { ruleOf } from './pack-rule.ts';
import type { Pack, PackDeadline } from './pack-schema.ts';
import type { PlainDate } from './plain-date.ts';
import type { Base, DeadlineOverride, DeadlineStateName, Placed, Placing } from './schedule.ts';
import type { Step } from './steps.ts';

/** The date of one deadline of a deal and how it came, or what it waits for. */
export function placeDeadline(
  pack: Pack,
  rule: PackDeadline,
  placing: Placing,
  state: DeadlineStateName,
  override: DeadlineOverride | null,
): Placed {
  const options = optionsFor(pack, placing);
  const calendars = placing.calendars.get(pack.id);
  if (calendars === undefined) throw new Error(`no calendar was made for pack ${pack.id}`);
  const counting = ruleOf(pack, calendars, { deadline: rule, options });
  if (state === 'not-applicable') return unknown(counting, 'Does not apply to this deal.');
  if (override?.on) return setByHand(counting, override.on, override);
  if (state === 'tbd') return unknown(counting, 'To be decided. Set the day when it is agreed.');
  const base = baseFor(rule, placing);
  const days = override?.days ?? rule.days;
  if (base.on === null || days === null) return unknown(counting, missing(rule, base, days));
  const receivedAt = receivedAtOf(pack, rule, options);
  return counted(counting, { base, on: base.on, days, override, rule, receivedAt });
}

function optionsFor(pack: Pack, { input }: Placing): OptionValues {
  const options = input.options ?? {};
  const contract = input.packs[0];
  if (!pack.isOverlay || options.zone !== undefined || contract === undefined) return options;
  return { ...options, zone: contract.zone };
}

function baseFor(rule: PackDeadline, placing: Placing): Base {
  const base = placing.baseOf(rule.from);
  if (base.on !== null || rule.fallback === undefined) return base;
  const fallback = placing.baseOf(rule.fallback);
  return fallback.on === null ? base : fallback;
}

function missing(rule: PackDeadline, base: Base, days: number | null): string {
  const parts = base.on === null ? [base.waitsFor] : [];
  if (days === null && rule.asks !== undefined) parts.push(rule.asks);
  return parts.join(' ');
}

interface Counting {
  readonly base: Base;
  readonly on: PlainDate;
  readonly days: number;
  readonly override: DeadlineOverride | null;
  readonly rule: PackDeadline;
  readonly receivedAt: string | undefined;
}

function counted(counting: CountRule, { base, on, days, override, rule, receivedAt }: Counting): Placed {
  const result = countDays(counting, { from: on, days, anchor: base.title, receivedAt });
  if (!result.ok) return unknown(counting, result.error.message);
  if (override === null) return { ...result.value, waitsFor: null };
  const instead = rule.days === null ? '' : ` instead of ${rule.days}`;
  const why = `${countText(days, 'day')}${instead}, ${reasonText(override)}`;
  const { documentId, reason } = override;
  const step: Step = { rule: 'override', from: on, to: on, documentId, reason, why };
  return { ...result.value, steps: [step, ...result.value.steps], waitsFor: null };
}

function setByHand(counting: CountRule, on: PlainDate, override: DeadlineOverride): Placed {
  const refusal = outOfRange(on);
  if (refusal !== null) return unknown(counting, refusal.message);
  const { documentId, reason } = override;
  const { endsAt: at, zone } = counting;
  const steps: readonly Step[] = [
    { rule: 'override', from: on, to: on, documentId, reason, why: `Set to ${dayText(on)}, ${reasonText(override)}` },
    { rule: 'ends', from: on, to: on, at, zone, why: `The day ends at ${timeText(at)}, ${zoneText(zone)}.` },
  ];
  return { on, at, zone, raw: on, steps, waitsFor: null };
}

function reasonText({ reason, documentId }: DeadlineOverride): string {
  const said = reason === '' ? 'no reason given' : reason.replace(/\.$/, '');
  return documentId === null ? `set by hand: ${said}.` : `as its document says: ${said}.`;
}

function unknown({ endsAt: at, zone }: CountRule, waitsFor: string): Placed {
  return { on: null, at, zone, raw: null, steps: [], waitsFor };
}
