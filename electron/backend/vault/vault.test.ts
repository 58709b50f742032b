import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeVault, must, quietLog, seeded, sha256Of, type TestVault, tempFilesIn, typeOf } from './testing.ts';
import { createVault } from './vault.ts';

let it: TestVault;
beforeEach(() => {
  it = makeVault();
});
afterEach(() => it.remove());

function file(name: string, content: string | Uint8Array): string {
  const path = join(it.folder, name);
  writeFileSync(path, content);
  return path;
}

function blob(sha256: string): string {
  return it.vault.pathOf(sha256) ?? '';
}

async function listed(): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const sha256 of it.vault.list()) all.push(sha256);
  return all;
}

const text = (content: string) => new TextEncoder().encode(content);

describe('add', () => {
  test('keeps a file under the hash of its content, read-only, and leaves the source', async () => {
    const path = file('a.pdf', 'contract');
    const added = must(await it.vault.add({ path }));
    expect(added).toEqual({ sha256: sha256Of('contract'), bytes: 8, isNew: true });
    expect(blob(added.sha256)).toBe(join(it.inside, added.sha256.slice(0, 2), added.sha256.slice(2, 4), added.sha256));
    expect(readFileSync(blob(added.sha256), 'utf8')).toBe('contract');
    expect(statSync(blob(added.sha256)).mode & 0o222).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('contract');
    expect(await it.vault.has(added.sha256)).toBe(true);
    expect(tempFilesIn(it.inside)).toEqual([]);
  });

  test.each([0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3_500_000])(
    '%i bytes come in as they are',
    async (size) => {
      const bytes = Buffer.alloc(size, 'Closeboard ');
      const told: number[] = [];
      const fromPath = must(await it.vault.add({ path: file('x', bytes) }, { onBytes: (count) => told.push(count) }));
      expect(fromPath).toEqual({ sha256: sha256Of(bytes), bytes: size, isNew: true });
      expect(told.at(-1) ?? 0).toBe(size);
      expect(must(await it.vault.add({ bytes })).isNew).toBe(false);
      const stream = (async function* () {
        yield bytes.subarray(0, size >> 1);
        yield bytes.subarray(size >> 1);
      })();
      expect(must(await it.vault.add({ stream }))).toEqual({ ...fromPath, isNew: false });
      expect(must(await it.vault.check(fromPath.sha256))).toEqual({ bytes: size });
    },
  );

  test('the same content at the same time is kept once', async () => {
    const path = file('a', 'twice');
    const all = await Promise.all(Array.from({ length: 20 }, () => it.vault.add({ path })));
    expect(all.map(must).filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await listed()).toEqual([sha256Of('twice')]);
    expect(tempFilesIn(it.inside)).toEqual([]);
  });

  test('a blob that was cut short is mended by the same content', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('whole') }));
    chmodSync(blob(sha256), 0o600);
    truncateSync(blob(sha256), 2);
    expect(must(await it.vault.add({ bytes: text('whole') })).isNew).toBe(false);
    expect(readFileSync(blob(sha256), 'utf8')).toBe('whole');
  });

  test('a blob with other bytes of the same length is found by a check and mended by the next add', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('whole') }));
    chmodSync(blob(sha256), 0o600);
    writeFileSync(blob(sha256), 'w0ole');
    expect(typeOf(await it.vault.check(sha256))).toBe('Damaged');
    must(await it.vault.add({ bytes: text('whole') }));
    expect(must(await it.vault.check(sha256))).toEqual({ bytes: 5 });
  });

  test('what is no file is refused', async () => {
    const path = file('real', 'x');
    symlinkSync(path, join(it.folder, 'link'));
    for (const name of ['link', '.', 'vault']) {
      mkdirSync(it.inside, { recursive: true });
      expect(typeOf(await it.vault.add({ path: join(it.folder, name) }))).toBe('NotAFile');
    }
    expect(typeOf(await it.vault.add({ path: `${path}\0.pdf` }))).toBe('NotAFile');
    expect(typeOf(await it.vault.add({ path: join(it.folder, 'none') }))).toBe('SourceGone');
    expect(typeOf(await it.vault.add({ path: join(path, 'below a file') }))).toBe('SourceGone');
    if (existsSync('/dev/null')) expect(typeOf(await it.vault.add({ path: '/dev/null' }))).toBe('NotAFile');
    expect(await listed()).toEqual([]);
  });

  test('a file that is written to while it is read is not kept', async () => {
    const path = file('growing', Buffer.alloc(5_000_000, 'a'));
    const grow = await it.vault.add(
      { path },
      { onBytes: (count) => count < 2e6 && writeFileSync(path, 'b', { flag: 'a' }) },
    );
    expect(typeOf(grow)).toBe('SourceChanged');
    const other = file('rewritten', Buffer.alloc(3_000_000, 'a'));
    const rewrite = await it.vault.add(
      { path: other },
      { onBytes: (count) => count > 2.5e6 && writeFileSync(other, Buffer.alloc(3_000_000, 'c')) },
    );
    expect(typeOf(rewrite)).toBe('SourceChanged');
    expect(await listed()).toEqual([]);
    expect(tempFilesIn(it.inside)).toEqual([]);
  });

  test('more bytes than allowed are refused, announced or not', async () => {
    const bytes = Buffer.alloc(100);
    const stream = (async function* () {
      for (;;) yield bytes;
    })();
    const limit = { maxBytes: 99 };
    expect(typeOf(await it.vault.add({ path: file('big', bytes) }, limit))).toBe('TooBig');
    expect(typeOf(await it.vault.add({ bytes }, limit))).toBe('TooBig');
    expect(typeOf(await it.vault.add({ stream }, limit))).toBe('TooBig');
    expect(typeOf(await it.vault.add({ bytes }, { maxBytes: 100 }))).toBe('ok');
    expect(tempFilesIn(it.inside)).toEqual([]);
  });

  test('a stop is obeyed before, between and while nothing comes', async () => {
    expect(typeOf(await it.vault.add({ bytes: text('x') }, { signal: AbortSignal.abort() }))).toBe('Cancelled');
    const between = new AbortController();
    const path = file('long', Buffer.alloc(4_000_000));
    expect(typeOf(await it.vault.add({ path }, { signal: between.signal, onBytes: () => between.abort() }))).toBe(
      'Cancelled',
    );
    const hanging = new AbortController();
    const stream = (async function* () {
      yield text('a');
      hanging.abort();
      await new Promise(() => undefined);
    })();
    expect(typeOf(await it.vault.add({ stream }, { signal: hanging.signal }))).toBe('Cancelled');
    expect(await listed()).toEqual([]);
    expect(tempFilesIn(it.inside)).toEqual([]);
  });

  test('a stream that breaks leaves nothing', async () => {
    const stream = (async function* () {
      yield text('half');
      throw new Error('torn archive');
    })();
    expect(typeOf(await it.vault.add({ stream }))).toBe('SourceGone');
    expect(tempFilesIn(it.inside)).toEqual([]);
  });

  test('goes on after somebody removed the folders', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('x') }));
    rmSync(it.inside, { recursive: true });
    expect(must(await it.vault.add({ bytes: text('x') }))).toMatchObject({ sha256, isNew: true });
  });
});

