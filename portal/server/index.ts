import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { v7 as newId } from 'uuid';
import { err, ok, type Result } from '../../core/result.ts';
import { createLibrary } from '../../resources/library.ts';
import { createApp } from './app.ts';
import { LOCAL_CODE_MS, SETUP_CODE_MS } from './auth/codes.ts';
import { newToken } from './auth/secrets.ts';
import { createDiskBlobs } from './blobs/disk.ts';
import type { PortalConfig } from './config.ts';
import type { PortalContext } from './context.ts';
import { fileJobs } from './files/jobs.ts';
import { type Connections, followConnections } from './http/connections.ts';
import { purgeJob } from './jobs/purge.ts';
import { type JobLoop, startJobs } from './jobs/run.ts';
import { configFileOf, loadConfig, type Words, withPort } from './load-config.ts';
import type { PortalLog } from './log.ts';
import { createLineLog } from './log-lines.ts';
import { createMailer } from './mail/mailer.ts';
import { WORKSPACE_UNIT } from './store/areas/units.ts';
import { codeOf } from './store/failures.ts';
import { openPostgresStore } from './store/postgres.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { Store, StoreRefusal } from './store/types.ts';
import { createStreams, type Streams } from './sync/streams.ts';
import { makeCode } from './team/codes.ts';
import { LOCAL } from './team/enrol.ts';

/** For the command line, which may import this file alone. */
export { exportFrom } from './export/export-from.ts';
export { type VerifyReport, verifyExport } from './export/verify.ts';

export interface PortalOptions {
  readonly config: PortalConfig;
  readonly log: PortalLog;
  readonly now?: () => Date;
  /** The folder with the built pages of the portal; none are served without. */
  readonly web?: string;
  /** The folder with the store's migrations; beside the source or the bundle when not given. */
  readonly migrationsFolder?: string;
  /** Answers are held against their schemas: tests and development. */
  readonly isChecked?: boolean;
  /** The records were put back from a copy: desktops are told, compare everything again and send what is lacking. */
  readonly isRestored?: boolean;
}

/** Why a portal server did not start; everything is as it was. `port`: another one may do. */
export interface PortalRefusal {
  readonly type: 'records' | 'port' | 'failed';
  /** For whoever runs the server. */
  readonly sentence: string;
}

/** As it is started from a command line. */
export interface ServerOptions {
  readonly flags: Words;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line of the log, with its end. */
  readonly write: (line: string) => void;
  readonly web?: string;
  /** As in `PortalOptions`: once, at the first start after the records were put back. */
  readonly isRestored?: boolean;
}

/** A portal server that answers. */
export interface Portal {
  /** For programs of this computer: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  /** With the port that was chosen. */
  readonly config: PortalConfig;
  /** Signs the first admin in, once; null when there is one. A new one at each start, told to nobody else. */
  readonly setupCode: string | null;
  /** A new code for the desktop that an embedded portal belongs to; those before it stop to count. */
  localCode(): Promise<string>;
  /** Takes nothing new, ends event streams, finishes what runs within some seconds, lets go of the records. */
  close(): Promise<void>;
}

/**
 * A server by itself, configured by flags, environment and `portal.json` of its data folder. An error is one sentence for
 * each thing that has to be put right.
 */
export async function startServer({
  flags,
  env,
  write,
  web,
  isRestored = false,
}: ServerOptions): Promise<Result<Portal, readonly string[]>> {
  const data = flags.data ?? env.CLOSEBOARD_PORTAL_DATA ?? '';
  const file = configFileOf(data);
  const config = loadConfig(flags, env, data !== '' && existsSync(file) ? readFileSync(file, 'utf8') : null);
  if (!config.ok) return config;
  mkdirSync(config.value.data, { recursive: true });
  const log = createLineLog(write, () => new Date());
  const started = await startPortal({ config: config.value, log, isRestored, ...(web === undefined ? {} : { web }) });
  return started.ok ? started : err([started.error.sentence]);
}

const NOT_STARTED = 'The portal server could not be started, and nothing was changed. The log names the reason.';
const WORKSPACE = 'main';
const PORT_TRIES = 20;
/** Milliseconds for what runs when the server is told to end. */
const FINISH_MS = 5_000;
/** So often connections that nothing runs on any more are let go of while it ends, in milliseconds. */
const UNUSED_MS = 50;

/** Opens the records and listens. */
export async function startPortal(options: PortalOptions): Promise<Result<Portal, PortalRefusal>> {
  const { config, log } = options;
  const now = options.now ?? (() => new Date());
  const opened = await openStore(options, now);
  if (!opened.ok) return err({ type: 'records', sentence: opened.error.sentence });
  const store = opened.value;
  let up: Listening | null = null;
  try {
    await store.createWorkspace({ id: WORKSPACE, name: '', at: now().toISOString() });
    if (options.isRestored === true) await noteRestored(store, now().toISOString());
    const blobs = await createDiskBlobs(config.blobs ?? join(config.data, 'blobs'));
    const base = {
      ...{ config, store, workspaceId: WORKSPACE, blobs, mailer: createMailer(config, log), log, now, newId, newToken },
      ...{ rules: createLibrary(), owner: newId() },
    };
    const listening = await listen(base, options);
    if (!listening.ok) {
      await store.close();
      return listening;
    }
    up = listening.value;
    if (!(await blobs.check())) log.warn('files cannot be kept at present');
    return ok(await portalOf(up));
  } catch (error) {
    log.defect('starting', error);
    up?.streams.close();
    await up?.app.close();
    await store.close();
    return err({ type: 'failed', sentence: NOT_STARTED });
  }
}

