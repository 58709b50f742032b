import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { CREATE } from '../../core/commands/testing.ts';
import { PROTOCOL_VERSION } from '../../core/sync/protocol.ts';
import type { Problem, PushReply, SyncCommand } from '../../core/sync/wire.ts';
import { DESK_PATH, type DeviceCallName, type DeviceInput, type DeviceOutput } from '../api/device-calls.ts';
import type { ApiError, ApiReply } from '../api/values.ts';
import type { PortalConfig } from './config.ts';
import { type Portal, startPortal } from './index.ts';
import { embeddedConfig } from './load-config.ts';
import { createLineLog } from './log-lines.ts';

/** A real portal server on a free port of this computer, for tests. */
export interface TestPortal {
  readonly portal: Portal;
  /** The lines of its log so far. */
  readonly lines: readonly string[];
  /** One call over HTTP; `key` signs it. */
  ask<N extends DeviceCallName>(name: N, input: DeviceInput<N>, key?: string): Promise<Asked<N>>;
  /** The value; throws what was answered instead. */
  get<N extends DeviceCallName>(name: N, input: DeviceInput<N>, key?: string): Promise<DeviceOutput<N>>;
  /** Ends it; its records stay. */
  stop(): Promise<void>;
  /** Ends it and takes its folder away. */
  close(): Promise<void>;
}

export interface Asked<N extends DeviceCallName> {
  readonly status: number;
  readonly reply: ApiReply<DeviceOutput<N>>;
  readonly text: string;
}

export interface Wish {
  /** Other settings than those of an own server on this computer. */
  readonly config?: Partial<PortalConfig>;
  readonly now?: () => Date;
  /** The folder of the built pages. */
  readonly web?: string;
  /** Where one that was ended left its records. */
  readonly folder?: string;
  readonly isRestored?: boolean;
}

export async function startTestPortal({
  config,
  now,
  web,
  folder,
  isRestored = false,
}: Wish = {}): Promise<TestPortal> {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'closeboard-portal-'));
  const lines: string[] = [];
  const started = await startPortal({
    config: { ...embeddedConfig(data, 0), isEmbedded: false, ...config },
    log: createLineLog((line) => lines.push(line), now ?? (() => new Date())),
    ...{ isChecked: true, isRestored },
    ...(now === undefined ? {} : { now }),
    ...(web === undefined ? {} : { web }),
  });
  if (!started.ok) throw new Error(started.error.sentence);
  const portal = started.value;
  const ask: TestPortal['ask'] = async (name, input, key) => {
    const answer = await fetch(`${portal.url}${DESK_PATH}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : bearer(key)) },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    return { status: answer.status, reply: JSON.parse(text), text };
  };
  return {
    portal,
    lines,
    ask,
    get: async (name, input, key) => {
      const { reply, text } = await ask(name, input, key);
      if (!reply.ok) throw new Error(text);
      return reply.value;
    },
    stop: () => portal.close(),
    close: async () => {
      await portal.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** Why a call was not carried out; throws when it was. */
export function errorOf(asked: { readonly reply: ApiReply<unknown>; readonly text: string }): ApiError {
  if (asked.reply.ok) throw new Error(`it was carried out: ${asked.text}`);
  return asked.reply.error;
}

/** A desktop that is signed in, as far as tests need one. */
export interface TestDesk {
  readonly key: string;
  readonly deviceId: string;
  readonly memberId: string;
  readonly storeId: string;
  /** What each request about sync says of itself. */
  readonly asked: { readonly protocol: number; readonly storeId: string; readonly deviceId: string };
}

export interface EnrolWish {
  readonly name?: string;
  readonly email?: string;
  readonly memberId?: string;
  readonly deviceId?: string;
}

export async function enrolAt(server: TestPortal, code: string, wish: EnrolWish = {}): Promise<TestDesk> {
  const name = wish.name ?? 'Noor Haddad';
  const enrolled = await server.get('team/enrol', enrolInput(code, { ...wish, name }));
  const { deviceKey, deviceId, memberId, storeId } = enrolled;
  return { key: deviceKey, deviceId, memberId, storeId, asked: { protocol: PROTOCOL_VERSION, storeId, deviceId } };
}

export function enrolInput(code: string, wish: EnrolWish = {}): DeviceInput<'team/enrol'> {
  const name = wish.name ?? 'Noor Haddad';
  return {
    ...{ code, name, email: wish.email ?? `${name.split(' ')[0]?.toLowerCase()}@fennimore.example` },
    ...{ deviceId: wish.deviceId ?? newId(), deviceName: `${name}'s laptop`, memberId: wish.memberId ?? newId() },
    workspaceName: 'Fennimore Realty',
  };
}

