import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { channels } from '../contract/channels.ts';
import type { HostApi } from '../contract/host-api.ts';
import { CONTENT_POLICY } from '../contract/page.ts';
import { createPageHandler } from './page-protocol.ts';

/**
 * Electron's security list (docs/tutorial/security.md), point by point, on the composition root as it runs: Electron is
 * replaced by a recorder. What only a live window can show is in tests/e2e/security.e2e.ts; fuses (19) are set when
 * packing.
 */

const electron = vi.hoisted(() => ({
  windows: [] as { options: Record<string, unknown>; webContents: unknown; shown: number }[],
  schemes: [] as { scheme: string; privileges: Record<string, unknown> }[],
  handlers: new Map<string, (...args: unknown[]) => unknown>(),
  listeners: new Map<string, (...args: unknown[]) => unknown>(),
  app: null as unknown as EventEmitter,
  session: {} as Record<string, (...args: unknown[]) => unknown>,
  opened: [] as string[],
  forks: [] as {
    entry: string;
    args: string[];
    options: Record<string, unknown>;
    child: EventEmitter & { posted: unknown[] };
  }[],
  notifications: [] as EventEmitter[],
  exposed: new Map<string, unknown>(),
  sent: [] as unknown[][],
  dragged: [] as unknown[],
  saveTo: '',
  pickedFolders: [] as string[],
  hasLock: true,
  userData: '',
}));

vi.mock('electron', () => fakeElectron());

/** Records what the app asks of Electron. Only what the app uses is there, so that anything new shows up here. */
function fakeElectron() {
  class Contents extends EventEmitter {
    openHandler: unknown;
    mainFrame = { url: 'app://closeboard/', detached: false, parent: null };
    setWindowOpenHandler = (handler: unknown) => {
      this.openHandler = handler;
    };
    send = (...args: unknown[]) => void electron.sent.push(args);
    reload = vi.fn();
    isDestroyed = () => false;
    startDrag = (item: unknown) => void electron.dragged.push(item);
  }
  class BrowserWindow extends EventEmitter {
    static fromWebContents = () => electron.windows[0];
    static getFocusedWindow = () => electron.windows[0] ?? null;
    webContents = new Contents();
    shown = 0;
    readonly options: Record<string, unknown>;
    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      electron.windows.push(this);
      electron.app.emit('web-contents-created', {}, this.webContents);
    }
    loadURL = async (url: string) => void Object.assign(this, { url });
    show = () => {
      this.shown += 1;
    };
    focus = vi.fn();
    restore = vi.fn();
    isDestroyed = () => false;
    isMinimized = () => false;
    isMaximized = () => false;
    getNormalBounds = () => ({ x: 0, y: 0, width: 1100, height: 800 });
    setBackgroundColor = vi.fn();
  }
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    getPath: () => electron.userData,
    setPath: vi.fn(),
    getVersion: () => '0.0.1',
    getFileIcon: async () => 'icon',
    requestSingleInstanceLock: () => electron.hasLock,
    setAsDefaultProtocolClient: vi.fn(),
    whenReady: () => Promise.resolve(),
    quit: vi.fn(),
  });
  electron.app = app;
  const record = (name: string) => (handler: (...args: unknown[]) => unknown) => {
    electron.session[name] = handler;
  };
  class Notification extends EventEmitter {
    static isSupported = () => true;
    constructor() {
      super();
      electron.notifications.push(this);
    }
    show = vi.fn();
  }
  return {
    app,
    BrowserWindow,
    Notification,
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: vi.fn() },
    dialog: {
      showErrorBox: vi.fn(),
      showSaveDialog: async () => ({ canceled: electron.saveTo === '', filePath: electron.saveTo }),
      showOpenDialog: async () => ({
        canceled: electron.pickedFolders.length === 0,
        filePaths: electron.pickedFolders,
      }),
    },
    webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
    shell: {
      openPath: async (path: string) => {
        electron.opened.push(path);
        return '';
      },
      openExternal: async (url: string) => void electron.opened.push(url),
    },
    safeStorage: {
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async (text: string) => Buffer.from(`sealed:${text}`),
      decryptStringAsync: async (bytes: Buffer) => ({
        result: bytes.toString().slice('sealed:'.length),
        shouldReEncrypt: false,
      }),
      getSelectedStorageBackend: () => 'gnome_libsecret',
    },
    nativeTheme: Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false }),
    screen: (() => {
      const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
      return { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };
    })(),
    session: {
      defaultSession: {
        setPermissionRequestHandler: record('request'),
        setPermissionCheckHandler: record('check'),
        setDevicePermissionHandler: record('device'),
        on: (name: string, handler: (...args: unknown[]) => unknown) => record(name)(handler),
      },
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: typeof electron.schemes) => electron.schemes.push(...schemes),
      handle: (scheme: string, handler: (...args: unknown[]) => unknown) =>
        electron.handlers.set(`protocol ${scheme}`, handler),
    },
    ipcMain: {
      handle: (channel: string, handler: (...args: unknown[]) => unknown) => electron.handlers.set(channel, handler),
      on: (channel: string, listener: (...args: unknown[]) => unknown) => electron.listeners.set(channel, listener),
    },
    ipcRenderer: {
      invoke: vi.fn(async () => Promise.reject(new Error('secret'))),
      on: vi.fn(),
      send: vi.fn(),
      removeListener: vi.fn(),
    },
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
    utilityProcess: {
      fork: (entry: string, args: string[], options: Record<string, unknown>) => {
        const child = Object.assign(new EventEmitter(), {
          posted: [] as unknown[],
          postMessage: (message: unknown) => child.posted.push(message),
          kill: vi.fn(),
        });
        electron.forks.push({ entry, args, options, child });
        return child;
      },
    },
  };
}

