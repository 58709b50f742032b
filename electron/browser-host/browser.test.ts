import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserArguments, findBrowser, hasDisplay } from './browser.ts';
import { readOptions } from './options.ts';

describe('the browser', () => {
  test('is the one that was named, or none', () => {
    const env = { CHROMIUM_PATH: '/opt/my-browser', PATH: '/usr/bin' };
    expect(findBrowser('linux', env, (path) => path === '/opt/my-browser')).toBe('/opt/my-browser');
    expect(findBrowser('linux', env, (path) => path !== '/opt/my-browser')).toBeNull();
  });

  test('is found where each system keeps it', () => {
    const all = () => true;
    expect(findBrowser('linux', { PATH: '/bin' }, all)).toBe(join('/usr/bin', 'chromium'));
    expect(findBrowser('darwin', {}, all)).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(findBrowser('win32', { PROGRAMFILES: 'C:/P' }, all)).toContain('chrome.exe');
    expect(findBrowser('linux', { PATH: '/bin' }, () => false)).toBeNull();
  });

  test('opens a window of its own with its own profile, and talks to nobody', () => {
    const args = browserArguments('http://127.0.0.1:1/#token=x', '/d/browser-profile', false);
    expect(args).toContain('--app=http://127.0.0.1:1/#token=x');
    expect(args).toContain('--user-data-dir=/d/browser-profile');
    expect(args).toEqual(
      expect.arrayContaining(['--disable-sync', '--disable-background-networking', '--disable-component-update']),
    );
    expect(args).not.toContain('--no-sandbox');
    expect(browserArguments('x', 'y', true)).toContain('--no-sandbox');
    expect(args.some((arg) => arg.startsWith('--remote-debugging'))).toBe(false);
  });

  test('needs a display on Linux', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
  });
});

describe('options', () => {
  test('name the data folder: option, variable, then the desktop app’s own', () => {
    const read = (args: string[], env = {}) => readOptions(args, env, 'linux');
    expect(read(['--data', '/d'], { CLOSEBOARD_DATA: '/e' })).toEqual({
      ok: true,
      value: { data: '/d', isOpening: true },
    });
    expect(read(['--no-open'], { CLOSEBOARD_DATA: '/e' })).toEqual({
      ok: true,
      value: { data: '/e', isOpening: false },
    });
    expect(read([], { XDG_CONFIG_HOME: '/c' })).toMatchObject({ value: { data: join('/c', 'Closeboard', 'data') } });
    expect(readOptions([], { APPDATA: '/a' }, 'win32')).toMatchObject({
      value: { data: join('/a', 'Closeboard', 'data') },
    });
  });

  test('that are unknown get a sentence', () => {
    expect(readOptions(['--port', '80'], {}, 'linux')).toMatchObject({
      ok: false,
      error: expect.stringContaining('--data'),
    });
  });
});
