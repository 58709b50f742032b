import { v4, v7 } from 'uuid';
import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import { DESK_PATH, type DeviceCallName, type DeviceInput, deviceCalls } from '../../api/device-calls.ts';
import { INTAKE_PATH, intakeCalls } from '../../api/intake-calls.ts';
import { PERSON_PATH, PERSON_UPLOADS, personCalls } from '../../api/person-calls.ts';
import { CALENDAR_PATH } from '../person/calendar.ts';
import type { Asker, World } from './testing-world.ts';

/** Every address of the portal server, as somebody asks it about one deal. */

export interface Ask {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** At the address of files. */
  readonly isOfFiles?: boolean;
}

/** What an ask is about. */
export interface Target {
  readonly dealId: string;
  readonly personId: string;
  readonly linkId: string;
  readonly versionId: string;
  readonly sha256: string;
  readonly memberId: string;
  readonly deviceId: string;
}

function deskInputs(
  asker: Pick<Asker, 'deviceId' | 'storeId'>,
  target: Target,
): { [N in DeviceCallName]: DeviceInput<N> } {
  const { dealId, personId, linkId, sha256, memberId, deviceId } = target;
  const asked = { protocol: PROTOCOL_VERSION, storeId: asker.storeId, deviceId: asker.deviceId };
  const at = '2026-06-17T16:00:00.000Z';
  const args = { noteId: v7(), body: 'a note', at };
  const command = { deviceId: asker.deviceId, seq: 1, commandId: v7(), dealId, name: 'addNote', args, at };
  const word = { secondStep: 'word', word: 'heron', mayDownload: true, expiresAt: null } as const;
  return {
    'sync/hello': asked,
    'sync/renew': { protocol: PROTOCOL_VERSION, storeId: asker.storeId, deviceId, formerIds: [] },
    'sync/push': { ...asked, commands: [command] },
    'sync/heads': { ...asked, since: 0 },
    'sync/page': { ...asked, unitId: dealId, after: { version: 0, table: '', rowId: '' }, upTo: null },
    'server/about': {},
    'team/enrol': {
      ...{ code: 'K7QM-2XRB-9TWF-HC3D', deviceId, deviceName: 'd', memberId, name: 'n', email: '' },
      workspaceName: '',
    },
    'team/get': {},
    'team/invite': { name: 'Somebody new', email: 'new@office.example', role: 'agent' },
    'team/withdraw': { invitationId: linkId },
    'team/device-code': {},
    'team/set-member': { memberId },
    'team/revoke-member': { memberId },
    'team/revoke-device': { deviceId },
    'team/sign-out': {},
    'files/missing': { dealId, sha256s: [sha256] },
    'access/get': { dealId },
    'access/set-member': { dealId, memberId, isOn: true },
    'access/make-link': { dealId, personId, ...word },
    'access/revoke-link': { dealId, linkId },
    'access/set-download': { dealId, linkId, mayDownload: true },
    'access/preview': { dealId, personId },
    'intake/links': {},
    'intake/make-link': { note: 'somebody', days: 30, maxUses: 1 },
    'intake/revoke-link': { linkId },
    'audit/list': { dealId, before: null, groups: [], actor: '', limit: 200, seen: 0 },
  };
}

/** Words of each act about something of a deal. */
function actInputs({ dealId, personId, linkId, versionId }: Target): Readonly<Record<string, unknown>> {
  const actId = v4();
  const words = { actId, reason: 'why', changeId: linkId };
  return {
    'document-ticket': { versionId, use: 'read' },
    'complete-task': { actId, taskId: dealId, isDone: true },
    acknowledge: { actId, versionId },
    'send-form': { actId, formId: linkId, answers: { financing: 'cash' } },
    'write-message': { actId, aboutType: 'task', aboutId: versionId.slice(0, 200), body: 'a message' },
    'ask-change': {
      ...{ actId, kind: 'replace-document', reason: 'why' },
      terms: [{ type: 'new-version', lineId: versionId }],
    },
    'answer-change': { ...words, answer: 'approve', as: 'lender' },
    'withdraw-change': { actId, changeId: linkId },
    'propose-person': {
      ...{ actId, role: 'attorney', name: 'Somebody', company: '', email: 'new@mail.example', phone: '', words: '' },
    },
    'give-consent': { actId, toId: personId, covers: 'settlement' },
    'withdraw-consent': { actId, consentId: linkId },
    'send-paper': {
      ...{
        actId,
        sendingId: linkId,
        lineId: versionId,
        newTitle: null,
        uploads: [linkId],
        as: 'file',
        name: 'scan.pdf',
      },
    },
    'drop-sending': { sendingId: linkId },
    'switch-deal': { linkId },
  };
}