describe('reading', () => {
  test('a range is cut to what is there', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('0123456789') }));
    const read = async (from: number, to: number) =>
      Buffer.from(must(await it.vault.read(sha256, { from, to }))).toString();
    expect(await read(2, 5)).toBe('234');
    expect(await read(8, 99)).toBe('89');
    expect(await read(20, 30)).toBe('');
    expect(await read(5, 2)).toBe('');
  });

  test('nothing but a hash reaches the disk', async () => {
    for (const bad of [
      '',
      '../../etc/passwd',
      'A'.repeat(64),
      `${'a'.repeat(63)}/`,
      'a'.repeat(65),
      `${'a'.repeat(64)}\n`,
    ]) {
      expect(it.vault.pathOf(bad)).toBeNull();
      expect(await it.vault.has(bad)).toBe(false);
      expect(typeOf(await it.vault.read(bad, { from: 0, to: 1 }))).toBe('Missing');
      expect(typeOf(await it.vault.copyOut(bad, join(it.folder, 'out')))).toBe('Missing');
      expect(typeOf(await it.vault.trash(bad))).toBe('Missing');
      expect(typeOf(await it.vault.untrash(bad))).toBe('Missing');
      expect(typeOf(await it.vault.check(bad))).toBe('Missing');
    }
    expect(typeOf(await it.vault.read('a'.repeat(64), { from: 0, to: 1 }))).toBe('Missing');
  });

  test('a sample finds what is damaged and what is missing', async () => {
    const hashes: string[] = [];
    for (let n = 0; n < 20; n += 1) hashes.push(must(await it.vault.add({ bytes: text(`file ${n}`) })).sha256);
    expect(await listed()).toEqual(hashes.toSorted());
    const [bad = '', gone = ''] = hashes;
    chmodSync(blob(bad), 0o600);
    writeFileSync(blob(bad), 'changed');
    rmSync(blob(gone));
    const found = must(await it.vault.sample({ count: 20, pick: seeded(1), of: hashes }));
    expect(found.map(({ sha256, failure }) => [sha256, failure.type])).toEqual([
      [bad, 'Damaged'],
      [gone, 'Missing'],
    ]);
    const five = must(await it.vault.sample({ count: 5, pick: seeded(7) }));
    expect(five.length).toBeLessThanOrEqual(1);
    expect(typeOf(await it.vault.sample({ count: 1, pick: seeded(1), signal: AbortSignal.abort() }))).toBe('Cancelled');
  });
});

