import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { WORKSPACE } from '../../../core/commands/testing.ts';
import {
  DESK_PATH,
  type DeviceCallName,
  type DeviceInput,
  type DeviceOutput,
} from '../../../portal/api/device-calls.ts';
import type { ApiReply } from '../../../portal/api/values.ts';
import { createApp } from '../../../portal/server/app.ts';
import { hashOfSecret } from '../../../portal/server/auth/secrets.ts';
import type { PortalContext } from '../../../portal/server/context.ts';
import { openPostgresStore } from '../../../portal/server/store/postgres.ts';
import { openSqliteStore } from '../../../portal/server/store/sqlite.ts';
import { must, SILENT } from '../../../portal/server/store/testing.ts';
import type { Store } from '../../../portal/server/store/types.ts';
import { createStreams, type Streams } from '../../../portal/server/sync/streams.ts';
import { contextOn } from '../../../portal/server/testing-context.ts';
import type { Sent, Told } from './line.ts';

/** The server process of a schedule, or several on one database: real routes, real rules, real records. */
export interface RealServer {
  isDown: boolean;
  readonly lines: readonly string[];
  /** One request at one of the processes; null when none is up. */
  answer(sent: Sent, which: number): Promise<Told | null>;
  /** A call that is not part of the weather; throws when it was refused. */
  ask<N extends DeviceCallName>(name: N, input: DeviceInput<N>, key: string): Promise<DeviceOutput<N>>;
  readonly store: () => Store;
  restart(): Promise<void>;
  backUp(): void;
  /** The newest backup is put back, as whoever runs the server does it. False when there is none. */
  restore(): Promise<boolean>;
  close(): Promise<void>;
}

export interface Seat {
  readonly memberId: string;
  readonly name: string;
  readonly role: 'tc' | 'admin' | 'agent';
}

export const ADMIN_KEY = 'k'.repeat(43);
export const RULES = { template: WORKSPACE.template, packNames: WORKSPACE.packNames };
const BEGIN = Date.UTC(2026, 5, 2, 16);

export interface ServerWish {
  readonly folder: string;
  readonly team: readonly Seat[];
  /** Null for SQLite. */
  readonly database: string | null;
  /** How many processes. */
  readonly processes: number;
  /** In place of the small checklist and form of the simulator. */
  readonly rules?: Partial<PortalContext['rules']>;
}

interface Process {
  readonly store: Store;
  readonly app: FastifyInstance;
  readonly streams: Streams;
}

export async function openServer({
  folder,
  team,
  database,
  processes,
  rules = RULES,
}: ServerWish): Promise<RealServer> {
  const lines: string[] = [];
  const file = join(folder, 'portal.db');
  const backup = join(folder, 'portal-backup.db');
  let ticks = 0;
  let hasBackup = false;
  const now = () => {
    ticks += 1;
    return new Date(BEGIN + ticks * 7);
  };
  const open = async (): Promise<Process> => {
    const options = { now: () => now().toISOString(), log: SILENT };
    const store = must(
      database === null
        ? await openSqliteStore({ file, ...options })
        : await openPostgresStore({ url: database, ...options }),
    );
    const context = await contextOn(store, { folder, now, rules, tell: (line) => void lines.push(line) });
    const streams = createStreams(context);
    return { store, streams, app: createApp(context, { streams, web: null, isChecked: true }) };
  };
  const openAll = () => Promise.all(Array.from({ length: processes }, open));
  let running = await openAll();
  const closeAll = async () => {
    for (const { app, streams, store } of running) {
      streams.close();
      await app.close();
      await store.close();
    }
  };
  const first = () => running[0] as Process;
  await enrolTeam(first().store, team, now().toISOString());

  const inject = async ({ path, key, body }: Sent, { app }: Process): Promise<Told> => {
    const headers = { host: '127.0.0.1:7420', 'content-type': 'application/json', authorization: key };
    const reply = await app.inject({ method: 'POST', url: path, headers, payload: body });
    return { status: reply.statusCode, body: reply.body };
  };
  const server: RealServer = {
    isDown: false,
    lines,
    store: () => first().store,
    answer: async (sent, which) => (server.isDown ? null : inject(sent, running[which % running.length] as Process)),
    ask: async (name, input, key) => {
      const sent = { path: `${DESK_PATH}/${name}`, key: `Bearer ${key}`, body: JSON.stringify(input) };
      const told = await inject(sent, first());
      const reply = JSON.parse(told.body) as ApiReply<DeviceOutput<typeof name>>;
      if (!reply.ok) throw new Error(`${name}: ${told.body}`);
      return reply.value;
    },
    restart: async () => {
      await closeAll();
      running = await openAll();
    },
    backUp: () => {
      rmSync(backup, { force: true });
      const raw = new Database(file);
      raw.prepare('VACUUM INTO ?').run(backup);
      raw.close();
      hasBackup = true;
    },
    restore: async () => {
      if (!hasBackup) return false;
      await closeAll();
      for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      copyFileSync(backup, file);
      running = await openAll();
      await first().store.restoreAsNew();
      return true;
    },
    close: closeAll,
  };
  return server;
}

/** Everybody of the team, each with the device by which they are managed; the admin's is the one that manages. */
async function enrolTeam(store: Store, team: readonly Seat[], at: string): Promise<void> {
  await store.createWorkspace({ id: 'main', name: 'Fennimore', at });
  await store.transaction('main', async (tx) => {
    const scope = { workspaceId: 'main', at };
    for (const { memberId, name, role } of team)
      await tx.members.put({ ...scope, memberId, name, role, email: `${memberId}@fennimore.example` });
    const admin = team.find(({ role }) => role === 'admin');
    if (admin === undefined) throw new Error('a team without an admin');
    const keyHash = hashOfSecret(ADMIN_KEY);
    await tx.devices.enrol({ ...scope, deviceId: 'desk-of-admin', memberId: admin.memberId, name: '', keyHash });
  });
}
