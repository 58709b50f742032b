import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUp, startTestPortal, type TestDesk, type TestPortal } from '../../../../portal/server/testing.ts';
import type { VersionView } from '../../../contract/papers.ts';
import { type Desk, startDesk, textPdf } from '../../papers/testing.ts';
import { noPortal } from '../no-portal.ts';

/** Two whole desktops and a whole portal: a paper that one files is opened on the other. */
let portal: TestPortal;
let admin: TestDesk;
const desks: Desk[] = [];

beforeEach(async () => {
  portal = await startTestPortal();
  admin = await setUp(portal, { name: 'Ada Admin' });
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
  await portal.close();
});

async function joined(name: string): Promise<Desk> {
  const desk = startDesk(() => new Date(), { host: noPortal, syncAfterMs: 0 });
  desks.push(desk);
  const email = `${name}@fennimore.example`;
  const { code } = await portal.get('team/invite', { name, email, role: 'tc' }, admin.key);
  const wish = { url: portal.portal.url, code, name, email, deviceName: 'Laptop', workspaceName: '' };
  const answer = await desk.call('sync:join', wish);
  if (answer.kind !== 'ok') throw new Error(answer.sentence);
  return desk;
}

async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const end = performance.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error(`waited too long for ${what}: ${await facts()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** For whoever reads why it waited. */
async function facts(): Promise<string> {
  const states = await Promise.all(desks.map((desk) => desk.call('sync:state', {})));
  const lines = [...desks.map((desk) => desk.lines.slice(-4).join('')), portal.lines.slice(-12).join('')];
  return [...states.map((state) => JSON.stringify(state)), ...lines].join('\n');
}

async function newest(desk: Desk, dealId: string, lineId: string): Promise<VersionView | null> {
  const lines = await desk.call('papers:lines', { dealId });
  return lines.find(({ id }) => id === lineId)?.versions.at(-1) ?? null;
}

test('a paper filed on one desktop is named at once on the other, arrives, is read, and goes with its words', async () => {
  const tomas = await joined('tomas');
  const zoe = await joined('zoe');
  const dealId = await tomas.newDeal();
  const [line] = (await tomas.call('papers:lines', { dealId })).filter(({ isMetadataOnly }) => !isMetadataOnly);
  if (line === undefined) throw new Error('a deal has documents');
  const path = tomas.put('Walnut paper.pdf', await textPdf('Walnuttree Lane, the whole agreement'));
  const dropped = { sources: [{ kind: 'path' as const, path }], how: 'drop' as const, dealId, lineId: line.id };
  await tomas.job(await tomas.call('inbox:add', dropped));
  const filed = await until(() => newest(tomas, dealId, line.id), 'the filing');
  expect(filed).toMatchObject({ isHere: true, shown: { kind: 'pdf' } });

  const named = await until(() => newest(zoe, dealId, line.id), 'the row');
  if (!named.isHere) expect(named).toMatchObject({ shown: null, sentence: expect.stringMatching(/on its way/) });
  const arrived = await until(async () => {
    const version = await newest(zoe, dealId, line.id);
    return version?.isHere && version.pages !== null ? version : null;
  }, 'the bytes');
  expect(arrived).toMatchObject({ sha256: filed.sha256, bytes: filed.bytes, pages: 1, shown: { kind: 'pdf' } });
  const [theirs, mine] = await Promise.all(
    [zoe, tomas].map((desk) => desk.call('files:read', { sha256: filed.sha256, from: 0, to: filed.bytes })),
  );
  expect(Buffer.from(theirs?.bytes ?? []).equals(Buffer.from(mine?.bytes ?? [1]))).toBe(true);
  const found = await until(async () => {
    const hits = await zoe.call('search:all', { text: 'walnuttree', limit: 10 });
    return hits.length > 0 ? hits : null;
  }, 'the search');
  expect(found[0]).toMatchObject({ deal: { dealId } });
  const { files } = await zoe.call('sync:state', {});
  expect(files).toMatchObject({ down: 0, problem: '' });
}, 180_000);
