import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { v7 } from 'uuid';
import type { DocumentClass } from '../../../core/documents/document.ts';
import { DESK_PATH, deviceCalls } from '../../api/device-calls.ts';
import { callerOf } from '../auth/device.ts';
import { hashOfSecret } from '../auth/secrets.ts';
import { createDiskBlobs } from '../blobs/disk.ts';
import type { PortalConfig } from '../config.ts';
import type { PortalContext } from '../context.ts';
import { fileHandlers } from '../routes/files.ts';
import type { WrittenRow } from '../store/areas/rows.ts';
import { AT, type StorePlace } from '../store/testing.ts';
import type { Store } from '../store/types.ts';
import { type FileRoutesDeps, fileRoutes } from './routes.ts';

/** A portal of files alone, on a real socket, for tests and measurements. */
export interface FilePortal {
  readonly context: PortalContext;
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  readonly clock: { now: Date };
  readonly warnings: string[];
  /** Ends it as a crash would: connections are cut, nothing is finished. The folder and the records stay. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export interface FilePortalWish {
  readonly place: Pick<StorePlace, 'open'>;
  /** Shared by several servers; a new one when left out. */
  readonly folder?: string;
  readonly port?: number;
  readonly config?: Partial<PortalConfig>;
  readonly openFile?: FileRoutesDeps['openFile'];
}

export const WORKSPACE = 'main';
const KEYS = new Map<string, string>();

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A PDF by its first bytes, and noise to the end. */
export function pdfBytes(bytes: number): Buffer {
  const made = randomBytes(bytes);
  made.write('%PDF-1.7\n', 'latin1');
  return made;
}

