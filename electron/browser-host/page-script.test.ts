import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostEvent } from '../contract/events.ts';
import type { HostApi } from '../contract/host-api.ts';
import { createLog } from '../contract/log.ts';
import { hostPage, type PageWindow, pageScript } from './page-script.ts';
import { type HostServer, startServer } from './server.ts';

let server: HostServer;
let folder: string;
let pages: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-page-'));
  pages = 0;
  server = await startServer({
    renderer: folder,
    answer: async (name) => ({ ok: true, value: name }),
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
    leave: () => left.abort(),
  };
  hostPage(page);
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
    expect(Object.keys((window as { closeboard?: object }).closeboard ?? {})).toEqual(['call', 'listen']);
  });
});