/** The first admin of a server. */
export function setUp(server: TestPortal, wish: EnrolWish = {}): Promise<TestDesk> {
  return enrolAt(server, server.portal.setupCode ?? '', wish);
}

/** A further member, invited by an admin. */
export async function joinTeam(
  server: TestPortal,
  admin: TestDesk,
  { role, name }: { readonly role: 'tc' | 'admin' | 'agent'; readonly name: string },
): Promise<TestDesk> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@fennimore.example`;
  const { code } = await server.get('team/invite', { name, email, role }, admin.key);
  return enrolAt(server, code, { name, email });
}

const AT = '2026-06-02T16:12:00.000Z';

/** A command as a desktop sends it. */
export function step(
  desk: TestDesk,
  seq: number,
  { id, dealId, name, args }: { id?: string; dealId: string; name: string; args: unknown },
): SyncCommand {
  return { deviceId: desk.deviceId, seq, commandId: id ?? newId(), dealId, name, args, at: AT };
}

/** The command that opens a deal for one of its team. */
export function openingStep(desk: TestDesk, seq: number, dealId: string): SyncCommand {
  return step(desk, seq, { dealId, name: 'createDeal', args: { ...CREATE, ownerId: desk.memberId, at: AT } });
}

/** Sends commands; throws when the request as a whole was not answered. */
export async function pushTo(server: TestPortal, desk: TestDesk, commands: readonly SyncCommand[]): Promise<PushReply> {
  const told = await server.get('sync/push', { ...desk.asked, commands: [...commands] }, desk.key);
  if (told.problem !== null) throw new Error(JSON.stringify(told.problem));
  return told.reply;
}

export function problemOf(told: { readonly problem: Problem | null }): Problem['type'] | null {
  return told.problem?.type ?? null;
}

/** Everything that one event stream says, until it ends. */
export interface Listening {
  /** Fulfilled with the first message, heard or still to come, that the test wants; rejects when the stream ends. */
  wait(wanted: (unitId: string, version: number) => boolean): Promise<void>;
  readonly heard: readonly { readonly unitId: string; readonly version: number }[];
  /** Fulfilled when the server ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function listenTo(server: TestPortal, key: string): Promise<Listening> {
  const stop = new AbortController();
  const answer = await fetch(`${server.portal.url}${DESK_PATH}/events`, { headers: bearer(key), signal: stop.signal });
  if (answer.status !== 200 || answer.body === null) throw new Error(`no stream: ${answer.status}`);
  const heard: { unitId: string; version: number }[] = [];
  let tell: () => void = () => {};
  let isOver = false;
  const read = async (body: ReadableStream<Uint8Array>) => {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const line = text.slice(0, end);
          text = text.slice(end + 2);
          if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)));
        }
        tell();
      }
    } catch {
      // Cut off, by this test or by the end of the server: over all the same.
    }
    isOver = true;
    tell();
  };
  const ended = read(answer.body);
  const wait: Listening['wait'] = async (wanted) => {
    while (!heard.some(({ unitId, version }) => wanted(unitId, version))) {
      if (isOver) throw new Error('the stream is over');
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
    }
  };
  return { wait, heard, ended, close: () => stop.abort() };
}
