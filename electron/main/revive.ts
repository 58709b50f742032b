import { app, type BrowserWindow, dialog } from 'electron';
import type { Log } from '../contract/log.ts';

const CALM_MS = 60_000;

/** A page whose process crashed is loaded again; a page that crashes again within a minute is given up, with a sentence. */
export function reviveCrashedPage(window: BrowserWindow, log: Log): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.warn('the page stopped', { reason, exitCode });
    const isAgain = performance.now() - lastCrash < CALM_MS;
    lastCrash = performance.now();
    if (!isAgain) return window.webContents.reload();
    dialog.showErrorBox(
      'Closeboard has to close',
      'Its window stopped twice. Everything you did was saved. Start Closeboard again.',
    );
    app.quit();
  });
}
