import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_HEADERS, pageFile } from '../contract/page.ts';
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
      return serve(await readFile(join(rendererFolder, file.path)), file.type);
    } catch {
      return refuse(404); // not there, or a folder: the page gets no more to know
    }
  };
}

function serve(body: string | Buffer<ArrayBuffer>, type: string): Response {
  return new Response(body, { headers: { ...PAGE_HEADERS, 'content-type': type } });
}

function refuse(status: number): Response {
  return new Response('', { status, headers: PAGE_HEADERS });
}
