import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import type { AuditHead } from '../audit/chain.ts';
import { manifestText } from './about.ts';
import { ENTRY, FILES, Manifest } from './format.ts';
import { type NotIntact, type OpenZip, openZip } from './read-zip.ts';
import { checkRows } from './verify-rows.ts';
import { checkTrail } from './verify-trail.ts';

export interface VerifyAsk {
  /** Absolute. */
  readonly file: string;
  /** Ends of this deal's trail that somebody kept elsewhere: a desktop's mirror, a number on paper. */
  readonly known?: readonly AuditHead[];
  /** The same by the deal, when the deal is known only from the file: what a desktop mirrors. Null for nothing. */
  readonly mirrorOf?: ((dealId: string) => AuditHead | null) | undefined;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly deal: { readonly id: string; readonly name: string } | null;
  readonly entries: number;
  /** The end of the trail; null when it could not be read that far. */
  readonly audit: AuditHead | null;
  /** How many kept ends of the trail it was held against. With none, a cut end or a trail written anew stays unseen. */
  readonly checkedAgainst: readonly AuditHead[];
  /** The first entry that does not fit. */
  readonly problem: NotIntact | null;
  /** What this check could not know, in a sentence; empty when the trail was held against its newest kept end. */
  readonly unknown: string;
}

/** The manifest is read whole; nothing else is. */
const LONGEST_MANIFEST = 64 * 1024 * 1024;

/**
 * Checks an exported deal: the zip as such, every hash of the manifest, the chain of the trail, that commands and trail say
 * the same, that the rows are what the commands made, and that every file is the one that its row names. Constant memory
 * but for the rows of the one deal. Rejects only when the file cannot be read at all.
 */
export async function verifyExport({ file, known = [], mirrorOf }: VerifyAsk): Promise<VerifyReport> {
  const { size } = await stat(file);
  const opened = await openZip(file, size);
  if (!opened.ok) return failed(opened.error, { entries: 0 });
  const zip = opened.value;
  try {
    const entries = zip.entries.size;
    const manifest = await readManifest(zip);
    if ('sentence' in manifest) return failed(manifest, { entries });
    const deal = { id: manifest.deal.id, name: manifest.deal.name };
    const mirrored = mirrorOf?.(deal.id) ?? null;
    const heads = mirrored === null ? known : [...known, mirrored];
    const partial = { deal, entries, checkedAgainst: heads };
    const wrong = setProblem(zip, manifest) ?? (await bytesProblem(zip, manifest));
    if (wrong !== null) return failed(wrong, partial);
    // Whoever changes an entry can write the manifest anew; this is what they cannot write anew with it.
    const trail = await checkTrail(zip, manifest, heads);
    if (!trail.ok) return failed(trail.error, partial);
    const rows = await checkRows(zip, manifest);
    if (rows !== null) return failed(rows, { ...partial, audit: trail.value });
    return { ok: true, ...partial, audit: trail.value, problem: null, unknown: unknownOf(manifest, heads) };
  } finally {
    zip.close();
  }
}

function failed(problem: NotIntact, partial: Partial<VerifyReport>): VerifyReport {
  return { deal: null, entries: 0, audit: null, checkedAgainst: [], unknown: '', ...partial, ok: false, problem };
}

function unknownOf({ isInTrail, audit }: Manifest, heads: readonly AuditHead[]): string {
  const longest = Math.max(0, ...heads.map(({ count }) => count));
  const notInTrail = isInTrail
    ? ''
    : ' This export is not in the trail: the server was in use while it was made, so the rows and files are held to the commands alone.';
  if (longest === 0)
    return `Whether the end of the trail was cut off, or all of it written anew, shows only beside an end of it that somebody kept, such as a desktop of the team.${notInTrail}`;
  if (longest < audit.count)
    return `Up to row ${longest} the trail is the one that was kept elsewhere. Of the ${audit.count - longest} rows after it that is not known.${notInTrail}`;
  return notInTrail.trim();
}

async function readManifest(zip: OpenZip): Promise<Manifest | NotIntact> {
  const entry = ENTRY.manifest;
  const listed = zip.entries.get(entry);
  if (listed === undefined)
    return { entry, sentence: 'It is missing: this is no exported deal, or it was taken apart.' };
  if (listed.uncompressedSize > LONGEST_MANIFEST) return { entry, sentence: 'It is longer than any manifest.' };
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await zip.read(entry)) as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const parsed = Manifest.safeParse(JSON.parse(text));
    if (parsed.success && manifestText(parsed.data) === text) return parsed.data;
  } catch {
    // Answered below: damaged inside the zip, or no JSON.
  }
  return { entry, sentence: 'It does not read as the manifest of an export of this version.' };
}

/** The manifest and the zip name the same entries, and the manifest itself is of one piece. */
function setProblem(zip: OpenZip, manifest: Manifest): NotIntact | null {
  const named = new Map(manifest.entries.map((entry) => [entry.path, entry]));
  if (named.size !== manifest.entries.length) return { entry: ENTRY.manifest, sentence: 'It names an entry twice.' };
  for (const [path, entry] of zip.entries) {
    if (path === ENTRY.manifest) continue;
    const said = named.get(path);
    if (said === undefined)
      return { entry: path, sentence: 'The manifest does not name it: it was put in afterwards.' };
    if (said.bytes !== entry.uncompressedSize)
      return { entry: path, sentence: `It has ${entry.uncompressedSize} bytes, and the manifest says ${said.bytes}.` };
  }
  const missing = [...Object.values(ENTRY), ...named.keys()].find((path) => !zip.entries.has(path));
  if (missing !== undefined) return { entry: missing, sentence: 'It is missing: it was taken out.' };
  return filesProblem(manifest);
}

function filesProblem({ entries, files }: Manifest): NotIntact | null {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const inFiles = entries.filter(({ path }) => path.startsWith(FILES));
  const other = inFiles.find(({ path, sha256 }) => byPath.get(path)?.sha256 !== sha256);
  if (other !== undefined)
    return {
      entry: other.path,
      sentence: 'The manifest does not say of which document it is, or says two hashes of it.',
    };
  const isSame = byPath.size === files.length && byPath.size === inFiles.length;
  return isSame ? null : { entry: ENTRY.manifest, sentence: 'It names files of documents that are no entries of it.' };
}

async function bytesProblem(zip: OpenZip, manifest: Manifest): Promise<NotIntact | null> {
  const named = new Map(manifest.entries.map((entry) => [entry.path, entry]));
  for (const path of zip.entries.keys()) {
    const said = named.get(path);
    if (said === undefined) continue;
    const hash = createHash('sha256');
    try {
      for await (const chunk of (await zip.read(path)) as AsyncIterable<Uint8Array>) hash.update(chunk);
    } catch {
      return { entry: path, sentence: 'It is damaged inside the zip.' };
    }
    if (hash.digest('hex') !== said.sha256)
      return { entry: path, sentence: 'Its content is not the one that the manifest names: it was changed.' };
  }
  return headProblem(zip, manifest);
}

async function headProblem(zip: OpenZip, { audit }: Manifest): Promise<NotIntact | null> {
  const entry = ENTRY.head;
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await zip.read(entry)) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    if (chunks.length > 16) break;
  }
  const isSame = Buffer.concat(chunks).toString('utf8') === `${canonicalJson(audit)}\n`;
  return isSame ? null : { entry, sentence: 'It names another end of the trail than the manifest does.' };
}
