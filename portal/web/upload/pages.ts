/** What somebody is about to send: pages that become one PDF, or one file as it is. Pure: nothing here knows a browser. */

/** As the contract has them (portal/api/person-calls.ts, which a browser does not load); a test holds them together. */
export const UPLOADS_PATH = '/api/person/uploads';
export const CHUNK_BYTES = 256 * 1024;
export const MOST_PAGES = 60;

export type PageState = 'waiting' | 'sending' | 'sent' | 'refused';

export interface PageRow {
  readonly id: string;
  /** As the device calls the file. */
  readonly name: string;
  /** `photo`: a page of a PDF. `file`: goes as it is, alone. */
  readonly kind: 'photo' | 'file';
  readonly bytes: number;
  readonly isDark: boolean;
  readonly state: PageState;
  /** Bytes that have gone up, as far as is known here. */
  readonly gone: number;
  /** Where the portal takes it; null before it was announced. */
  readonly url: string | null;
  /** Why it is not taken; empty otherwise. */
  readonly problem: string;
}

export interface Sending {
  /** Of the person and the paper; one of each at a time. */
  readonly key: string;
  readonly scope: string;
  /** The paper that is asked for; for something else the id of the line that it opens. */
  readonly lineId: string;
  readonly isElse: boolean;
  /** What it is, in the words of the page or, for something else, of the sender. */
  readonly title: string;
  readonly sendingId: string;
  /** Of the act that files it: kept, so that an act whose answer was lost is not done twice. */
  readonly actId: string;
  readonly pages: readonly PageRow[];
  /** It is to be filed as soon as all of it is there. */
  readonly isToSend: boolean;
}

export interface Progress {
  readonly pages: number;
  readonly sent: number;
  /** The first page, from 1, that is under way or waits, with how much of it has gone, in percent; null when none is. */
  readonly current: { readonly number: number; readonly percent: number } | null;
  readonly refused: number;
}

export function progressOf({ pages }: Pick<Sending, 'pages'>): Progress {
  const at = pages.findIndex(({ state }) => state === 'waiting' || state === 'sending');
  const page = pages[at];
  return {
    pages: pages.length,
    sent: pages.filter(({ state }) => state === 'sent').length,
    current: page === undefined ? null : { number: at + 1, percent: percentOf(page) },
    refused: pages.filter(({ state }) => state === 'refused').length,
  };
}

export function percentOf({ gone, bytes, state }: PageRow): number {
  if (state === 'sent') return 100;
  // All of it has gone, and the portal has not said so yet.
  return bytes === 0 ? 0 : Math.min(99, Math.floor((100 * gone) / bytes));
}

/** What goes up next: those that were begun first, since that is least lost. */
export function nextPage({ pages }: Pick<Sending, 'pages'>): PageRow | null {
  const waiting = pages.filter(({ state }) => state === 'waiting');
  return waiting.find(({ gone }) => gone > 0) ?? waiting[0] ?? null;
}

export function isWhole({ pages }: Pick<Sending, 'pages'>): boolean {
  return pages.length > 0 && pages.every(({ state }) => state === 'sent');
}

export function withPage(sending: Sending, id: string, set: Partial<PageRow>): Sending {
  return { ...sending, pages: sending.pages.map((page) => (page.id === id ? { ...page, ...set } : page)) };
}

export function withoutPage(sending: Sending, id: string): Sending {
  const pages = sending.pages.filter((page) => page.id !== id);
  return { ...sending, pages, isToSend: sending.isToSend && pages.length > 0 };
}

/** Another photo in the place of one. */
export function withReplaced(sending: Sending, id: string, by: PageRow): Sending {
  return { ...sending, pages: sending.pages.map((page) => (page.id === id ? by : page)) };
}

/** One place earlier (-1) or later (1); at an end it stays. */
export function withMoved(sending: Sending, id: string, step: -1 | 1): Sending {
  const from = sending.pages.findIndex((page) => page.id === id);
  const to = from + step;
  const page = sending.pages[from];
  const other = sending.pages[to];
  if (page === undefined || other === undefined) return sending;
  const pages = [...sending.pages];
  pages[from] = other;
  pages[to] = page;
  return { ...sending, pages };
}

/** The first page, from 1, that is too dark to read; null for none. */
export function darkPage({ pages }: Pick<Sending, 'pages'>): number | null {
  const at = pages.findIndex(({ isDark }) => isDark);
  return at === -1 ? null : at + 1;
}

/** After the page was closed: nothing is under way, and what was begun goes on. */
export function asReopened(sending: Sending): Sending {
  const pages = sending.pages.map((page) => (page.state === 'sending' ? { ...page, state: 'waiting' as const } : page));
  return { ...sending, pages };
}
