/** What the worker may keep on a device: the page itself and files whose names carry a hash. Nothing of anybody's deal. */

/** Where the page is kept. */
export const PAGE = '/';

const HASHED = /^\/assets\/[^/]+-[A-Za-z0-9_-]{8,}\.(?:js|css)$/;

/** What a request is to the worker: the page, a file that never changes, or nothing of its business. */
export function kindOf(
  request: {
    readonly method: string;
    readonly mode: string;
    readonly url: string;
  },
  origin: string,
): 'page' | 'file' | 'other' {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return 'other';
  if (request.mode === 'navigate') return url.pathname === PAGE && url.search === '' ? 'page' : 'other';
  return HASHED.test(url.pathname) && url.search === '' ? 'file' : 'other';
}

/** The files that a page names, as paths. */
export function filesNamedIn(html: string): readonly string[] {
  return [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].flatMap(([, path]) =>
    path !== undefined && HASHED.test(path) ? [path] : [],
  );
}
