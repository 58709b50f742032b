import type { CallError, Reply } from '../contract/calls.ts';
import type {
  CopyOutInput,
  Dropped,
  DroppedFile,
  DropSource,
  DropWatch,
  FileBytes,
  FileSource,
} from '../contract/files.ts';

/** What host.js gives its part for files. `send` carries the bearer in its header and rejects when nobody answers. */
export interface PageFilesDeps {
  readonly send: (
    method: 'GET' | 'POST',
    path: string,
    body?: RequestInit['body'],
    type?: string,
  ) => Promise<{ readonly kind: 'response'; readonly response: Response } | { readonly kind: 'lost' }>;
  readonly lost: CallError;
  readonly gone: CallError;
  /** Hands a finished copy to the browser's downloads. */
  readonly download: (copy: Blob, name: string) => void;
}

export interface PageFiles {
  readFile(source: FileSource, range: { readonly from: number; readonly to: number }): Promise<Reply<FileBytes>>;
  dropFiles(files: readonly DroppedFile[], watch?: DropWatch): Promise<Reply<Dropped>>;
  saveFile(file: CopyOutInput): Promise<Reply<{ readonly isSaved: boolean }>>;
  startDrag(file: CopyOutInput): Promise<Reply<{ readonly isStarted: boolean }>>;
}

/** The part of `window.closeboard` for files. Its text is sent to the browser: it uses nothing from outside itself. */
export function pageFiles({ send, lost, gone, download }: PageFilesDeps): PageFiles {
  const PART_BYTES = 8 * 1024 * 1024;
  const refusal = (error: CallError) => ({ ok: false as const, error });
  const refused = (message: string, type: CallError['type'] = 'not-here') => refusal({ type, message });

  const readFile: PageFiles['readFile'] = async ({ sha256 }, { from, to }) => {
    try {
      const sent = await send('GET', `/file/${encodeURIComponent(sha256)}?from=${from}&to=${to}`);
      if (sent.kind === 'lost') return refusal(lost);
      const { response } = sent;
      if (!response.ok) return refused('Closeboard could not take this. Nothing was changed.', 'bad-call');
      const size = response.headers.get('x-file-size');
      if (size === null) return (await response.json()) as Reply<FileBytes>;
      return { ok: true, value: { bytes: new Uint8Array(await response.arrayBuffer()), size: Number(size) } };
    } catch {
      return refusal(gone);
    }
  };

  /** What the server says to one step of a file on its way in. */
  const step = async <T>(path: string, body: RequestInit['body'], type: string): Promise<Reply<T>> => {
    try {
      const sent = await send('POST', path, body, type);
      if (sent.kind === 'lost') return refusal(lost);
      if (sent.response.ok) return (await sent.response.json()) as Reply<T>;
      return sent.response.status === 400 || sent.response.status === 413
        ? refused('Files of more than 2 GB are not taken in. Split it first.', 'bad-call')
        : refused('Closeboard could not take this. Nothing was changed.', 'bad-call');
    } catch {
      return refusal(gone);
    }
  };
  const json = 'application/json';
  const forget = (uploadId: string) => step('/upload/cancel', JSON.stringify({ uploadId }), json);

  /** The id of the upload, or null when the person stopped it. */
  type Sent = Reply<string | null>;
  const upload = async ({ file, relativePath }: DroppedFile, tell: (bytes: number) => boolean): Promise<Sent> => {
    const { name, size, lastModified } = file;
    const facts = JSON.stringify({ name, relativePath, size, lastModified });
    const begun = await step<{ uploadId: string }>('/upload', facts, json);
    if (!begun.ok) return begun;
    const { uploadId } = begun.value;
    for (let at = 0; at < size; at += PART_BYTES) {
      const end = Math.min(at + PART_BYTES, size);
      const part = file.slice(at, end) as Blob;
      const taken = await step<{ received: number }>(
        `/upload/${uploadId}?offset=${at}`,
        part,
        'application/octet-stream',
      );
      if (!taken.ok) {
        await forget(uploadId);
        return taken;
      }
      if (tell(end - at) || end === size) continue;
      await forget(uploadId);
      return { ok: true, value: null };
    }
    return { ok: true, value: uploadId };
  };

  const dropFiles: PageFiles['dropFiles'] = async (files, watch) => {
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    let sent = 0;
    const tell = (bytes: number) => {
      sent += bytes;
      watch?.onProgress?.(sent, total);
      return watch?.isCancelled?.() !== true;
    };
    const sources: DropSource[] = [];
    for (const file of files) {
      const one = watch?.isCancelled?.() === true ? { ok: true as const, value: null } : await upload(file, tell);
      if (!one.ok) return one;
      if (one.value === null) return { ok: true, value: { sources, isStopped: true } };
      sources.push({ kind: 'upload', uploadId: one.value });
    }
    return { ok: true, value: { sources, isStopped: false } };
  };

  const saveFile: PageFiles['saveFile'] = async ({ sha256, name }) => {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let from = 0;
    for (;;) {
      const read = await readFile({ kind: 'blob', sha256 }, { from, to: from + PART_BYTES });
      if (!read.ok) return read;
      const { bytes, size } = read.value;
      parts.push(bytes as Uint8Array<ArrayBuffer>);
      from += bytes.length;
      if (from >= size) break;
      if (bytes.length === 0) return refused('This file could not be read to its end. Try again.');
    }
    download(new Blob(parts, { type: 'application/octet-stream' }), name);
    return { ok: true, value: { isSaved: true } };
  };

  return {
    readFile,
    dropFiles,
    saveFile,
    startDrag: async () => refused('A browser drags no files out. Save a copy instead.'),
  };
}
