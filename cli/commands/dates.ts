import { MOST_DAYS, outOfRange } from '../../core/deadlines/count.ts';
import { checkOptions, findDeadline, type OptionValues } from '../../core/deadlines/pack.ts';
import type { Pack } from '../../core/deadlines/pack-schema.ts';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import { type DeadlineOverride, type ScheduledDeadline, scheduleOf } from '../../core/deadlines/schedule.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { type Answer, type Command, refusal, value } from '../answer.ts';
import { loadPack } from '../load-packs.ts';
import { needed, readClosedDays, readDay, readPairs, readWholeNumber, readWords } from '../words.ts';

const FLAGS = {
  pack: { type: 'string' },
  revision: { type: 'string' },
  anchor: { type: 'string', multiple: true },
  option: { type: 'string', multiple: true },
  override: { type: 'string', multiple: true },
  closed: { type: 'string', multiple: true },
} as const;

export const dates: Command = {
  usage:
    'closeboard dates --pack ID --anchor NAME=YYYY-MM-DD ... [--option NAME=VALUE] [--override DEADLINE=N] [--revision ID] [--closed YYYY-MM-DD[=WHY]]',
  run(words) {
    const flags = readWords(words, FLAGS);
    if (!flags.ok) return flags.error;
    const packId = needed('--pack', flags.value.pack);
    if (!packId.ok) return packId.error;
    const pack = loadPack(packId.value, flags.value.revision);
    if (!pack.ok) return pack.error;
    const anchors = readAnchors(pack.value, flags.value.anchor);
    if (!anchors.ok) return anchors.error;
    const options = readOptions(pack.value, flags.value.option);
    if (!options.ok) return options.error;
    const overrides = readOverrides(pack.value, flags.value.override);
    if (!overrides.ok) return overrides.error;
    const closed = readClosedDays(pack.value.counting.holidaySet, flags.value.closed);
    if (!closed.ok) return closed.error;
    const { deadlines } = scheduleOf({
      packs: [pack.value],
      anchors: anchors.value,
      options: options.value,
      overrides: overrides.value,
      extraClosed: closed.value,
    });
    return value(deadlines.map(describe));
  },
};

function describe({ id, rule, form, revision, on, at, zone, raw, steps, waitsFor }: ScheduledDeadline) {
  const { title, clause, sources, onMiss, expires, finds } = rule;
  return { id, title, on, at, zone, steps, raw, waitsFor, form, revision, clause, sources, finds, onMiss, expires };
}

function readAnchors(pack: Pack, texts: readonly string[] | undefined): Result<Record<string, PlainDate>, Answer> {
  const pairs = readPairs('--anchor', texts);
  if (!pairs.ok) return pairs;
  const anchors: Record<string, PlainDate> = {};
  for (const [name, text] of Object.entries(pairs.value)) {
    if (!pack.anchors.some((anchor) => anchor.id === name)) {
      const known = pack.anchors.map((anchor) => anchor.id).join(', ');
      return err(
        refusal({ type: 'UnknownAnchor', message: `${pack.form} has no anchor ${name}. Use one of: ${known}.` }),
      );
    }
    const day = readKnownDay(`--anchor ${name}`, text);
    if (!day.ok) return day;
    anchors[name] = day.value;
  }
  return ok(anchors);
}

function readOptions(pack: Pack, texts: readonly string[] | undefined): Result<OptionValues, Answer> {
  const pairs = readPairs('--option', texts);
  if (!pairs.ok) return pairs;
  const fault = checkOptions(pack, pairs.value);
  return fault === null ? pairs : err(refusal(fault));
}

/** `DEADLINE=N` sets a count, `DEADLINE=YYYY-MM-DD` a day that the contract names itself. */
function readOverrides(pack: Pack, texts: readonly string[] | undefined): Result<readonly DeadlineOverride[], Answer> {
  const pairs = readPairs('--override', texts);
  if (!pairs.ok) return pairs;
  const overrides: DeadlineOverride[] = [];
  for (const [deadlineId, text] of Object.entries(pairs.value)) {
    const deadline = findDeadline(pack, deadlineId);
    if (!deadline.ok) return err(refusal(deadline.error));
    const amount = readOverride(`--override ${deadlineId}`, text);
    if (!amount.ok) return amount;
    overrides.push({ deadlineId, ...amount.value, documentId: null, reason: 'given on the command line' });
  }
  return ok(overrides);
}

function readOverride(flag: string, text: string): Result<Pick<DeadlineOverride, 'days' | 'on'>, Answer> {
  if (text.indexOf('-') > 0) {
    const on = readKnownDay(flag, text);
    return on.ok ? ok({ days: null, on: on.value }) : on;
  }
  const days = readWholeNumber(flag, text);
  if (!days.ok) return days;
  if (days.value >= 0 && days.value <= MOST_DAYS) return ok({ days: days.value, on: null });
  const message = `${flag}: a period is a whole number of days from 0 to ${MOST_DAYS}, and this one is ${days.value}.`;
  return err(refusal({ type: 'DaysOutOfRange', message }));
}

function readKnownDay(flag: string, text: string): Result<PlainDate, Answer> {
  const day = readDay(flag, text);
  if (!day.ok) return day;
  const fault = outOfRange(day.value);
  return fault === null ? day : err(refusal({ ...fault, message: `${flag}: ${fault.message}` }));
}
