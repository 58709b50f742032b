import { resolve } from 'node:path';
import { err, ok, type Result } from '../../core/result.ts';
import { type VerifyReport, verifyExport } from '../../portal/server/index.ts';
import { type Answer, type Command, refusal, usage, value } from '../answer.ts';
import { readDesktopFolder } from '../desktop-folder.ts';
import { readWords } from '../words.ts';

/** Checks an exported deal, alone or against the end of its trail that a desktop or somebody's note keeps. */
export const verify: Command = {
  usage: 'closeboard verify FILE.zip [--data DIR] [--head COUNT:HASH]',
  async run(words) {
    const [file, ...rest] = words;
    if (file === undefined || file.startsWith('--')) return usage('Name the exported file first.');
    const flags = readWords(rest, { data: { type: 'string' }, head: { type: 'string', multiple: true } });
    if (!flags.ok) return flags.error;
    const known = headsOf(flags.value.head ?? []);
    if (!known.ok) return known.error;
    const desktop = desktopOf(flags.value.data);
    if (!desktop.ok) return desktop.error;
    const ask = { file: resolve(file), known: known.value, mirrorOf: desktop.value?.mirrorOf };
    try {
      return told(await verifyExport(ask));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined || !['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EIO'].includes(code)) throw error;
      return refusal({
        type: 'NotRead',
        message: `${ask.file} cannot be read. Check the name, and that you may open it.`,
      });
    }
  },
};

function told({ ok: isWhole, problem, unknown, ...report }: VerifyReport): Answer {
  if (problem !== null) return refusal({ type: 'NotIntact', message: `${problem.entry}: ${problem.sentence}` });
  if (unknown !== '') console.error(unknown);
  return value({ ok: isWhole, ...report, problem, unknown });
}

type Head = Pick<NonNullable<VerifyReport['audit']>, 'count' | 'hash'>;

function headsOf(texts: readonly string[]): Result<readonly Head[], Answer> {
  const heads: Head[] = [];
  for (const text of texts) {
    const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
    if (match === null) return err(usage(`--head takes COUNT:HASH, the hash in 64 digits, and was given ${text}.`));
    heads.push({ count: Number(match[1]), hash: match[2] ?? '' });
  }
  return ok(heads);
}

function desktopOf(data: string | undefined): Result<ReturnType<typeof readDesktopFolder>, Answer> {
  if (data === undefined) return ok(null);
  const folder = resolve(data);
  const desktop = readDesktopFolder(folder);
  if (desktop !== null) return ok(desktop);
  const message = `There are no records of a desktop in ${folder}. Name the data folder of a desktop that has this deal.`;
  return err(refusal({ type: 'NoRecords', message }));
}