/** All but `except`, which end what the others need. */
export function asksOf(asker: Asker, target: Target, except: readonly string[] = []): readonly Ask[] {
  const inputs = deskInputs(asker, target);
  const desk = (Object.keys(deviceCalls) as DeviceCallName[]).map(
    (name): Ask => ({ name, method: 'POST', url: `${DESK_PATH}/${name}`, body: inputs[name] }),
  );
  const people = Object.keys(personCalls).map((name): Ask => {
    const body = {
      open: { token: 'x' },
      confirm: { answer: 'heron' },
      ...actInputs(target),
    };
    return { name, method: 'POST', url: `${PERSON_PATH}/${name}`, body: (body as Record<string, unknown>)[name] ?? {} };
  });
  const intake = Object.keys(intakeCalls).map((name): Ask => {
    const bodies: Record<string, unknown> = {
      ...{
        open: { token: target.linkId.padEnd(20, 'x').slice(0, 100) },
        look: { token: 'x'.repeat(43) },
        resume: { token: target.linkId.padEnd(20, 'x').slice(0, 100) },
      },
      ...{ answer: { questionId: 'scenario', value: 'sell' }, send: { words: '' } },
    };
    return { name: `intake ${name}`, method: 'POST', url: `${INTAKE_PATH}/${name}`, body: bodies[name] ?? {} };
  });
  return [...desk, ...people, ...intake, ...rawAsks(target)].filter(({ name }) => !except.includes(name));
}

/** Whatever does not speak JSON. */
export function rawAsks({ dealId, sha256, linkId }: Target): readonly Ask[] {
  const [deal, hash, upload] = [dealId, sha256, linkId].map((text) => encodeURIComponent(text.toWellFormed()));
  const tus = { 'tus-resumable': '1.0.0' };
  const told = Object.entries({ dealId, sha256, name: 'scan.pdf' }).map(
    ([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`,
  );
  const announced = { ...tus, 'upload-length': '9', 'upload-metadata': told.join(',') };
  const piece = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  return [
    { name: 'file', method: 'GET', url: `${DESK_PATH}/file/${deal}/${hash}` },
    { name: 'file range', method: 'GET', url: `${DESK_PATH}/file/${deal}/${hash}`, headers: { range: 'bytes=0-40' } },
    { name: 'export', method: 'GET', url: `${DESK_PATH}/export/${deal}` },
    { name: 'announce', method: 'POST', url: `${DESK_PATH}/uploads`, headers: announced },
    { name: 'upload head', method: 'HEAD', url: `${DESK_PATH}/uploads/${upload}`, headers: tus },
    {
      name: 'upload piece',
      method: 'PATCH',
      url: `${DESK_PATH}/uploads/${upload}`,
      headers: piece,
      body: '%PDF-1.7\n',
    },
    { name: 'upload end', method: 'DELETE', url: `${DESK_PATH}/uploads/${upload}`, headers: tus },
    { name: 'document', method: 'POST', url: '/document', isOfFiles: true, body: `ticket=${upload}` },
    { name: 'calendar', method: 'GET', url: `${CALENDAR_PATH}/${upload}.ics` },
    { name: 'calendar head', method: 'HEAD', url: `${CALENDAR_PATH}/${deal}.ics` },
    { name: 'page upload head', method: 'HEAD', url: `${PERSON_UPLOADS}/${upload}`, headers: tus },
    { name: 'page upload piece', method: 'PATCH', url: `${PERSON_UPLOADS}/${upload}`, headers: piece, body: '%PDF' },
    { name: 'page upload end', method: 'DELETE', url: `${PERSON_UPLOADS}/${upload}`, headers: tus },
    { name: 'health', method: 'GET', url: '/health' },
    { name: 'ready', method: 'GET', url: '/ready' },
    { name: 'page', method: 'GET', url: '/' },
    { name: 'asset', method: 'GET', url: `/assets/${deal}` },
    { name: 'other method', method: 'GET', url: `${DESK_PATH}/access/get?dealId=${deal}` },
    { name: 'nowhere', method: 'GET', url: `/${deal}` },
  ];
}

export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  /** Status, headers but those that differ by themselves, and body: what somebody can tell two answers apart by. */
  readonly whole: string;
}

export interface Sending {
  readonly world: Pick<World, 'desk'>;
  readonly asker: Pick<Asker, 'headers'>;
  readonly address?: string;
}

export async function send({ world, asker, address = '203.0.113.7' }: Sending, ask: Ask): Promise<Heard> {
  const { config } = world.desk.context;
  const { origin } = new URL(config.publicUrl);
  const isForm = ask.isOfFiles === true;
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  const payload =
    typeof ask.body === 'string' ? ask.body : ask.body === undefined ? undefined : JSON.stringify(ask.body);
  const reply = await world.desk.app.inject({
    ...{ method: ask.method, url: ask.url, remoteAddress: address },
    headers: {
      host: new URL(isForm ? config.filesUrl : config.publicUrl).host,
      ...{ origin, 'sec-fetch-site': 'same-origin' },
      ...(payload === undefined ? {} : { 'content-type': type }),
      ...asker.headers,
      ...ask.headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const { 'x-request-id': _id, date: _date, ...headers } = reply.headers;
  const body = reply.rawPayload;
  const whole = `${reply.statusCode} ${JSON.stringify(headers)} ${body.toString('latin1')}`;
  return { status: reply.statusCode, headers: reply.headers, body, whole };
}
