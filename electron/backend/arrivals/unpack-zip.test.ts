import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { err } from '../../../core/result.ts';
import { makeZip, memorySink, testFolder } from './testing.ts';
import { unpackZip } from './unpack-zip.ts';
import { ZIP_LIMITS } from './zip-model.ts';

const folder = testFolder();
afterAll(() => folder.close());

async function unpack(bytes: Uint8Array, limits = ZIP_LIMITS) {
  const memory = memorySink();
  return { ...memory, result: await unpackZip(folder.write(bytes), { sink: memory.sink, limits }) };
}

describe('an honest zip', () => {
  test('gives its files with their folders, in order, and skips litter', async () => {
    const { result, kept } = await unpack(
      makeZip([
        { name: 'Closing/' },
        { name: 'Closing/Purchase Agreement.pdf', data: '%PDF-1.7 one' },
        { name: '__MACOSX/Closing/._Purchase Agreement.pdf', data: 'x' },
        { name: 'Closing/.DS_Store', data: 'x' },
        { name: 'Closing/Sub/Purchase Agreement.pdf', data: '%PDF-1.7 two', isStored: true },
        { name: 'note.txt', data: '' },
      ]),
    );
    expect(result.ok && result.value.files.map(({ name, folder: where, bytes }) => [name, where, bytes])).toEqual([
      ['Purchase Agreement.pdf', 'Closing', 12],
      ['Purchase Agreement.pdf', 'Closing/Sub', 12],
      ['note.txt', '', 0],
    ]);
    expect(result.ok && result.value.refused).toEqual([]);
    expect([...kept.values()].map((bytes) => Buffer.from(bytes).toString())).toContain('%PDF-1.7 two');
  });

  test('a download of a signing service keeps its Word file, which is a zip itself', async () => {
    const docx = makeZip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'word/document.xml', data: '<d/>' },
    ]);
    const { result } = await unpack(
      makeZip([
        { name: 'Complete_with_DocuSign_RPA.pdf', data: '%PDF-1.4' },
        { name: 'Summary.pdf', data: '%PDF-1.4 s' },
        { name: 'Addendum.docx', data: docx },
      ]),
    );
    expect(result.ok && result.value.files.map(({ name }) => name)).toEqual([
      'Complete_with_DocuSign_RPA.pdf',
      'Summary.pdf',
      'Addendum.docx',
    ]);
  });

  test('names are read as UTF-8 where they are, and as the old code page where they are not', async () => {
    const { result } = await unpack(
      makeZip([
        { name: 'Añadido.pdf', data: 'a', flags: 0 },
        { name: new Uint8Array([0x41, 0xa4, 0x61, 0x2e, 0x74, 0x78, 0x74]), data: 'b', flags: 0 },
      ]),
    );
    expect(result.ok && result.value.files.map(({ name }) => name)).toEqual(['Añadido.pdf', 'Aña.txt']);
  });

  test('reports each entry and streams in pieces', async () => {
    const seen: string[] = [];
    const memory = memorySink();
    const data = Buffer.alloc(5_000_000, 'The quick brown fox. ');
    const path = folder.write(
      makeZip([
        { name: 'a.txt', data },
        { name: 'b.txt', data: 'b' },
      ]),
    );
    await unpackZip(path, { sink: memory.sink, onEntry: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/2', '2/2']);
    expect(memory.most()).toBeLessThan(1_000_000);
  });
});

