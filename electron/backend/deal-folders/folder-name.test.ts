import { expect, test } from 'vitest';
import { dealFolderName } from './folder-name.ts';
import { isIgnoredName } from './ignored-names.ts';

const open = { plate: '1847', street: 'Marlowe Ave', clientNames: ['Marisol Estévez'], state: 'open' } as const;

test.each([
  [open, '1847 Marlowe Ave - Estévez'],
  [{ ...open, clientNames: ['Marisol Estévez', 'Tom Park Jr.'] }, '1847 Marlowe Ave - Estévez & Park'],
  [{ ...open, clientNames: ['Ann Lee', 'Bo Lee'] }, '1847 Marlowe Ave - Lee'],
  [{ ...open, clientNames: ['A One', 'B Two', 'C Three'] }, '1847 Marlowe Ave - One, Two & others'],
  [{ ...open, clientNames: ['Larkmoor Holdings LLC'] }, '1847 Marlowe Ave - Larkmoor Holdings LLC'],
  [{ ...open, clientNames: [] }, '1847 Marlowe Ave'],
  [{ ...open, plate: 'Lot 12', street: 'Lot 12' }, 'Lot 12 - Estévez'],
  [{ ...open, plate: '–', street: '' }, 'Estévez'],
  [{ ...open, plate: '–', street: '', clientNames: [' '] }, 'Deal'],
  [{ ...open, state: 'closed', closedOn: '2026-06-02' } as const, '1847 Marlowe Ave - Estévez (closed 2026-06-02)'],
  [{ ...open, state: 'withdrawn' } as const, '1847 Marlowe Ave - Estévez (withdrawn)'],
  [{ ...open, plate: '../..', street: 'CON:', clientNames: ['a/b\\c'] }, '_.. CON_ - a_b_c'],
])('%j is %s', (parts, name) => {
  expect(dealFolderName(parts)).toBe(name);
});

test('however long, it is one segment of at most 200 bytes', () => {
  const name = dealFolderName({
    plate: '1',
    street: 'É'.repeat(500),
    clientNames: ['Ł'.repeat(500)],
    state: 'withdrawn',
  });
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name).toContain(' - ');
});

test('what programs leave beside a document is not one', () => {
  for (const name of [
    '~$Offer.docx',
    '.~lock.Offer.odt#',
    'a.TMP',
    'a.pdf.part',
    'a.crdownload',
    'Thumbs.db',
    '.DS_Store',
    'desktop.ini',
    '._a.pdf',
  ])
    expect(isIgnoredName(name), name).toBe(true);
  for (const name of ['Offer.docx', 'temp.pdf', 'part.pdf', '~offer.pdf', 'download'])
    expect(isIgnoredName(name), name).toBe(false);
});
