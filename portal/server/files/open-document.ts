import type { Readable } from 'node:stream';
import { isMetadataOnly } from '../../../core/documents/document.ts';
import { documentFacts, filedAs } from '../../../core/documents/document-facts.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { PortalContext } from '../context.ts';
import { type ByteRange, rangeOf } from './range.ts';
import { dealFor } from './rights.ts';

/** Bytes that are ready to be sent, with what to say of them. */
export interface OpenedDocument {
  readonly stream: Readable;
  /** Null for the whole. */
  readonly range: ByteRange | null;
  readonly facts: {
    readonly versionId: string;
    readonly sha256: string;
    /** Of the whole file. */
    readonly bytes: number;
    /** From the content: `application/pdf`. */
    readonly kind: string;
    readonly extension: string;
    readonly title: string;
    /** By the convention, one safe segment. */
    readonly fileName: string;
    readonly scan: 'waiting' | 'clean' | 'infected' | 'not-scanned';
  };
}

/** `not-here`: no such file, one that is held or private, or its bytes have not arrived. `range`: nothing of it is asked for. */
export type NotOpened = { readonly type: 'not-here' } | { readonly type: 'range'; readonly bytes: number };

export interface DocumentAsk {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly versionId: string;
}

/**
 * Opens a file of a deal. **The caller has judged that whoever asks may have it**, and writes the trail; here only what
 * nobody may have is refused: held files and private papers. `range` is the Range header as it came.
 */
export async function openDocument(
  context: Pick<PortalContext, 'store' | 'blobs'>,
  ask: DocumentAsk,
  range?: string | undefined,
): Promise<Result<OpenedDocument, NotOpened>> {
  const { workspaceId, versionId } = ask;
  const found = await context.store.read(async (read) => {
    const deal = await dealFor(read, ask);
    const filed = deal === null ? null : filedAs(deal, versionId);
    if (deal === null || filed === null) return null;
    return {
      ...filed,
      facts: documentFacts(deal, filed),
      blob: await read.files.blob(workspaceId, filed.version.sha256),
    };
  });
  if (found === null || found.blob === null) return err({ type: 'not-here' });
  const { version, line, facts, blob } = found;
  if (version.isHeld || line.class === 'wire-suspect' || isMetadataOnly(line.class)) return err({ type: 'not-here' });
  const opened = await openBytes(context, blob.sha256, range);
  if (!opened.ok) return opened;
  const { sha256, kind, scan } = blob;
  const { title, fileName } = facts;
  const told = {
    versionId,
    sha256,
    bytes: opened.value.bytes,
    kind,
    extension: version.extension,
    title,
    fileName,
    scan,
  };
  return ok({ stream: opened.value.stream, range: opened.value.range, facts: told });
}

interface OpenedBytes {
  readonly stream: Readable;
  readonly range: ByteRange | null;
  readonly bytes: number;
}

export async function openBytes(
  { blobs }: Pick<PortalContext, 'blobs'>,
  sha256: string,
  header: string | undefined,
): Promise<Result<OpenedBytes, NotOpened>> {
  const bytes = await blobs.size(sha256);
  if (bytes === null) return err({ type: 'not-here' });
  const asked = rangeOf(header, bytes);
  if (asked === 'none') return err({ type: 'range', bytes });
  const range = asked === 'whole' ? null : asked;
  const stream = await blobs.read(sha256, range ?? undefined);
  return stream === null ? err({ type: 'not-here' }) : ok({ stream, range, bytes });
}