describe('a hostile zip', () => {
  test('a path is only words', async () => {
    const { result } = await unpack(
      makeZip([
        { name: '../../../etc/passwd', data: 'a' },
        { name: '/etc/cron.d/job', data: 'b' },
        { name: 'C:\\Windows\\win.ini', data: 'c' },
        { name: '..\\..\\up.txt', data: 'd' },
        { name: 'CON.txt', data: 'e' },
      ]),
    );
    expect(result.ok && result.value.files.map(({ name, folder: where }) => `${where}|${name}`)).toEqual([
      'etc|passwd',
      'etc/cron.d|job',
      'Windows|win.ini',
      '|up.txt',
      '|_CON.txt',
    ]);
  });

  test.each([
    ['locked', { name: 'a.pdf', data: 'a', flags: 1 }, /password/],
    ['a link', { name: 'a.pdf', data: '/etc/passwd', mode: 0o120777 }, /a link/],
    ['a device', { name: 'a.pdf', data: '', mode: 0o020666 }, /not a file/],
    ['an archive by name', { name: 'b.7z', data: 'a' }, /archive inside/],
    ['an archive by content', { name: 'b.pdf', data: makeZip([{ name: 'x.pdf', data: 'x' }]) }, /archive inside/],
    ['packed oddly', { name: 'a.pdf', data: 'a', method: 12 }, /cannot be read here/],
    ['shorter than it claims', { name: 'a.pdf', data: 'abc', claimedSize: 2000 }, /damaged inside/],
    ['longer than it claims', { name: 'a.pdf', data: 'a'.repeat(99), claimedSize: 2 }, /damaged inside/],
    ['with a wrong sum', { name: 'a.pdf', data: 'abc', claimedCrc: 1 }, /damaged inside/],
    ['stored with a wrong size', { name: 'a.pdf', data: 'abc', claimedSize: 2000, isStored: true }, /damaged inside/],
  ])('an entry that is %s is refused by itself', async (_case, item, sentence) => {
    const { result } = await unpack(makeZip([item, { name: 'good.pdf', data: 'good' }]));
    expect(result.ok && result.value.files.map(({ name }) => name)).toEqual(['good.pdf']);
    expect(result.ok && result.value.refused).toEqual([{ name: item.name, sentence: expect.stringMatching(sentence) }]);
  });

  test('one file over its cap is refused, whether it says so or not', async () => {
    const limits = { ...ZIP_LIMITS, maxFileBytes: 1000 };
    const { result } = await unpack(makeZip([{ name: 'a.txt', data: 'a'.repeat(5000) }]), limits);
    expect(result.ok && result.value.refused[0]?.sentence).toMatch(/more than 1 KB/);
    const liar = await unpack(makeZip([{ name: 'a.txt', data: 'a'.repeat(5000), claimedSize: 900 }]), limits);
    expect(liar.result.ok && liar.result.value).toMatchObject({ files: [], refused: [{ name: 'a.txt' }] });
  });

  test('a bomb ends early, honest about its size or not, and also with entries on top of each other', async () => {
    const zeros = Buffer.alloc(30_000_000);
    const { result, kept } = await unpack(makeZip([{ name: 'a.txt', data: zeros }]));
    expect(result).toEqual({ ok: false, error: { type: 'ZipSwells', sentence: expect.stringMatching(/far more/) } });
    expect(kept.size).toBe(0);
    const stacked = await unpack(makeZip([{ name: 'a.txt', data: Buffer.alloc(1_000_000) }], { repeat: 100 }));
    expect(stacked.result).toMatchObject({ ok: false, error: { type: 'ZipSwells' } });
    const total = await unpack(
      makeZip([
        { name: 'a', data: 'abcdef' },
        { name: 'b', data: 'ghi' },
      ]),
      {
        ...ZIP_LIMITS,
        maxTotalBytes: 8,
      },
    );
    expect(total.result).toMatchObject({ ok: false, error: { type: 'ZipSwells' } });
  });

  test('too many entries are refused before the first', async () => {
    const { result, kept } = await unpack(makeZip([{ name: 'a', data: 'a' }], { repeat: 2001 }));
    expect(result).toMatchObject({
      ok: false,
      error: { type: 'TooManyFiles', sentence: expect.stringMatching(/2,001/) },
    });
    expect(kept.size).toBe(0);
  });

  test('a zip locked as a whole, damaged, empty, or no zip says so', async () => {
    const locked = await unpack(makeZip([{ name: 'a.pdf', data: 'a', flags: 0x41 }]));
    expect(locked.result).toMatchObject({ ok: false, error: { type: 'ZipLocked' } });
    const each = await unpack(
      makeZip([
        { name: 'a.pdf', flags: 1 },
        { name: 'b.pdf', flags: 1 },
      ]),
    );
    expect(each.result).toMatchObject({ ok: false, error: { type: 'ZipLocked' } });
    const whole = makeZip([{ name: 'a.pdf', data: 'a'.repeat(500) }]);
    expect((await unpack(whole.subarray(0, 60))).result).toMatchObject({ ok: false, error: { type: 'ZipDamaged' } });
    expect((await unpack(new Uint8Array(0))).result).toMatchObject({ ok: false, error: { type: 'Empty' } });
    expect((await unpack(Buffer.from('hello'))).result).toMatchObject({ ok: false, error: { type: 'ZipDamaged' } });
    const gone = await unpackZip(`${folder.path}/none`, { sink: memorySink().sink });
    expect(gone).toMatchObject({ ok: false, error: { type: 'Unreadable' } });
    expect(await unpackZip(folder.path, { sink: memorySink().sink })).toMatchObject({ error: { type: 'Unreadable' } });
  });

  test('a list that breaks off keeps what came before', async () => {
    const bytes = makeZip([
      { name: 'a.pdf', data: 'a' },
      { name: 'b.pdf', data: 'b' },
    ]);
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes[second] = 0;
    const { result } = await unpack(bytes);
    expect(result.ok && result.value.files.map(({ name }) => name)).toEqual(['a.pdf']);
    expect(result.ok && result.value.refused).toHaveLength(1);
  });
});

