import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { type MenuDeps, menuTemplate } from './menus.ts';

function setUp(change: Partial<MenuDeps> = {}) {
  const deps: MenuDeps = {
    isMac: false,
    isPackaged: true,
    theme: 'dark',
    send: vi.fn(),
    setTheme: vi.fn(),
    openFolder: vi.fn(),
    ...change,
  };
  return { deps, items: flat(menuTemplate(deps)) };
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

function click(item: MenuItemConstructorOptions | undefined): void {
  if (!item?.click) throw new Error('no such item');
  (item.click as unknown as () => void)();
}
const withId = (items: MenuItemConstructorOptions[], id: string) => items.find((item) => item.id === id);

describe.each([true, false])('the menu (macOS: %s)', (isMac) => {
  test('has what a person looks for, with its key', () => {
    const { items } = setUp({ isMac });
    const keys = Object.fromEntries(items.filter(({ id }) => id).map(({ id, accelerator }) => [id, accelerator]));
    expect(keys).toMatchObject({
      'new-deal': 'CmdOrCtrl+N',
      find: 'CmdOrCtrl+K',
      undo: 'CmdOrCtrl+Z',
      settings: 'CmdOrCtrl+,',
      today: 'CmdOrCtrl+1',
      board: 'CmdOrCtrl+2',
    });
  });

  test('gives no key twice', () => {
    const { items } = setUp({ isMac });
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('leaves cut, copy, paste and the key of undo to text fields', () => {
    const { items } = setUp({ isMac });
    const roles = items.map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll', 'redo']));
    expect(withId(items, 'undo')?.registerAccelerator).toBe(false);
  });

  test('says each item’s name to the page', () => {
    const { deps, items } = setUp({ isMac });
    const names = ['new-deal', 'find', 'undo', 'board', 'today', 'settings', 'keys'];
    for (const name of names) click(withId(items, name));
    expect(vi.mocked(deps.send).mock.calls.flat()).toEqual(names);
  });

  test('ticks the theme and opens folders', () => {
    const { deps, items } = setUp({ isMac });
    expect(items.filter(({ checked }) => checked).map(({ id }) => id)).toEqual(['theme-dark']);
    click(withId(items, 'theme-light'));
    expect(deps.setTheme).toHaveBeenCalledWith('light');
    click(withId(items, 'open-logs'));
    expect(deps.openFolder).toHaveBeenCalledWith('logs');
  });
});

test('developer tools are in no installed copy', () => {
  const has = (isPackaged: boolean) => setUp({ isPackaged }).items.some(({ role }) => role === 'toggleDevTools');
  expect(has(true)).toBe(false);
  expect(has(false)).toBe(true);
});
