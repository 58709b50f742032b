import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createFileLog } from './file-log.ts';
import { type Portal, startPortal } from './index.ts';
import { embeddedConfig } from './load-config.ts';
import type { PortalLog } from './log.ts';

/** The process of a desktop's own portal: `--data DIR --port N --migrations DIR --web DIR`, over its host's channel. */

/** What Electron puts on `process` in a utility process; written out, since nothing here may import electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** What the host may say. */
const FromHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local-code') }),
  z.object({ kind: z.literal('close') }),
]);

type ToHost =
  | { readonly kind: 'ready'; readonly port: number; readonly code: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'failed'; readonly why: string };

interface Host {
  post(message: ToHost): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The host is no more: nobody is left to serve. */
  onGone(listener: () => void): void;
}

interface Settings {
  readonly data: string;
  readonly port: number;
  readonly migrationsFolder: string | undefined;
  readonly web: string | undefined;
}

await start();

async function start(): Promise<void> {
  const settings = settingsOf(process.argv.slice(2));
  const host = findHost();
  if (settings === null || host === null) {
    process.stderr.write('The portal of this computer is started by Closeboard, with --data and a channel.\n');
    process.exit(2);
  }
  // Records, files and logs are for this user only.
  process.umask(0o077);
  mkdirSync(settings.data, { recursive: true });
  const log = createFileLog(join(settings.data, 'logs', 'portal.log'), () => new Date());
  process.on('uncaughtException', (error) => {
    log.defect('nothing caught this', error);
    process.exit(1);
  });
  await serve(host, log, settings);
}

/** From the first message on, so that a host which changes its mind while the records are opened is heard. */
async function serve(host: Host, log: PortalLog, settings: Settings): Promise<void> {
  const starting = openAt(settings, log);
  let isClosing = false;
  const close = async () => {
    if (isClosing) return;
    isClosing = true;
    try {
      await (await starting)?.portal?.close();
      process.exit(0);
    } catch (error) {
      log.defect('closing', error);
      process.exit(1);
    }
  };
  const tellCode = async (portal: Portal) => {
    try {
      host.post({ kind: 'code', code: await portal.localCode() });
    } catch (error) {
      log.defect('making a code', error);
    }
  };
  host.onMessage((message) => {
    const parsed = FromHost.safeParse(message);
    if (!parsed.success) return log.warn('a message of an unknown shape was left alone');
    if (parsed.data.kind === 'close') return void close();
    void starting.then(({ portal }) => (portal === null ? undefined : tellCode(portal)));
  });
  host.onGone(() => void close());
  const { portal, why } = await starting;
  if (portal === null) {
    host.post({ kind: 'failed', why });
    // The message is on its way; the channel would keep this process.
    setTimeout(() => process.exit(1), 200);
    return;
  }
  host.post({ kind: 'ready', port: portal.port, code: await portal.localCode() });
}

type Opened = { readonly portal: Portal; readonly why: '' } | { readonly portal: null; readonly why: string };

/** At the port of the last time, so that addresses which were passed on stay good; at another one where it is taken. */
async function openAt({ data, port, migrationsFolder, web }: Settings, log: PortalLog): Promise<Opened> {
  const kept = keptPort(data);
  const wanted = [...new Set([port === 0 ? kept : port, 0])];
  let why = '';
  for (const next of wanted) {
    const started = await startPortal({
      config: embeddedConfig(data, next),
      log,
      ...(migrationsFolder === undefined ? {} : { migrationsFolder }),
      ...(web === undefined ? {} : { web }),
      isChecked: process.env.CLOSEBOARD_CHECK_REPLIES === '1',
    });
    if (started.ok) {
      keepPort(data, started.value.port, log);
      return { portal: started.value, why: '' };
    }
    why = started.error.sentence;
    if (started.error.type !== 'port') break;
  }
  return { portal: null, why };
}

function portFile(data: string): string {
  return join(data, 'port');
}

/** 0 when none is kept. */
function keptPort(data: string): number {
  if (!existsSync(portFile(data))) return 0;
  const port = Number(readFileSync(portFile(data), 'utf8').trim());
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

function keepPort(data: string, port: number, log: PortalLog): void {
  try {
    writeFileSync(portFile(data), `${port}\n`);
  } catch {
    log.warn('the port was not kept', { port });
  }
}

function settingsOf(args: readonly string[]): Settings | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      migrations: { type: 'string' },
      web: { type: 'string' },
    },
  });
  const port = Number(values.port ?? '0');
  if (values.data === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) return null;
  return { data: resolve(values.data), port, migrationsFolder: values.migrations, web: values.web };
}

function findHost(): Host | null {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself when main is gone.
      onGone: () => {},
    };
  }
  if (!process.send) return null;
  // Ctrl+C reaches every process of the terminal; the host hears it too and says `close`.
  process.on('SIGINT', () => {});
  return {
    // A host that was killed leaves a channel that refuses; `disconnect` then ends this process.
    post: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
