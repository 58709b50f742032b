import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { LineView, ProposalView } from '../../../electron/contract/papers.ts';
import { asNewDocument, draftAgain, draftOf, filingOf, nameOf, onLine, versionWords, whyNotYet } from './draft.ts';
import { marksOf, numbered } from './reasons.ts';

const day = plainDate('2026-06-16');
const proposal = {
  deal: { dealId: 'd', plate: '1847', street: 'Marlowe Ave', side: 'buyer' },
  otherDeals: [],
  lineId: 'tds',
  lineTitle: 'Transfer Disclosure Statement',
  version: 2,
  class: 'disclosure',
  suffix: 'SS',
  documentOn: day,
  fileName: '',
  certainty: 'likely',
  reasons: [],
} satisfies ProposalView;

test('what is proposed is filed as proposed', () => {
  expect(filingOf('a', draftOf(proposal, day))).toEqual({
    arrivalId: 'a',
    dealId: 'd',
    lineId: 'tds',
    newTitle: '',
    class: 'disclosure',
    suffix: 'SS',
    documentOn: day,
    toReview: true,
  });
  expect(versionWords(draftOf(proposal, day))).toBe('2, seller signed. Version 1 is kept');
});

test('without deal or document it says what is missing and files nothing', () => {
  const empty = draftOf(null, day);
  expect(whyNotYet(empty)).toBe('Choose the deal first.');
  expect(filingOf('a', empty)).toBeNull();
  const unknown = { ...draftOf(proposal, day), lineId: null, title: ' ' };
  expect(whyNotYet(unknown)).toMatch(/Choose the document/);
  expect(nameOf(unknown, '1847 Marlowe Ave', 'pdf')).toBe('');
});

test('a new document is its first version and is sent by its title; a document of the deal by its id', () => {
  const fresh = asNewDocument(draftOf(proposal, day), 'Pool report');
  expect(filingOf('a', fresh)).toMatchObject({ lineId: null, newTitle: 'Pool report' });
  expect(nameOf(fresh, '1847 Marlowe Ave', 'pdf')).toBe('2026-06-16_1847-Marlowe-Ave_Pool-Report_SS_v1.pdf');
  const line = { id: 'x', title: 'Binder', class: 'insurance', versions: [{ number: 3 }] } as unknown as LineView;
  expect(onLine(fresh, line)).toMatchObject({ lineId: 'x', title: 'Binder', version: 4, class: 'insurance' });
});

test('what was changed by hand stays when the deal changes; the rest is proposed anew', () => {
  const own = { ...draftOf(proposal, day), toReview: false, documentOn: plainDate('2026-06-10') };
  const other = { ...proposal, lineId: 'nhd', documentOn: plainDate('2026-06-01'), suffix: 'FE' as const };
  expect(draftAgain(own, proposal, other)).toMatchObject({
    toReview: false,
    lineId: 'nhd',
    documentOn: '2026-06-10',
    suffix: 'FE',
  });
});

test('proofs on the pages have the numbers of their reasons, what speaks against comes last', () => {
  const reason = (text: string, isFor: boolean, page: number | null, quote = '') => ({ text, isFor, page, quote });
  const reasons = [
    reason('not certain', false, null),
    reason('address', true, 1, '1847 Marlowe Ave'),
    reason('against, shown', false, 2, 'differs'),
    reason('sender', true, null),
  ];
  expect(numbered(reasons).map(({ reason: { text }, number }) => [text, number])).toEqual([
    ['address', 1],
    ['sender', 2],
    ['not certain', null],
    ['against, shown', 3],
  ]);
  expect(marksOf(reasons)).toEqual([
    { number: 1, page: 1, quote: '1847 Marlowe Ave' },
    { number: 3, page: 2, quote: 'differs' },
  ]);
});
