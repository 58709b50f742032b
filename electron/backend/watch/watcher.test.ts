import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DISK } from './file-system.ts';
import { createRig, memorySeenStore, pdf, type Rig, type RigOptions } from './testing.ts';

const rigs: Rig[] = [];
function rigOf(options?: RigOptions): Rig {
  const rig = createRig(options);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const coded = (code: string) => Object.assign(new Error(code), { code });

test('what lies there and what comes is handed over once, with what the receiver needs', async () => {
  const rig = rigOf();
  rig.write('before.pdf');
  await rig.add({ policy: 'copy' });
  await rig.until(() => rig.got.length === 1);
  rig.write('Deals/12 Elm/after.pdf');
  await rig.until(() => rig.got.length === 2);
  await rig.quiet();
  expect(rig.names()).toEqual(['Deals/12 Elm/after.pdf', 'before.pdf']);
  expect(rig.got[0]).toMatchObject({ folderId: 'f', policy: 'copy', path: join(rig.root, 'before.pdf') });
  expect(rig.got[0]).toMatchObject({ isNewContent: false, previousSha256: null, isIncomplete: false });
  expect(rig.state()).toMatchObject({ kind: 'ready', files: 2, waiting: 0, method: 'events', sentence: '', held: [] });
  expect(rig.defects).toEqual([]);
});

test('a file that grows slowly is handed over when it is whole, and not before', async () => {
  const rig = rigOf();
  await rig.add();
  await rig.until(() => rig.state().kind === 'ready');
  const path = rig.write('slow.txt', 'part 0\n');
  for (let part = 1; part < 8; part += 1) {
    await rest(50);
    expect(rig.got).toEqual([]);
    appendFileSync(path, `part ${part}\n`);
  }
  await rig.until(() => rig.got.length === 1);
  await rig.quiet();
  expect(rig.got.map(({ bytes }) => bytes)).toEqual([56]);
});

test('a PDF without its end waits for it, and is handed over marked after a minute without a change', async () => {
  const rig = rigOf();
  const path = rig.write('first.pdf', '%PDF-1.7\nhalf');
  rig.write('cut.pdf', '%PDF-1.7\nhalf for ever');
  rig.write('empty.txt', '');
  await rig.add();
  await rig.until(() => rig.state().held.length === 3);
  expect(rig.state().held[0]).toMatchObject({ why: 'incomplete', sentence: expect.stringContaining('stops changing') });
  expect(rig.got).toEqual([]);
  appendFileSync(path, '\n%%EOF');
  await rig.until(() => rig.got.length === 3);
  const marks = Object.fromEntries(rig.got.map(({ relPath, isIncomplete }) => [relPath, isIncomplete]));
  expect(marks).toEqual({ 'first.pdf': false, 'cut.pdf': true, 'empty.txt': true });
});

test.each(['EBUSY', 'EPERM', 'EACCES'])(
  'a file that another program holds (%s) is tried until it is free',
  async (code) => {
    let isLocked = true;
    const openToRead = (path: string) => (isLocked ? Promise.reject(coded(code)) : DISK.openToRead(path));
    const rig = rigOf({ fs: { openToRead } });
    rig.write('open-in-word.docx', 'text');
    await rig.add();
    await rig.until(() => rig.state().held.length === 1);
    expect(rig.state()).toMatchObject({ waiting: 1, held: [{ relPath: 'open-in-word.docx', why: 'locked' }] });
    expect(rig.state().held[0]?.sentence).toContain('another program');
    isLocked = false;
    await rig.until(() => rig.got.length === 1);
    expect(rig.state().held).toEqual([]);
  },
);

test('temporary, partial and hidden names are passed over until they get their real name', async () => {
  const rig = rigOf();
  const part = rig.write('deed.pdf.crdownload');
  rig.write('.hidden/x.pdf');
  rig.write('~$letter.docx');
  await rig.add();
  await rig.quiet();
  expect(rig.got).toEqual([]);
  renameSync(part, join(rig.root, 'deed.pdf'));
  await rig.until(() => rig.got.length === 1);
  expect(rig.names()).toEqual(['deed.pdf']);
});

test('a rename, by case or by accents too, and a move between folders are no new file', async () => {
  const rig = rigOf();
  rig.write('a/one.pdf');
  rig.write('a/two.pdf');
  rig.write('a/Caf\u00e9.pdf');
  rig.write('b/keep.pdf');
  await rig.add();
  await rig.until(() => rig.got.length === 4);
  renameSync(join(rig.root, 'a/one.pdf'), join(rig.root, 'a/ONE.pdf'));
  renameSync(join(rig.root, 'a/Caf\u00e9.pdf'), join(rig.root, 'a/Cafe\u0301.pdf'));
  renameSync(join(rig.root, 'a/two.pdf'), join(rig.root, 'b/moved.pdf'));
  renameSync(join(rig.root, 'b'), join(rig.root, 'c'));
  await rest(300);
  await rig.quiet();
  expect(rig.got).toHaveLength(4);
  const kept = rig.store.all('f', null, 10).map(({ relPath }) => relPath);
  expect(kept.sort()).toEqual(['a/Cafe\u0301.pdf', 'a/ONE.pdf', 'c/keep.pdf', 'c/moved.pdf']);
});

test('a rename by case where the old name still leads to the file is no new file', async () => {
  const store = memorySeenStore();
  const rig = rigOf({ store });
  const path = rig.write('Deed.pdf');
  const { dev, ino, size, mtimeMs } = await lstat(path);
  // As on a disk that ignores case: the old name can be looked at, and the list shows the new one.
  linkSync(path, join(rig.root, 'deed.pdf'));
  store.put([{ folderId: 'f', relPath: 'deed.pdf', dev, ino, bytes: size, mtimeMs, sha256: 'x', state: 'taken' }]);
  await rig.add();
  await rest(250);
  await rig.quiet();
  expect(rig.got).toEqual([]);
});

test('new content under an old name is a new arrival that knows the old one; a touch is none', async () => {
  const rig = rigOf();
  const path = rig.write('contract.pdf', pdf('buyer signed'));
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  utimesSync(path, new Date(), new Date(Date.now() - 60_000));
  await rest(300);
  await rig.quiet();
  expect(rig.got).toHaveLength(1);
  writeFileSync(path, pdf('sellr signed'));
  await rig.until(() => rig.got.length === 2);
  expect(rig.got[1]).toMatchObject({ isNewContent: true, previousSha256: rig.hashes[0] });
  // Programs save by putting another file in the place of the old one.
  writeFileSync(`${path}.tmp`, pdf('fully executed'));
  renameSync(`${path}.tmp`, path);
  await rig.until(() => rig.got.length === 3);
  expect(rig.got[2]).toMatchObject({ isNewContent: true, previousSha256: rig.hashes[1] });
});

test('a number that is used again does not hide a new file', async () => {
  const store = memorySeenStore();
  const rig = rigOf({ store });
  const path = rig.write('new.pdf', pdf('new'));
  const { dev, ino } = await lstat(path);
  store.put([{ folderId: 'f', relPath: 'old.pdf', dev, ino, bytes: 17, mtimeMs: 5, sha256: 'x', state: 'taken' }]);
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  expect(rig.got[0]).toMatchObject({ relPath: 'new.pdf', isNewContent: false });
});

test('a file removed and put back at once, or moved by copying, is the same; a copy is handed over', async () => {
  const rig = rigOf({ timings: { coalesceMs: 1000 } });
  rig.write('x.pdf', pdf('x'));
  rig.write('y.pdf', pdf('longer y'));
  await rig.add();
  await rig.until(() => rig.got.length === 2);
  rmSync(join(rig.root, 'x.pdf'));
  rig.write('x.pdf', pdf('x'));
  rmSync(join(rig.root, 'y.pdf'));
  rig.write('sub/z.pdf', pdf('longer y'));
  await rest(400);
  await rig.quiet();
  expect(rig.got).toHaveLength(2);
  rig.write('copy of x.pdf', pdf('x'));
  await rig.until(() => rig.got.length === 3);
  expect(rig.hashes[2]).toBe(rig.hashes[rig.got.findIndex(({ relPath }) => relPath === 'x.pdf')]);
});

test('a file that stayed away arrives again when it comes back', async () => {
  const rig = rigOf({ timings: { coalesceMs: 50 } });
  const path = rig.write('again.pdf');
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  rmSync(path);
  await rig.until(() => rig.store.all('f', null, 10).length === 0);
  rig.write('again.pdf');
  await rig.until(() => rig.got.length === 2);
  expect(rig.got[1]).toMatchObject({ isNewContent: false });
});

test('links are not followed: not out of the folder, not in a loop', async () => {
  const outside = rigOf();
  outside.write('secret.pdf');
  const rig = rigOf();
  rig.write('real/in.pdf');
  symlinkSync(outside.root, join(rig.root, 'out'));
  symlinkSync(join(outside.root, 'secret.pdf'), join(rig.root, 'secret.pdf'));
  symlinkSync(rig.root, join(rig.root, 'real/loop'));
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  outside.write('later.pdf');
  await rest(200);
  await rig.quiet();
  expect(rig.names()).toEqual(['real/in.pdf']);
});

test('a file that is only in the cloud is not opened, unless that was allowed', async () => {
  const opened: string[] = [];
  const openToRead = (path: string) => {
    opened.push(path);
    return DISK.openToRead(path);
  };
  let isAllowed = false;
  const rig = rigOf({ fs: { openToRead }, mayHydrate: () => isAllowed });
  truncateSync(rig.write('cloud.txt', ''), 5000);
  await rig.add();
  await rig.until(() => rig.state().held.length === 1);
  expect(rig.state().held[0]).toMatchObject({ relPath: 'cloud.txt', why: 'placeholder' });
  await rig.watcher.rescan();
  await rest(150);
  expect(opened).toEqual([]);
  isAllowed = true;
  await rig.watcher.rescan();
  await rig.until(() => rig.got.length === 1);
});

test('paused, nothing is handed over; resumed, everything is', async () => {
  const rig = rigOf();
  rig.write('one.pdf');
  await rig.add({ isPaused: true });
  expect(rig.state()).toMatchObject({ kind: 'paused', sentence: expect.stringContaining('resume') });
  await rest(200);
  expect(rig.got).toEqual([]);
  rig.watcher.resume('f');
  await rig.until(() => rig.got.length === 1);
  await rig.watcher.pause('f');
  rig.write('two.pdf');
  await rest(300);
  expect(rig.got).toHaveLength(1);
  rig.watcher.resume('f');
  await rig.until(() => rig.got.length === 2);
});

test('a folder that goes away is said to be missing, and goes on by itself when it is back', async () => {
  const rig = rigOf();
  rig.write('kept.pdf');
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  renameSync(rig.root, `${rig.root}-away`);
  await rig.until(() => rig.state().kind === 'missing');
  expect(rig.state().sentence).toContain('not there');
  renameSync(`${rig.root}-away`, rig.root);
  await rig.until(() => rig.state().kind === 'ready');
  rig.write('new.pdf');
  await rig.until(() => rig.got.length === 2);
  await rig.quiet();
  expect(rig.names()).toEqual(['kept.pdf', 'new.pdf']);
});

test('another folder in its place, such as where a drive was, makes nothing forgotten', async () => {
  const store = memorySeenStore();
  const rig = rigOf({ store, timings: { coalesceMs: 20 } });
  store.put([
    { folderId: 'f', relPath: 'on-drive.pdf', dev: 1, ino: 2, bytes: 3, mtimeMs: 4, sha256: 'x', state: 'taken' },
  ]);
  await rig.add();
  await rig.quiet();
  await rest(700);
  await rig.quiet();
  expect(store.all('f', null, 10)).toHaveLength(1);
});

test('a folder that may not be opened, and one in it, are told; nothing under it is forgotten', async () => {
  let denied = '';
  const list = (path: string) => (path.endsWith(denied) ? Promise.reject(coded('EACCES')) : DISK.list(path));
  const rig = rigOf({ fs: { list }, timings: { coalesceMs: 20 } });
  denied = 'no such name';
  rig.write('sub/in.pdf');
  await rig.add();
  await rig.until(() => rig.got.length === 1);
  denied = 'sub';
  await rig.watcher.rescan();
  expect(rig.state()).toMatchObject({ kind: 'ready', held: [{ relPath: 'sub', why: 'closed-folder' }] });
  denied = rig.root;
  await rig.watcher.rescan();
  expect(rig.state()).toMatchObject({ kind: 'problem', sentence: expect.stringContaining('Allow it') });
  await rest(150);
  denied = 'no such name';
  await rig.until(() => rig.state().kind === 'ready');
  await rig.quiet();
  expect(rig.got).toHaveLength(1);
});

test('after a restart nothing comes twice, and what came while it was off does', async () => {
  const store = memorySeenStore();
  const first = rigOf({ store });
  first.write('a.pdf');
  first.write('b.pdf');
  await first.add();
  await first.until(() => first.got.length === 2);
  await first.watcher.close();
  first.write('c.pdf');
  renameSync(join(first.root, 'b.pdf'), join(first.root, 'd.pdf'));
  const second = rigOf({ store, root: first.root });
  await second.add();
  await second.until(() => second.got.length === 1);
  await rest(200);
  await second.quiet();
  expect(second.names()).toEqual(['c.pdf']);
});

test('with a beginning, what lay there before is left alone until it changes', async () => {
  const rig = rigOf();
  const path = rig.write('old.pdf');
  await rest(20);
  await rig.add({ sinceMs: Date.now() });
  await rig.until(() => rig.state().kind === 'ready');
  // Kept dates of a copied file are older than the folder's beginning: it came all the same.
  utimesSync(rig.write('copied.pdf'), new Date(0), new Date(0));
  await rig.until(() => rig.got.length === 1);
  writeFileSync(path, pdf('rewritten now'));
  await rig.until(() => rig.got.length === 2);
  expect(rig.names()).toEqual(['copied.pdf', 'old.pdf']);
});

test('a receiver that asks for later, refuses or throws loses nothing', async () => {
  let tries = 0;
  const rig = rigOf({
    receive: ({ relPath }, sha256) => {
      if (relPath === 'no.exe') return { type: 'refused', sentence: 'Programs are not filed.' };
      tries += 1;
      return tries < 3 ? { type: 'again', inMs: 1 } : { type: 'taken', sha256 };
    },
  });
  rig.write('later.pdf');
  rig.write('no.exe', 'MZ');
  await rig.add();
  await rig.until(() => rig.got.length === 4);
  await rig.quiet();
  expect(rig.state().held).toEqual([{ relPath: 'no.exe', why: 'refused', sentence: 'Programs are not filed.' }]);
  expect(rig.got).toHaveLength(4);
  const broken = rigOf({
    receive: () => {
      throw new Error('the vault has a defect');
    },
  });
  broken.write('x.pdf');
  await broken.add();
  await broken.until(() => broken.defects.length === 1);
  expect(broken.state().waiting).toBe(1);
});

test('two at a time in the order of arrival, and closing waits for what runs', async () => {
  let open = 0;
  let most = 0;
  let ended = 0;
  const rig = rigOf({
    receive: async (_file, sha256) => {
      open += 1;
      most = Math.max(most, open);
      await rest(40);
      open -= 1;
      ended += 1;
      return { type: 'taken', sha256 };
    },
  });
  for (let n = 10; n < 30; n += 1) rig.write(`${n}.pdf`);
  await rig.add();
  await rig.until(() => rig.got.length === 6);
  await rig.watcher.close();
  expect([most, open]).toEqual([2, 0]);
  expect(ended).toBe(rig.got.length);
  expect(rig.got.length).toBeLessThan(20);
});

test('a file that changes while it is in line is not handed over until it is still again', async () => {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const rig = rigOf({
    receive: async (_file, sha256) => {
      await held;
      return { type: 'taken', sha256 };
    },
  });
  const paths = [1, 2, 3].map((n) => rig.write(`${n}.txt`, 'whole'));
  await rig.add();
  await rig.until(() => rig.got.length === 2);
  // The two in hand keep the third in line.
  await rest(200);
  const third = paths.find((path) => !rig.got.some((file) => file.path === path)) ?? '';
  writeFileSync(third, 'being written ag');
  release();
  await rest(40);
  expect(rig.got).toHaveLength(2);
  appendFileSync(third, 'ain');
  await rig.until(() => rig.got.length === 3);
  await rig.quiet();
  expect(rig.got[2]).toMatchObject({ path: third, bytes: 19 });
  expect(rig.got).toHaveLength(3);
});

test('own places, a folder in another and a file are refused with a sentence; own places inside are passed over', async () => {
  const rig = rigOf({ ownPlaces: () => [join(tmpdir(), 'closeboard-own')] });
  const own = join(tmpdir(), 'closeboard-own', 'deals');
  expect(await rig.add({ path: own })).toMatchObject({ ok: false, error: { type: 'OwnPlace' } });
  await rig.add();
  const more = { policy: 'leave', isPaused: false } as const;
  expect(await rig.watcher.add({ id: 'g', path: join(rig.root, 'sub'), ...more })).toMatchObject({
    error: { type: 'InsideWatched' },
  });
  expect(await rig.watcher.add({ id: 'g', path: join(rig.root, '..'), ...more })).toMatchObject({
    error: { type: 'HoldsWatched' },
  });
  expect(await rig.add()).toMatchObject({ error: { type: 'SameId' } });
  const file = join(mkdtempSync(join(tmpdir(), 'closeboard-watch-')), 'file.pdf');
  writeFileSync(file, '');
  expect(await rig.watcher.add({ id: 'g', path: file, ...more })).toMatchObject({ error: { type: 'NotAFolder' } });
  rmSync(join(file, '..'), { recursive: true });

  let place = '';
  const holder = rigOf({ ownPlaces: () => [place] });
  place = join(holder.root, 'Closeboard');
  holder.write('Closeboard/deal.pdf');
  holder.write('mine.pdf');
  await holder.add();
  await holder.until(() => holder.got.length === 1);
  holder.write('Closeboard/more.pdf');
  mkdirSync(join(place, 'new'));
  holder.write('Closeboard/new/more.pdf');
  await rest(300);
  await holder.quiet();
  expect(holder.names()).toEqual(['mine.pdf']);
});
