import type { DocumentClass } from '../../core/documents/document.ts';
import type { LineView, VersionView } from '../../electron/contract/papers.ts';
import { createStore, type Store } from '../ui/store.ts';
import { asCallError, call, hostApi } from './api.ts';
import { showRefusal } from './commands.ts';
import type { Session } from './session.tsx';

export const CLASS_WORDS: Readonly<Record<DocumentClass, string>> = {
  contract: 'Contract',
  disclosure: 'Disclosure',
  'npi-financial': 'Income and bank papers',
  'npi-identity': 'Identity papers',
  'closing-disclosure': 'Closing disclosure',
  settlement: 'Settlement',
  inspection: 'Inspection',
  title: 'Title',
  insurance: 'Insurance',
  commission: 'Commission',
  internal: 'Our own',
  correspondence: 'Correspondence',
  'wire-suspect': 'Held: looks like wire instructions',
};

export const SUFFIX_WORDS = { BS: 'buyer signed', SS: 'seller signed', FE: 'fully executed' } as const;

/** "v2 SS" */
export function versionMark(version: Pick<VersionView, 'number' | 'suffix'>): string {
  return version.suffix === null ? `v${version.number}` : `v${version.number} ${version.suffix}`;
}

/** "14 pages", "1 page"; nothing where pages mean nothing. */
export function pagesText(pages: number | null): string {
  return pages === null ? '' : pages === 1 ? '1 page' : `${pages.toLocaleString('en-US')} pages`;
}

/** "184 KB", "2.4 MB" */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} KB`;
  const mega = bytes / 1_000_000;
  return mega < 999.5 ? `${mega < 10 ? mega.toFixed(1) : Math.round(mega)} MB` : `${(mega / 1_000).toFixed(1)} GB`;
}

export function newestOf(line: Pick<LineView, 'versions'>): VersionView | null {
  return line.versions.at(-1) ?? null;
}

/** Puts a copy where the person says, under the name it is filed by. A refusal is said in the line at the foot. */
export async function saveCopy(session: Session, file: { readonly sha256: string; readonly name: string }) {
  const reply = await hostApi().saveFile(file);
  if (!reply.ok) showRefusal(session, reply.error.message);
}

/** Goes on with a drag that began on a file here as a drag of the real file. */
export async function dragOut(session: Session, file: { readonly sha256: string; readonly name: string }) {
  const reply = await hostApi().startDrag(file);
  if (!reply.ok) showRefusal(session, reply.error.message);
}

/** Brings the deal's ordinary folder in step and says where it lies. */
export async function dealFolder(dealId: string): Promise<{ readonly path: string; readonly sentence: string }> {
  try {
    return await call('papers:folder', { dealId });
  } catch (thrown) {
    return { path: '', sentence: asCallError(thrown).message };
  }
}

const picked = new WeakMap<Session, Store<string | null>>();

/** The document to show when the documents of its deal open: set it, then go to the tab. */
export function lineToShow(session: Session): Store<string | null> {
  const there = picked.get(session) ?? createStore<string | null>(null);
  picked.set(session, there);
  return there;
}
