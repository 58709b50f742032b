import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPortalFork } from './portal-process.ts';

/** Says how it was started, answers what it is told, and goes when its host says so. */
const PROGRAM = `
process.on('message', (message) => {
  if (message.kind === 'close') process.exit(0);
  process.send({ heard: message });
});
process.send({ args: process.argv.slice(2) });
`;

const PATIENCE = { timeout: 30_000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-portal-fork-'));
  // The compiled code is kept beside the folder of the program.
  mkdirSync(join(folder, 'main'));
  writeFileSync(join(folder, 'main', 'portal.mjs'), PROGRAM);
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

function start(file: string) {
  const heard: unknown[] = [];
  const codes: (number | null)[] = [];
  const fork = createPortalFork({
    portal: join(folder, 'main', file),
    storeMigrations: '/m',
    web: '/w',
    data: join(folder, 'portal'),
  });
  const portal = fork({ heard: (message) => heard.push(message), ended: (code) => codes.push(code) });
  return { portal, heard, codes };
}

test('is started with its folder and its files, and hears and says what it should', async () => {
  const { portal, heard, codes } = start('portal.mjs');
  const args = ['--data', join(folder, 'portal'), '--port', '0', '--migrations', '/m', '--web', '/w'];
  await vi.waitFor(() => expect(heard).toEqual([{ args }]), PATIENCE);
  portal.post({ kind: 'local-code' });
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ heard: { kind: 'local-code' } }), PATIENCE);
  portal.post({ kind: 'close' });
  await vi.waitFor(() => expect(codes).toEqual([0]), PATIENCE);
  // Nobody is there any more; that is told by its end and by nothing else.
  portal.post({ kind: 'local-code' });
  portal.kill();
  expect(codes).toEqual([0]);
});

test('that is killed tells so as shells do', async () => {
  const { portal, heard, codes } = start('portal.mjs');
  await vi.waitFor(() => expect(heard).toHaveLength(1), PATIENCE);
  portal.kill();
  await vi.waitFor(() => expect(codes).toEqual([137]), PATIENCE);
});

test('that is not there ends with a code', async () => {
  const { codes } = start('nowhere.mjs');
  await vi.waitFor(() => expect(codes).toEqual([1]), PATIENCE);
});
