import type { Session, WebContents } from 'electron';
import type { Log } from '../contract/log.ts';
import { isOwnPage } from './page-address.ts';

/** Keeps a page where it is: it may go nowhere else, open nothing and embed nothing. Put on every page that comes to be. */
export function guardContents(contents: WebContents, log: Log): void {
  const stay = (what: string) => (event: { preventDefault(): void; readonly url: string }) => {
    if (isOwnPage(event.url)) return;
    event.preventDefault();
    log.warn('a page was kept from going elsewhere', { what });
  };
  contents.on('will-navigate', stay('will-navigate'));
  contents.on('will-redirect', stay('will-redirect'));
  contents.on('will-frame-navigate', stay('will-frame-navigate'));
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('a page was kept from embedding another');
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Denies whatever a page may ask for (camera, location, devices, downloads): no part of Closeboard needs any. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
