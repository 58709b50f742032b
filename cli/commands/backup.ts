import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { backupTo } from '../../db/backup.ts';
import { writeFailureOf } from '../../db/failures.ts';
import { type Command, refusal, value } from '../answer.ts';
import { openRecords } from '../open-records.ts';
import { needed, readWords } from '../words.ts';

export const backup: Command = {
  usage: 'closeboard backup --data DIR --out FILE',
  async run(words) {
    const flags = readWords(words, { data: { type: 'string' }, out: { type: 'string' } });
    if (!flags.ok) return flags.error;
    const data = needed('--data', flags.value.data);
    if (!data.ok) return data.error;
    const out = needed('--out', flags.value.out);
    if (!out.ok) return out.error;
    const file = resolve(out.value);
    if (existsSync(file)) {
      const message = `${file} is there already, and nothing was written over it. Choose another name.`;
      return refusal({ type: 'FileExists', message });
    }
    const records = openRecords(data.value);
    if (!records.ok) return records.error;
    try {
      return value({ file, ...(await backupTo(records.value, file)) });
    } catch (error) {
      const failure = writeFailureOf(error);
      if (failure !== null) return refusal(failure);
      const message = `The backup could not be written to ${file}. Check that its folder exists and may be written to.`;
      return refusal({ type: 'NotWritten', message });
    } finally {
      records.value.close();
    }
  },
};
