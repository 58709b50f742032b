import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostEvent } from '../contract/events.ts';
import { ReadFileInput } from '../contract/files.ts';
import type { HostApi } from '../contract/host-api.ts';
import { createLog } from '../contract/log.ts';
import { pageFiles } from './page-files.ts';
import { hostPage, type PageWindow, pageScript } from './page-script.ts';
import { type HostServer, startServer } from './server.ts';
import { createUploads } from './uploads.ts';

let server: HostServer;
let folder: string;
let pages: number;
/** The file behind `files:read`, which answers four bytes at most. */
let bytes = new Uint8Array();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-page-'));
  pages = 0;
  server = await startServer({
    renderer: folder,
    answer: async (name, input) => {
      if (name !== 'files:read') return { ok: true, value: name };
      const parsed = ReadFileInput.safeParse(input);
      if (!parsed.success) return { ok: false, error: { type: 'bad-call', message: 'not a file' } };
      const to = Math.min(parsed.data.to, parsed.data.from + 4);
      return { ok: true, value: { bytes: bytes.slice(parsed.data.from, to), size: bytes.length } };
    },
    uploads: createUploads(join(folder, 'incoming'), Date.now),
    log: createLog({ append: () => {} }, () => ''),
    now: () => 0,
    onAdmitted: () => {},
    wantedPort: 0,
    onPages: (count) => {
      pages = count;
    },
  });
});
afterEach(async () => {
  for (const page of opened) page.leave();
  opened.length = 0;
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface FakePage extends PageWindow {
  readonly api: HostApi;
  /** What is left of the window after a reload: its name. */
  leave(): void;
}

const opened: FakePage[] = [];
/** What was handed to the browser's downloads. */
const saved: Blob[] = [];
const link = { href: '', download: '', click: vi.fn() };

/** A window as host.js sees it, over a real server. Leaving it cuts what it had open, as a browser does. */
function openPage(
  address: string,
  name = '',
  signalOf: (path: string) => AbortSignal | undefined = () => undefined,
): FakePage {
  const url = new URL(address);
  const left = new AbortController();
  const page: PageWindow & { leave(): void } = {
    name,
    location: { hash: url.hash, pathname: url.pathname },
    history: { state: null, replaceState: vi.fn() },
    fetch: (path, init) =>
      fetch(new URL(path, url), {
        ...init,
        signal: signalOf(path) ?? left.signal,
        headers: { ...init.headers, origin: url.origin },
      }),
    setTimeout: (then, ms) => setTimeout(then, Math.min(ms, 5)).unref(),
    document: { createElement: () => link },
    URL: {
      createObjectURL: (copy) => {
        saved.push(copy);
        return 'blob:copy';
      },
      revokeObjectURL: () => {},
    },
    leave: () => left.abort(),
  };
  hostPage(page, pageFiles);
  const fake = Object.assign(page, { api: page.closeboard as HostApi });
  opened.push(fake);
  return fake;
}

describe('host.js', () => {
  test('takes the token out of the address at once, and answers calls', async () => {
    const page = openPage(server.invite());
    expect(page.history.replaceState).toHaveBeenCalledWith(null, '', '/');
    expect(await page.api.call('today:list', {})).toEqual({ ok: true, value: 'today:list' });
  });

  test('goes on after a reload, again and again', async () => {
    let page = openPage(server.invite());
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await page.api.call('today:list', {})).toMatchObject({ ok: true });
      page.leave();
      page = openPage(`http://127.0.0.1:${server.port}/`, page.name);
    }
    expect(await page.api.call('today:list', {})).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(pages).toBe(1));
  });

  test('in a window that was not invited says what to do', async () => {
    for (const name of ['', 'closeboard:', 'closeboard:made-up', 'other']) {
      const page = openPage(`http://127.0.0.1:${server.port}/`, name);
      expect(await page.api.call('today:list', {})).toMatchObject({ ok: false, error: { type: 'not-trusted' } });
    }
  });

  test('tells events to whoever listens, until they stop', async () => {
    const page = openPage(server.invite());
    const heard: HostEvent[] = [];
    const stop = page.api.listen((event) => heard.push(event));
    await vi.waitFor(() => expect(pages).toBe(1));
    server.emit({ type: 'deals:changed', dealIds: ['å'] });
    server.emit({ type: 'workspace:changed' });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([{ type: 'deals:changed', dealIds: ['å'] }, { type: 'workspace:changed' }]);
    stop();
    server.emit({ type: 'workspace:changed' });
    await page.api.call('today:list', {});
    expect(heard).toHaveLength(2);
  });

  test('says so when Closeboard has ended', async () => {
    const page = openPage(server.invite());
    const heard: HostEvent[] = [];
    page.api.listen((event) => heard.push(event));
    await vi.waitFor(() => expect(pages).toBe(1));
    await server.close();
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ type: 'backend:state', state: 'gone' }));
    expect(await page.api.call('today:list', {})).toMatchObject({ ok: false, error: { type: 'backend-gone' } });
  });

  test('asks again when its connection was cut, and has the page read again', async () => {
    let cut = () => {};
    const address = server.invite();
    const left = new AbortController();
    const page = openPage(address, '', (path) => {
      if (path !== '/events') return undefined;
      const one = new AbortController();
      cut = () => one.abort();
      return AbortSignal.any([one.signal, left.signal]);
    });
    const heard: HostEvent[] = [];
    page.api.listen((event) => heard.push(event));
    await vi.waitFor(() => expect(pages).toBe(1));
    cut();
    await vi.waitFor(() => expect(heard).toMatchObject([{ type: 'backend:state', state: 'ready' }]));
    server.emit({ type: 'workspace:changed' });
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ type: 'workspace:changed' }));
    left.abort();
  });

  test('is complete in itself: its text runs with nothing but a window', () => {
    const window = {
      name: '',
      location: { hash: '', pathname: '/' },
      history: {},
      fetch: () => {},
      setTimeout: () => {},
    };
    runInNewContext(pageScript(), { window });
    expect(Object.keys((window as { closeboard?: object }).closeboard ?? {}).sort()).toEqual([
      'call',
      'dropFiles',
      'listen',
      'readFile',
      'saveFile',
      'startDrag',
    ]);
  });
});

