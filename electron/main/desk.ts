import { join } from 'node:path';
import { app, protocol, session } from 'electron';
import type { HostEvent } from '../contract/events.ts';
import type { Log } from '../contract/log.ts';
import type { Marks } from '../contract/marks.ts';
import { type Supervised, superviseBackend } from '../contract/supervise.ts';
import { createFork } from './backend-process.ts';
import { createGate } from './gate.ts';
import { guardSession } from './guard.ts';
import { createHostHandlers, openFolder } from './host-handlers.ts';
import { listenToPage } from './ipc.ts';
import { createRunningJobs } from './jobs.ts';
import { SCHEME } from './page-address.ts';
import { createPageHandler } from './page-protocol.ts';
import { createShellFile } from './shell-file.ts';
import { createMenuAndTheme } from './theme.ts';
import { createUpdates } from './updates.ts';
import { createWindowHolder } from './window-holder.ts';

interface DeskDeps {
  readonly data: string;
  /** The window's own folder (userData). */
  readonly profile: string;
  /** The built app: main/, preload/, renderer/, migrations/. */
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
    const backend = startBackend({ data, out, log, emit, onReady: () => marks.mark('backend/ready', now()) });
    closeRecordsBeforeQuit(backend);
    const applyTheme = createMenuAndTheme({
      shell,
      emit,
      // A refusal leaves the theme as chosen until the next start: nothing that needs a sentence.
      save: (theme) => void backend.call('workspace:save-settings', { theme }),
      openFolder: (which) => void openFolder(which === 'data' ? data : join(data, 'logs')),
    });
    const updates = createUpdates({ isBusy: jobs.isBusy, emit, resourcesPath: process.resourcesPath });
    const host = createHostHandlers({ data, marks, updates, applyTheme, openDeal, now });
    const gate = createGate({ host, backend: backend.call, log });
    listenToPage({ gate, currentWindow: holder.current, onListening: holder.outlet.listening });
    guardSession(session.defaultSession);
    protocol.handle(SCHEME, createPageHandler(join(out, 'renderer')));
    holder.show();
  };
  return { open, show: holder.show, focus: holder.focus, openDeal };
}

interface BackendDeps {
  readonly data: string;
  readonly out: string;
  readonly log: Log;
  readonly emit: (event: HostEvent) => void;
  readonly onReady: () => void;
}

function startBackend({ data, out, log, emit, onReady }: BackendDeps): Supervised {
  const fork = createFork({ entry: join(out, 'main', 'backend.js'), migrations: join(out, 'migrations'), data });
  return superviseBackend({
    fork,
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

/** The records are closed before the process ends, at most five seconds long. What was acknowledged is safe either way. */
function closeRecordsBeforeQuit(backend: Supervised): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    backend.close(CLOSE_LIMIT_MS).finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}
