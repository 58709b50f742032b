import { type At, HOME, isSameAt, SCREENS } from './at.ts';

/** One entry of the browser's history. `depth`: how many of ours lie before it, so that Back never leaves the page. */
interface Entry {
  readonly at: At;
  readonly depth: number;
  readonly key: string;
}

/** The way through the screens. It writes history entries without an address of their own. */
export interface Way {
  readonly at: At;
  /** Where the page stood, in pixels, when this entry was left; null for one that was not here yet. */
  readonly scrolledTo: number | null;
}

export interface WayControl {
  now(): Way;
  go(at: At): void;
  /** One screen back; home when nothing of ours lies before. */
  back(): void;
  /** Tells of every step; returns how to stop. */
  listen(heard: () => void): () => void;
}

/** Takes up the entry that a reload left behind, else begins at home. */
export function createWay(view: Window): WayControl {
  const scrolls = new Map<string, number>();
  const ears = new Set<() => void>();
  view.history.scrollRestoration = 'manual';
  let entry = readEntry(view.history.state) ?? { at: HOME, depth: 0, key: newKey() };
  view.history.replaceState(entry, '');
  let way: Way = { at: entry.at, scrolledTo: null };
  const arrive = (next: Entry, scrolledTo: number | null) => {
    entry = next;
    way = { at: next.at, scrolledTo };
    for (const ear of ears) ear();
  };
  const onPop = ({ state }: PopStateEvent) => {
    // The anchor of the money box and the like: still the same screen.
    if (state === null) return view.history.replaceState(entry, '');
    const next = readEntry(state);
    if (next === null || next.key === entry.key) return;
    scrolls.set(entry.key, view.scrollY);
    arrive(next, scrolls.get(next.key) ?? null);
  };
  return {
    now: () => way,
    go(at) {
      if (isSameAt(at, entry.at)) return;
      scrolls.set(entry.key, view.scrollY);
      const next = { at, depth: entry.depth + 1, key: newKey() };
      view.history.pushState(next, '');
      arrive(next, null);
    },
    back() {
      if (entry.depth > 0) return view.history.back();
      const next = { at: HOME, depth: 0, key: newKey() };
      view.history.replaceState(next, '');
      arrive(next, null);
    },
    listen(heard) {
      ears.add(heard);
      if (ears.size === 1) view.addEventListener('popstate', onPop);
      return () => {
        ears.delete(heard);
        if (ears.size === 0) view.removeEventListener('popstate', onPop);
      };
    },
  };
}

function newKey(): string {
  return crypto.randomUUID();
}

/** What the browser kept may be of an older page: it is read with care. */
function readEntry(state: unknown): Entry | null {
  if (typeof state !== 'object' || state === null) return null;
  const { at, depth, key } = state as Partial<Entry>;
  if (typeof at !== 'object' || at === null || typeof depth !== 'number' || typeof key !== 'string') return null;
  return at.screen === 'home' || SCREENS.some((name) => name === at.screen) ? { at, depth, key } : null;
}
