import { join } from 'node:path';
import { app, protocol, safeStorage, session } from 'electron';
import { type Background, startBackground } from '../contract/background.ts';
import type { HostEvent } from '../contract/events.ts';
import type { Log } from '../contract/log.ts';
import type { Marks } from '../contract/marks.ts';
import { createFork } from './backend-process.ts';
import { createGate } from './gate.ts';
import { guardSession } from './guard.ts';
import { createHostHandlers, openFolder } from './host-handlers.ts';
import { listenToPage } from './ipc.ts';
import { createRunningJobs } from './jobs.ts';
import { SCHEME } from './page-address.ts';
import { createPageHandler } from './page-protocol.ts';
import { createPortalFork } from './portal-process.ts';
import { createSecretKeeper } from './secret-keeper.ts';
import { createSecretStore } from './secrets.ts';
import { createShellFile } from './shell-file.ts';
import { createMenuAndTheme } from './theme.ts';
import { createUpdates } from './updates.ts';
import { createWindowHolder } from './window-holder.ts';

interface DeskDeps {
  readonly data: string;
  /** The window's own folder (userData). */
  readonly profile: string;
  /** The built app: main/, preload/, renderer/, portal-web/, migrations/, store-migrations/. */
  readonly out: string;
  readonly marks: Marks;
  readonly log: Log;
}

/** The one window with what stands behind it. */
export interface Desk {
  /** Once, when Electron is ready. */
  open(): void;
  /** The window, opened again if it was closed (macOS). */
  show(): void;
  focus(): void;
  openDeal(dealId: string): void;
}

const CLOSE_LIMIT_MS = 5_000;

export function createDesk({ data, profile, out, marks, log }: DeskDeps): Desk {
  const shell = createShellFile(join(profile, 'window.json'));
  const jobs = createRunningJobs();
  const now = () => performance.timeOrigin + performance.now();
  const preload = join(out, 'preload', 'index.cjs');
  const holder = createWindowHolder({ preload, shell, log, onShown: () => marks.mark('window/shown', now()) });
  const emit = (event: HostEvent) => {
    jobs.hear(event);
    holder.outlet.emit(event);
  };
  const openDeal = (dealId: string) => {
    emit({ type: 'open:deal', dealId });
    holder.focus();
  };

  const open = () => {
    const onReady = () => marks.mark('backend/ready', now());
    const background = startBehind({ data, profile, out, log, emit, onReady });
    closeRecordsBeforeQuit(background);
    const applyTheme = createMenuAndTheme({
      shell,
      emit,
      // A refusal leaves the theme as chosen until the next start: nothing that needs a sentence.
      save: (theme) => void background.call('workspace:save-settings', { theme }),
      openFolder: (which) => void openFolder(which === 'data' ? data : join(data, 'logs')),
    });
    const updates = createUpdates({ isBusy: jobs.isBusy, emit, resourcesPath: process.resourcesPath });
    const onBoard = background.boardStands;
    const host = createHostHandlers({ data, marks, onBoard, updates, applyTheme, openDeal, now });
    const gate = createGate({ host, backend: background.call, log });
    listenToPage({ gate, currentWindow: holder.current, onListening: holder.outlet.listening });
    guardSession(session.defaultSession);
    protocol.handle(SCHEME, createPageHandler(join(out, 'renderer')));
    holder.show();
  };
  return { open, show: holder.show, focus: holder.focus, openDeal };
}

interface BehindDeps {
  readonly data: string;
  readonly profile: string;
  readonly out: string;
  readonly log: Log;
  readonly emit: (event: HostEvent) => void;
  readonly onReady: () => void;
}

function startBehind({ data, profile, out, log, emit, onReady }: BehindDeps): Background {
  const secrets = { safeStorage, platform: process.platform, file: join(profile, 'secrets.json') };
  return startBackground({
    fork: createFork({ entry: join(out, 'main', 'backend.js'), migrations: join(out, 'migrations'), data }),
    forkPortal: createPortalFork({
      entry: join(out, 'main', 'portal.js'),
      migrations: join(out, 'store-migrations'),
      web: join(out, 'portal-web'),
      data: join(data, 'portal'),
    }),
    secrets: createSecretKeeper(createSecretStore(secrets)),
    emit,
    log,
    onReady,
    now: () => performance.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
}

/** The records are closed before the process ends, at most five seconds long, and then the portal as long. What was acknowledged is safe either way. */
function closeRecordsBeforeQuit(background: Background): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    background.close(CLOSE_LIMIT_MS).finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}
