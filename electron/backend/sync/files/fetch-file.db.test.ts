import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeVault, sha256Of, type TestVault } from '../../vault/testing.ts';
import type { PortalClient } from '../types.ts';
import { fetchFile, partPath } from './fetch-file.ts';
import { createPace } from './pace.ts';
import type { FileTask } from './tasks.ts';

const BYTES = Buffer.from('%PDF-1.7 the whole of a paper');

let it: TestVault;
let folder: string;
beforeEach(() => {
  it = makeVault();
  folder = join(it.folder, 'portal-files');
});
afterEach(() => it.remove());

const task: FileTask = {
  ...{ sha256: sha256Of(BYTES), dealId: 'deal-a', way: 'down', state: 'running', bytes: BYTES.length, done: 0 },
  ...{ name: 'paper.pdf', uploadUrl: null, tries: 0, nextAt: '', problem: '' },
};

/** A portal that answers a request for a file as `answer` says. */
function clientThat(answer: (range: string | null) => Response): PortalClient {
  return {
    url: '',
    headers: () => ({}),
    ask: () => Promise.reject(new Error('nothing else is asked')),
    fetch: async (_path, init) => answer(new Headers(init?.headers).get('range')),
  };
}

function fetchWith(client: PortalClient, vault = it.vault, signal = new AbortController().signal) {
  const added: string[] = [];
  const outcome = fetchFile(task, {
    ...{ client, vault, signal, folder, pace: createPace(), onBytes: () => {} },
    onAdded: async ({ sha256 }) => void added.push(sha256),
  });
  return { outcome, added };
}

const whole = () => new Response(new Uint8Array(BYTES));

test('a file that is whole goes into the vault, and its half-way copy goes', async () => {
  const { outcome, added } = fetchWith(clientThat(whole));
  expect(await outcome).toEqual({ type: 'done' });
  expect(added).toEqual([task.sha256]);
  expect(await it.vault.has(task.sha256)).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test('an earlier try is gone on with, where the portal agrees that it is the same file', async () => {
  mkdirSync(folder);
  writeFileSync(partPath(folder, task.sha256), BYTES.subarray(0, 10));
  const ranges: (string | null)[] = [];
  const client = clientThat((range) => {
    ranges.push(range);
    return new Response(new Uint8Array(BYTES.subarray(10)), { status: 206 });
  });
  expect(await fetchWith(client).outcome).toEqual({ type: 'done' });
  expect(ranges).toEqual(['bytes=10-']);
  expect(await it.vault.has(task.sha256)).toBe(true);
});

test('an earlier try is begun anew where it does not', async () => {
  mkdirSync(folder);
  writeFileSync(partPath(folder, task.sha256), 'zzzzzzzzzz');
  expect(await fetchWith(clientThat(whole)).outcome).toEqual({ type: 'done' });
});

test('one that was whole before the program ended is only looked at', async () => {
  mkdirSync(folder);
  writeFileSync(partPath(folder, task.sha256), BYTES);
  const none = clientThat(() => {
    throw new Error('nothing is asked');
  });
  expect(await fetchWith(none).outcome).toEqual({ type: 'done' });
});

test.each([
  ['other bytes', Buffer.from('%PDF-1.7 the whole of b paper')],
  ['more bytes', Buffer.concat([BYTES, Buffer.from('!')])],
])('%s than the row says are not kept', async (_what, bytes) => {
  const { outcome, added } = fetchWith(clientThat(() => new Response(new Uint8Array(bytes))));
  expect((await outcome).type).toBe('refused');
  expect(added).toEqual([]);
  expect(await it.vault.has(sha256Of(bytes))).toBe(false);
});

test('fewer bytes, or a line that breaks, are gone on with later', async () => {
  const short = clientThat(() => new Response(new Uint8Array(BYTES.subarray(0, 5))));
  expect((await fetchWith(short).outcome).type).toBe('away');
  expect(existsSync(partPath(folder, task.sha256))).toBe(true);
  const broken = clientThat(() => {
    throw new TypeError('fetch failed');
  });
  expect((await fetchWith(broken).outcome).type).toBe('away');
});

test('a full disk is told, and nothing is lost by it', async () => {
  const sentence = 'The disk is full.';
  const full = { ...it.vault, add: async () => ({ ok: false, error: { type: 'NoSpace', sentence, code: 'ENOSPC' } }) };
  const { outcome } = fetchWith(clientThat(whole), full as unknown as typeof it.vault);
  expect(await outcome).toEqual({ type: 'away', sentence, waitMs: 60_000 });
  expect(await fetchWith(clientThat(whole)).outcome).toEqual({ type: 'done' });
});

test('stopped, it says so and keeps what it has', async () => {
  const ending = new AbortController();
  const client = clientThat(() => {
    ending.abort();
    throw ending.signal.reason;
  });
  expect(await fetchWith(client, it.vault, ending.signal).outcome).toEqual({ type: 'stopped' });
  expect(readdirSync(folder)).toEqual([]);
});