describe('copyOut', () => {
  test('gives a copy of one own: what is edited there does not reach the vault', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('signed') }));
    const target = join(it.folder, 'out.pdf');
    must(await it.vault.copyOut(sha256, target));
    expect(statSync(target).mode & 0o600).toBe(0o600);
    expect(statSync(target).nlink).toBe(1);
    expect(statSync(target).ino).not.toBe(statSync(blob(sha256)).ino);
    writeFileSync(target, 'edited', { flag: 'r+' });
    expect(must(await it.vault.check(sha256))).toEqual({ bytes: 6 });
  });

  test('a name that is taken stays as it is', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('new') }));
    const target = file('out.pdf', 'theirs');
    expect(typeOf(await it.vault.copyOut(sha256, target))).toBe('NameTaken');
    symlinkSync(join(it.folder, 'nowhere'), join(it.folder, 'link'));
    expect(typeOf(await it.vault.copyOut(sha256, join(it.folder, 'link')))).toBe('NameTaken');
    const race = await Promise.all(Array.from({ length: 8 }, () => it.vault.copyOut(sha256, join(it.folder, 'one'))));
    expect(race.map(typeOf).toSorted()).toEqual([...Array.from({ length: 7 }, () => 'NameTaken'), 'ok']);
    expect(readFileSync(target, 'utf8')).toBe('theirs');
    expect(tempFilesIn(it.folder)).toEqual([]);
  });

  test('damaged content is not handed out, and a folder that is gone is said', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('whole') }));
    expect(typeOf(await it.vault.copyOut(sha256, join(it.folder, 'none', 'out')))).toBe('ReadOnly');
    expect(typeOf(await it.vault.copyOut(sha256, join(it.folder, 'o'), { signal: AbortSignal.abort() }))).toBe(
      'Cancelled',
    );
    chmodSync(blob(sha256), 0o600);
    writeFileSync(blob(sha256), 'w0ole');
    expect(typeOf(await it.vault.copyOut(sha256, join(it.folder, 'out')))).toBe('Damaged');
    rmSync(blob(sha256));
    expect(typeOf(await it.vault.copyOut(sha256, join(it.folder, 'out')))).toBe('Missing');
    expect(existsSync(join(it.folder, 'out'))).toBe(false);
    expect(tempFilesIn(it.folder)).toEqual([]);
  });
});

