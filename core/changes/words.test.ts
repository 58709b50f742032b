import { expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import { CHANGE_KINDS } from './rules.ts';
import { TERMS } from './testing.ts';
import { changeTitle, logSentence, type TermNames, termSentence } from './words.ts';

const names: TermNames = {
  anchor: (name) => (name === 'closing' ? 'Close of escrow' : ''),
  deadline: (id) => (id === 'loan' ? 'Loan contingency' : ''),
  person: (id) => (id === 'buyer' ? 'Maria Ortiz' : ''),
  line: (id) => (id === 'l1' ? 'Transfer Disclosure Statement' : ''),
};
const titleOf = (kind: (typeof CHANGE_KINDS)[number]) => changeTitle({ kind, terms: [TERMS[kind]] }, names).title;

test('a request is called by what it would change, with names', () => {
  expect(Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, titleOf(kind)]))).toEqual({
    'closing-date': 'Move close of escrow',
    'possession-date': 'Move possession',
    price: 'Change the price',
    credit: 'Give a credit',
    'contingency-extension': 'Extend loan contingency',
    'option-extension': 'Extend a deadline',
    repairs: 'Repair: Fix the roof',
    'add-party': 'Add Ana Ortiz',
    'remove-party': 'Take a person off the deal',
    'power-of-attorney': 'A power of attorney for Maria Ortiz',
    entity: 'An entity for Maria Ortiz',
    'replace-document': 'Replace “Transfer Disclosure Statement”',
    'form-correction': 'Correct “Transfer Disclosure Statement”',
    cancellation: 'End the deal',
    'contact-info': 'New e-mail address of Maria Ortiz',
    'bank-info': 'New bank details of a person',
  });
});

test('several repairs are counted, and no terms still have a name', () => {
  const repairs = { kind: 'repairs', terms: [TERMS.repairs, TERMS.repairs] } as const;
  expect(changeTitle(repairs, names).title).toBe('2 repairs');
  expect(changeTitle({ kind: 'price', terms: [] }, names)).toEqual({ title: 'Change the price', value: null });
});

test('a day and an amount come as values, for whoever shows them', () => {
  expect(changeTitle({ kind: 'closing-date', terms: [TERMS['closing-date']] }, names).value).toEqual({
    type: 'day',
    from: plainDate('2026-07-15'),
    to: plainDate('2026-07-20'),
  });
  expect(changeTitle({ kind: 'price', terms: [TERMS.price] }, names).value).toEqual({
    type: 'money',
    fromCents: 73_100_000,
    toCents: 72_500_000,
  });
});

test('no sentence of a term shows an id', () => {
  const sentences = CHANGE_KINDS.map((kind) => termSentence(TERMS[kind], names));
  expect(sentences).toMatchInlineSnapshot(`
    [
      "Close of escrow would move from July 15, 2026 to July 20, 2026.",
      "The possession date would move to July 20, 2026.",
      "The price would be $725,000, now $731,000.",
      "The credit would be $5,000.",
      "Loan contingency would move to July 20, 2026.",
      "A deadline would move to July 20, 2026.",
      "A task would be added, due five days before closing: Fix the roof.",
      "Ana Ortiz would join the deal.",
      "A person would leave the deal, and their link would end.",
      "Papers of Maria Ortiz would be filed: a power of attorney.",
      "Papers of Maria Ortiz would be filed: an entity.",
      "A new version of “Transfer Disclosure Statement” would count; the old one is kept.",
      "A new version of “Transfer Disclosure Statement” would count; the old one is kept.",
      "The deal would end. Loan denied.",
      "The e-mail address of Maria Ortiz would be new@example.com.",
      "It would be noted that new bank details of a person were confirmed by a call. The numbers are never kept.",
    ]
  `);
  for (const sentence of sentences) expect(sentence).not.toMatch(/\b(l1|t1|buyer'|spouse|loan-)\b/);
});

test('ids in a log become names', () => {
  const named = new Map([
    ['v-9', '“Extension”'],
    ['r-1', 'Move closing'],
  ]);
  expect(logSentence('In effect: document v-9 was reviewed and changes the closing date.', named)).toBe(
    'In effect: “Extension” was reviewed and changes the closing date.',
  );
  expect(logSentence('Asked to change the price. It waits for r-1, which came first.', named)).toBe(
    'Asked to change the price. It waits for Move closing, which came first.',
  );
  expect(logSentence('Kept over request r-1, which asked for the same.', named)).toBe(
    'Kept over Move closing, which asked for the same.',
  );
});
