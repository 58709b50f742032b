import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Configstore, FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import type { PortalContext } from '../context.ts';
import { dropUpload, incomingPath } from './finishing.ts';
import { HEAD_BYTES, isRuledOut } from './kinds.ts';
import type { UploadLocker } from './lock.ts';
import { notAvailable, refused } from './refusal.ts';

/** From its first byte to its last an upload may take this long, in milliseconds: a slow line needs days for a large one. */
export const UPLOAD_LIFE_MS = 7 * 24 * 60 * 60_000;

/** What the library would keep beside each file lies in the records: made before its file, deleted with it. */
const IN_THE_RECORDS: Configstore = { get: async () => undefined, set: async () => {}, delete: async () => {} };

export interface UploadWords {
  /** The bytes are of a kind that is not kept. */
  readonly wrongKind: string;
  readonly diskFull: string;
}

export interface UploadFilesDeps {
  readonly context: PortalContext;
  readonly locker: UploadLocker;
  /** What whoever sends is told. */
  readonly words: UploadWords;
  /** A test puts a full disk here. */
  readonly openFile?: ((path: string) => Promise<Pick<FileHandle, 'write' | 'sync' | 'close'>>) | undefined;
}

/**
 * The file store of the upload library with what it leaves open: how far an upload is lies in the records, counted only
 * once the bytes are on disk, so that any server process goes on where any other was ended.
 */
export class UploadFiles extends FileStore {
  readonly #deps: UploadFilesDeps;

  constructor(deps: UploadFilesDeps) {
    super({
      directory: deps.context.blobs.incoming,
      configstore: IN_THE_RECORDS,
      expirationPeriodInMilliseconds: UPLOAD_LIFE_MS,
    });
    this.extensions = ['creation', 'termination', 'expiration'];
    this.#deps = deps;
  }

  /** Its row is there already, with its bytes promised. */
  override async create(upload: Upload): Promise<Upload> {
    const { context } = this.#deps;
    try {
      return await super.create(upload);
    } catch (error) {
      await context.store.transaction(context.workspaceId, ({ files }) =>
        files.deleteUpload(context.workspaceId, upload.id),
      );
      throw diskRefusal(error, this.#deps.words) ?? error;
    }
  }

  override async getUpload(id: string): Promise<Upload> {
    const { store, workspaceId } = this.#deps.context;
    const row = await store.read(({ files }) => files.upload(workspaceId, id));
    if (row === null) throw notAvailable();
    if (row.state === 'failed') throw refused('not-available', 'This upload is over. Send the file again.', 410);
    // The library counts by the clock of the computer, the portal by its own.
    const age = this.#deps.context.now().getTime() - Date.parse(row.madeAt);
    const creation_date = new Date(Date.now() - age).toISOString();
    return new Upload({ id, size: row.bytes, offset: row.received, creation_date });
  }

  /** Answers how far the upload is afterwards. What came before the line was cut is kept. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const { context, locker, openFile = (path) => open(path, 'r+') } = this.#deps;
    const path = incomingPath(context, id);
    const handle = await openFile(path).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? notAvailable() : error;
    });
    let at = offset;
    let problem: unknown = null;
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        if (!locker.isHeld(id)) throw refused('conflict', 'This file is being sent by another connection.', 423);
        for (let done = 0; done < piece.length; )
          done += (await handle.write(piece, done, piece.length - done, at + done)).bytesWritten;
        at += piece.length;
      }
    } catch (error) {
      problem = error;
    }
    try {
      if (at > offset) await handle.sync();
    } finally {
      await handle.close();
    }
    await this.#keep(id, { offset, at });
    if (problem !== null) throw diskRefusal(problem, this.#deps.words) ?? problem;
    return at;
  }

  async #keep(id: string, { offset, at }: { readonly offset: number; readonly at: number }): Promise<void> {
    if (at === offset) return;
    const { context, locker } = this.#deps;
    const { store, workspaceId } = context;
    if (!locker.isHeld(id)) throw refused('conflict', 'This file is being sent by another connection.', 423);
    if (offset < HEAD_BYTES && at >= HEAD_BYTES && (await isRuledOut(incomingPath(context, id)))) {
      const row = await store.read(({ files }) => files.upload(workspaceId, id));
      const { wrongKind } = this.#deps.words;
      if (row !== null) await dropUpload(context, row, { type: 'not-allowed', message: wrongKind });
      throw refused('not-allowed', wrongKind, 415);
    }
    const isKept = await store.transaction(workspaceId, ({ files }) => files.received(workspaceId, id, at));
    if (!isKept) throw notAvailable();
  }

  override async remove(id: string): Promise<void> {
    const { context } = this.#deps;
    const { store, workspaceId } = context;
    await store.transaction(workspaceId, ({ files }) => files.deleteUpload(workspaceId, id));
    await rm(incomingPath(context, id), { force: true });
  }
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Not the client's doing: it tries again later and goes on where it was. */
function diskRefusal(error: unknown, { diskFull }: UploadWords) {
  if (!FULL.has((error as NodeJS.ErrnoException | null)?.code)) return null;
  return refused('away', diskFull, 507);
}
