import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodePath, root, run } from './lib/base.mjs';
import { ensureBrowser, findBrowser } from './lib/browser.mjs';
import { ensureElectron } from './lib/electron.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-setup-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the browser', () => {
  test('is the one that CHROMIUM_PATH names', () => {
    const path = join(folder, 'my-chromium');
    writeFileSync(path, '');
    expect(findBrowser({ CHROMIUM_PATH: path })).toBe(path);
  });

  test('is none when CHROMIUM_PATH names nothing, and a sentence says so', async () => {
    vi.stubEnv('CHROMIUM_PATH', join(folder, 'gone'));
    expect(findBrowser()).toBeNull();
    expect(await ensureBrowser()).toEqual({ why: expect.stringContaining('which is not there') });
  });
});

// Windows looks for programs in more places than PATH.
test.skipIf(process.platform === 'win32')('without npm, a sentence says that it is npm that is missing', async () => {
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  cpSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
  const env = { PATH: folder, npm_execpath: '' };
  const { code, output } = await run(process.execPath, [join(folder, 'scripts', 'setup.mjs'), 'start'], { env });
  expect(code).toBe(1);
  expect(output).toContain('npm is not here');
});

describe('Electron from ELECTRON_OVERRIDE_DIST_PATH', () => {
  // On macOS the executable lies deeper; the rule is the same.
  test.skipIf(process.platform === 'darwin')('is taken as it is', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), 0o755);
    expect(await ensureElectron()).toEqual({ path: join(folder, name) });
  });

  test('is refused when it is not there', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    expect(await ensureElectron()).toEqual({ why: expect.stringContaining('names a folder without') });
  });
});

describe('fetching Electron', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void;
  beforeEach(async () => {
    server = createServer((_, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const fetchElectron = (quietMs: number) => {
    const { port } = server.address() as AddressInfo;
    const env = { ELECTRON_MIRROR: `http://127.0.0.1:${port}/`, electron_config_cache: folder };
    return run(nodePath(), [join(root, 'scripts', 'lib', 'electron-download.mjs')], { env, quietMs });
  };

  test('a refusal is known at once, without the address', async () => {
    answer = (response) => response.writeHead(403).end();
    const { code, output } = await fetchElectron(10_000);
    expect(code).toBe(1);
    expect(output).toContain('why: Response code 403 (Forbidden)');
    expect(output).not.toContain('http://');
  });

  test('a server that says nothing is given up', async () => {
    const asked = vi.fn();
    answer = asked;
    expect(await fetchElectron(3_000)).toMatchObject({ ended: 'quiet' });
    expect(asked).toHaveBeenCalledOnce();
  });

  test('an archive that is not the published one is refused', async () => {
    answer = (response) => response.end(Buffer.alloc(3_000_000));
    const { code, output } = await fetchElectron(10_000);
    expect(code).toBe(1);
    expect(output).toMatch(/MB\n/);
    expect(output).toMatch(/why: .*(checksum|sha|hash)/i);
  });
});
