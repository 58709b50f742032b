import type { Answer, Problem } from '../ask.ts';
import type { Kept, PageBlobs } from './kept.ts';
import {
  asReopened,
  isWhole,
  nextPage,
  type PageRow,
  type Sending,
  withMoved,
  withoutPage,
  withPage,
  withReplaced,
} from './pages.ts';

/** How the way of one page ended. `lost`: no signal, or the portal rests: it goes on later. `over`: the session is. */
export type PageEnd =
  | { readonly type: 'sent' | 'lost' | 'over' }
  | { readonly type: 'refused'; readonly message: string };

export interface PageUpload {
  readonly ended: Promise<PageEnd>;
  /** Calls it off; it ends as lost, and what has gone stays with the portal. */
  stop(): void;
}

export type UploadPage = (
  page: PageRow,
  blob: Blob,
  told: {
    readonly about: Readonly<Record<string, string>>;
    readonly onUrl: (url: string | null) => void;
    readonly onGone: (bytes: number) => void;
  },
) => PageUpload;

export type Filing =
  | { readonly at: 'no' | 'busy' | 'done' }
  /** The line was lost while it was filed: the same act is sent again. */
  | { readonly at: 'waiting' }
  | { readonly at: 'refused'; readonly problem: Problem };

export interface Sent {
  readonly sending: Sending;
  readonly filing: Filing;
  /** Whether there seems to be a way to the portal. */
  readonly isOnline: boolean;
}

export interface UploaderNeeds {
  readonly kept: Kept;
  readonly upload: UploadPage;
  removeUpload(url: string): Promise<void>;
  file(sending: Sending): Promise<Answer<unknown>>;
  drop(sendingId: string): Promise<Answer<unknown>>;
  newId(): string;
  isOnline(): boolean;
  /** Runs `work` once after so many milliseconds; returns how to call it off. */
  later(work: () => void, ms: number): () => void;
  /** The session is over. What is here stays, and goes on after the next one began. */
  onOver(): void;
  onFiled(): void;
}

