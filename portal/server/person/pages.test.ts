import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { addPages } from './pages.ts';
import { CONFIG } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'closeboard-pages-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Your closing</title>');
writeFileSync(join(folder, 'assets', 'index-DPILGrZ-.js'), 'export {}');
writeFileSync(join(folder, 'icon.svg'), '<svg/>');
writeFileSync(join(folder, 'notes.txt'), 'not a page');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const served = async (
  webFolder: string | null,
  url: string,
  publicUrl = CONFIG.publicUrl,
  headers: Readonly<Record<string, string>> = {},
) => {
  const app = fastify();
  addPages(app, { ...CONFIG, publicUrl }, webFolder);
  const reply = await app.inject({ method: 'GET', url, headers });
  await app.close();
  return reply;
};

test('the page allows nothing inline, loads from its own address, and is never kept; hashed files are for good', async () => {
  const page = await served(folder, '/');
  expect(page.statusCode).toBe(200);
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
  });
  const policy = String(page.headers['content-security-policy']);
  expect(policy).not.toMatch(/unsafe|data:|\*/);
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
    expect(policy.split('; ')).toContain(part);
  expect(policy.split('; ')).toContain("form-action 'self' https://files.office.example");
  expect((await served(folder, '/assets/index-DPILGrZ-.js')).headers['cache-control']).toContain('immutable');
  expect((await served(folder, '/icon.svg')).headers['cache-control']).toBe('no-store');
  expect((await served(folder, '/', 'http://portal.localhost:4711')).headers).not.toHaveProperty(
    'strict-transport-security',
  );
});

test('somebody who has no deal yet has a page of their own', async () => {
  writeFileSync(join(folder, 'begin.html'), '<!doctype html><title>Before we begin</title>');
  const page = await served(folder, '/begin');
  expect(page.payload).toContain('Before we begin');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.headers['content-security-policy']).toBe((await served(folder, '/')).headers['content-security-policy']);
  expect((await served(folder, '/begin.html')).statusCode).toBe(404);
  expect((await served(null, '/begin')).statusCode).toBe(503);
});

test('what gets smaller is packed for whoever can unpack it, and nothing else is', async () => {
  const script = `export const words = '${'word '.repeat(1_000)}';`;
  writeFileSync(join(folder, 'assets', 'long-DPILGrZ0.js'), script);
  const asked = (url: string, accepts: string) => served(folder, url, CONFIG.publicUrl, { 'accept-encoding': accepts });
  const packed = await asked('/assets/long-DPILGrZ0.js', 'br, gzip');
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  expect(packed.rawPayload.length).toBeLessThan(script.length / 10);
  expect(gunzipSync(packed.rawPayload).toString()).toBe(script);
  const plain = await asked('/assets/long-DPILGrZ0.js', 'identity');
  expect([plain.payload, plain.headers['content-encoding'], plain.headers.vary]).toEqual([
    ...[script, undefined, 'accept-encoding'],
  ]);
  expect((await asked('/icon.svg', 'gzip')).headers).not.toHaveProperty('content-encoding');
});

test('what is no page is not there, whatever the path says', async () => {
  for (const url of ['/notes.txt', '/assets/', '/../pages.ts', '/%2e%2e/pages.ts', '/assets/..%2findex.html', '/open'])
    expect((await served(folder, url)).statusCode).toBe(404);
});

test('without the pages there is a sentence in their place', async () => {
  const reply = await served(null, '/');
  expect(reply.statusCode).toBe(503);
  expect(reply.payload).toMatch(/were not installed/);
});