const dealId = '01931f6e-7c1a-7000-8000-0123456789ab';
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-main-'));
  electron.userData = folder;
  process.env.CLOSEBOARD_DATA = '';
  await import('./index.ts');
  await vi.waitFor(() => expect(electron.windows).toHaveLength(1));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const theWindow = () => electron.windows[0]!;
const contents = () =>
  theWindow().webContents as EventEmitter & {
    mainFrame: { url: string; detached: boolean };
    openHandler: () => { action: string };
  };
const ask = (event: object, name: string, input: unknown) => electron.handlers.get(channels.call)!(event, name, input);
const ownEvent = () => ({ sender: contents(), senderFrame: contents().mainFrame });

describe('2, 3, 4, 6: the page', () => {
  test('is isolated, sandboxed, without Node, with web security', () => {
    expect(theWindow().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
  });

  test('turns on nothing experimental', () => {
    const preferences = Object.keys(theWindow().options.webPreferences as object);
    for (const name of ['experimentalFeatures', 'enableBlinkFeatures', 'additionalArguments']) {
      expect(preferences).not.toContain(name);
    }
  });

  test('is not seen before it has painted', () => {
    expect(theWindow().options).toMatchObject({ show: false, minWidth: 1024, minHeight: 700 });
  });
});

describe('5: permissions', () => {
  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'usb'])(
    '%s is denied',
    (permission) => {
      const answer = vi.fn();
      electron.session.request!(null, permission, answer);
      expect(answer).toHaveBeenCalledWith(false);
      expect(electron.session.check!(null, permission)).toBe(false);
      expect(electron.session.device!({ deviceType: permission })).toBe(false);
    },
  );

  test('downloads are denied', () => {
    const event = { preventDefault: vi.fn() };
    electron.session['will-download']!(event);
    expect(event.preventDefault).toHaveBeenCalled();
  });
});

describe('7, 18: what serves the page', () => {
  const serve = (address: string, method = 'GET') =>
    createPageHandler(join(folder, 'renderer'))(new Request(address.replace('app:', 'http:'), { method }));
  /** Node's Request does not know our scheme; the handler reads nothing but these two. */
  const get = (address: string, method = 'GET') =>
    createPageHandler(join(folder, 'renderer'))({ url: address, method } as Request);

  beforeAll(() => {
    mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'renderer', 'assets', 'a.js'), '1;');
    writeFileSync(join(folder, 'secret.json'), '{"secret":1}');
  });

  test('is a scheme of our own that bypasses no policy', () => {
    expect(electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(electron.handlers.has('protocol app')).toBe(true);
    expect((theWindow() as unknown as { url: string }).url).toBe('app://closeboard/');
  });

  test.each(['/', '/assets/a.js', '/host.js', '/nowhere.js'])('%s carries the strict policy', async (path) => {
    const { headers } = await get(`app://closeboard${path}`);
    expect(headers.get('content-security-policy')).toBe(CONTENT_POLICY);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('files have their type', async () => {
    const page = await get('app://closeboard/');
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ]);
    expect((await get('app://closeboard/assets/a.js')).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
    expect(await (await get('app://closeboard/host.js')).text()).toBe('');
  });

  test('the viewer is of no origin and runs only what stands in it', async () => {
    writeFileSync(join(folder, 'renderer', 'viewer.html'), '<style>p{}</style><script>1;</script>');
    const policy = (await get('app://closeboard/viewer.html')).headers.get('content-security-policy');
    expect(policy).toMatch(
      /^sandbox allow-scripts; default-src 'none'; script-src 'sha256-[^ ]{44}' 'wasm-unsafe-eval';/,
    );
    expect(policy).toMatch(/frame-ancestors 'self'/);
    expect(CONTENT_POLICY).toMatch(/frame-src 'self'; frame-ancestors 'none'/);
  });

  test.each([
    'app://closeboard/../secret.json',
    'app://closeboard/%2e%2e/secret.json',
    'app://closeboard/..%2fsecret.json',
    'app://closeboard/assets/..%5c..%5csecret.json',
    'app://closeboard//etc/passwd.json',
    'app://closeboard/assets/.js',
  ])('%s is not there', async (address) => expect((await get(address)).status).toBe(404));

  test('only our own address is read, and only by GET', async () => {
    expect((await get('app://evil/')).status).toBe(405);
    expect((await get('app://closeboard/', 'POST')).status).toBe(405);
    expect((await serve('app://closeboard/')).status).toBe(405);
  });
});

