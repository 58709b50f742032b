import { expect, test } from 'vitest';
import { createSearch, type Found } from './search.ts';
import { decodeText, sheetsOf } from './text-source.ts';

const PAGES = ['the deposit', 'nothing', 'deposit, deposit', 'the end'];

function searchIn(pages: readonly string[], from = 0) {
  const told: Found[] = [];
  const search = createSearch({
    source: {
      pages: pages.length,
      runs: async (page) => {
        if (pages[page] === 'broken') throw new Error('cannot be read');
        return [{ text: pages[page] ?? '', endsLine: true }];
      },
    },
    from: () => from,
    tell: (_query, found) => told.push(found),
    pause: async () => {},
  });
  const done = async () => {
    for (let turn = 0; turn < 500 && told.at(-1)?.isDone !== true; turn += 1) await Promise.resolve();
    return told.at(-1);
  };
  return { search, told, done };
}

test('the first hit is the next one from the current page on; all are counted', async () => {
  const { search, done } = searchIn(PAGES, 1);
  search.find(' Deposit ');
  expect(await done()).toEqual({ count: 3, at: 2, isDone: true, now: { page: 2, nth: 0 } });
});

test('steps go round in both directions', async () => {
  const { search, told, done } = searchIn(PAGES);
  search.find('deposit');
  await done();
  const at = () => told.at(-1)?.at;
  search.step(1);
  search.step(1);
  expect(at()).toBe(3);
  search.step(1);
  expect(at()).toBe(1);
  search.step(-1);
  expect(told.at(-1)).toMatchObject({ at: 3, now: { page: 2, nth: 1 } });
});

test('what is not there is none, on pages that cannot be read too', async () => {
  const { search, done } = searchIn(['broken', 'a']);
  search.find('zebra');
  expect(await done()).toEqual({ count: 0, at: 0, isDone: true, now: null });
  search.step(1);
  search.find('');
  expect(await done()).toEqual({ count: 0, at: 0, isDone: true, now: null });
});

test('another search takes the place of one that still runs', async () => {
  const { search, told, done } = searchIn(Array.from({ length: 200 }, () => 'deposit'));
  search.find('deposit');
  search.find('nothing');
  await done();
  for (let turn = 0; turn < 2000; turn += 1) await Promise.resolve();
  expect(told.at(-1)).toMatchObject({ count: 0, isDone: true });
});

test('text of any encoding becomes sheets', () => {
  expect(decodeText(new TextEncoder().encode('Größe'))).toBe('Größe');
  expect(decodeText(Uint8Array.from([0x47, 0xf6]))).toBe('Gö');
  expect(decodeText(Uint8Array.from([0xff, 0xfe, 0x47, 0]))).toBe('G');
  expect(decodeText(Uint8Array.from([0xfe, 0xff, 0, 0x47]))).toBe('G');
  expect(sheetsOf('a\r\nb\rc\n\td')).toEqual([['a', 'b', 'c', '    d']]);
  expect(sheetsOf('x'.repeat(200))[0]?.map(({ length }) => length)).toEqual([88, 88, 24]);
  expect(sheetsOf('\n'.repeat(112))).toHaveLength(3);
});
