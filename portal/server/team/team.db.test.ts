import { describe, expect, test } from 'vitest';
import { postgresForTests } from '../store/testing-postgres.ts';
import { enrolAt, enrolInput, errorOf, setUp, startTestPortal } from '../testing.ts';
import { teamContract } from './team-contract.ts';

const postgres = await postgresForTests();

describe('SQLite', () => teamContract(async () => ({})));
describe.skipIf(postgres === null)('PostgreSQL', () =>
  teamContract(async () => ({ config: { database: (await postgres?.place())?.url ?? '' } })),
);

test('guesses of codes are counted: an address has twenty an hour, and misses of all are counted together', async () => {
  let nowMs = Date.parse('2026-06-02T16:12:00.000Z');
  const server = await startTestPortal({ now: () => new Date(nowMs) });
  const wrong = () => server.ask('team/enrol', enrolInput('K7QM-2XRB-9TWF-HC3D'));
  for (let guess = 1; guess <= 20; guess += 1) expect((await wrong()).status).toBe(403);
  const held = await server.ask('team/enrol', enrolInput(server.portal.setupCode ?? ''));
  expect(held.status).toBe(429);
  expect(errorOf(held)).toMatchObject({ type: 'too-often', retryAfter: 3600 });
  nowMs += 3_600_000;
  await setUp(server);
  await server.close();
});

test('with the records away no code is looked at', async () => {
  if (postgres === null) return;
  const place = await postgres.place();
  const server = await startTestPortal({ config: { database: place.url } });
  const listen = await place.silence();
  const held = await server.ask('team/enrol', enrolInput(server.portal.setupCode ?? ''));
  expect([429, 503]).toContain(held.status);
  expect((await fetch(`${server.portal.url}/ready`)).status).toBe(503);
  expect((await fetch(`${server.portal.url}/health`)).status).toBe(200);
  await listen();
  await setUp(server);
  expect((await fetch(`${server.portal.url}/ready`)).status).toBe(200);
  await server.close();
});

describe('the portal of one computer', () => {
  test('a local code signs its desktop in, again and again, as the admin it says it is', async () => {
    const server = await startTestPortal({ config: { isEmbedded: true } });
    expect(server.portal.setupCode).toBeNull();
    const old = await server.portal.localCode();
    const code = await server.portal.localCode();
    expect((await server.ask('team/enrol', enrolInput(old))).status).toBe(403);
    const first = await enrolAt(server, code, { memberId: 'm-noor', deviceId: 'd-noor' });
    expect(first.memberId).toBe('m-noor');
    const again = await enrolAt(server, await server.portal.localCode(), {
      ...{ memberId: 'm-noor', deviceId: 'd-noor', name: 'Noor H.' },
    });
    expect((await server.ask('team/get', {}, first.key)).status).toBe(401);
    const team = await server.get('team/get', {}, again.key);
    expect(team.members).toMatchObject([{ id: 'm-noor', name: 'Noor H.', role: 'admin' }]);
    expect(team.members[0]?.devices).toHaveLength(1);
    await server.close();
  });

  test('a set-up code is new at each start until somebody used it', async () => {
    const server = await startTestPortal();
    const first = server.portal.setupCode ?? '';
    await server.stop();
    const again = await startTestPortal({ folder: server.portal.config.data });
    expect(again.portal.setupCode).not.toBe(first);
    await setUp(again);
    expect((await again.ask('team/enrol', enrolInput(first))).status).toBe(403);
    await again.stop();
    const third = await startTestPortal({ folder: server.portal.config.data });
    expect(third.portal.setupCode).toBeNull();
    await third.close();
  });
});
