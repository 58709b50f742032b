import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWrite } from '../../../../db/handles.ts';
import { blobOf } from '../../../../db/read/files.ts';
import {
  type FilePortal,
  pdfBytes,
  putDeal,
  sha256Of,
  signedIn,
  startFilePortal,
  trailOf,
  uploadWhole,
} from '../../../../portal/server/files/testing.ts';
import { AT, type SqlitePlace, sqlitePlace } from '../../../../portal/server/store/testing.ts';
import { quietLog } from '../../vault/testing.ts';
import { createPortalClient } from '../client.ts';
import type { PortalClient } from '../types.ts';
import { type FileDesk, makeFileDesk } from './testing.ts';

const DEAL = 'deal-a';
const KB = 1024;

let place: SqlitePlace;
let portal: FilePortal;
let desk: FileDesk;
const clock = { now: new Date(AT) };

beforeEach(async () => {
  clock.now = new Date(AT);
  place = sqlitePlace();
  portal = await startFilePortal({ place });
  Object.defineProperty(portal.clock, 'now', { get: () => new Date() });
  desk = makeFileDesk(clock);
});
afterEach(async () => {
  await desk.close();
  await portal.remove();
  await place.remove();
});

async function clientOf(memberId = 'noor', url = portal.url): Promise<PortalClient> {
  const { authorization } = await signedIn(portal, memberId);
  return createPortalClient({ url, key: authorization.slice('Bearer '.length), log: quietLog });
}

const of = (bytes: Uint8Array) => ({ sha256: sha256Of(bytes), bytes: bytes.length });
const isDone = (task: { readonly state: string }) => task.state === 'done';

test('what the portal lacks goes up, what this computer lacks comes down, and each is there once', async () => {
  const [mine, theirs, both] = [pdfBytes(9_000 * KB), pdfBytes(300 * KB), pdfBytes(10 * KB)];
  const files = [mine, theirs, both].map(of);
  const key = await signedIn(portal, 'noor');
  await putDeal(portal, DEAL, files);
  await uploadWhole(portal, key, { dealId: DEAL, bytes: theirs });
  await uploadWhole(portal, key, { dealId: DEAL, bytes: both });
  await desk.hold(mine);
  await desk.hold(both);
  desk.deal(DEAL, files);
  desk.queue().start(await clientOf());
  const tasks = await desk.when((all) => all.length === 3 && all.every(isDone));
  expect(tasks.map(({ way }) => way)).toEqual(['up', 'up', 'up']);
  expect(await portal.context.blobs.size(sha256Of(mine))).toBe(mine.length);
  const check = await desk.vault.vault.check(sha256Of(theirs));
  expect(check).toEqual({ ok: true, value: { bytes: theirs.length } });
  expect(blobOf(desk.db.read, sha256Of(theirs))).toMatchObject({ kind: 'pdf', reading: 'waiting' });
  expect(desk.arrived).toEqual([DEAL]);
  const kinds = (await trailOf(portal, DEAL)).map(({ kind }) => kind).toSorted();
  expect(kinds).toEqual(['download', 'upload', 'upload', 'upload']);
  expect(desk.queue().state()).toEqual({
    ...{ up: 0, down: 0, bytesLeft: 0, current: null, isPaused: false, cap: null, problem: '' },
  });
});

test('private papers, held files, suspects, samples and deals the portal does not know stay here', async () => {
  const [npi, held, suspect, sample, fresh, mine] = [1, 2, 3, 4, 5, 6].map((n) => pdfBytes(n * KB)) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  for (const bytes of [npi, held, suspect, sample, fresh, mine]) await desk.hold(bytes);
  desk.deal(DEAL, [
    { ...of(npi), class: 'npi-financial' },
    { ...of(held), isHeld: true },
    of(suspect),
    of(fresh),
    of(mine),
  ]);
  desk.deal('deal-s', [of(sample)]);
  inWrite(desk.db, (write) => {
    write.run("UPDATE deal SET is_sample = 1 WHERE id = 'deal-s'");
    // The portal has not taken this row in yet.
    write.run(
      "INSERT INTO sync_copy (unit_id, table_name, row_id, version, row_json) VALUES (?, 'version', ?, 1, NULL)",
      DEAL,
      `${DEAL}-v3`,
    );
    write.run("UPDATE version SET is_held = 1 WHERE id = 'deal-s-v0'");
    write.run("UPDATE version SET sha256 = ?, is_held = 1 WHERE id = 'deal-s-v0'", sha256Of(suspect));
  });
  await putDeal(portal, DEAL, [of(mine)]);
  desk.queue().start(await clientOf());
  const tasks = await desk.when((all) => all.length > 0 && all.every(isDone));
  expect(tasks.map(({ sha256 }) => sha256)).toEqual([sha256Of(mine)]);
  // Taken in by now.
  await putDeal(portal, DEAL, [of(mine), of(fresh)]);
  inWrite(desk.db, (write) => write.run('DELETE FROM sync_copy'));
  desk.queue().followed([DEAL]);
  await desk.when((all) => all.length === 2 && all.every(isDone));
  // The deal leaves this computer: nothing of it is remembered.
  inWrite(desk.db, (write) => write.run('DELETE FROM sync_unit'));
  desk.queue().followed([DEAL]);
  await desk.when((all) => all.length === 0);
});

