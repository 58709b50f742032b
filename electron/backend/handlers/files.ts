import type { Papers } from '../papers/papers.ts';
import type { Open } from './context.ts';

/** The calls on files, as their modules have them. */
export type FileCalls = typeof import('./file-calls.ts');

/** The work on files of one opened set of records. It is loaded once the board stands, or when it is first asked for. */
export interface Files {
  load(): Promise<{ readonly called: FileCalls; readonly papers: Papers }>;
  /** Rows of these deals changed; an empty list means many. */
  changed(dealIds: readonly string[]): void;
  /** The inbox changed by a command. */
  tell(): void;
  close(): Promise<void>;
  /** The records are gone already: whatever runs is stopped and not waited for. */
  abandon(): void;
}

/** The board stands long before. */
const LOAD_AFTER_MS = 1_500;

export function createFiles(open: Open): Files {
  const closing = new AbortController();
  let loading: ReturnType<Files['load']> | null = null;
  let papers: Papers | null = null;
  const load = (): ReturnType<Files['load']> => {
    loading ??= import('./file-calls.ts').then((called) => {
      papers = called.openPapersOf(open, closing);
      return { called, papers };
    });
    return loading;
  };
  const timer = setTimeout(() => {
    if (!closing.signal.aborted) load().catch((error: unknown) => open.deps.log.defect('loading the files', error));
  }, LOAD_AFTER_MS);
  timer.unref();
  return {
    load,
    changed: (dealIds) => papers?.changed(dealIds),
    tell: () => papers?.tell(),
    close: async () => {
      clearTimeout(timer);
      closing.abort();
      await papers?.close();
    },
    abandon: () => {
      clearTimeout(timer);
      closing.abort();
    },
  };
}