describe('13, 14: where the page may go', () => {
  const away = [
    'https://example.com/',
    'file:///etc/passwd',
    'app://evil/',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
  ];
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s elsewhere is stopped', (name) => {
    for (const url of away) {
      const event = { url, preventDefault: vi.fn() };
      contents().emit(name, event);
      expect(event.preventDefault, url).toHaveBeenCalledTimes(1);
    }
    const own = { url: 'app://closeboard/#/today', preventDefault: vi.fn() };
    contents().emit(name, own);
    expect(own.preventDefault).not.toHaveBeenCalled();
  });

  test('no window is opened and nothing is embedded', () => {
    expect(contents().openHandler()).toEqual({ action: 'deny' });
    const event = { preventDefault: vi.fn() };
    contents().emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });
});

describe('15: what is opened outside', () => {
  test('web pages, mail and the portal of this computer only', async () => {
    electron.opened.length = 0;
    const portal = 'http://portal.localhost:40123/#t=abc';
    expect(await ask(ownEvent(), 'host:open-link', { url: 'https://example.com/a' })).toMatchObject({ ok: true });
    expect(await ask(ownEvent(), 'host:open-link', { url: portal })).toMatchObject({ ok: true });
    for (const url of [
      'file:///etc/passwd',
      'http://example.com',
      'http://localhost:40123/',
      'http://portal.localhost.evil.test/',
      'javascript:1',
      'ms-settings:',
      'https://a@b.test',
    ]) {
      expect(await ask(ownEvent(), 'host:open-link', { url })).toMatchObject({
        ok: false,
        error: { type: 'bad-call' },
      });
    }
    expect(electron.opened).toEqual(['https://example.com/a', portal]);
  });

  test('folders are named, never given as a path', async () => {
    electron.opened.length = 0;
    expect(await ask(ownEvent(), 'host:open-folder', { which: 'data' })).toMatchObject({ ok: true });
    expect(await ask(ownEvent(), 'host:open-folder', { which: '/etc' })).toMatchObject({ ok: false });
    expect(electron.opened).toEqual([join(folder, 'data')]);
  });
});

describe('17: who may ask', () => {
  test('three channels are listened to, and no other', () => {
    expect([...electron.handlers.keys()].filter((name) => !name.startsWith('protocol'))).toEqual([
      channels.call,
      channels.giveOut,
    ]);
    expect([...electron.listeners.keys()]).toEqual([channels.listening]);
  });

  test('our page may', async () => {
    expect(await ask(ownEvent(), 'host:info', {})).toMatchObject({
      ok: true,
      value: { dataFolder: join(folder, 'data') },
    });
  });

  test('a foreign page, a subframe, a gone frame and another window may not', async () => {
    const frame = contents().mainFrame;
    const events = [
      { sender: contents(), senderFrame: { url: 'app://closeboard/', detached: false, parent: frame } },
      { sender: contents(), senderFrame: { ...frame, detached: true } },
      { sender: contents(), senderFrame: null },
      { sender: { mainFrame: frame }, senderFrame: frame },
    ];
    for (const event of events) {
      expect(await ask(event, 'host:info', {})).toMatchObject({ ok: false, error: { type: 'not-trusted' } });
      const wanted = { how: 'drag', file: { sha256: 'a'.repeat(64), name: 'a.pdf' } };
      for (const input of [wanted, null]) {
        const reply = await electron.handlers.get(channels.giveOut)!(event, input);
        expect(reply).toMatchObject({ ok: false, error: { type: 'not-trusted' } });
      }
    }
    frame.url = 'https://example.com/';
    expect(await ask(ownEvent(), 'host:info', {})).toMatchObject({ ok: false, error: { type: 'not-trusted' } });
    frame.url = 'app://closeboard/';
  });

  test('a foreign page is not told what waits for ours', () => {
    electron.sent.length = 0;
    electron.app.emit('second-instance', {}, ['closeboard', `closeboard://deal/${dealId}`]);
    electron.listeners.get(channels.listening)!({
      sender: contents(),
      senderFrame: { url: 'https://example.com/', detached: false, parent: null },
    });
    expect(electron.sent).toEqual([]);
    electron.listeners.get(channels.listening)!(ownEvent());
    expect(electron.sent).toContainEqual([channels.event, { type: 'open:deal', dealId }]);
  });
});