test('the keeper is told apart from the zip: its failure is passed on, its defect is thrown', async () => {
  const path = folder.write(makeZip([{ name: 'a.pdf', data: 'a' }]));
  const full = await unpackZip(path, { sink: async () => err({ type: 'DiskFull', sentence: 'The disk is full.' }) });
  expect(full).toEqual({ ok: false, error: { type: 'NotKept', cause: 'DiskFull', sentence: 'The disk is full.' } });
  const thrown = unpackZip(path, { sink: () => Promise.reject(new TypeError('defect')) });
  await expect(thrown).rejects.toThrow('defect');
});

test('stopping ends it, before an entry and inside one', async () => {
  const data = Buffer.alloc(3_000_000, 'The quick brown fox jumps. ');
  const path = folder.write(makeZip([{ name: 'a.txt', data }]));
  const before = AbortSignal.abort();
  expect(await unpackZip(path, { sink: memorySink().sink, signal: before })).toMatchObject({
    error: { type: 'Stopped' },
  });
  const inside = new AbortController();
  const result = await unpackZip(path, {
    signal: inside.signal,
    sink: async (bytes) => {
      for await (const _piece of bytes as AsyncIterable<Uint8Array>) inside.abort();
      return err({ type: 'never', sentence: '' });
    },
  });
  expect(result).toMatchObject({ ok: false, error: { type: 'Stopped' } });
});

test('any bytes, and any damage to a good zip, end in a value', async () => {
  const good = makeZip([
    { name: 'a/b.pdf', data: '%PDF-1.7'.repeat(40) },
    { name: 'c.txt', data: 'stored', isStored: true },
  ]);
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 400 }), damage), fc.nat(good.length), async (shape, cut) => {
      const bytes = shape instanceof Uint8Array ? shape : Buffer.from(good);
      if (!(shape instanceof Uint8Array)) for (const [at, value] of shape) bytes[at] = value;
      const { result } = await unpack(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes);
      expect(typeof result.ok).toBe('boolean');
      if (!result.ok) expect(result.error.sentence).toMatch(/^[A-Z].*\.$/);
    }),
    { numRuns: 300 },
  );
});
