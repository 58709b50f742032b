/** How a page is served, the same from both hosts. */

/** Scripts, styles and fonts come from our own files; nothing is inline, only the viewer is framed, nothing is sent elsewhere. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
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

/** The page in which files from outside are drawn: one file, which asks for nothing more. */
export const VIEWER_PAGE = 'viewer.html';

/**
 * How the viewer is served. It is of no origin, wherever it is opened (`sandbox`); it runs what stands in its own file
 * (by hash) and the worker that it starts from a blob; it reaches nothing, and only our own page may frame it.
 * `wasm-unsafe-eval` lets the decoders of scans (JBIG2, JPEG 2000) be compiled, and no JavaScript.
 */
export function viewerHeaders(html: string, sha256: (text: string) => string): Readonly<Record<string, string>> {
  const hashes = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(
      ([, text]) => `'sha256-${sha256(text ?? '')}'`,
    );
  const policy = [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src ${[...hashes('script'), "'wasm-unsafe-eval'"].join(' ')}`,
    'worker-src blob:',
    `style-src ${hashes('style').join(' ') || "'none'"}`,
    'img-src blob:',
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { ...PAGE_HEADERS, 'content-security-policy': policy, 'x-dns-prefetch-control': 'off' };
}

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
  // What the viewer draws with, handed to it by the page.
  bcmap: 'application/octet-stream',
  pfb: 'application/octet-stream',
  ttf: 'application/octet-stream',
  wasm: 'application/wasm',
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
