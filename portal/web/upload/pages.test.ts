import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MOST_PAGES as CONTRACT_PAGES, PERSON_CHUNK, PERSON_UPLOADS } from '../../api/person-calls.ts';
import { isDark } from './brightness.ts';
import {
  asReopened,
  CHUNK_BYTES,
  darkPage,
  isWhole,
  MOST_PAGES,
  nextPage,
  type PageRow,
  percentOf,
  progressOf,
  type Sending,
  UPLOADS_PATH,
  withMoved,
  withoutPage,
  withReplaced,
} from './pages.ts';

const page = (id: string, more: Partial<PageRow> = {}): PageRow => ({
  ...{ id, name: `${id}.jpg`, kind: 'photo', bytes: 1_000, isDark: false, state: 'waiting', gone: 0, url: null },
  ...{ problem: '', ...more },
});
const sending = (...pages: readonly PageRow[]): Sending => ({
  ...{ key: 'k', scope: 's', lineId: 'l', isElse: false, title: 'Binder', sendingId: 'x', actId: 'a', pages },
  isToSend: false,
});
const ids = ({ pages }: Sending) => pages.map(({ id }) => id).join('');

test('the page speaks of the same address, pieces and number of pages as the contract', () => {
  expect([UPLOADS_PATH, CHUNK_BYTES, MOST_PAGES]).toEqual([PERSON_UPLOADS, PERSON_CHUNK, CONTRACT_PAGES]);
});

describe('the pages of a sending', () => {
  test('are moved by one place, stay at an end, are taken out and replaced in their place', () => {
    const abc = sending(page('a'), page('b'), page('c'));
    expect(ids(withMoved(abc, 'c', -1))).toBe('acb');
    expect(ids(withMoved(abc, 'a', 1))).toBe('bac');
    for (const stays of [withMoved(abc, 'a', -1), withMoved(abc, 'c', 1), withMoved(abc, 'x', 1)])
      expect(ids(stays)).toBe('abc');
    expect(ids(withoutPage(abc, 'b'))).toBe('ac');
    expect(ids(withReplaced(abc, 'b', page('d')))).toBe('adc');
  });

  test('without its last page nothing waits to be filed', () => {
    const one = { ...sending(page('a')), isToSend: true };
    expect(withoutPage(one, 'a').isToSend).toBe(false);
    expect(withoutPage({ ...one, pages: [...one.pages, page('b')] }, 'a').isToSend).toBe(true);
  });

  test('the one that was begun goes on before those that were not, and refused ones stay', () => {
    const half = page('b', { gone: 400 });
    expect(nextPage(sending(page('a'), half))?.id).toBe('b');
    expect(nextPage(sending(page('a', { state: 'refused' }), page('c')))?.id).toBe('c');
    expect(nextPage(sending(page('a', { state: 'sent' }), page('b', { state: 'sending' })))).toBeNull();
  });

  test('how far it is, page by page', () => {
    const all = sending(page('a', { state: 'sent' }), page('b', { gone: 604 }), page('c', { state: 'refused' }));
    expect(progressOf(all)).toEqual({ pages: 3, sent: 1, current: { number: 2, percent: 60 }, refused: 1 });
    // All has gone, and the portal has not said that it has it.
    expect(percentOf(page('d', { gone: 1_000 }))).toBe(99);
    expect(percentOf(page('d', { gone: 1_000, state: 'sent' }))).toBe(100);
    expect(isWhole(sending())).toBe(false);
    expect(isWhole(sending(page('a', { state: 'sent' })))).toBe(true);
    expect(isWhole(all)).toBe(false);
  });

  test('after the tab was closed nothing is under way', () => {
    const reopened = asReopened(sending(page('a', { state: 'sending', gone: 9, url: '/u/1' })));
    expect(reopened.pages[0]).toMatchObject({ state: 'waiting', gone: 9, url: '/u/1' });
  });

  test('the first dark page is named by its number', () => {
    expect(darkPage(sending(page('a'), page('b', { isDark: true }), page('c', { isDark: true })))).toBe(2);
    expect(darkPage(sending(page('a')))).toBeNull();
  });
});

describe('light', () => {
  const rgba = (...lights: readonly (readonly [light: number, times: number])[]) =>
    Uint8ClampedArray.from(
      lights.flatMap(([light, n]) => Array.from({ length: n }, () => [light, light, light, 255])).flat(),
    );

  test.each([
    ['a page in good light', rgba([230, 80], [60, 20]), false],
    ['a page in shadow that can be read', rgba([110, 80], [40, 20]), false],
    ['a page at night', rgba([55, 80], [20, 20]), true],
    ['a white page on a dark table', rgba([220, 30], [15, 70]), false],
    ['black', rgba([0, 100]), true],
    ['nothing', new Uint8ClampedArray(), false],
  ])('%s', (_name, pixels, dark) => {
    expect(isDark(pixels)).toBe(dark);
  });

  test('green looks brighter than blue', () => {
    const of = (red: number, green: number, blue: number) => isDark(Uint8ClampedArray.from([red, green, blue, 255]));
    expect(of(0, 255, 0)).toBe(false);
    expect(of(0, 0, 255)).toBe(true);
  });
});

test('no file that home loads brings the upload library or the schemas along', () => {
  for (const file of ['unsent.tsx', 'kept.ts', 'scope.ts', 'door.ts', 'pages.ts']) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8');
    const loaded = source.split('\n').filter((line) => line.startsWith('import ') && !line.startsWith('import type'));
    expect(loaded.filter((line) => /tus|live|person-calls/.test(line))).toEqual([]);
  }
});
