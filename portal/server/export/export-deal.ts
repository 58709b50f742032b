import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Deal } from '../../../core/deals/model.ts';
import { dealName } from '../../../core/deals/summarise.ts';
import type { MemberActor } from '../../../core/permissions/actor.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { AuditHead } from '../audit/chain.ts';
import type { Blobs } from '../blobs/types.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read, Store, Tx } from '../store/types.ts';
import { type About, digestOfAbout, manifestText } from './about.ts';
import { type Collected, collect, collectAudit } from './collect.ts';
import { type FilesPlan, planFiles } from './files.ts';
import { ENTRY, EXPORT_FORMAT, EXPORT_VERSION, type ExportDetails, Manifest, readmeText } from './format.ts';
import { type Packed, packZip } from './pack.ts';
import type { Spooled } from './spool.ts';

export interface ExportAsk {
  readonly store: Pick<Store, 'read'>;
  /** Writes the export into the trail. Null for records that are open for reading only: the export then says that it is not in it. */
  readonly writer: Pick<Store, 'transaction'> | null;
  readonly blobs: Pick<Blobs, 'read'>;
  readonly workspaceId: string;
  readonly dealId: string;
  /** As the trail names them, and whose rights on the files count. */
  readonly by: { readonly actor: string; readonly name: string; readonly rights: MemberActor };
  readonly now: () => Date;
  /** Where the export was asked for, when not on a desktop; written into the trail. */
  readonly where?: 'command-line';
  /** A folder for what is gathered before it is packed; the system's own when not given. */
  readonly scratch?: string;
  readonly signal?: AbortSignal | undefined;
  /** Told of bytes read while files are held against their hashes. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** An export that is ready to be written: from here on only the disk or the receiver can fail. */
export interface ReadyExport {
  readonly manifest: Manifest;
  /** Bytes of all entries before they are packed: how far an export is, is measured by this. */
  readonly bytes: number;
  /** Writes the zip and ends the stream. Rejects when it cannot be written, or when the signal says so. */
  writeTo(out: Writable, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Removes what was gathered. To be called in any case. */
  remove(): Promise<void>;
}

export interface NoSuchDeal {
  readonly type: 'NoSuchDeal';
  readonly message: string;
}

/** Times that the deal may move on while it is gathered before everybody else is made to wait. */
const TRIES = 4;

/**
 * Gathers a whole deal for its export: rows and commands as of one moment, the trail with this very export as its last
 * row, and each file held against its hash. The row of the export carries the hashes of rows, commands and files, so
 * that whoever holds a later head of the trail can tell that nothing of it was changed. What the store throws comes through.
 */
export async function exportDeal(ask: ExportAsk): Promise<Result<ReadyExport, NoSuchDeal>> {
  const scratch = ask.scratch ?? tmpdir();
  await removeLeftovers(scratch);
  const folder = await mkdtemp(join(scratch, PREFIX));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const gathered = ask.dealId === WORKSPACE_UNIT ? null : await gather(ask, folder);
    if (gathered !== null) return ok(await ready(ask, gathered, { folder, remove }));
    await remove();
    return err({
      type: 'NoSuchDeal',
      message: `There is no deal ${ask.dealId} on this portal. Sample deals, and deals that no desktop has sent yet, are not on it.`,
    });
  } catch (error) {
    await remove();
    throw error;
  }
}

const PREFIX = 'closeboard-export-';
/** Longer than any export takes. */
const LEFT_AFTER_MS = 86_400_000;

/** What a process that was killed had gathered: a whole deal in plain text, which must not lie there for ever. */
async function removeLeftovers(scratch: string): Promise<void> {
  const names = (await readdir(scratch)).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const folder = join(scratch, name);
    const found = await lstat(folder).catch(() => null);
    // Somebody else's in a shared folder for temporary files is theirs to remove.
    if (found?.isDirectory() !== true || found.uid !== (process.getuid?.() ?? found.uid)) continue;
    if (Date.now() - found.mtimeMs > LEFT_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}

interface Gathered {
  readonly collected: Collected;
  readonly plan: FilesPlan;
  /** The end of the trail, with this export when it is audited. */
  readonly head: AuditHead;
  readonly madeAt: string;
}

async function gather(ask: ExportAsk, folder: string): Promise<Gathered | null> {
  const { store, writer, workspaceId, dealId, signal } = ask;
  const hashed: Hashed = new Map();
  const once = async (read: Read): Promise<Omit<Gathered, 'head'> | null> => {
    const collected = await collect(read, { workspaceId, dealId }, { folder, signal });
    if (collected === null) return null;
    return { collected, plan: await planned(ask, collected.deal, hashed), madeAt: ask.now().toISOString() };
  };
  if (writer === null) {
    const said = await store.read(once);
    return said === null ? null : { ...said, head: said.collected.head };
  }
  for (let time = 1; time <= TRIES; time += 1) {
    const said = await store.read(once);
    if (said === null) return null;
    const head = await writer.transaction(workspaceId, async (tx) => {
      const now = await tx.audit.head(workspaceId, dealId);
      return now.count === said.collected.head.count ? append(tx, ask, said) : null;
    });
    if (head !== null) return { ...said, head };
  }
  // Somebody works on it all the time. Its contents are hashed by now, so this is short.
  return writer.transaction(workspaceId, async (tx) => {
    const said = await once(tx);
    return said === null ? null : { ...said, head: await append(tx, ask, said) };
  });
}

type Hashed = Parameters<typeof planFiles>[0]['hashed'];

function planned(ask: ExportAsk, deal: Deal | null, hashed: Hashed): Promise<FilesPlan> {
  const { blobs, signal, onBytes } = ask;
  if (deal === null) return Promise.resolve({ files: [], notIncluded: [] });
  return planFiles({ deal, blobs, actor: ask.by.rights, hashed, signal, onBytes });
}

function append(tx: Tx, ask: ExportAsk, said: Omit<Gathered, 'head'>): Promise<AuditHead> {
  const { workspaceId, dealId, by, where } = ask;
  const details: ExportDetails = {
    rowsSha256: said.collected.rows.sha256,
    commandsSha256: said.collected.commands.sha256,
    aboutSha256: digestOfAbout(aboutFor(ask, said)),
    files: said.plan.files.length,
    notIncluded: said.plan.notIncluded.length,
    where,
  };
  return tx.audit.append({ workspaceId, unitId: dealId, at: said.madeAt, actor: by.actor, kind: 'export', details });
}

function aboutFor(ask: ExportAsk, said: Omit<Gathered, 'head'>): About {
  const { collected, plan, madeAt } = said;
  const name = collected.deal === null ? 'A deal that was taken away' : dealName(collected.deal);
  return {
    product: packageJson.version,
    workspace: { id: ask.workspaceId, name: collected.workspaceName },
    deal: { id: ask.dealId, name, unitVersion: collected.unitVersion },
    madeAt,
    madeBy: { actor: ask.by.actor, name: ask.by.name },
    files: plan.files.map(({ path, versionId, sha256 }) => ({ path, versionId, sha256 })),
    notIncluded: plan.notIncluded,
    readmeSha256: sha256Of(readmeText({ name, madeAt, by: ask.by.name })),
  };
}

async function ready(
  ask: ExportAsk,
  gathered: Gathered,
  { folder, remove }: { readonly folder: string; readonly remove: () => Promise<void> },
): Promise<ReadyExport> {
  const { collected, head, plan } = gathered;
  const place = { workspaceId: ask.workspaceId, dealId: ask.dealId };
  const audit = await collectAudit(ask.store.read, place, { folder, upTo: head.count, signal: ask.signal });
  const { readmeSha256: _, ...about } = aboutFor(ask, gathered);
  const readme = readmeText({ name: about.deal.name, madeAt: about.madeAt, by: about.madeBy.name });
  const entries: Packed[] = [
    packedText(ENTRY.readme, readme),
    packedFile(ENTRY.rows, collected.rows),
    packedFile(ENTRY.commands, collected.commands),
    packedFile(ENTRY.audit, audit),
    packedText(ENTRY.head, `${canonicalJson(head)}\n`),
    ...plan.files.map(({ path, bytes, sha256 }): Packed => ({ path, bytes, sha256, from: { blob: sha256 } })),
  ];
  const manifest = Manifest.parse({
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    ...about,
    isInTrail: ask.writer !== null,
    audit: head,
    entries: entries.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  });
  const packed = entries.toSpliced(1, 0, packedText(ENTRY.manifest, manifestText(manifest)));
  return {
    manifest,
    bytes: packed.reduce((sum, { bytes }) => sum + bytes, 0),
    writeTo: (out, { signal } = {}) =>
      packZip({ entries: packed, blobs: ask.blobs, madeAt: new Date(gathered.madeAt), out, signal }),
    remove,
  };
}

function packedText(path: string, text: string): Packed {
  const content = Buffer.from(text, 'utf8');
  return { path, bytes: content.byteLength, sha256: sha256Of(text), from: { content } };
}

function packedFile(path: string, { file, bytes, sha256 }: Spooled): Packed {
  return { path, bytes, sha256, from: { file } };
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
