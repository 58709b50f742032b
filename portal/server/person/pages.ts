import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PortalConfig } from '../config.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Names that carry a hash of what is in the file never mean another content. */
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/** What the page of a person may do: load and ask from its own address, and fetch papers from that of files, or send a form there. */
function pageHeaders({ publicUrl, filesUrl }: PortalConfig): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${new URL(filesUrl).origin}`,
    "manifest-src 'self'",
    `form-action 'self' ${new URL(filesUrl).origin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Where a page begins, and the file that it is: a deal's, and the one for somebody who has no deal yet. */
const ENTRIES: ReadonlyMap<string, string> = new Map([
  ['/', '/index.html'],
  ['/begin', '/begin.html'],
]);

function isEntry(path: string): boolean {
  return [...ENTRIES.values()].includes(path);
}

interface Page {
  readonly body: Buffer;
  readonly type: string;
  readonly isHashed: boolean;
  /** Null for what does not get smaller. Made when it is first asked for. */
  readonly zipped: (() => Promise<Buffer>) | null;
}

const zip = promisify(gzip);
/** Pictures and fonts are packed already. */
const PACKS = /^text\/|svg|json/;
/** Shorter than this, the answer fits in one packet either way. */
const WORTH_ZIPPING = 1_000;

function zippedOnce(body: Buffer, type: string): Page['zipped'] {
  if (!PACKS.test(type) || body.length < WORTH_ZIPPING) return null;
  let made: Promise<Buffer> | null = null;
  return () => {
    made ??= zip(body, { level: 9 });
    return made;
  };
}

/**
 * The built pages of people, read once: what is not among them is not there, and no path from outside reaches the file
 * system. Without a folder there is a sentence in their place.
 */
export function addPages(app: FastifyInstance, config: PortalConfig, webFolder: string | null): void {
  const pages = webFolder === null ? new Map<string, Page>() : readPages(webFolder);
  const headers = pageHeaders(config);
  const send = async (request: FastifyRequest, reply: FastifyReply, page: Page) => {
    reply
      .headers(headers)
      .header('cache-control', page.isHashed ? 'public, max-age=31536000, immutable' : 'no-store')
      .type(page.type);
    if (page.zipped === null) return reply.send(page.body);
    reply.header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(page.body);
    return reply.header('content-encoding', 'gzip').send(await page.zipped());
  };
  const sendNone = (reply: FastifyReply) =>
    reply
      .code(503)
      .headers(headers)
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send('The pages of this portal were not installed. Whoever runs it can put that right.');
  for (const [path, file] of ENTRIES)
    app.get(path, async (request, reply) => {
      const page = pages.get(file);
      return page === undefined ? sendNone(reply) : send(request, reply, page);
    });
  for (const [path, page] of pages)
    if (!isEntry(path)) app.get(path, async (request, reply) => send(request, reply, page));
}

function readPages(folder: string): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.replace(/[\\/]+$/, '').length).replaceAll('\\', '/');
    const body = readFileSync(file);
    pages.set(path, { body, type, isHashed: HASHED.test(entry.name), zipped: zippedOnce(body, type) });
  }
  return pages;
}
