import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import { ENTRY, type Manifest } from './format.ts';

/** What a manifest says beside hashes of entries and the end of the trail. */
export type About = Pick<Manifest, 'product' | 'workspace' | 'deal' | 'madeAt' | 'madeBy' | 'files' | 'notIncluded'> & {
  readonly readmeSha256: string;
};

export function aboutOf(manifest: Manifest): About {
  const { product, workspace, deal, madeAt, madeBy, files, notIncluded, entries } = manifest;
  const readmeSha256 = entries.find(({ path }) => path === ENTRY.readme)?.sha256 ?? '';
  return { product, workspace, deal, madeAt, madeBy, files, notIncluded, readmeSha256 };
}

/** One hash over all of it: kept in the trail's own row of the export, so that a manifest that is written anew shows. */
export function digestOfAbout(about: About): string {
  return createHash('sha256').update(canonicalJson(about), 'utf8').digest('hex');
}

/** The one way that a manifest is written. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
