import { summarise } from '../../core/deals/summarise.ts';
import { examine } from '../../db/doctor.ts';
import { dealDates } from '../../electron/backend/services/deal-dates.ts';
import { createResources } from '../../electron/backend/services/resources.ts';
import { type Command, value } from '../answer.ts';
import { openRecords } from '../open-records.ts';
import { needed, readWords } from '../words.ts';

export const doctor: Command = {
  usage: 'closeboard doctor --data DIR',
  run(words) {
    const flags = readWords(words, { data: { type: 'string' } });
    if (!flags.ok) return flags.error;
    const data = needed('--data', flags.value.data);
    if (!data.ok) return data.error;
    const records = openRecords(data.value);
    if (!records.ok) return records.error;
    try {
      const resources = createResources();
      const findings = examine(records.value, {
        summarise: (deal) => summarise(deal, dealDates(deal, resources).dueOf),
      });
      return value({ isGood: findings.every((finding) => finding.isGood), findings });
    } finally {
      records.value.close();
    }
  },
};
