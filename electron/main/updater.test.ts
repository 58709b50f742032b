import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { UpdateState } from '../contract/updates.ts';
import { type Answer, createEngine, installer, sha512, startFeed, whole, yml } from './local-feed.fixture.ts';
import { createUpdater, type UpdateEngine, type Updater, type UpdaterDeps } from './updater.ts';

let folder: string;
let feed: Awaited<ReturnType<typeof startFeed>>;
let answers: Record<string, Answer>;
let updater: Updater | null;
let states: UpdateState[];
let engine: ReturnType<typeof createEngine>;
const quitAndInstall = vi.fn();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-updater-'));
  vi.stubEnv('APPIMAGE', join(folder, 'Closeboard.AppImage'));
  feed = await startFeed();
  answers = feed.answers;
  states = [];
  updater = null;
  quitAndInstall.mockReset();
});

afterEach(async () => {
  updater?.close();
  await feed.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function open(deps: Partial<UpdaterDeps> = {}, isPackaged = true): Updater {
  engine = createEngine(folder, isPackaged, quitAndInstall);
  const autoUpdater: UpdateEngine = engine;
  const onState = (state: UpdateState) => states.push(state);
  updater = createUpdater({ autoUpdater, feedUrl: feed.url, isBusy: () => false, onState, ...deps });
  return updater;
}

const pending = () => {
  const dir = join(folder, 'cache', 'pending');
  return existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.AppImage')) : [];
};

describe('looking for an update', () => {
  test('finds a newer version with its notes and downloads nothing', async () => {
    expect(await open().check()).toEqual({
      kind: 'available',
      version: '2.0.0',
      notes: 'Faster board',
      sentence: 'Closeboard 2.0.0 is available.',
    });
    expect(states.map(({ kind }) => kind)).toEqual(['checking', 'available']);
    expect(pending()).toEqual([]);
  });

  test.each(['1.0.0', '0.9.0'])('version %s is nothing newer', async (version) => {
    answers['/latest-linux.yml'] = yml(version, sha512);
    expect(await open().check()).toEqual({ kind: 'none', sentence: 'This is the newest version.' });
  });

  test('notes come as text', async () => {
    answers['/latest-linux.yml'] = yml('2.0.0', sha512, '<h1>New</h1><script>alert(1)</script>');
    expect(await open().check()).toMatchObject({ notes: 'Newalert(1)' });
  });

  test.each([
    ['a page that is no feed', (response: Parameters<Answer>[0]) => response.end('<html>{{{'), 'cannot read'],
    [
      'an error of the server',
      (response: Parameters<Answer>[0]) => response.writeHead(503).end(),
      'could not be reached',
    ],
    [
      'no feed for this system',
      (response: Parameters<Answer>[0]) => response.writeHead(404).end(),
      'no file for this system',
    ],
  ])('%s is said', async (_, answer, words) => {
    answers['/latest-linux.yml'] = answer;
    expect(await open().check()).toEqual({ kind: 'failed', sentence: expect.stringContaining(words) });
  });

  test('a feed without a hash is refused', async () => {
    answers['/latest-linux.yml'] = (response) =>
      response.end('version: 2.0.0\nfiles:\n  - url: Closeboard.AppImage\npath: Closeboard.AppImage\n');
    const opened = open();
    await opened.check();
    expect(await opened.download()).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('cannot read') });
  });

  test('a server that says nothing is given up', async () => {
    answers['/latest-linux.yml'] = () => {};
    expect(await open({ patienceMs: 100 }).check()).toMatchObject({
      kind: 'failed',
      sentence: expect.stringContaining('could not be reached'),
    });
  });

  test('after a failure the next look can succeed', async () => {
    const answer = answers['/latest-linux.yml'];
    answers['/latest-linux.yml'] = (response) => response.writeHead(503).end();
    const opened = open();
    expect(await opened.check()).toMatchObject({ kind: 'failed' });
    if (answer) answers['/latest-linux.yml'] = answer;
    expect(await opened.check()).toMatchObject({ kind: 'available' });
  });
});

