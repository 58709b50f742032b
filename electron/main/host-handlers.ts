import { join } from 'node:path';
import { app, BrowserWindow, dialog, Notification, shell } from 'electron';
import type { HostHandlers } from '../contract/answer.ts';
import type { CallError } from '../contract/calls.ts';
import { isOpenable } from '../contract/links.ts';
import type { Marks } from '../contract/marks.ts';
import { ownFolder } from '../contract/own-folder.ts';
import { answered, refused } from '../contract/reply.ts';
import type { Capability } from '../contract/values.ts';
import type { Theme } from './menus.ts';
import type { Updates } from './updates.ts';

export interface HostDeps {
  readonly data: string;
  readonly marks: Marks;
  /** The board is on the screen. */
  readonly onBoard: () => void;
  readonly updates: Updates;
  readonly applyTheme: (theme: Theme) => void;
  readonly openDeal: (dealId: string) => void;
  readonly now: () => number;
}

const CAPABILITIES: readonly Capability[] = [
  'native-menu',
  'native-dialogs',
  'open-folder',
  'updates',
  'deep-links',
  'window-controls',
];

const NO_FOLDER = { type: 'bad-call', message: 'There is no such folder. Look at the deal again.' } as const;
const done = () => answered({ done: true as const });

/** The calls that main answers itself. */
export function createHostHandlers(deps: HostDeps): HostHandlers {
  return {
    'host:info': () => answered(info(deps.data)),
    'host:open-folder': ({ which, name }) => {
      const folder = ownFolder(which, name);
      return folder === null ? refused(NO_FOLDER) : openFolder(join(deps.data, ...folder));
    },
    'host:pick-folder': async () => answered({ path: await pickFolder() }),
    'host:open-link': ({ url }) => openLink(url),
    'host:set-theme': ({ theme }) => {
      deps.applyTheme(theme);
      return done();
    },
    'host:notify': ({ title, body, dealId }) =>
      notify({ title, body }, () => dealId !== undefined && deps.openDeal(dealId)),
    'host:mark': ({ name }) => {
      deps.marks.mark(name, deps.now());
      if (name === 'board/painted') deps.onBoard();
      return done();
    },
    'updates:state': () => answered(deps.updates.state()),
    'updates:check': async () => answered(await deps.updates.check()),
    'updates:download': async () => answered(await deps.updates.download()),
    'updates:restart': async () => answered(await deps.updates.restart()),
  };
}

function info(dataFolder: string) {
  const capabilities = [...CAPABILITIES, ...(Notification.isSupported() ? (['notifications'] as const) : [])];
  const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
  return { version: app.getVersion(), capabilities, platform, dataFolder } as const;
}

/** Opens a folder in the system's file manager. */
export async function openFolder(path: string) {
  // The reason is in the system's language and may name paths: the sentence names the folder, which the person knows.
  const reason = await shell.openPath(path);
  return reason === '' ? done() : refused(notHere(`The folder could not be opened. It is ${path}.`));
}

async function pickFolder(): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { title: 'Choose a folder', properties: ['openDirectory'] };
  const window = BrowserWindow.getFocusedWindow();
  const picked = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return picked.canceled ? null : (picked.filePaths[0] ?? null);
}

async function openLink(url: string) {
  if (!isOpenable(url))
    return refused({
      type: 'bad-call',
      message: 'Only web pages (https), mail addresses and the portal of this computer are opened.',
    } as const);
  try {
    await shell.openExternal(url);
    return done();
  } catch {
    return refused(notHere('No program on this computer opens this link.'));
  }
}

/** Shown notifications, held until they are over: one that is collected can no longer be clicked. */
const shown = new Set<Notification>();

function notify(words: { title: string; body: string }, onClick: () => void) {
  if (!Notification.isSupported()) return refused(notHere('This computer shows no notifications.'));
  const notification = new Notification(words);
  shown.add(notification);
  notification.once('click', () => {
    shown.delete(notification);
    onClick();
  });
  notification.once('close', () => shown.delete(notification));
  notification.once('failed', () => shown.delete(notification));
  notification.show();
  return done();
}

function notHere(message: string): CallError {
  return { type: 'not-here', message };
}