describe('20: what the page gets of Electron', () => {
  test('six functions, which throw nothing at it', async () => {
    await import('../preload/index.ts');
    expect([...electron.exposed.keys()]).toEqual(['closeboard']);
    const api = electron.exposed.get('closeboard') as HostApi;
    expect(Object.keys(api).sort()).toEqual(['call', 'dropFiles', 'listen', 'readFile', 'saveFile', 'startDrag']);
    const file = { sha256: 'a'.repeat(64), name: 'a.pdf' };
    for (const reply of [
      await api.call('today:list', {}),
      await api.readFile({ kind: 'blob', sha256: file.sha256 }, { from: 0, to: 1 }),
      await api.saveFile(file),
      await api.startDrag(file),
    ]) {
      expect(reply).toMatchObject({ ok: false, error: { type: 'bad-call' } });
      expect(JSON.stringify(reply)).not.toContain('secret');
    }
  });

  test('of dropped files only their real paths, and a sentence for what has none', async () => {
    const { dropFiles } = electron.exposed.get('closeboard') as HostApi;
    const real = { file: { name: 'a.pdf', path: '/home/noor/a.pdf' } as unknown as File, relativePath: 'a.pdf' };
    const pasted = { file: { name: 'image.png' } as File, relativePath: 'image.png' };
    expect(await dropFiles([real])).toEqual({
      ok: true,
      value: { sources: [{ kind: 'path', path: '/home/noor/a.pdf' }], isStopped: false },
    });
    expect(await dropFiles([real, pasted])).toMatchObject({ ok: false, error: { type: 'not-here' } });
    expect(await dropFiles(null as never)).toMatchObject({ ok: false });
  });
});

describe('what leaves Closeboard', () => {
  const file = { sha256: 'a'.repeat(64), name: 'TDS.pdf' };
  const give = (input: unknown) => electron.handlers.get(channels.giveOut)!(ownEvent(), input) as Promise<unknown>;
  /** The backend's answer to the next question. */
  const copiedTo = async (asked: Promise<unknown>, reply: unknown) => {
    const { child } = electron.forks[0]!;
    const last = () => child.posted.at(-1) as { id: number; name: string; input: unknown };
    await vi.waitFor(() => expect(last()).toMatchObject({ kind: 'call', name: 'files:copy-out', input: file }));
    child.emit('message', { kind: 'reply', id: last().id, reply });
    return await asked;
  };

  test('is dragged as the copy that the backend made', async () => {
    const path = join(folder, 'TDS.pdf');
    const reply = await copiedTo(give({ how: 'drag', file }), { ok: true, value: { path } });
    expect(reply).toEqual({ ok: true, value: { isStarted: true } });
    expect(electron.dragged).toEqual([{ file: path, icon: 'icon' }]);
  });

  test('is saved where the person says, and nowhere when they say nothing', async () => {
    const path = join(folder, 'TDS.pdf');
    writeFileSync(path, 'tds');
    const copied = { ok: true, value: { path } };
    expect(await copiedTo(give({ how: 'save', file }), copied)).toEqual({ ok: true, value: { isSaved: false } });
    electron.saveTo = join(folder, 'saved.pdf');
    expect(await copiedTo(give({ how: 'save', file }), copied)).toEqual({ ok: true, value: { isSaved: true } });
    expect(readFileSync(electron.saveTo, 'utf8')).toBe('tds');
    electron.saveTo = join(folder, 'no folder', 'saved.pdf');
    expect(await copiedTo(give({ how: 'save', file }), copied)).toMatchObject({
      ok: false,
      error: { type: 'not-here' },
    });
  });

  test('is nothing when the backend refuses or the question has another shape', async () => {
    const refusal = { ok: false, error: { type: 'not-here', message: 'This file is not here.' } };
    expect(await copiedTo(give({ how: 'drag', file }), refusal)).toEqual(refusal);
    for (const input of [null, {}, { how: 'open', file }, { how: 'drag', file: { ...file, sha256: '../x' } }])
      expect(await give(input)).toMatchObject({ ok: false, error: { type: 'bad-call' } });
  });
});

