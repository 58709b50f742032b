import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { rowsOf } from '../../../core/commands/apply.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { createLibrary } from '../../../resources/library.ts';
import type { PersonCallName } from '../../api/person-calls.ts';
import { createApp } from '../app.ts';
import { createDiskBlobs } from '../blobs/disk.ts';
import type { Blobs } from '../blobs/types.ts';
import type { PortalConfig } from '../config.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import type { PortalLog } from '../log.ts';
import { createLineLog } from '../log-lines.ts';
import type { Mailer, MailOutcome, OutgoingMail } from '../mail/types.ts';
import type { WrittenRow } from '../store/areas/rows.ts';
import type { Store } from '../store/types.ts';
import { createStreams } from '../sync/streams.ts';

/** Shared by the tests of links and of people's sessions. */

export const WORKSPACE = 'main';

export const CONFIG: PortalConfig = {
  ...{ data: '/nowhere', host: '127.0.0.1', port: 4711, database: null, blobs: null, smtp: null, mailFrom: null },
  ...{ publicUrl: 'https://portal.office.example', filesUrl: 'https://files.office.example', isEmbedded: false },
  ...{ quotaBytes: 1_000_000_000, maxFileBytes: 100_000_000, proxies: 0 },
};

export interface Desk {
  readonly context: PortalContext;
  readonly app: FastifyInstance;
  readonly mails: OutgoingMail[];
  readonly coordinator: DeviceCaller;
  /** Moves the clock on. */
  wait(ms: number): void;
  /** What the next mail meets; null for a server that takes it. */
  failMail(outcome: MailOutcome | null): void;
  putDeal(deal: Deal): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly config?: Partial<PortalConfig>;
  readonly hasMail?: boolean;
  readonly at?: string;
  readonly webFolder?: string | null;
  readonly blobs?: ReadonlyMap<string, Buffer>;
  /** Keeps bytes in this folder as a portal does, instead of `blobs`. */
  readonly folder?: string;
  /** Takes the lines of the log; without it they are nobody's. */
  readonly log?: (line: string) => void;
  /** The clock of the computer, for what ends by itself; `wait` moves nothing then. */
  readonly isTicking?: boolean;
}

/** A portal around a store, with a clock of its own and mails that are kept. Reads answers against their schema. */
export async function openDesk(store: Store, options: DeskOptions = {}): Promise<Desk> {
  const { config = {}, hasMail = true, at = '2026-06-17T16:00:00.000Z', webFolder = null, folder } = options;
  let now = Date.parse(at);
  let outcome: MailOutcome | null = null;
  const mails: OutgoingMail[] = [];
  const mailer: Mailer = {
    send: async (mail) => {
      if (outcome !== null) return outcome;
      mails.push(mail);
      return { sent: true };
    },
    close: () => undefined,
  };
  await store.createWorkspace({ id: WORKSPACE, name: 'Fennimore Realty', at });
  const context: PortalContext = {
    ...{ config: { ...CONFIG, ...config }, store, workspaceId: WORKSPACE, mailer: hasMail ? mailer : null },
    ...{ blobs: folder === undefined ? blobsOf(options.blobs ?? new Map()) : await createDiskBlobs(folder) },
    ...{ log: logOf(options.log) },
    ...{
      now: () => (options.isTicking ? new Date() : new Date(now)),
      newId: () => randomUUID(),
      newToken: () => randomBytes(32).toString('base64url'),
    },
    ...{ rules: createLibrary(), owner: 'test' },
  };
  const streams = createStreams(context);
  const app = createApp(context, { streams, web: webFolder, isChecked: true });
  await app.ready();
  const coordinator = await addMember(store, at);
  return {
    ...{ context, app, mails, coordinator },
    wait: (ms) => {
      now += ms;
    },
    failMail: (next) => {
      outcome = next;
    },
    putDeal: (deal) => putDeal(store, deal),
    close: async () => {
      streams.close();
      await app.close();
      await store.close();
    },
  };
}

function logOf(write: DeskOptions['log']): PortalLog {
  if (write === undefined) return { info: () => {}, warn: () => {}, defect: failLoudly };
  return { ...createLineLog(write, () => new Date()), defect: failLoudly };
}

function failLoudly(message: string, error: unknown): never {
  throw new Error(message, { cause: error });
}

async function addMember(store: Store, at: string): Promise<DeviceCaller> {
  const member = { workspaceId: WORKSPACE, memberId: 'm-noor', name: 'Noor Haddad', email: 'noor@office.example' };
  return store.transaction(WORKSPACE, async (tx) => {
    const row = await tx.members.put({ ...member, role: 'tc', at });
    const device = { workspaceId: WORKSPACE, deviceId: 'dev-noor', memberId: 'm-noor', name: 'Desk', keyHash: 'k' };
    await tx.devices.enrol({ ...device, at });
    const enrolled = await tx.devices.get(WORKSPACE, 'dev-noor');
    if (enrolled === null) throw new Error('the device was not written');
    return { member: row, device: enrolled, address: '127.0.0.1' };
  });
}

async function putDeal(store: Store, deal: Deal): Promise<void> {
  const unitId = deal.row.id;
  const rows = Object.entries(rowsOf(deal)).flatMap(([table, each]) =>
    each.map((row) => ({ table, rowId: row.id, row }) as unknown as WrittenRow),
  );
  await store.transaction(WORKSPACE, async (tx) => {
    const { version } = await tx.units.bump(WORKSPACE, unitId);
    await tx.rows.write({ workspaceId: WORKSPACE, unitId, version, commandId: randomUUID(), rows });
    for (const { id, sha256 } of deal.versions)
      await tx.files.setReference({ workspaceId: WORKSPACE, unitId, rowId: id, sha256 });
  });
}

function blobsOf(kept: ReadonlyMap<string, Buffer>): Blobs {
  return {
    take: async () => undefined,
    has: async (sha256) => kept.has(sha256),
    read: async (sha256) => {
      const bytes = kept.get(sha256);
      return bytes === undefined ? null : Readable.from([bytes]);
    },
    size: async (sha256) => kept.get(sha256)?.length ?? null,
    remove: async () => undefined,
    setAside: async () => undefined,
    incoming: '/nowhere',
    check: async () => true,
  };
}

/** A browser of its own: keeps its cookie, and asks as a page of the portal does. */
export interface Browser {
  readonly cookie: () => string | null;
  ask(name: PersonCallName, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body: { readonly ok: boolean; readonly value?: unknown; readonly error?: Record<string, unknown> };
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export function browserOf({ app, context }: Pick<Desk, 'app' | 'context'>, address = '203.0.113.7'): Browser {
  const { origin, host } = new URL(context.config.publicUrl);
  let cookie: string | null = null;
  return {
    cookie: () => cookie,
    ask: async (name, body = {}, headers = {}) => {
      const reply = await app.inject({
        method: 'POST',
        url: `/api/person/${name}`,
        remoteAddress: address,
        headers: {
          ...{ host, origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
          ...(cookie === null ? {} : { cookie }),
          ...headers,
        },
        payload: JSON.stringify(body),
      });
      const set = reply.headers['set-cookie'];
      if (typeof set === 'string') cookie = /Max-Age=0/.test(set) ? null : (set.split(';')[0] ?? null);
      return { status: reply.statusCode, body: reply.json(), text: reply.payload, headers: reply.headers };
    },
  };
}
