import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, protocol } from 'electron';
import type { Log } from '../contract/log.ts';
import { createMarks } from '../contract/marks.ts';
import { chooseFolders } from './data-folder.ts';
import { createDesk, type Desk } from './desk.ts';
import { guardContents } from './guard.ts';
import { dealOfArguments, dealOfLink } from './links.ts';
import { createMainLog } from './log.ts';
import { SCHEME } from './page-address.ts';

start();

/** The composition root of the window's process. */
function start(): void {
  // Must be said before the app is ready. The content policy is not bypassed, and there are no service workers.
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  const places = { userData: app.getPath('userData'), cwd: process.cwd() };
  const { data, profile } = chooseFolders(process.argv, process.env, places);
  if (profile !== null) {
    mkdirSync(profile, { recursive: true });
    app.setPath('userData', profile);
  }
  // One window for one profile: a second start hands over what it was asked to open, and ends.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  if (app.isPackaged) app.setAsDefaultProtocolClient('closeboard');
  // Windows shows notifications only of programs that it knows by this name: electron-builder.yml, appId.
  if (process.platform === 'win32') app.setAppUserModelId('app.closeboard.desktop');

  const log = createMainLog(data, () => new Date());
  process.on('uncaughtException', (error) => log.defect('nothing caught this', error));
  const isTimed = process.env.CLOSEBOARD_TIMING === '1';
  const marks = createMarks(isTimed ? (line) => process.stdout.write(`${line}\n`) : null);
  marks.mark('app/start', performance.timeOrigin);
  const out = join(import.meta.dirname, '..');
  const desk = createDesk({ data, marks, log, out, profile: app.getPath('userData') });
  listenToSystem(desk, log);
  app.whenReady().then(desk.open, (error: unknown) => log.defect('starting', error));
}

function listenToSystem(desk: Desk, log: Log): void {
  const openIf = (dealId: string | null) => {
    if (dealId !== null) desk.openDeal(dealId);
  };
  openIf(dealOfArguments(process.argv));
  app.on('second-instance', (_event, args) => {
    desk.show();
    openIf(dealOfArguments(args));
  });
  // macOS hands over links and clicks on the dock this way, the former also before the app is ready.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    openIf(dealOfLink(url));
  });
  app.on('activate', desk.show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}
