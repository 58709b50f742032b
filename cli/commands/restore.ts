import { resolve } from 'node:path';
import { restoreFrom } from '../../db/restore.ts';
import { type Command, refusal, usage, value } from '../answer.ts';
import { needed, readWords } from '../words.ts';

export const restore: Command = {
  usage: 'closeboard restore --data DIR --from FILE',
  run(words) {
    const flags = readWords(withFrom(words), { data: { type: 'string' }, from: { type: 'string' } });
    if (!flags.ok) return flags.error;
    const data = needed('--data', flags.value.data);
    if (!data.ok) return data.error;
    const from = needed('--from', flags.value.from);
    if (!from.ok) return usage('Name the backup with --from FILE.');
    const restored = restoreFrom(resolve(data.value), resolve(from.value), new Date().toISOString());
    if (!restored.ok) return refusal(restored.error);
    return value(restored.value);
  },
};

/** `restore --data DIR FILE` reads as well: a last word that belongs to no flag is the file. */
function withFrom(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  const isFlag = words.at(-2)?.startsWith('--') === true && words.at(-2)?.includes('=') === false;
  if (last === undefined || last.startsWith('--') || isFlag) return words;
  return [...words.slice(0, -1), '--from', last];
}
