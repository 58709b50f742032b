import { ask, shownPage } from '../ask.ts';
import { keptHere } from './kept.ts';
import type { Sending } from './pages.ts';
import { keyOf } from './scope.ts';
import { removeUpload, uploadPage } from './tus.ts';
import { createUploader, type Uploader } from './uploader.ts';

/** What is on its way in this tab, by key: it goes on while somebody looks at another screen. */
const live = new Map<string, Uploader>();
/** Of the page that is shown now: a session that ends, and a deal that changed. */
const hooks = { onOver: () => {}, onFiled: () => {} };

export interface Wanted {
  readonly scope: string;
  /** Empty for something else. */
  readonly lineId: string;
  readonly title: string;
}

export function setHooks(onOver: () => void, onFiled: () => void): void {
  hooks.onOver = onOver;
  hooks.onFiled = onFiled;
}

/** What was begun for this paper, in this tab or in one that was closed; or a new beginning. */
export async function openUploader(wanted: Wanted): Promise<Uploader> {
  const key = keyOf(wanted.scope, wanted.lineId);
  const there = live.get(key);
  if (there !== undefined && there.now().filing.at !== 'done') {
    there.lookAgain();
    return there;
  }
  const kept = await keptHere();
  const before = await kept.get(key).catch(() => null);
  const raced = live.get(key);
  if (raced !== undefined && raced !== there) return raced;
  const page = shownPage();
  // In this tab another deal may be shown by now: what is on its way waits for its own.
  const isHere = () => shownPage() === page;
  const uploader = createUploader(before ?? begin(key, wanted), {
    ...{ kept, removeUpload },
    upload: (...what) => (isHere() ? uploadPage(...what) : notNow()),
    file: async (sending) => {
      if (!isHere()) return { ok: false, problem: { type: 'unreachable' } };
      return ask('send-paper', {
        ...{ actId: sending.actId, sendingId: sending.sendingId, lineId: sending.lineId },
        ...{ newTitle: sending.isElse ? sending.title.trim() : null, name: sending.title.trim() },
        uploads: sending.pages.map(({ url }) => url?.split('/').at(-1) ?? ''),
        as: sending.pages.every(({ kind }) => kind === 'photo') ? 'photos' : 'file',
      });
    },
    drop: (sendingId) => ask('drop-sending', { sendingId }),
    newId: () => crypto.randomUUID(),
    isOnline: () => navigator.onLine,
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    onOver: () => {
      endAll();
      hooks.onOver();
    },
    onFiled: () => hooks.onFiled(),
  });
  live.set(key, uploader);
  uploader.lookAgain();
  return uploader;
}

/** After it was filed or given up, the next time begins anew. */
export function closeUploader(scope: string, lineId: string): void {
  const key = keyOf(scope, lineId);
  live.get(key)?.stop();
  live.delete(key);
}

function notNow(): ReturnType<typeof uploadPage> {
  return { ended: Promise.resolve({ type: 'lost' }), stop: () => {} };
}

function begin(key: string, { scope, lineId, title }: Wanted): Sending {
  const isElse = lineId === '';
  return {
    ...{ key, scope, isElse, title, pages: [], isToSend: false },
    ...{ lineId: isElse ? crypto.randomUUID() : lineId, sendingId: crypto.randomUUID(), actId: crypto.randomUUID() },
  };
}

/** Nothing more is sent in this tab; what is kept on the device goes on with the next session. */
function endAll(): void {
  for (const uploader of live.values()) uploader.stop();
  live.clear();
}

const lookAgain = () => {
  for (const uploader of live.values()) uploader.lookAgain();
};
addEventListener('online', lookAgain);
addEventListener('offline', lookAgain);
