import { resolve } from 'node:path';
import { summarise } from '../../core/deals/summarise.ts';
import { examine } from '../../db/doctor.ts';
import { dealDates } from '../../electron/backend/services/deal-dates.ts';
import { createResources } from '../../electron/backend/services/resources.ts';
import { type Command, value } from '../answer.ts';
import { filesFinding } from '../files-check.ts';
import { openRecords } from '../open-records.ts';
import { needed, readWords } from '../words.ts';

export const doctor: Command = {
  usage: 'closeboard doctor --data DIR',
  async run(words) {
    const flags = readWords(words, { data: { type: 'string' } });
    if (!flags.ok) return flags.error;
    const data = needed('--data', flags.value.data);
    if (!data.ok) return data.error;
    const records = openRecords(data.value);
    if (!records.ok) return records.error;
    try {
      const resources = createResources();
      const looked = examine(records.value, {
        summarise: (deal) => summarise(deal, dealDates(deal, resources).dueOf),
      });
      const findings = [...looked, await filesFinding(records.value, resolve(data.value))];
      return value({ isGood: findings.every((finding) => finding.isGood), findings });
    } finally {
      records.value.close();
    }
  },
};
