import { describe, expect, test } from 'vitest';
import { plainDate } from '../../deadlines/plain-date.ts';
import { isJunkName } from './deal-words.ts';
import { matchesGlob, matchRule } from './rules.ts';
import { datesIn, readSigning } from './signatures.ts';
import { arrivalOf, textOf } from './testing.ts';

const today = plainDate('2026-06-18');

describe('days', () => {
  test.each([
    ['2026-06-16_123-Main-St.pdf', '2026-06-16'],
    ['20260616 TDS.pdf', '2026-06-16'],
    ['TDS 6-16-26.pdf', '2026-06-16'],
    ['TDS 06.16.2026', '2026-06-16'],
    ['June 16, 2026', '2026-06-16'],
    ['TDS_Jun_16_2026', '2026-06-16'],
    ['Jun 16', '2026-06-16'],
    ['Dec 31', '2025-12-31'],
  ])('%j', (text, on) => {
    expect(datesIn(text, today)).toEqual([on]);
  });

  test.each([
    ['2026-06-31'],
    ['2027-01-01'],
    ['1999-01-01'],
    ['13/45/2026'],
    ['1847 Marlowe'],
    ['95816-1234'],
    ['555-12-3456'],
  ])('%j is none', (text) => {
    expect(datesIn(text, today)).toEqual([]);
  });
});

describe('who has signed', () => {
  const suffixOf = (parts: Parameters<typeof arrivalOf>[0]) => readSigning(arrivalOf(parts)).suffix;

  test.each([
    ['RPA_FE_v3.pdf', 'FE'],
    ['TDS-SS.pdf', 'SS'],
    ['offer BS.pdf', 'BS'],
    ['fully-executed contract.pdf', 'FE'],
    ['RPA signed by all.pdf', 'FE'],
    ['TDS_seller_signed.pdf', 'SS'],
    ['buyer signed RPA.pdf', 'BS'],
    ['not fully executed.pdf', null],
    ['CLASSIC FEES.pdf', null],
    ['Document(3).pdf', null],
  ])('%s: %s', (fileName, suffix) => {
    expect(suffixOf({ fileName })).toBe(suffix);
  });

  test('a mail that waits for signatures says nothing of them', () => {
    expect(suffixOf({ mailText: 'Send it back once it is fully executed.' })).toBeNull();
    expect(suffixOf({ mailText: 'Attached is the fully executed contract.' })).toBe('FE');
  });

  test('signature lines with a day count, blanks do not', () => {
    const read = readSigning(arrivalOf({ text: textOf('Buyer Ann Lee Date: 6/1/2026 Seller Bo Ek Date: 6/2/2026') }));
    expect(read).toMatchObject({ suffix: 'FE', on: '2026-06-02', isFromSignature: true, quote: '6/2/2026' });
    const half = readSigning(arrivalOf({ text: textOf('Buyer ______ Date ______\nSeller Bo Ek\nDate 6/2/2026') }));
    expect(half).toMatchObject({ suffix: 'SS', on: '2026-06-02' });
    expect(readSigning(arrivalOf({ text: textOf('Buyer ______ Date ______ \n\nPrinted 6/2/2026') }))).toMatchObject({
      suffix: null,
      on: null,
    });
  });
});

describe('rules', () => {
  test.each([
    ['*@lender.com', 'kwame@lender.com', true],
    ['*@lender.com', 'kwame@lender.com.evil.example', false],
    ['kwame@*', 'kwame@lender.com', true],
    ['*lend*.com', 'a@my.lender.com', true],
    ['*', 'anything', true],
    ['a*a', 'a', false],
    ['a@b.com', 'a@b.com', true],
    ['a@b.com', 'xa@b.com', false],
  ])('%s and %s', (pattern, text, is) => {
    expect(matchesGlob(pattern, text)).toBe(is);
  });

  const rule = (when: object) => ({ id: 'r', when, does: { mayFileAlone: true } });

  test('all conditions that are given must hold', () => {
    const arrival = arrivalOf({
      fileName: 'PrelimReport.pdf',
      folderPath: 'Title Papers',
      sender: { name: '', address: 'J@Escrow.example' },
    });
    expect(matchRule([rule({})], arrival)?.id).toBe('r');
    expect(matchRule([rule({ nameHas: ' ' })], arrival)).toBeNull();
    expect(
      matchRule([rule({ from: '*@escrow.example', nameHas: 'prelim report', folderHas: 'title' })], arrival)?.id,
    ).toBe('r');
    expect(matchRule([rule({ from: '*@escrow.example', nameHas: 'deed' })], arrival)).toBeNull();
    expect(matchRule([rule({ from: '*' })], arrivalOf())).toBeNull();
  });
});

test('names of machines', () => {
  for (const name of [
    'Document(3).pdf',
    'scan0007.pdf',
    'IMG_4471.HEIC',
    '(1).pdf',
    'Screenshot 2026-06-18 at 9.41.00.png',
    'DSC_0001.jpg',
    'Complete_with_DocuSign.zip',
    '20260618.pdf',
  ])
    expect([name, isJunkName(name)]).toEqual([name, true]);
  for (const name of ['1847 TDS.pdf', 'binder_hollowell.pdf']) expect([name, isJunkName(name)]).toEqual([name, false]);
});
