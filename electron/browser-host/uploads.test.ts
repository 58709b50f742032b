import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUploads, type Uploads } from './uploads.ts';

let folder: string;
let uploads: Uploads;
const facts = (size: number) => ({ name: 'a.pdf', relativePath: 'x/a.pdf', size, lastModified: 0 });
const NOW = 1_800_000_000_000;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'closeboard-uploads-')), 'incoming');
  uploads = createUploads(folder, () => NOW);
});
afterEach(async () => {
  await uploads.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function* parts(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function begun(size: number): Promise<string> {
  const upload = await uploads.begin(facts(size));
  if (!upload.ok) throw new Error(upload.error.sentence);
  return upload.value.uploadId;
}

test('a file is there under its own made-up name once it is whole, and not before', async () => {
  const id = await begun(5);
  expect(await uploads.append(id, 0, parts('ab', 'c'))).toEqual({ ok: true, value: { received: 3 } });
  expect(readdirSync(folder)).toEqual([`${id}.part`]);
  expect(await uploads.append(id, 3, parts('de'))).toEqual({ ok: true, value: { received: 5 } });
  expect(readdirSync(folder).sort()).toEqual([`${id}.file`, `${id}.json`]);
  expect(readFileSync(join(folder, `${id}.file`), 'utf8')).toBe('abcde');
  expect(JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8'))).toEqual(facts(5));
});

test('an empty file is whole at once', async () => {
  const id = await begun(0);
  expect(readFileSync(join(folder, `${id}.file`), 'utf8')).toBe('');
});

test('a part out of its order, twice or of an unknown file is refused', async () => {
  const id = await begun(6);
  await uploads.append(id, 0, parts('abc'));
  for (const [name, offset] of [
    [id, 0],
    [id, 4],
    [id, Number.NaN],
    ['../etc', 0],
    ['f'.repeat(32), 0],
  ] as const)
    expect(await uploads.append(name, offset, parts('x'))).toMatchObject({ ok: false });
  expect(await uploads.append(id, 3, parts('def'))).toMatchObject({ ok: true });
  expect(await uploads.append(id, 6, parts('g'))).toMatchObject({ ok: false, error: { type: 'Unknown' } });
});

test('more than was said is not taken, and nothing of it stays', async () => {
  const id = await begun(3);
  expect(await uploads.append(id, 0, parts('ab', 'cd'))).toMatchObject({ ok: false, error: { type: 'TooMuch' } });
  expect(readdirSync(folder)).toEqual([]);
});

test('what is cut off, cancelled or left open at the end is removed', async () => {
  const cut = await begun(9);
  const broken = (async function* () {
    yield Buffer.from('abc');
    throw new Error('the connection ended');
  })();
  expect(await uploads.append(cut, 0, broken)).toMatchObject({ ok: false, error: { type: 'NotWritten' } });
  const cancelled = await begun(9);
  await uploads.cancel(cancelled);
  await uploads.cancel('unknown');
  await begun(9);
  await uploads.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('too many at once wait', async () => {
  for (let turn = 0; turn < 16; turn += 1) await begun(9);
  expect(await uploads.begin(facts(9))).toMatchObject({ ok: false, error: { type: 'TooMany' } });
});

test('where nothing can be written, one sentence says so', async () => {
  writeFileSync(folder, 'a file where the folder should be');
  expect(await uploads.begin(facts(9))).toMatchObject({ ok: false, error: { type: 'NotWritten' } });
});

test('what was left a day ago is removed at start; younger and foreign files stay', () => {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, ageHours: number) => {
    writeFileSync(join(folder, name), '');
    const at = (NOW - ageHours * 3_600_000) / 1000;
    utimesSync(join(folder, name), at, at);
  };
  const [old, young] = ['a'.repeat(32), 'b'.repeat(32)];
  for (const ending of ['part', 'file', 'json']) put(`${old}.${ending}`, 25);
  put(`${young}.file`, 23);
  put('notes.txt', 100);
  createUploads(folder, () => NOW);
  expect(readdirSync(folder).sort()).toEqual([`${young}.file`, 'notes.txt']);
  expect(existsSync(join(folder, `${old}.part`))).toBe(false);
});
