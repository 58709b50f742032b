import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_HEADERS, pageFile, VIEWER_PAGE, viewerHeaders } from '../contract/page.ts';
import { isOwnPage } from './page-address.ts';

/** In Electron the preload brings `window.closeboard`; the page's `host.js`, which the other host fills, is empty. */
const HOST_SCRIPT = '/host.js';

/** Answers `app://closeboard/...` from the renderer's folder. Nothing outside that folder can be named. */
export function createPageHandler(rendererFolder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' || !isOwnPage(request.url)) return refuse(405);
    const { pathname } = new URL(request.url);
    if (pathname === HOST_SCRIPT) return serve('', 'text/javascript; charset=utf-8');
    const file = pageFile(pathname);
    if (file === null) return refuse(404);
    try {
      const body = await readFile(join(rendererFolder, file.path));
      return file.path === VIEWER_PAGE
        ? serve(body, file.type, viewerHeaders(body.toString('utf8'), hash))
        : serve(body, file.type);
    } catch {
      return refuse(404); // not there, or a folder: the page gets no more to know
    }
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function serve(
  body: string | Buffer<ArrayBuffer>,
  type: string,
  headers: Readonly<Record<string, string>> = PAGE_HEADERS,
): Response {
  return new Response(body, { headers: { ...headers, 'content-type': type } });
}

function refuse(status: number): Response {
  return new Response('', { status, headers: PAGE_HEADERS });
}
