import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnswer } from '../contract/answer.ts';
import { type Background, startBackground } from '../contract/background.ts';
import { createLog } from '../contract/log.ts';
import { createMarks } from '../contract/marks.ts';
import { createFork } from './backend-process.ts';
import type { Door } from './door.ts';
import { createHostHandlers } from './host-handlers.ts';
import { createPortalFork } from './portal-process.ts';
import { createSecretFile } from './secrets.ts';
import { startServer } from './server.ts';
import { openWithSystem } from './system-open.ts';
import { createUploads } from './uploads.ts';

export interface HostPlaces {
  readonly door: Door;
  readonly data: string;
  readonly onPages: (count: number) => void;
}

const now = () => performance.timeOrigin + performance.now();

/** The composition root of the browser host: what answers at the door, and the processes behind it. */
export async function serveHost({ door, data, onPages }: HostPlaces): Promise<Background> {
  // This host runs beside a terminal and from a folder of sources, so its own log goes there.
  const log = createLog({ append: (text) => process.stderr.write(text) }, () => new Date().toISOString());
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const marks = createMarks(process.env.CLOSEBOARD_TIMING === '1' ? print : null);
  marks.mark('app/start', performance.timeOrigin);
  const places = placesOf(import.meta.url);
  const host = createHostHandlers({
    data,
    version: places.version,
    marks,
    now,
    open: openWithSystem,
    onBoard: () => background.boardStands(),
  });
  const server = await startServer({
    door,
    renderer: places.renderer,
    answer: createAnswer({ host, backend: (name, input) => background.call(name, input), log }),
    uploads: createUploads(join(data, 'incoming'), now),
    log,
    now: () => performance.now(),
    onAdmitted: () => marks.mark('window/shown', now()),
    onPages,
  });
  const background = startBackground({
    fork: createFork({ ...places, data }),
    forkPortal: createPortalFork({ ...places, data: join(data, 'portal') }),
    secrets: createSecretFile(join(data, 'secrets.json')),
    emit: (event) => server.emit(event),
    log,
    now: () => performance.now(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    onReady: () => marks.mark('backend/ready', now()),
  });
  return background;
}

/** Where the other parts are: beside this file when built, in their folders when run from source. */
function placesOf(self: string) {
  const here = import.meta.dirname;
  const isSource = self.endsWith('.ts');
  const root = join(here, '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    version,
    entry: isSource ? join(here, '..', 'backend', 'utility.ts') : join(here, 'backend.js'),
    migrations: isSource ? null : join(here, '..', 'migrations'),
    portal: isSource ? join(root, 'portal', 'server', 'process.ts') : join(here, 'portal.js'),
    storeMigrations: isSource
      ? join(root, 'portal', 'server', 'store', 'migrations')
      : join(here, '..', 'store-migrations'),
    web: isSource ? join(root, 'out', 'portal-web') : join(here, '..', 'portal-web'),
    renderer: isSource ? join(root, 'out', 'renderer') : join(here, '..', 'renderer'),
  };
}
