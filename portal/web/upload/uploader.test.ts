import { expect, test } from 'vitest';
import type { Answer } from '../ask.ts';
import { inMemory } from './kept.ts';
import type { PageRow, Sending } from './pages.ts';
import { createUploader, type PageEnd } from './uploader.ts';

const BLOBS = { blob: new Blob(['page']), thumb: null };
const page = (id: string, more: Partial<PageRow> = {}): PageRow => ({
  ...{ id, name: `${id}.jpg`, kind: 'photo', bytes: 1_000, isDark: false, state: 'waiting', gone: 0, url: null },
  ...{ problem: '', ...more },
});
const EMPTY: Sending = {
  ...{ key: 'k', scope: 's', lineId: 'l', isElse: false, title: 'Binder', sendingId: 'x', actId: 'a0', pages: [] },
  isToSend: false,
};
/** Until what was begun has come to rest. */
const settled = () => new Promise((resolve) => setTimeout(resolve));
const refusal = (type: 'refused' | 'unreachable' | 'not-signed-in'): Answer<unknown> => ({
  ok: false,
  problem: type === 'unreachable' ? { type } : { type, message: 'No.' },
});

/** An uploader with a line that is held in the hand: each page ends as it is told to. */
function bench(first: Sending = EMPTY, ...answers: readonly Answer<unknown>[]) {
  const kept = inMemory();
  const asked: { readonly id: string; readonly url: string | null; readonly about: object }[] = [];
  const filed: Sending[] = [];
  const removed: string[] = [];
  const timers: { readonly work: () => void; readonly ms: number }[] = [];
  const told = { over: 0, filed: 0, dropped: 0 };
  let line = true;
  let ids = 0;
  let end: (how: PageEnd) => void = () => {};
  let tell = { url: (_url: string) => {}, gone: (_bytes: number) => {} };
  const uploader = createUploader(first, {
    kept,
    upload: (row, _blob, { about, onUrl, onGone }) => {
      asked.push({ id: row.id, url: row.url, about });
      const ended = new Promise<PageEnd>((resolve) => {
        end = resolve;
      });
      tell = { url: onUrl, gone: onGone };
      return { ended, stop: () => end({ type: 'lost' }) };
    },
    removeUpload: async (url) => void removed.push(url),
    file: async (sending) => {
      filed.push(sending);
      return answers[filed.length - 1] ?? { ok: true, value: {} };
    },
    drop: async () => {
      told.dropped += 1;
      return { ok: true, value: {} };
    },
    newId: () => `new-${++ids}`,
    isOnline: () => line,
    later: (work, ms) => {
      const timer = { work, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    onOver: () => {
      told.over += 1;
    },
    onFiled: () => {
      told.filed += 1;
    },
  });
  const finish = async (how: PageEnd = { type: 'sent' }) => {
    end(how);
    await settled();
  };
  return {
    ...{ kept, uploader, asked, filed, removed, timers, told, finish },
    url: (url: string) => tell.url(url),
    gone: (bytes: number) => tell.gone(bytes),
    signal: async (isThere: boolean) => {
      line = isThere;
      uploader.lookAgain();
      await settled();
    },
    states: () => uploader.now().sending.pages.map(({ state }) => state),
  };
}

async function withPages(given: ReturnType<typeof bench>, ...ids: readonly string[]) {
  for (const id of ids) await given.uploader.add(page(id), BLOBS);
  await settled();
}

test('pages go up one after another at once, and are kept on the device with where the portal has them', async () => {
  const given = bench();
  await withPages(given, 'p1', 'p2');
  expect(given.states()).toEqual(['sending', 'waiting']);
  given.url('/u/1');
  given.gone(400);
  await given.finish();
  expect(given.asked).toEqual([
    { id: 'p1', url: null, about: { sendingId: 'x', name: 'p1.jpg', place: '1', lineId: 'l' } },
    { id: 'p2', url: null, about: { sendingId: 'x', name: 'p2.jpg', place: '2', lineId: 'l' } },
  ]);
  given.url('/u/2');
  await given.finish();
  expect(given.states()).toEqual(['sent', 'sent']);
  expect((await given.kept.get('k'))?.pages.map(({ url }) => url)).toEqual(['/u/1', '/u/2']);
  expect(given.filed).toEqual([]);
});

test('without a signal it rests, says so, and goes on by itself where it was, ever more slowly', async () => {
  const given = bench();
  await withPages(given, 'p1');
  given.url('/u/1');
  given.gone(600);
  await given.finish({ type: 'lost' });
  expect(given.uploader.now()).toMatchObject({ isOnline: false });
  expect(given.timers.map(({ ms }) => ms)).toEqual([2_000]);
  given.timers[0]?.work();
  await settled();
  expect(given.asked.at(-1)).toMatchObject({ id: 'p1', url: '/u/1' });
  await given.finish({ type: 'lost' });
  expect(given.timers.at(-1)?.ms).toBe(4_000);
  await given.signal(false);
  await given.signal(true);
  given.gone(700);
  expect(given.uploader.now().isOnline).toBe(true);
  await given.finish();
  expect(given.states()).toEqual(['sent']);
});

test('a signal that goes stops what is under way, and nothing is begun before it comes back', async () => {
  const given = bench();
  await withPages(given, 'p1', 'p2');
  given.gone(300);
  await given.signal(false);
  expect([given.states(), given.asked.length]).toEqual([['waiting', 'waiting'], 1]);
  given.timers.at(-1)?.work();
  await settled();
  expect(given.asked).toHaveLength(1);
  await given.signal(true);
  expect(given.asked.map(({ id }) => id)).toEqual(['p1', 'p1']);
});

test('a closed tab goes on with what is kept, in the order it was left', async () => {
  const left: Sending = {
    ...EMPTY,
    pages: [page('p2', { state: 'sent', url: '/u/2' }), page('p1', { state: 'sending', gone: 500, url: '/u/1' })],
  };
  const given = bench(left);
  for (const id of ['p1', 'p2']) await given.kept.putBlobs(id, BLOBS);
  given.uploader.lookAgain();
  await settled();
  expect(given.asked).toMatchObject([{ id: 'p1', url: '/u/1' }]);
  await given.finish();
  given.uploader.send();
  await settled();
  expect(given.filed[0]?.pages.map(({ url }) => url)).toEqual(['/u/2', '/u/1']);
});

test('sending is asked for at any time, and done when the last page is there; nothing stays on the device', async () => {
  const given = bench();
  await withPages(given, 'p1', 'p2');
  given.uploader.send();
  await given.finish();
  expect(given.filed).toEqual([]);
  await given.finish();
  expect(given.filed).toHaveLength(1);
  expect([given.uploader.now().filing.at, given.told.filed]).toEqual(['done', 1]);
  expect(await given.kept.get('k')).toBeNull();
  expect(await given.kept.blobs('p1')).toBeNull();
});

test('an answer that is lost is asked for again with the same act; one for good makes the next another act', async () => {
  const given = bench(EMPTY, refusal('unreachable'), refusal('refused'));
  await withPages(given, 'p1');
  await given.finish();
  given.uploader.send();
  await settled();
  expect(given.uploader.now().filing.at).toBe('waiting');
  given.timers.at(-1)?.work();
  await settled();
  expect(given.filed.map(({ actId }) => actId)).toEqual(['a0', 'a0']);
  expect(given.uploader.now()).toMatchObject({ filing: { at: 'refused' }, sending: { isToSend: false } });
  given.uploader.asElse();
  given.uploader.rename('Binder, new');
  given.uploader.send();
  await settled();
  expect(given.filed[2]).toMatchObject({ isElse: true, title: 'Binder, new' });
  expect(new Set(given.filed.map(({ actId }) => actId)).size).toBe(2);
  expect(given.filed[2]?.lineId).not.toBe('l');
});

test('a page that is refused says why, holds up no other, and is replaced or removed', async () => {
  const given = bench();
  await withPages(given, 'p1', 'p2');
  given.url('/u/1');
  await given.finish({ type: 'refused', message: 'Not this.' });
  await given.finish();
  expect(given.uploader.now().sending.pages).toMatchObject([
    { state: 'refused', problem: 'Not this.' },
    { state: 'sent' },
  ]);
  given.uploader.send();
  await settled();
  expect(given.filed).toEqual([]);
  await given.uploader.replace('p1', page('p3'), BLOBS);
  await settled();
  given.url('/u/3');
  await given.finish();
  expect(given.filed[0]?.pages.map(({ id }) => id)).toEqual(['p3', 'p2']);
});

test('a page that is taken out under way is called off here and at the portal', async () => {
  const given = bench();
  await withPages(given, 'p1', 'p2');
  given.url('/u/1');
  await given.uploader.remove('p1');
  await settled();
  expect(given.removed).toEqual(['/u/1']);
  expect(await given.kept.blobs('p1')).toBeNull();
  expect(given.asked.map(({ id }) => id)).toEqual(['p1', 'p2']);
});

test('a session that is over ends it here and leaves all of it on the device', async () => {
  const given = bench();
  await withPages(given, 'p1');
  given.url('/u/1');
  await given.finish({ type: 'over' });
  expect(given.told.over).toBe(1);
  expect((await given.kept.get('k'))?.pages).toMatchObject([{ state: 'waiting', url: '/u/1' }]);
  expect(given.timers).toEqual([]);
  const filing = bench(EMPTY, refusal('not-signed-in'));
  await withPages(filing, 'p1');
  await filing.finish();
  filing.uploader.send();
  await settled();
  expect(filing.told.over).toBe(1);
});

test('giving it up forgets it here and at the portal', async () => {
  const given = bench();
  await withPages(given, 'p1');
  await given.uploader.cancel();
  expect([given.told.dropped, await given.kept.get('k'), await given.kept.blobs('p1')]).toEqual([1, null, null]);
  given.uploader.lookAgain();
  await settled();
  expect(given.asked).toHaveLength(1);
});

test('a page whose photo is not on the device any more is refused, not lost in silence', async () => {
  const given = bench({ ...EMPTY, pages: [page('p1')] });
  given.uploader.lookAgain();
  await settled();
  expect(given.states()).toEqual(['refused']);
});
