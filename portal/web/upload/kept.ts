import type { Sending } from './pages.ts';

/** What is kept on this device of what was not sent yet, so that a closed tab goes on. Small: home reads it too. */
export interface Kept {
  get(key: string): Promise<Sending | null>;
  ofScope(scope: string): Promise<readonly Sending[]>;
  put(sending: Sending): Promise<void>;
  putBlobs(pageId: string, blobs: PageBlobs): Promise<void>;
  blobs(pageId: string): Promise<PageBlobs | null>;
  dropBlobs(pageIds: readonly string[]): Promise<void>;
  drop(sending: Sending): Promise<void>;
  /** Everything of everybody who used this browser. */
  clear(): Promise<void>;
}

export interface PageBlobs {
  readonly blob: Blob;
  readonly thumb: Blob | null;
}

const NAME = 'closeboard-sending';
const SENDINGS = 'sendings';
const BLOBS = 'blobs';

/** One for each page; where the browser keeps nothing (a private window), it lives as long as the tab. */
let opened: Promise<Kept> | null = null;

export function keptHere(): Promise<Kept> {
  opened ??= openDatabase().then(
    (database) => inDatabase(database),
    () => inMemory(),
  );
  return opened;
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') return reject(new Error('nothing is kept here'));
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(SENDINGS, { keyPath: 'key' });
      asked.result.createObjectStore(BLOBS);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error('another page holds it'));
  });
}

function inDatabase(database: IDBDatabase): Kept {
  const run = <T>(mode: IDBTransactionMode, work: (of: (name: string) => IDBObjectStore) => IDBRequest<T> | null) =>
    new Promise<T | undefined>((resolve, reject) => {
      const transaction = database.transaction([SENDINGS, BLOBS], mode);
      const request = work((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  return {
    get: async (key) => (await run<Sending>('readonly', (of) => of(SENDINGS).get(key))) ?? null,
    ofScope: async (scope) => {
      const all = (await run<Sending[]>('readonly', (of) => of(SENDINGS).getAll())) ?? [];
      return all.filter((each) => each.scope === scope);
    },
    put: async (sending) => void (await run('readwrite', (of) => of(SENDINGS).put(sending))),
    putBlobs: async (pageId, blobs) => void (await run('readwrite', (of) => of(BLOBS).put(blobs, pageId))),
    blobs: async (pageId) => (await run<PageBlobs>('readonly', (of) => of(BLOBS).get(pageId))) ?? null,
    dropBlobs: async (pageIds) => {
      await run('readwrite', (of) => {
        for (const id of pageIds) of(BLOBS).delete(id);
        return null;
      });
    },
    drop: async ({ key, pages }) => {
      await run('readwrite', (of) => {
        for (const { id } of pages) of(BLOBS).delete(id);
        return of(SENDINGS).delete(key);
      });
    },
    clear: async () => {
      await run('readwrite', (of) => {
        of(BLOBS).clear();
        return of(SENDINGS).clear();
      });
    },
  };
}

export function inMemory(): Kept {
  const sendings = new Map<string, Sending>();
  const blobs = new Map<string, PageBlobs>();
  return {
    get: async (key) => sendings.get(key) ?? null,
    ofScope: async (scope) => [...sendings.values()].filter((each) => each.scope === scope),
    put: async (sending) => void sendings.set(sending.key, sending),
    putBlobs: async (pageId, of) => void blobs.set(pageId, of),
    blobs: async (pageId) => blobs.get(pageId) ?? null,
    dropBlobs: async (pageIds) => {
      for (const id of pageIds) blobs.delete(id);
    },
    drop: async ({ key, pages }) => {
      sendings.delete(key);
      for (const { id } of pages) blobs.delete(id);
    },
    clear: async () => {
      sendings.clear();
      blobs.clear();
    },
  };
}