describe('files', () => {
  const sha256 = 'a'.repeat(64);

  test('are read piece by piece, as bytes', async () => {
    bytes = Uint8Array.from([1, 2, 3, 255]);
    const { api } = openPage(server.invite());
    const read = await api.readFile({ kind: 'blob', sha256 }, { from: 1, to: 3 });
    expect(read).toEqual({ ok: true, value: { bytes: Uint8Array.from([2, 3]), size: 4 } });
    expect(await api.readFile({ kind: 'blob', sha256: '../x' }, { from: 0, to: 1 })).toMatchObject({ ok: false });
    expect(await api.startDrag({ sha256, name: 'a.pdf' })).toMatchObject({ ok: false, error: { type: 'not-here' } });
  });

  test('are saved whole, however many pieces they come in', async () => {
    bytes = Uint8Array.from({ length: 11 }, (_, index) => index);
    const { api } = openPage(server.invite());
    saved.length = 0;
    expect(await api.saveFile({ sha256, name: 'tds.pdf' })).toEqual({ ok: true, value: { isSaved: true } });
    expect(new Uint8Array((await saved[0]?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
    expect(link).toMatchObject({ href: 'blob:copy', download: 'tds.pdf' });
  });

  test('come in in their order, with progress, under names that were made up', async () => {
    const { api } = openPage(server.invite());
    const large = new File([new Uint8Array(9 * 1024 * 1024).fill(7)], '../../evil.pdf');
    const files = [large, new File([], 'empty.txt')].map((file) => ({ file, relativePath: `Smith/${file.name}` }));
    const progress: number[] = [];
    const dropped = await api.dropFiles(files, { onProgress: (sent) => progress.push(sent) });
    if (!dropped.ok) throw new Error(dropped.error.message);
    const { sources, isStopped } = dropped.value;
    expect([isStopped, progress]).toEqual([false, [8 * 1024 * 1024, 9 * 1024 * 1024]]);
    const ids = sources.map((source) => (source.kind === 'upload' ? source.uploadId : ''));
    expect(readdirSync(join(folder, 'incoming')).sort()).toEqual(
      ids.flatMap((id) => [`${id}.file`, `${id}.json`]).sort(),
    );
    expect(readFileSync(join(folder, 'incoming', `${ids[0]}.file`)).equals(Buffer.alloc(9 * 1024 * 1024, 7))).toBe(
      true,
    );
    expect(JSON.parse(readFileSync(join(folder, 'incoming', `${ids[0]}.json`), 'utf8'))).toMatchObject({
      name: '../../evil.pdf',
      size: 9 * 1024 * 1024,
    });
  });

  test('that a person stops are left out, and nothing of them stays', async () => {
    const { api } = openPage(server.invite());
    const files = [3, 20].map((megabytes) => ({
      file: new File([new Uint8Array(megabytes * 1024 * 1024)], 'a.pdf'),
      relativePath: 'a.pdf',
    }));
    let sent = 0;
    const dropped = await api.dropFiles(files, {
      onProgress: (bytes) => {
        sent = bytes;
      },
      isCancelled: () => sent > 10 * 1024 * 1024,
    });
    expect(dropped).toMatchObject({ ok: true, value: { isStopped: true, sources: [{ kind: 'upload' }] } });
    expect(readdirSync(join(folder, 'incoming'))).toHaveLength(2);
  });

  test('of a window that was not invited go nowhere', async () => {
    const { api } = openPage(`http://127.0.0.1:${server.port}/`);
    const file = { file: new File(['x'], 'a.txt'), relativePath: 'a.txt' };
    for (const reply of [
      await api.readFile({ kind: 'blob', sha256 }, { from: 0, to: 1 }),
      await api.dropFiles([file]),
      await api.saveFile({ sha256, name: 'a' }),
    ])
      expect(reply).toMatchObject({ ok: false, error: { type: 'not-trusted' } });
    await server.close();
    const lost = openPage(`http://127.0.0.1:${server.port}/#token=x`);
    expect(await lost.api.dropFiles([file])).toMatchObject({ ok: false });
  });
});
