import type { CallInput, CallName, CallOutput, Reply } from './calls.ts';
import type { HostEvent } from './events.ts';
import type { CopyOutInput, Dropped, DroppedFile, DropWatch, FileBytes, FileSource } from './files.ts';

/**
 * The one object a page gets, as `window.closeboard`. Electron's preload puts it there; the browser host serves a
 * `host.js` that does. The page cannot tell which, except by the capabilities that `host:info` reports.
 */
export interface HostApi {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>>;
  /** Hears every event from now on; returns the function that stops it. */
  listen(listener: (event: HostEvent) => void): () => void;
  /** Bytes of one of our files. May give fewer than asked for: at the end, and after 4 MiB. */
  readFile(source: FileSource, range: { readonly from: number; readonly to: number }): Promise<Reply<FileBytes>>;
  /**
   * Takes dropped, pasted or picked files in, in their order: as the real path, or as a copy beside the records where
   * a browser gives no path. Nothing is filed by this. Only when it was stopped are there fewer sources than files.
   */
  dropFiles(files: readonly DroppedFile[], watch?: DropWatch): Promise<Reply<Dropped>>;
  /** Puts a copy where the person says (Electron) or into the browser's downloads. `isSaved` is false when they said no. */
  saveFile(file: CopyOutInput): Promise<Reply<{ readonly isSaved: boolean }>>;
  /** Goes on with a drag that began in the page as a drag of the real file. Answers `not-here` in a browser. */
  startDrag(file: CopyOutInput): Promise<Reply<{ readonly isStarted: boolean }>>;
}
