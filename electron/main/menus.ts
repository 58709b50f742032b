import type { MenuItemConstructorOptions } from 'electron';

export type Theme = 'system' | 'light' | 'dark';

/** What the page is told when an item is chosen; the names of the `menu` event. */
export type MenuName = 'new-deal' | 'find' | 'undo' | 'board' | 'today' | 'settings' | 'keys';

export interface MenuDeps {
  readonly isMac: boolean;
  readonly isPackaged: boolean;
  readonly theme: Theme;
  readonly send: (item: MenuName) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly openFolder: (which: 'data' | 'logs') => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The menu of the window. The page hears keys first, so an accelerator counts only where the page left the key alone. */
export function menuTemplate(deps: MenuDeps): MenuItemConstructorOptions[] {
  const menus = [fileMenu(deps), editMenu(deps), viewMenu(deps), windowMenu(deps), helpMenu(deps)];
  return deps.isMac ? [macMenu(deps), ...menus] : menus;
}

function item(deps: MenuDeps, name: MenuName, label: string, accelerator?: string): MenuItemConstructorOptions {
  return { id: name, label, click: () => deps.send(name), ...(accelerator === undefined ? {} : { accelerator }) };
}

function settings(deps: MenuDeps): MenuItemConstructorOptions {
  return item(deps, 'settings', 'Settings', 'CmdOrCtrl+,');
}

function macMenu(deps: MenuDeps): MenuItemConstructorOptions {
  return {
    label: 'Closeboard',
    submenu: [
      { role: 'about' },
      separator,
      settings(deps),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}

function fileMenu(deps: MenuDeps): MenuItemConstructorOptions {
  const newDeal = item(deps, 'new-deal', 'New Deal', 'CmdOrCtrl+N');
  const end: MenuItemConstructorOptions[] = deps.isMac
    ? [{ role: 'close' }]
    : [settings(deps), separator, { role: 'quit' }];
  return { label: '&File', submenu: [newDeal, separator, ...end] };
}

/**
 * Undo is shown with its key, but the key is left to the page: in a text field it takes back typing, elsewhere the last
 * change. macOS has no such choice; there the page hears the key first anyway.
 */
function editMenu(deps: MenuDeps): MenuItemConstructorOptions {
  return {
    label: '&Edit',
    submenu: [
      { ...item(deps, 'undo', 'Undo', 'CmdOrCtrl+Z'), registerAccelerator: false },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      separator,
      item(deps, 'find', 'Find or Do', 'CmdOrCtrl+K'),
    ],
  };
}

function viewMenu(deps: MenuDeps): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = deps.isPackaged ? [] : [separator, { role: 'toggleDevTools' }];
  return {
    label: '&View',
    submenu: [
      item(deps, 'today', 'Today', 'CmdOrCtrl+1'),
      item(deps, 'board', 'Board', 'CmdOrCtrl+2'),
      separator,
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { role: 'togglefullscreen' },
      separator,
      { label: 'Theme', submenu: themeItems(deps) },
      ...developer,
    ],
  };
}

function themeItems({ theme, setTheme }: MenuDeps): MenuItemConstructorOptions[] {
  const names: readonly (readonly [Theme, string])[] = [
    ['system', 'Like the System'],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ];
  return names.map(([name, label]) => ({
    id: `theme-${name}`,
    label,
    type: 'radio',
    checked: theme === name,
    click: () => setTheme(name),
  }));
}

function windowMenu({ isMac }: MenuDeps): MenuItemConstructorOptions {
  const end: MenuItemConstructorOptions[] = isMac ? [{ role: 'zoom' }, { role: 'front' }] : [{ role: 'close' }];
  return { label: '&Window', role: 'windowMenu', submenu: [{ role: 'minimize' }, ...end] };
}

function helpMenu(deps: MenuDeps): MenuItemConstructorOptions {
  return {
    label: '&Help',
    role: 'help',
    submenu: [
      item(deps, 'keys', 'Keyboard Shortcuts'),
      separator,
      { id: 'open-data', label: 'Open Data Folder', click: () => deps.openFolder('data') },
      { id: 'open-logs', label: 'Open Log Folder', click: () => deps.openFolder('logs') },
    ],
  };
}