/** Sends the pages of one paper, one after another, and files them. It goes on while the tab lives, on whatever screen. */
export interface Uploader {
  now(): Sent;
  listen(heard: () => void): () => void;
  add(page: PageRow, blobs: PageBlobs): Promise<void>;
  replace(id: string, page: PageRow, blobs: PageBlobs): Promise<void>;
  remove(id: string): Promise<void>;
  move(id: string, step: -1 | 1): void;
  rename(title: string): void;
  /** Files it as soon as all of it is there. */
  send(): void;
  /** For a paper that is not asked for any more: a line of its own. */
  asElse(): void;
  /** Forgets it here and with the portal. */
  cancel(): Promise<void>;
  /** The signal came, or went. */
  lookAgain(): void;
  stop(): void;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

export function createUploader(first: Sending, needs: UploaderNeeds): Uploader {
  let now: Sent = { sending: asReopened(first), filing: { at: 'no' }, isOnline: needs.isOnline() };
  let running: { readonly id: string; readonly upload: PageUpload } | null = null;
  let stopTimer: (() => void) | null = null;
  let tries = 0;
  let isStopped = false;
  /** What is given up, or filed, is not written down again by what ends late. */
  let isForgotten = false;
  const ears = new Set<() => void>();

  const tell = (set: Partial<Sent>) => {
    now = { ...now, ...set };
    for (const ear of ears) ear();
  };
  /** In the order of the changes: an older state never lands on a newer one. */
  let writing: Promise<void> = Promise.resolve();
  const change = (sending: Sending, isKept = true) => {
    tell({ sending });
    if (isKept && !isForgotten) writing = writing.then(() => needs.kept.put(now.sending)).catch(() => {});
  };
  const isThere = (id: string) => now.sending.pages.some((page) => page.id === id);
  const rest = () => {
    tries += 1;
    stopTimer?.();
    stopTimer = needs.later(goOn, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)));
  };

  const begin = async (page: PageRow) => {
    const place = now.sending.pages.findIndex(({ id }) => id === page.id) + 1;
    const { sendingId, lineId, isElse } = now.sending;
    // Taken before anything is awaited, so that no second one begins.
    let stopEarly = false;
    running = { id: page.id, upload: { ended: Promise.resolve({ type: 'lost' }), stop: () => (stopEarly = true) } };
    change(withPage(now.sending, page.id, { state: 'sending' }), false);
    const blobs = await needs.kept.blobs(page.id);
    if (blobs === null) return ended(page.id, { type: 'refused', message: '' });
    if (stopEarly) return ended(page.id, { type: 'lost' });
    const upload = needs.upload(page, blobs.blob, {
      about: { sendingId, name: page.name, place: String(place), ...(isElse ? {} : { lineId }) },
      onUrl: (url) => {
        if (isThere(page.id)) change(withPage(now.sending, page.id, { url }));
      },
      onGone: (gone) => {
        if (!isThere(page.id)) return;
        // A lost line is over as soon as bytes go again.
        tries = 0;
        tell({ sending: withPage(now.sending, page.id, { gone }), isOnline: true });
      },
    });
    running = { id: page.id, upload };
    ended(page.id, await upload.ended);
  };

  const ended = (id: string, end: PageEnd) => {
    if (running?.id === id) running = null;
    if (isThere(id)) {
      const bytes = now.sending.pages.find((page) => page.id === id)?.bytes ?? 0;
      if (end.type === 'sent') change(withPage(now.sending, id, { state: 'sent', gone: bytes }));
      else if (end.type === 'refused')
        change(withPage(now.sending, id, { state: 'refused', problem: end.message, url: null }));
      else change(withPage(now.sending, id, { state: 'waiting' }));
    }
    if (isStopped) return;
    if (end.type === 'over') return needs.onOver();
    if (end.type === 'lost' && isThere(id)) {
      tell({ isOnline: false });
      return rest();
    }
    tries = 0;
    goOn();
  };

  const file = async () => {
    tell({ filing: { at: 'busy' } });
    await writing;
    if (isStopped) return;
    if (!now.sending.isToSend || !isWhole(now.sending)) {
      // A page came or went while it was kept.
      tell({ filing: { at: 'no' } });
      return goOn();
    }
    const { actId } = now.sending;
    const answer = await needs.file(now.sending);
    if (isStopped || now.sending.actId !== actId) return;
    if (answer.ok) {
      isForgotten = true;
      tell({ filing: { at: 'done' }, isOnline: true });
      await needs.kept.drop(now.sending).catch(() => {});
      return needs.onFiled();
    }
    const { problem } = answer;
    if (problem.type === 'unreachable' || problem.type === 'away') {
      tell({ filing: { at: 'waiting' }, isOnline: problem.type === 'away' });
      return rest();
    }
    tell({ filing: { at: 'refused', problem } });
    // It was answered for good: whatever is sent next is another act.
    change({ ...now.sending, isToSend: false, actId: needs.newId() });
    if (problem.type === 'not-signed-in' || problem.type === 'confirm-first') needs.onOver();
  };

  function goOn(): void {
    stopTimer?.();
    stopTimer = null;
    if (isStopped || now.filing.at === 'busy' || now.filing.at === 'done') return;
    if (!needs.isOnline()) {
      tell({ isOnline: false });
      return;
    }
    const page = nextPage(now.sending);
    if (page !== null) {
      if (running === null) void begin(page);
      return;
    }
    if (now.sending.isToSend && running === null && isWhole(now.sending)) void file();
  }

  const away = async (page: PageRow | undefined) => {
    if (page === undefined) return;
    if (running?.id === page.id) running.upload.stop();
    await needs.kept.dropBlobs([page.id]).catch(() => {});
    if (page.url !== null) await needs.removeUpload(page.url);
  };
  const pageOf = (id: string) => now.sending.pages.find((page) => page.id === id);

  return {
    now: () => now,
    listen: (heard) => {
      ears.add(heard);
      return () => void ears.delete(heard);
    },
    add: async (page, blobs) => {
      await needs.kept.putBlobs(page.id, blobs);
      change({ ...now.sending, pages: [...now.sending.pages, page] });
      goOn();
    },
    replace: async (id, page, blobs) => {
      const old = pageOf(id);
      await needs.kept.putBlobs(page.id, blobs);
      change(withReplaced(now.sending, id, page));
      await away(old);
      goOn();
    },
    remove: async (id) => {
      const old = pageOf(id);
      change(withoutPage(now.sending, id));
      await away(old);
      goOn();
    },
    move: (id, step) => change(withMoved(now.sending, id, step)),
    rename: (title) => change({ ...now.sending, title }),
    send: () => {
      tell({ filing: { at: 'no' } });
      change({ ...now.sending, isToSend: true });
      goOn();
    },
    asElse: () => {
      tell({ filing: { at: 'no' } });
      change({ ...now.sending, isElse: true, lineId: needs.newId(), actId: needs.newId(), isToSend: false });
    },
    cancel: async () => {
      isStopped = true;
      isForgotten = true;
      stopTimer?.();
      running?.upload.stop();
      await writing;
      await needs.kept.drop(now.sending);
      await needs.drop(now.sending.sendingId);
    },
    lookAgain: () => {
      tries = 0;
      if (!needs.isOnline()) {
        running?.upload.stop();
        tell({ isOnline: false });
        return;
      }
      tell({ isOnline: true });
      if (now.filing.at === 'waiting') void file();
      else goOn();
    },
    stop: () => {
      isStopped = true;
      stopTimer?.();
      running?.upload.stop();
    },
  };
}