describe('trash', () => {
  test('goes out of use and comes back, by hand or by the same content', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('old') }));
    must(await it.vault.trash(sha256));
    expect(await it.vault.has(sha256)).toBe(false);
    expect(await listed()).toEqual([]);
    expect(typeOf(await it.vault.trash(sha256))).toBe('Missing');
    must(await it.vault.untrash(sha256));
    expect(await it.vault.has(sha256)).toBe(true);
    must(await it.vault.untrash(sha256));
    must(await it.vault.trash(sha256));
    expect(must(await it.vault.add({ bytes: text('old') })).isNew).toBe(false);
    expect(must(await it.vault.check(sha256))).toEqual({ bytes: 3 });
    it.clock.now = new Date('2027-01-01T00:00:00Z');
    expect(must(await it.vault.emptyTrash({ olderThanDays: 30 }))).toEqual([]);
    expect(typeOf(await it.vault.untrash('b'.repeat(64)))).toBe('Missing');
  });

  test('is kept for 30 whole days, also by the next process', async () => {
    const { sha256 } = must(await it.vault.add({ bytes: text('old') }));
    must(await it.vault.trash(sha256));
    mkdirSync(join(it.inside, 'trash', 'mine'));
    const later = createVault({ folder: it.inside, log: quietLog, now: () => it.clock.now });
    it.clock.now = new Date('2026-07-02T23:59:59Z');
    expect(must(await later.emptyTrash({ olderThanDays: 30 }))).toEqual([]);
    it.clock.now = new Date('2026-07-03T00:00:00Z');
    expect(must(await later.emptyTrash({ olderThanDays: 30 }))).toEqual([sha256]);
    expect(typeOf(await later.untrash(sha256))).toBe('Missing');
    expect(lstatSync(join(it.inside, 'trash', 'mine')).isDirectory()).toBe(true);
    expect(existsSync(join(it.inside, 'trash', '2026-06-02'))).toBe(false);
  });
});

describe('recover', () => {
  test('removes what a dead process left, and nothing else', async () => {
    expect(must(await it.vault.recover())).toEqual({ removed: 0 });
    const temp = join(it.inside, 'temp');
    const mark = '0123456789abcdef';
    writeFileSync(join(temp, `.closeboard-${2 ** 22 + 1}-${mark}.part`), 'of a process that cannot be');
    writeFileSync(join(temp, `.closeboard-${process.pid}-${mark}.part`), 'of this process, not in hand');
    writeFileSync(join(temp, `.closeboard-${process.ppid}-${mark}.part`), 'of one that lives');
    writeFileSync(join(temp, 'notes.part'), 'of a person');
    it.clock.now = new Date();
    expect(must(await it.vault.recover())).toEqual({ removed: 2 });
    it.clock.now = new Date(Date.now() + 25 * 3_600_000);
    expect(must(await it.vault.recover())).toEqual({ removed: 1 });
    expect(tempFilesIn(it.inside)).toEqual([join('temp', 'notes.part')]);
  });

  test('leaves alone what is being written', async () => {
    const stream = (async function* () {
      yield text('first ');
      expect(must(await it.vault.recover())).toEqual({ removed: 0 });
      yield text('second');
    })();
    expect(must(await it.vault.add({ stream })).sha256).toBe(sha256Of('first second'));
  });

  test('says when there is a file in the place of the folder', async () => {
    writeFileSync(it.inside, 'in the way');
    expect(typeOf(await it.vault.recover())).toBe('ReadOnly');
    expect(typeOf(await it.vault.add({ bytes: text('x') }))).toBe('ReadOnly');
    renameSync(it.inside, `${it.inside}-aside`);
    expect(typeOf(await it.vault.add({ bytes: text('x') }))).toBe('ok');
  });
});
