import { filesNamedIn, kindOf, PAGE } from './kept.ts';

/*
 * Lets the page open without a signal, to say so in its own words. It keeps the page and the files that it is made of and
 * never an answer of the portal: what is asked of /api, and every document, goes past it.
 */

/** As much of a service worker as is used here; the types of a page and of a worker do not go together. */
interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: 'install' | 'activate',
    heard: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    heard: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
}

const scope = globalThis as unknown as WorkerScope;
const CACHE = 'page';

scope.addEventListener('install', (event) => event.waitUntil(keepPage().then(() => scope.skipWaiting())));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  const kind = kindOf(event.request, scope.location.origin);
  if (kind === 'page') event.respondWith(page(event.request));
  if (kind === 'file') event.respondWith(file(event.request));
});

async function keepPage(): Promise<void> {
  const fresh = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
  if (fresh.ok) await keep(fresh);
}

/** Keeps this page and its files, and lets go of those of the page before it. */
async function keep(fresh: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  const html = await fresh.clone().text();
  const before = await cache.match(PAGE);
  if (before !== undefined && (await before.text()) === html) return;
  const files = filesNamedIn(html);
  await cache.addAll(files);
  await cache.put(PAGE, fresh);
  const named = new Set([PAGE, ...files]);
  for (const { url } of await cache.keys()) if (!named.has(new URL(url).pathname)) await cache.delete(url);
}

/** The newest there is; without a signal the one that is kept. */
async function page(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request);
    // What goes wrong in keeping it takes nothing from whoever waits for the page.
    if (fresh.ok) keep(fresh.clone()).catch(() => {});
    return fresh;
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(PAGE);
    if (kept !== undefined) return kept;
    throw error;
  }
}

async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}