/** Before anybody is answered: by the id of before, desktops would take what was lost for what they have. */
async function noteRestored(store: Store, at: string): Promise<void> {
  await store.restoreAsNew();
  const sentence =
    'The records of the portal were put back from a copy. Each computer compares everything with them again.';
  const row = { workspaceId: WORKSPACE, unitId: WORKSPACE_UNIT, at, actor: 'system', kind: 'other' };
  await store.transaction(WORKSPACE, (tx) => tx.audit.append({ ...row, details: { what: 'restored', sentence } }));
}

function openStore(
  { config, log, migrationsFolder }: PortalOptions,
  now: () => Date,
): Promise<Result<Store, StoreRefusal>> {
  const shared = {
    now: () => now().toISOString(),
    log,
    ...(migrationsFolder === undefined ? {} : { migrationsFolder }),
  };
  if (config.database !== null) return openPostgresStore({ url: config.database, ...shared });
  return openSqliteStore({ file: join(config.data, 'portal.db'), ...shared });
}

const SENTENCE_OF: Readonly<Record<string, (place: string) => string>> = {
  EADDRINUSE: (place) => `Another program listens at ${place} already. Choose another port.`,
  EACCES: (place) => `The portal server may not listen at ${place}. Choose another port.`,
  EADDRNOTAVAIL: (place) => `This computer has no address ${place}. Choose another one.`,
};

interface Ending extends Listening {
  readonly jobs: JobLoop;
}

interface Listening {
  readonly context: PortalContext;
  readonly app: FastifyInstance;
  readonly streams: Streams;
  readonly connections: Connections;
}

/** Builds the routes for a port that is free and takes it. Port 0 tries others when somebody else was quicker. */
async function listen(base: PortalContext, options: PortalOptions): Promise<Result<Listening, PortalRefusal>> {
  const { host, port: wanted } = base.config;
  for (let time = 1; ; time += 1) {
    const port = wanted === 0 ? await freePort(host) : wanted;
    const context = { ...base, config: withPort(base.config, port) };
    const streams = createStreams(context);
    const isChecked = options.isChecked ?? false;
    const app = createApp(context, { streams, web: webOf(options), isChecked });
    const connections = followConnections(app.server);
    try {
      await app.listen({ host, port });
      return ok({ context, app, streams, connections });
    } catch (error) {
      streams.close();
      await app.close();
      const code = codeOf(error);
      if (code === 'EADDRINUSE' && wanted === 0 && time < PORT_TRIES) continue;
      const sentence = SENTENCE_OF[code];
      if (sentence !== undefined) return err({ type: 'port', sentence: sentence(`${host}:${port}`) });
      throw error;
    }
  }
}

/** Desktops are served without the pages too; a folder that is not there is an installation that lacks them. */
function webOf({ web, log }: PortalOptions): string | null {
  if (web === undefined) return null;
  if (existsSync(web)) return web;
  log.warn('the pages are not there, so none are served');
  return null;
}

async function portalOf(listening: Listening): Promise<Portal> {
  const { context } = listening;
  const { config, store, workspaceId } = context;
  const jobs = startJobs(context, [purgeJob, ...fileJobs]);
  const localCode = async () => {
    const wanted = { kind: 'setup', subject: LOCAL, lastsMs: LOCAL_CODE_MS, isOnlyOne: true } as const;
    return (await store.transaction(workspaceId, (tx) => makeCode(context, tx, wanted))).code;
  };
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host === '0.0.0.0' || host === '[::]' ? '127.0.0.1' : host}:${config.port}`,
    port: config.port,
    config,
    setupCode: config.isEmbedded ? null : await setupCode(context),
    localCode,
    close: () => {
      closing ??= close({ ...listening, jobs });
      return closing;
    },
  };
}

async function setupCode(context: PortalContext): Promise<string | null> {
  const { store, workspaceId } = context;
  return store.transaction(workspaceId, async (tx) => {
    if ((await tx.members.list(workspaceId)).length > 0) return null;
    // Each of several server processes tells its own, and all of them end when one is used.
    const wanted = { kind: 'setup', subject: '', lastsMs: SETUP_CODE_MS, isOnlyOne: false } as const;
    return (await makeCode(context, tx, wanted)).code;
  });
}

async function close({ app, streams, connections, jobs, context }: Ending): Promise<void> {
  streams.close();
  // Whoever does not read their answer is cut off in the end.
  const cut = setTimeout(() => app.server.closeAllConnections(), FINISH_MS);
  const unused = setInterval(connections.closeUnused, UNUSED_MS);
  await Promise.all([app.close(), jobs.close(FINISH_MS)]);
  clearTimeout(cut);
  clearInterval(unused);
  context.mailer?.close();
  await context.store.close();
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