describe('downloading', () => {
  test('fetches the file, tells how far it is, and waits for the person', async () => {
    const opened = open();
    await opened.check();
    expect(await opened.download()).toMatchObject({ kind: 'ready', version: '2.0.0', notes: 'Faster board' });
    expect(pending()).toEqual(['Closeboard.AppImage']);
    expect(readFileSync(join(folder, 'cache', 'pending', 'Closeboard.AppImage')).equals(installer)).toBe(true);
    expect(states.map(({ kind }) => kind)).toContain('downloading');
    expect(engine.autoInstallOnAppQuit).toBe(false);
    expect(quitAndInstall).not.toHaveBeenCalled();
  });

  test('a wrong file is refused and thrown away', async () => {
    answers['/Closeboard.AppImage'] = (response) => response.end(randomBytes(installer.length));
    const opened = open();
    await opened.check();
    expect(await opened.download()).toEqual({
      kind: 'failed',
      sentence: expect.stringContaining('not the one that was published'),
    });
    expect(pending()).toEqual([]);
    await opened.restart();
    expect(quitAndInstall).not.toHaveBeenCalled();
  });

  test('half a file that claims to be whole is refused and thrown away', async () => {
    answers['/Closeboard.AppImage'] = (response) => response.end(installer.subarray(0, installer.length / 2));
    const opened = open();
    await opened.check();
    expect(await opened.download()).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('thrown away') });
    expect(pending()).toEqual([]);
  });

  test('a connection that is cut is said, and the next try works', async () => {
    answers['/Closeboard.AppImage'] = (response) => {
      response.writeHead(200, { 'content-length': installer.length });
      response.write(installer.subarray(0, 500_000), () => response.destroy());
    };
    const opened = open();
    await opened.check();
    expect(await opened.download()).toEqual({ kind: 'failed', sentence: expect.stringContaining('broke off') });
    expect(pending()).toEqual([]);
    answers['/Closeboard.AppImage'] = whole;
    await opened.check();
    expect(await opened.download()).toMatchObject({ kind: 'ready' });
  });

  test('a connection that falls silent is given up, and the next try works', async () => {
    answers['/Closeboard.AppImage'] = (response) => {
      response.writeHead(200, { 'content-length': installer.length }).write(installer.subarray(0, 500_000));
    };
    const opened = open({ patienceMs: 300 });
    await opened.check();
    expect(await opened.download()).toEqual({ kind: 'failed', sentence: expect.stringContaining('broke off') });
    answers['/Closeboard.AppImage'] = whole;
    await opened.check();
    expect(await opened.download()).toMatchObject({ kind: 'ready' });
  });

  test('nothing is downloaded that was not found', async () => {
    expect(await open().download()).toEqual({ kind: 'idle' });
  });
});

describe('restarting', () => {
  test('happens when the person says so', async () => {
    const opened = open();
    await opened.check();
    await opened.download();
    expect(await opened.restart()).toMatchObject({ kind: 'ready', sentence: 'Restarting into Closeboard 2.0.0.' });
    expect(quitAndInstall).toHaveBeenCalledExactlyOnceWith(false, true);
  });

  test('does not happen while a job runs, and does when it is done', async () => {
    let busy = true;
    const opened = open({ isBusy: () => Promise.resolve(busy) });
    await opened.check();
    await opened.download();
    expect(await opened.restart()).toMatchObject({ kind: 'ready', sentence: expect.stringContaining('still running') });
    expect(quitAndInstall).not.toHaveBeenCalled();
    busy = false;
    await opened.restart();
    expect(quitAndInstall).toHaveBeenCalledOnce();
  });

  test('an installer that will not start leaves this version and says so', async () => {
    quitAndInstall.mockImplementation(() => engine.emit('error', new Error('EACCES')));
    const opened = open();
    await opened.check();
    await opened.download();
    await opened.restart();
    expect(opened.state()).toMatchObject({
      kind: 'ready',
      sentence: expect.stringContaining('could not be installed'),
    });
  });

  test('does not happen before anything is ready', async () => {
    expect(await open().restart()).toEqual({ kind: 'idle' });
    expect(quitAndInstall).not.toHaveBeenCalled();
  });
});

describe('updates are off', () => {
  test('without an address', async () => {
    expect(await open({ feedUrl: null }).check()).toEqual({
      kind: 'off',
      sentence: expect.stringContaining('No update address'),
    });
    expect(states).toEqual([]);
  });

  test('with an address that others could change on the way', async () => {
    expect(await open({ feedUrl: 'http://updates.test/' }).check()).toEqual({
      kind: 'off',
      sentence: expect.stringContaining('https'),
    });
  });

  test('in a copy that was not installed', async () => {
    vi.stubEnv('APPIMAGE', undefined);
    expect(await open({}, false).check()).toEqual({
      kind: 'off',
      sentence: expect.stringContaining('not installed by an installer'),
    });
  });
});

test('a closed updater tells nobody', async () => {
  const opened = open();
  const checking = opened.check();
  opened.close();
  await checking;
  expect(states.map(({ kind }) => kind)).toEqual(['checking']);
});
