import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { z } from 'zod';
import { PAGE_HEADERS, pageFile, VIEWER_PAGE, viewerHeaders } from '../contract/page.ts';

const MAX_BODY = 1_000_000;

export type Body<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly status: 400 | 413 };

export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<Body<T>> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) return { ok: false, status: 413 };
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY) return { ok: false, status: 413 };
    parts.push(part);
  }
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8')));
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, status: 400 };
  } catch {
    return { ok: false, status: 400 }; // not JSON
  }
}

export async function sendFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  const file = pageFile(path);
  if (file === null) return refuse(response, 404);
  try {
    const body = await readFile(join(folder, file.path));
    const headers = file.path === VIEWER_PAGE ? viewerHeaders(body.toString('utf8'), hash) : PAGE_HEADERS;
    response.writeHead(200, { ...headers, ...KEEP[keepOf(file.path)], ...lengthAndType(body, file.type) });
    response.end(body);
  } catch {
    refuse(response, 404); // not there, or a folder: the page gets no more to know
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

export function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** Assets carry the hash of their content in their name, so the browser may keep them, and their compiled code with them. */
const KEEP = {
  always: { 'cache-control': 'private, max-age=31536000, immutable' },
  never: {},
} as const;

function keepOf(path: string): keyof typeof KEEP {
  return /^assets\/[\w.-]+-[\w-]{8}\.(?:js|css|svg)$/.test(path) ? 'always' : 'never';
}

function lengthAndType(body: string | Buffer, type: string) {
  return { 'content-type': type, 'content-length': Buffer.byteLength(body) };
}

/** Part of a file of `size` bytes. Never shown by the browser itself: no type, nothing guessed, nothing kept. */
export function sendBytes(response: ServerResponse, bytes: Uint8Array, size: number): void {
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'application/octet-stream',
    'content-length': bytes.byteLength,
    'content-disposition': 'attachment',
    'x-file-size': size,
  });
  response.end(bytes);
}

export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...PAGE_HEADERS, ...lengthAndType(body, type) });
  response.end(body);
}

export function refuse(response: ServerResponse, status: number): void {
  // What is left of a body that was too long is not read.
  response.writeHead(status, { ...PAGE_HEADERS, connection: 'close' });
  response.end();
}
