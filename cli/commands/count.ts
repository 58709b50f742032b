import { countByPack } from '../../core/deadlines/count-by-pack.ts';
import type { Pack } from '../../core/deadlines/pack-schema.ts';
import { type Answer, type Command, refusal, value } from '../answer.ts';
import { loadPack } from '../load-packs.ts';
import { needed, readClosedDays, readDay, readPairs, readWholeNumber, readWords } from '../words.ts';

const FLAGS = {
  pack: { type: 'string' },
  revision: { type: 'string' },
  from: { type: 'string' },
  days: { type: 'string' },
  before: { type: 'boolean' },
  business: { type: 'boolean' },
  deadline: { type: 'string' },
  option: { type: 'string', multiple: true },
  closed: { type: 'string', multiple: true },
} as const;

export const count: Command = {
  usage:
    'closeboard count --pack ID --from YYYY-MM-DD --days N [--before] [--business] [--deadline ID] [--option NAME=VALUE] [--revision ID] [--closed YYYY-MM-DD[=WHY]]',
  run(words) {
    const flags = readWords(words, FLAGS);
    if (!flags.ok) return flags.error;
    const given = flags.value;
    const packId = needed('--pack', given.pack);
    if (!packId.ok) return packId.error;
    const fromText = needed('--from', given.from);
    if (!fromText.ok) return fromText.error;
    const daysText = needed('--days', given.days);
    if (!daysText.ok) return daysText.error;
    const pack = loadPack(packId.value, given.revision);
    if (!pack.ok) return pack.error;
    const from = readDay('--from', fromText.value);
    if (!from.ok) return from.error;
    const days = readWholeNumber('--days', daysText.value);
    if (!days.ok) return days.error;
    const options = readPairs('--option', given.option);
    if (!options.ok) return options.error;
    const extraClosed = readClosedDays(pack.value.counting.holidaySet, given.closed);
    if (!extraClosed.ok) return extraClosed.error;
    const result = countByPack(pack.value, {
      from: from.value,
      days: days.value,
      before: given.before ?? false,
      business: given.business ?? false,
      deadlineId: given.deadline,
      options: options.value,
      extraClosed: extraClosed.value,
    });
    return answer(pack.value, result);
  },
};

function answer({ form, revision }: Pack, result: ReturnType<typeof countByPack>): Answer {
  if (!result.ok) return refusal(result.error);
  const { on, at, zone, raw, steps } = result.value;
  return value({ on, at, zone, raw, steps, form, revision });
}
