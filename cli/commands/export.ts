import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { err, ok, type Result } from '../../core/result.ts';
import { exportFrom } from '../../portal/server/index.ts';
import { type Answer, type Command, refusal, value } from '../answer.ts';
import { readDesktopFolder } from '../desktop-folder.ts';
import { needed, readWords } from '../words.ts';

/** A whole deal as one zip, for whoever holds a portal's records: of a server, or of a desktop's own portal. */
export const exportCommand: Command = {
  usage: 'closeboard export --data DIR --deal ID --out FILE.zip [--database URL]',
  async run(words) {
    const flags = readWords(words, {
      data: { type: 'string' },
      deal: { type: 'string' },
      out: { type: 'string' },
      database: { type: 'string' },
    });
    if (!flags.ok) return flags.error;
    const data = needed('--data', flags.value.data);
    if (!data.ok) return data.error;
    const dealId = needed('--deal', flags.value.deal);
    if (!dealId.ok) return dealId.error;
    const out = needed('--out', flags.value.out);
    if (!out.ok) return out.error;
    const file = resolve(out.value);
    if (existsSync(file)) {
      const message = `${file} is there already, and nothing was written over it. Choose another name.`;
      return refusal({ type: 'FileExists', message });
    }
    const { database } = flags.value;
    const folder = portalFolder(resolve(data.value), database);
    if (!folder.ok) return folder.error;
    const ask = { data: folder.value, dealId: dealId.value, out: file, now: () => new Date(), env: process.env };
    const exported = await exportFrom({ ...ask, database });
    return exported.ok ? told(file, exported.value.manifest) : refusal(exported.error);
  },
};

/** The folder of the portal: the one that was named, or the own one of the desktop that was named. */
function portalFolder(data: string, database: string | undefined): Result<string, Answer> {
  if (database !== undefined || existsSync(join(data, 'portal.db'))) return ok(data);
  const desktop = readDesktopFolder(data);
  if (desktop === null) return ok(data);
  if (desktop.sharedUrl === null) return ok(join(data, 'portal'));
  const message = `This desktop works with the shared portal at ${desktop.sharedUrl}, which keeps the trail. Export the deal from the desktop, in its history, or with this command on the computer that runs the portal.`;
  return err(refusal({ type: 'SharedPortal', message }));
}

type Manifest = Extract<Awaited<ReturnType<typeof exportFrom>>, { readonly ok: true }>['value']['manifest'];

function told(file: string, { deal, entries, files, notIncluded, audit, isInTrail }: Manifest): Answer {
  if (!isInTrail)
    console.error(
      'The portal was running, so this export is not in its trail, and says so. To have it there, end the portal first, or export from the desktop.',
    );
  if (notIncluded.length > 0)
    console.error(`${notIncluded.length} files are not in it; the manifest names each with the reason.`);
  const left = notIncluded.map(({ versionId, name, reason }) => ({ versionId, name, reason }));
  const counted = { entries: entries.length + 1, files: files.length, notIncluded: left };
  return value({ file, deal: { id: deal.id, name: deal.name }, ...counted, audit, isInTrail });
}
