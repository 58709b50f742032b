import { app, Menu, nativeTheme } from 'electron';
import type { HostEvent } from '../contract/events.ts';
import { type MenuDeps, menuTemplate, type Theme } from './menus.ts';
import type { ShellFile } from './shell-file.ts';

interface ThemeDeps {
  readonly shell: ShellFile;
  readonly emit: (event: HostEvent) => void;
  /** The person chose a theme in the menu: the records keep it for every window. */
  readonly save: (theme: Theme) => void;
  readonly openFolder: MenuDeps['openFolder'];
}

/** The menu, and the theme that it ticks. Returns what applies a theme that the page chose. */
export function createMenuAndTheme({ shell, emit, save, openFolder }: ThemeDeps): (theme: Theme) => void {
  const setMenu = () => {
    const template = menuTemplate({
      isMac: process.platform === 'darwin',
      isPackaged: app.isPackaged,
      theme: shell.get().theme,
      send: (item) => emit({ type: 'menu', item }),
      setTheme: (theme) => {
        apply(theme);
        save(theme);
      },
      openFolder,
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  const apply = (theme: Theme) => {
    if (shell.get().theme === theme) return;
    shell.set({ theme });
    nativeTheme.themeSource = theme;
    setMenu();
  };
  nativeTheme.themeSource = shell.get().theme;
  nativeTheme.on('updated', () => emit({ type: 'theme:changed', dark: nativeTheme.shouldUseDarkColors }));
  setMenu();
  return apply;
}
