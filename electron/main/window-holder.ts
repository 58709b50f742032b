import type { BrowserWindow } from 'electron';
import { channels } from '../contract/channels.ts';
import type { Log } from '../contract/log.ts';
import { createOutlet, type Outlet } from './outlet.ts';
import { reviveCrashedPage } from './revive.ts';
import type { ShellFile } from './shell-file.ts';
import { openWindow } from './window.ts';

interface HolderDeps {
  readonly preload: string;
  readonly shell: ShellFile;
  readonly log: Log;
  readonly onShown: () => void;
}

/** The one window, while there is one, and the way to tell its page something. */
export interface WindowHolder {
  readonly outlet: Outlet;
  current(): BrowserWindow | null;
  /** Opens the window when there is none; else brings it to the front. */
  show(): void;
  focus(): void;
}

export function createWindowHolder({ preload, shell, log, onShown }: HolderDeps): WindowHolder {
  let window: BrowserWindow | null = null;
  const current = () => (window === null || window.isDestroyed() ? null : window);
  const outlet = createOutlet((event) => current()?.webContents.send(channels.event, event));
  const focus = () => {
    const here = current();
    if (here === null) return;
    if (here.isMinimized()) here.restore();
    here.show();
    here.focus();
  };
  return {
    outlet,
    current,
    focus,
    show() {
      if (current() !== null) return focus();
      outlet.silent();
      window = openWindow({ preload, shell, onShown });
      reviveCrashedPage(window, log);
      window.once('closed', () => {
        window = null;
      });
    },
  };
}