/** A line to the portal that is cut after so many bytes each way, again and again. */
async function startBadLine(
  to: number,
  cutAfter: number,
): Promise<{ readonly url: string; readonly cuts: () => number; close(): void }> {
  const { connect } = await import('node:net');
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((from) => {
    const far = connect(to, '127.0.0.1');
    let bytes = 0;
    for (const [one, other] of [
      [from, far],
      [far, from],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => other.destroy());
      one.on('data', (piece) => {
        bytes += piece.length;
        if (bytes > cutAfter) {
          cuts += 1;
          one.destroy();
          return;
        }
        if (!other.write(piece)) {
          one.pause();
          other.once('drain', () => one.resume());
        }
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    cuts: () => cuts,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('over a line that breaks all the time, and through a restart, files arrive whole both ways', async () => {
  const [mine, theirs] = [pdfBytes(5_000 * KB), pdfBytes(4_000 * KB)];
  const files = [mine, theirs].map(of);
  const key = await signedIn(portal, 'noor');
  await putDeal(portal, DEAL, files);
  await uploadWhole(portal, key, { dealId: DEAL, bytes: theirs });
  await desk.hold(mine);
  desk.deal(DEAL, files);
  const line = await startBadLine(portal.port, 1_500 * KB);
  try {
    desk.queue().start(await clientOf('noor', line.url));
    await desk.when((all) => all.some(({ way, uploadUrl }) => way === 'up' && uploadUrl !== null));
    await desk.restart();
    expect(desk.tasks().filter(({ state }) => state === 'running')).toEqual([]);
    desk.queue().start(await clientOf('noor', line.url));
    await desk.when((all) => all.length === 2 && all.every(isDone));
  } finally {
    line.close();
  }
  expect(line.cuts()).toBeGreaterThan(2);
  expect(await portal.context.blobs.size(sha256Of(mine))).toBe(mine.length);
  expect((await desk.vault.vault.check(sha256Of(theirs))).ok).toBe(true);
  // One upload that went on, not one that began again and again.
  expect((await trailOf(portal, DEAL)).filter(({ kind }) => kind === 'upload').length).toBe(2);
}, 120_000);

test('paused, nothing moves; unpaused, it goes on where it was', async () => {
  const mine = pdfBytes(600 * KB);
  await putDeal(portal, DEAL, [of(mine)]);
  await desk.hold(mine);
  desk.deal(DEAL, [of(mine)]);
  // 64 KB a second: pieces of 128 KB.
  desk.queue().set({ cap: 64 });
  desk.queue().start(await clientOf());
  await desk.when((all) => all.some(({ done }) => done > 0));
  expect(desk.queue().state().current).toMatchObject({ name: 'Scan 0.pdf', bytes: mine.length, way: 'up' });
  desk.queue().set({ isPaused: true });
  const [waiting] = await desk.when((all) => all.every(({ state }) => state === 'waiting'));
  expect(waiting?.done).toBeLessThan(mine.length);
  expect(desk.queue().state()).toMatchObject({ isPaused: true, cap: 64, up: 1, current: null });
  desk.queue().set({ isPaused: false, cap: null });
  await desk.when((all) => all.every(isDone));
  expect(await portal.context.blobs.size(sha256Of(mine))).toBe(mine.length);
});

test('a small file overtakes a large one that is on its way', async () => {
  const [large, small] = [pdfBytes(2_000 * KB), pdfBytes(4 * KB)];
  await putDeal(portal, DEAL, [large, small].map(of));
  await desk.hold(large);
  desk.deal(DEAL, [of(large)]);
  desk.queue().set({ cap: 64 });
  desk.queue().start(await clientOf());
  await desk.when((all) => all.some(({ done }) => done > 0));
  await desk.hold(small);
  desk.deal('deal-b', [of(small)]);
  await putDeal(portal, 'deal-b', [of(small)]);
  desk.queue().followed(['deal-b']);
  const tasks = await desk.when((all) => all.some((task) => task.sha256 === sha256Of(small) && isDone(task)));
  expect(tasks.find(({ sha256 }) => sha256 === sha256Of(large))?.state).not.toBe('done');
});

test('what the portal does not keep is told in its own words, and the others go on', async () => {
  const [page, mine] = [Buffer.from('<!doctype html><p>hello</p>'), pdfBytes(5 * KB)];
  await putDeal(portal, DEAL, [page, mine].map(of));
  for (const bytes of [page, mine]) await desk.hold(bytes);
  desk.deal(DEAL, [page, mine].map(of));
  desk.queue().start(await clientOf());
  const tasks = await desk.when(
    (all) => all.length === 2 && all.every(({ state }) => state === 'done' || state === 'failed'),
  );
  expect(tasks.find(({ sha256 }) => sha256 === sha256Of(page))?.state).toBe('failed');
  expect(desk.queue().state().problem).toMatch(/keeps PDFs, photos/);
  expect(desk.queue().state().up).toBe(0);
});

test('a file that is on no portal yet is asked for again, ever more rarely, and comes when it is there', async () => {
  const theirs = pdfBytes(5 * KB);
  const key = await signedIn(portal, 'noor');
  await putDeal(portal, DEAL, [of(theirs)]);
  desk.deal(DEAL, [of(theirs)]);
  desk.queue().start(await clientOf());
  const [waiting] = await desk.when((all) => all.some(({ tries }) => tries === 1));
  expect(waiting).toMatchObject({ way: 'down', state: 'waiting' });
  for (let tries = 2; tries <= 9; tries += 1) {
    clock.now = new Date(clock.now.getTime() + 60 * 60_000);
    desk.queue().followed([DEAL]);
    await desk.when((all) => all.some((task) => task.tries === tries));
  }
  expect(desk.tasks()[0]?.state).toBe('asleep');
  expect(desk.queue().state().down).toBe(0);
  await uploadWhole(portal, key, { dealId: DEAL, bytes: theirs });
  clock.now = new Date(clock.now.getTime() + 24 * 60 * 60_000);
  desk.queue().followed([DEAL]);
  await desk.when((all) => all.every(isDone));
  expect((await desk.vault.vault.check(sha256Of(theirs))).ok).toBe(true);
});

test('a row that the portal does not name yet is asked about again, and its file is sent then', async () => {
  const mine = pdfBytes(5 * KB);
  await putDeal(portal, DEAL, []);
  await desk.hold(mine);
  desk.deal(DEAL, [of(mine)]);
  desk.queue().start(await clientOf());
  const [waiting] = await desk.when((all) => all.some(({ tries }) => tries > 0));
  expect(waiting).toMatchObject({ way: 'up', state: 'waiting' });
  await putDeal(portal, DEAL, [of(mine)]);
  clock.now = new Date(clock.now.getTime() + 60_000);
  desk.queue().followed([DEAL]);
  await desk.when((all) => all.every(isDone));
  expect(await portal.context.blobs.size(sha256Of(mine))).toBe(mine.length);
});

test('what the portal lost is sent again when it is asked about after a week', async () => {
  const mine = pdfBytes(5 * KB);
  await putDeal(portal, DEAL, [of(mine)]);
  await desk.hold(mine);
  desk.deal(DEAL, [of(mine)]);
  desk.queue().start(await clientOf());
  await desk.when((all) => all.length === 1 && all.every(isDone));
  await portal.context.blobs.setAside(sha256Of(mine));
  clock.now = new Date(clock.now.getTime() + 8 * 24 * 60 * 60_000);
  desk.queue().followed([DEAL]);
  await desk.when((all) => all.every((task) => isDone(task) && task.nextAt > clock.now.toISOString()));
  expect(await portal.context.blobs.size(sha256Of(mine))).toBe(mine.length);
});

test('a portal that is away or forgets this computer stops the files and loses none', async () => {
  const mine = pdfBytes(5 * KB);
  await putDeal(portal, DEAL, [of(mine)]);
  await desk.hold(mine);
  desk.deal(DEAL, [of(mine)]);
  const gone = createPortalClient({ url: 'http://127.0.0.1:9', key: 'k'.repeat(43), log: quietLog });
  desk.queue().start(gone);
  await desk.when((all) => all.length === 1);
  const stranger = createPortalClient({ url: portal.url, key: 'k'.repeat(43), log: quietLog });
  desk.queue().start(stranger);
  expect(desk.tasks().map(({ state }) => state)).toEqual(['waiting']);
  desk.queue().start(await clientOf());
  await desk.when((all) => all.every(isDone));
});
