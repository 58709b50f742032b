/** How a page is served, the same from both hosts. */

/** Scripts, styles and fonts come from our own files; nothing is inline, nothing is framed, nothing is sent elsewhere. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

export const PAGE_HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

export interface PageFile {
  /** Below the renderer's folder, with forward slashes. */
  readonly path: string;
  readonly type: string;
}

/**
 * The file that an address names, or null. Names are letters, digits, `-`, `_`, `.` and do not start with a dot, so no
 * address can leave the folder on any system (no `..`, no drive, no backslash, no stream, no percent sign).
 * An address without an extension is a place in the app, and gets the page.
 */
export function pageFile(pathname: string): PageFile | null {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (!segments.every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))) return null;
  const last = segments.at(-1) ?? '';
  if (!last.includes('.')) return { path: 'index.html', type: TYPES.html as string };
  const type = TYPES[last.slice(last.lastIndexOf('.') + 1)];
  return type === undefined ? null : { path: segments.join('/'), type };
}