export async function startFilePortal(wish: FilePortalWish): Promise<FilePortal> {
  const folder = wish.folder ?? mkdtempSync(join(tmpdir(), 'closeboard-portal-'));
  const store = await wish.place.open();
  await store.createWorkspace({ id: WORKSPACE, name: 'Harbor Realty', at: AT });
  const clock = { now: new Date(AT) };
  const warnings: string[] = [];
  const context = await contextFor({ store, folder, clock, warnings, config: wish.config ?? {} });
  const app = await appFor(context, wish.openFile);
  await app.listen({ host: '127.0.0.1', port: wish.port ?? 0 });
  const port = (app.addresses()[0] as { readonly port: number }).port;
  const stop = async () => {
    app.server.closeAllConnections();
    await app.close();
    await store.close();
  };
  return {
    ...{ context, folder, port, clock, warnings, stop },
    url: `http://127.0.0.1:${port}`,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface ContextWish {
  readonly store: Store;
  readonly folder: string;
  readonly clock: { now: Date };
  readonly warnings: string[];
  readonly config: Partial<PortalConfig>;
}

async function contextFor({ store, folder, clock, warnings, config }: ContextWish): Promise<PortalContext> {
  return {
    config: {
      ...{ data: folder, host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', filesUrl: 'http://127.0.0.1' },
      ...{ database: null, blobs: null, smtp: null, mailFrom: null, isEmbedded: false },
      ...{ quotaBytes: 10_000_000_000, maxFileBytes: 2_000_000_000, proxies: 0, ...config },
    },
    store,
    workspaceId: WORKSPACE,
    blobs: await createDiskBlobs(join(folder, 'blobs')),
    mailer: null,
    log: {
      info: () => {},
      warn: (message) => void warnings.push(message),
      defect: (message, error) => void warnings.push(`${message}: ${String(error)}`),
    },
    now: () => clock.now,
    newId: () => v7(),
    newToken: () => randomBytes(32).toString('base64url'),
    rules: {
      ...{ template: () => null, packNames: () => null, pack: () => null, packAt: () => null },
      ...{ questions: () => [], stateForms: () => [] },
    },
    owner: v7(),
  };
}

async function appFor(context: PortalContext, openFile: FileRoutesDeps['openFile']): Promise<FastifyInstance> {
  const app = Fastify({ forceCloseConnections: true });
  const who: FileRoutesDeps['callerOf'] = ({ headers, ip }) =>
    callerOf(context, { authorization: headers.authorization, address: ip });
  await app.register(fileRoutes, { context, callerOf: who, openFile });
  app.post(`${DESK_PATH}/files/missing`, async (request, reply) => {
    const caller = await who(request);
    if (!caller.ok) return await reply.code(401).send(caller);
    const input = deviceCalls['files/missing'].input.parse(request.body);
    return await reply.send(await fileHandlers['files/missing'](context, caller.value, input));
  });
  await app.ready();
  return app;
}

/** A member with one device; answers the header that shows its key. */
export async function signedIn(
  { context }: Pick<FilePortal, 'context'>,
  memberId: string,
  role: 'tc' | 'admin' | 'agent' = 'tc',
  wanted?: string,
): Promise<{ readonly authorization: string }> {
  const { store, workspaceId } = context;
  const key = wanted ?? KEYS.get(memberId) ?? randomBytes(32).toString('base64url');
  KEYS.set(memberId, key);
  await store.transaction(workspaceId, async ({ members, devices }) => {
    await members.put({ workspaceId, memberId, name: memberId, role, email: `${memberId}@harbor.example`, at: AT });
    const device = { workspaceId, deviceId: `d-${memberId}`, memberId, name: 'Laptop', keyHash: hashOfSecret(key) };
    await devices.enrol({ ...device, at: AT });
  });
  return { authorization: `Bearer ${key}` };
}

export interface FileOfDeal {
  readonly sha256: string;
  readonly bytes: number;
  readonly class?: DocumentClass;
  readonly isHeld?: boolean;
}

/** A deal whose rows name these files, each on a line of its own, as commands would have written them. */
export async function putDeal(
  { context }: Pick<FilePortal, 'context'>,
  dealId: string,
  files: readonly FileOfDeal[],
): Promise<void> {
  const { store, workspaceId } = context;
  const rows = files.flatMap((file, index) => rowsOf(dealId, file, index));
  await store.transaction(workspaceId, async (tx) => {
    const { version } = await tx.units.bump(workspaceId, dealId);
    const deal: WrittenRow = { table: 'deal', rowId: dealId, row: { ...DEAL, id: dealId } };
    await tx.rows.write({ workspaceId, unitId: dealId, version, commandId: v7(), rows: [deal, ...rows] });
    for (const { table, rowId, row } of rows)
      if (table === 'version')
        await tx.files.setReference({ workspaceId, unitId: dealId, rowId, sha256: String(row?.sha256) });
  });
}

function rowsOf(dealId: string, file: FileOfDeal, position: number): readonly WrittenRow[] {
  const lineId = `${dealId}-line-${position}`;
  const line = {
    ...{ id: lineId, dealId, templateDocumentId: null, title: `Paper ${position}`, clientTitle: 'Your paper' },
    ...{ stage: 'intake', ownerRole: 'client', class: file.class ?? 'disclosure', condition: '', isRequired: true },
    ...{ isLegal: false, position, state: 'received', reason: '' },
  };
  const id = `${dealId}-version-${position}`;
  const version = {
    ...{ id, dealId, lineId, number: 1, suffix: null, sha256: file.sha256, bytes: file.bytes, extension: 'pdf' },
    ...{ originalName: 'scan.pdf', documentOn: '2026-06-02', receivedAt: AT, sentBy: '', isHeld: file.isHeld ?? false },
    ...{ verdict: null, verdictReason: '', verdictOn: null },
  };
  return [
    { table: 'line', rowId: lineId, row: line },
    { table: 'version', rowId: id, row: version },
  ];
}

const DEAL = {
  ...{ street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816', side: 'buyer' },
  ...{ scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22', templateId: 't', templateVersion: 1 },
  ...{ stage: 'intake', stageSince: AT, ownerId: 'noor', priceCents: null, facts: {}, openedAt: AT, closedOn: null },
  ...{ outcome: null, outcomeReason: '', isSample: false },
};

/** What the trail of a deal (or the workspace) says, oldest first. */
export async function trailOf({ context }: Pick<FilePortal, 'context'>, unitId: string) {
  const { store, workspaceId } = context;
  return await store.read(({ audit }) => audit.after({ workspaceId, unitId, after: 0, limit: 1_000 }));
}

export interface Announced {
  readonly dealId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly name?: string;
}

/** Announces an upload as a client of tus does. */
export function announce(
  { url }: Pick<FilePortal, 'url'>,
  headers: Readonly<Record<string, string>>,
  { dealId, sha256, bytes, name = 'scan.pdf' }: Announced,
): Promise<Response> {
  const told = Object.entries({ dealId, sha256, name }).map(
    ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
  );
  return fetch(`${url}${DESK_PATH}/uploads`, {
    method: 'POST',
    headers: { ...headers, ...TUS, 'upload-length': String(bytes), 'upload-metadata': told.join(',') },
  });
}

export const TUS = { 'tus-resumable': '1.0.0' };

export interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export function sendPiece(
  url: string,
  headers: Readonly<Record<string, string>>,
  { offset, bytes }: Piece,
): Promise<Response> {
  const told = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  return fetch(url, { method: 'PATCH', headers: { ...headers, ...TUS, ...told }, body: new Uint8Array(bytes) });
}

/** How far the portal says it is; null when it knows no such upload. */
export async function offsetOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | null> {
  const asked = await fetch(url, { method: 'HEAD', headers: { ...headers, ...TUS } });
  return asked.status === 200 ? Number(asked.headers.get('upload-offset')) : null;
}

/** The whole of a file, in pieces of so many bytes; the last answer. */
export async function uploadWhole(
  portal: Pick<FilePortal, 'url'>,
  headers: Readonly<Record<string, string>>,
  {
    dealId,
    bytes,
    piece = 8 * 1024 * 1024,
  }: { readonly dealId: string; readonly bytes: Uint8Array; readonly piece?: number },
): Promise<Response> {
  const made = await announce(portal, headers, { dealId, sha256: sha256Of(bytes), bytes: bytes.length });
  if (made.status !== 201) return made;
  const at = `${portal.url}${made.headers.get('location')}`;
  let last = made;
  for (let offset = 0; offset < bytes.length; offset += piece)
    last = await sendPiece(at, headers, { offset, bytes: bytes.subarray(offset, offset + piece) });
  return last;
}
