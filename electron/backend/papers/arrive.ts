import { safeSegment } from '../../../core/documents/file-name.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { writeFailureOf } from '../../../db/failures.ts';
import { type ArrivalRow, arrivals, type BlobRow, blobs } from '../../../db/files-tables.ts';
import { inWrite, type Write } from '../../../db/handles.ts';
import { arrivalOf, blobOf } from '../../../db/read/files.ts';
import { type Sniffed, sniffFile } from '../arrivals/sniff-file.ts';
import type { VaultFailure } from '../vault/failures.ts';
import type { VaultSource } from '../vault/source.ts';
import type { Came, PapersDeps } from './types.ts';

/** Kinds that nothing here opens or hands on: they are kept as they came and wait for a person. */
const REFUSED_SENTENCE = 'This is a program or a web page. It is kept, and nothing here opens it. Set it aside.';

interface TakeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Writes its row; in a transaction of its own, when left out. */
  readonly write?: ((arriving: Arriving) => Promise<ArrivalRow>) | undefined;
}

/**
 * Takes one file in: its bytes into the vault, then its row. Once this answers, it is on disk and waits to be read.
 * A failure leaves the source as it was and nothing here.
 */
export async function takeIn(
  deps: PapersDeps,
  source: VaultSource,
  came: Came,
  options: TakeOptions = {},
): Promise<Result<ArrivalRow, VaultFailure>> {
  const added = await deps.vault.add(source, { signal: options.signal, onBytes: options.onBytes });
  if (!added.ok) return added;
  try {
    if (options.write === undefined) return ok(await arriveWith(deps, added.value, came));
    const arriving = await sniffArriving(deps, added.value, came);
    const row = await options.write(arriving);
    await keepOutOfTrash(deps, arriving);
    return ok(row);
  } catch (error) {
    const failure = writeFailureOf(error);
    if (failure === null) throw error;
    return err({ type: failure.type === 'full' ? 'NoSpace' : 'ReadOnly', sentence: failure.message, code: null });
  }
}

/** The row of a content that is in the vault already. `also` is done in the same transaction. */
export async function arriveWith(
  deps: PapersDeps,
  content: Kept,
  came: Came,
  also: (write: Write, row: ArrivalRow) => void = () => {},
): Promise<ArrivalRow> {
  const arriving = await sniffArriving(deps, content, came);
  const row = inWrite(deps.db, (write) => {
    const there = insertArriving(write, deps, arriving);
    also(write, there);
    return there;
  });
  await keepOutOfTrash(deps, arriving);
  return row;
}

/** A content in the vault. */
interface Kept {
  readonly sha256: string;
  readonly bytes: number;
}

/** What is known of an arrival before its row is written. */
export interface Arriving {
  readonly row: ArrivalRow;
}

export async function sniffArriving(deps: PapersDeps, { sha256, bytes }: Kept, came: Came): Promise<Arriving> {
  const sniffed = await sniffFile(deps.vault.pathOf(sha256) ?? '', came.fileName);
  return { row: rowOf(deps, came, { sha256, bytes, sniffed }) };
}

/** Writes its row, once; answers the row that is there. */
export function insertArriving(write: Write, deps: Pick<PapersDeps, 'now'>, { row }: Arriving): ArrivalRow {
  const there = arrivalOf(write, row.id);
  if (there !== null) return there;
  const { sha256, bytes, kind, extension } = row;
  const reading = row.state === 'refused' ? 'none' : 'waiting';
  keepBlob(write, deps, { sha256, bytes, kind, extension, reading });
  arrivals.insert(write, row);
  return row;
}

/** It may have gone to the trash after the vault had it and before its row named it. */
export async function keepOutOfTrash(deps: PapersDeps, { row }: Arriving): Promise<void> {
  if (await deps.vault.has(row.sha256)) return;
  const back = await deps.vault.untrash(row.sha256);
  if (!back.ok) deps.log.warn('a file did not come out of the trash', { type: back.error.type });
}

interface Content {
  readonly sha256: string;
  readonly bytes: number;
  readonly sniffed: Sniffed;
}

/** The row of a content in the vault, once. What nobody has read yet is read by the reader. */
export function keepBlob(
  write: Write,
  deps: Pick<PapersDeps, 'now'>,
  { sha256, ...content }: Pick<BlobRow, 'sha256' | 'bytes' | 'kind' | 'extension' | 'reading'>,
): void {
  const there = blobOf(write, sha256);
  if (there !== null) {
    if (there.trashedAt !== null) blobs.update(write, { trashedAt: null }, 'sha256 = ?', sha256);
    // It came first under the name of a program, and nobody looked into it. Under another name it is read like any other.
    if (there.reading === 'none' && content.reading === 'waiting') blobs.update(write, content, 'sha256 = ?', sha256);
    return;
  }
  blobs.insert(write, {
    ...content,
    sha256,
    pages: null,
    addedAt: deps.now().toISOString(),
    checkedAt: null,
    trashedAt: null,
    sentence: '',
    openedSha256: null,
  });
}

function rowOf(deps: PapersDeps, came: Came, { sha256, bytes, sniffed }: Content): ArrivalRow {
  const isRefused = sniffed.isDangerous || sniffed.kind === 'empty';
  return {
    id: came.id ?? deps.newId(),
    at: came.at ?? deps.now().toISOString(),
    source: came.source,
    parentId: came.parentId ?? null,
    folderId: came.folderId ?? null,
    relPath: came.relPath,
    fileName: safeSegment(came.fileName),
    sha256,
    bytes,
    kind: sniffed.kind,
    extension: sniffed.extension,
    pages: null,
    state: isRefused ? 'refused' : 'reading',
    sentence: sniffed.isDangerous ? REFUSED_SENTENCE : sniffed.kind === 'empty' ? 'This file is empty.' : '',
    senderName: came.sender?.name ?? '',
    senderAddress: came.sender?.address ?? '',
    subject: came.subject ?? '',
    hintDealId: came.dealId ?? null,
    hintLineId: came.lineId ?? null,
    proposal: null,
    dealId: null,
    lineId: null,
    versionId: null,
    commandId: null,
    decidedAt: null,
    decidedBy: '',
    before: null,
  };
}