describe('the rest of the shell', () => {
  test('the backend is one utility process with a name, and gets its folders', () => {
    const [fork] = electron.forks;
    expect(electron.forks).toHaveLength(1);
    expect(fork?.options).toMatchObject({ serviceName: 'Closeboard records' });
    expect(fork?.args.slice(0, 2)).toEqual(['--data', join(folder, 'data')]);
  });

  test('a link that is no deal opens nothing', () => {
    electron.sent.length = 0;
    for (const link of ['closeboard://deal/x', 'closeboard://run/calc', `https://deal/${dealId}`]) {
      electron.app.emit('second-instance', {}, ['closeboard', link]);
      electron.app.emit('open-url', { preventDefault: () => {} }, link);
    }
    expect(electron.sent).toEqual([]);
    electron.app.emit('open-url', { preventDefault: () => {} }, `closeboard://deal/${dealId}`);
    expect(electron.sent).toEqual([[channels.event, { type: 'open:deal', dealId }]]);
  });

  test('a click on a notification opens its deal', async () => {
    electron.sent.length = 0;
    await ask(ownEvent(), 'host:notify', { title: 't', body: 'b', dealId });
    electron.notifications.at(-1)!.emit('click');
    expect(electron.sent).toEqual([[channels.event, { type: 'open:deal', dealId }]]);
  });

  test('a folder is picked in the dialog of the system, or none is', async () => {
    expect(await ask(ownEvent(), 'host:pick-folder', {})).toEqual({ ok: true, value: { path: null } });
    electron.pickedFolders.push('/home/noor/Scans');
    expect(await ask(ownEvent(), 'host:pick-folder', {})).toEqual({ ok: true, value: { path: '/home/noor/Scans' } });
  });

  test('secrets are kept sealed in the profile for the backend that asks', async () => {
    const { child } = electron.forks[0]!;
    child.emit('message', { kind: 'keep-secret', name: 'sync', secret: 'hunter2' });
    child.emit('message', { kind: 'ask-secret', name: 'sync' });
    const answer = { kind: 'secret', name: 'sync', secret: 'hunter2', problem: '' };
    await vi.waitFor(() => expect(child.posted.slice(-2)).toEqual([answer, answer]));
    const kept = readFileSync(join(folder, 'secrets.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual({ sync: Buffer.from('sealed:hunter2').toString('base64') });
    if (process.platform !== 'win32') expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
  });

  test('the portal is a second utility process, once it is wanted and the board stands', async () => {
    const backend = electron.forks[0]!.child;
    backend.emit('message', { kind: 'want-portal', isWanted: true });
    expect(electron.forks).toHaveLength(1);
    await ask(ownEvent(), 'host:mark', { name: 'board/painted' });
    expect(electron.forks).toHaveLength(2);
    const fork = electron.forks[1]!;
    expect(fork.options).toMatchObject({ serviceName: 'Closeboard portal' });
    expect(fork.entry).toMatch(/main[/\\]portal\.js$/);
    expect(fork.args.slice(0, 4)).toEqual(['--data', join(folder, 'data', 'portal'), '--port', '0']);
    fork.child.emit('message', { kind: 'ready', port: 40_123, code: 'c1' });
    expect(backend.posted.at(-1)).toEqual({
      kind: 'portal',
      portal: {
        url: 'http://127.0.0.1:40123',
        publicUrl: 'http://portal.localhost:40123',
        filesUrl: 'http://files.localhost:40123',
        code: 'c1',
      },
      why: '',
    });
  });

  test('quitting closes the records first, then the portal', async () => {
    const event = { preventDefault: vi.fn() };
    electron.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalled();
    const { child } = electron.forks[0]!;
    expect(child.posted.at(-1)).toEqual({ kind: 'close' });
    const portal = electron.forks[1]!.child;
    expect(portal.posted).toEqual([]);
    child.emit('exit', 0);
    await vi.waitFor(() => expect(portal.posted).toEqual([{ kind: 'close' }]));
    portal.emit('exit', 0);
    const { app } = await import('electron');
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalled());
    const second = { preventDefault: vi.fn() };
    electron.app.emit('will-quit', second);
    expect(second.preventDefault).not.toHaveBeenCalled();
  });
});
