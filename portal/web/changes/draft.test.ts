import { expect, test } from 'vitest';
import { CHANGE_RULES } from '../../../core/changes/rules.ts';
import { ProposedTermArg } from '../../../core/changes/term-schema.ts';
import type { AskableChanges } from '../../api/person-home.ts';
import { askedAbout } from './asked.ts';
import { CHOICE_GROUPS, type Choice, choicesOf, isChoice, kindOf } from './choices.ts';
import { type AskingDeal, blankDraft, type ChangeDraft, draftFrom, termsOf } from './draft.ts';
import { dollars, readDollars } from './money.ts';

const ASKABLE: AskableChanges = {
  kinds: Object.keys(CHANGE_RULES) as AskableChanges['kinds'],
  ...{ closingOn: '2026-07-02', possessionOn: '2026-07-03', priceCents: 73_100_000, creditCents: 0 },
  people: [
    { id: 'p-priya', name: 'Priya Raman', role: 'client', isYou: true },
    { id: 'p-daniel', name: 'Daniel Okafor', role: 'co-client', isYou: false },
  ],
  deadlines: [
    { id: 'loan-contingency', title: 'Loan contingency', on: '2026-06-23' },
    { id: 'option-period', title: 'Option period', on: '2026-06-20' },
  ],
  papers: [{ lineId: 'l-contract', title: 'The contract' }],
};
const DEAL: AskingDeal = {
  askable: ASKABLE,
  place: { street: '1847 Marlowe Ave', unit: '', city: '', state: 'CA', zip: '', side: 'buyer' },
  today: '2026-06-17',
};
let made = 0;
const BLANK = blankDraft(() => `id-${made++}`);
const terms = (choice: Choice, more: Partial<ChangeDraft>, deal = DEAL) => termsOf(choice, { ...BLANK, ...more }, deal);
const reason = 'It rains in.';

test.each<[Choice, Partial<ChangeDraft>, object]>([
  ['closing-date', { on: '2026-07-16' }, { type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-16' }],
  ['possession-date', { on: '2026-07-20' }, { type: 'anchor', name: 'possession', from: '2026-07-03' }],
  [
    'contingency-extension',
    { deadlineId: 'loan-contingency', on: '2026-06-30' },
    { type: 'override', deadlineId: 'loan-contingency', from: '2026-06-23', to: '2026-06-30' },
  ],
  ['price', { amount: '$720,000' }, { type: 'price', fromCents: 73_100_000, toCents: 72_000_000 }],
  ['credit', { amount: '1,250.5' }, { type: 'credit', fromCents: 0, toCents: 125_050 }],
  ['replace-document', { lineId: 'l-contract', reason }, { type: 'new-version', lineId: 'l-contract' }],
  ['form-correction', { lineId: 'l-contract', reason }, { type: 'new-version', lineId: 'l-contract' }],
  ['cancellation', { reason: ` ${reason} ` }, { type: 'cancel', reason }],
  ['add-party', { name: ' Lena Park ', role: 'attorney' }, { type: 'add-party', name: 'Lena Park', role: 'attorney' }],
  ['remove-party', { personId: 'p-daniel' }, { type: 'remove-party', personId: 'p-daniel' }],
  ['power-of-attorney', { personId: 'p-priya', reason }, { type: 'paper', what: 'power-of-attorney' }],
  ['entity', { personId: 'p-priya', paper: 'entity' }, { type: 'paper', what: 'entity', personId: 'p-priya' }],
  ['contact-info', { reach: '(916) 555-0199' }, { type: 'contact', personId: 'p-priya', field: 'phone' }],
  ['contact-info', { reachBy: 'email', reach: 'p@new.example' }, { type: 'contact', field: 'email' }],
  ['bank-info', {}, { type: 'bank', personId: 'p-priya' }],
])('%s with %o is one term that its rule and the portal take', (choice, more, term) => {
  const told = terms(choice, more);
  expect(told).toMatchObject({ ok: true, terms: [term] });
  const kind = kindOf(choice, more.deadlineId ?? '', ASKABLE);
  for (const each of told.ok ? told.terms : []) {
    expect(ProposedTermArg.parse(each)).toEqual(each);
    expect(CHANGE_RULES[kind].terms).toContain(each.type);
  }
});

test.each<[Choice, Partial<ChangeDraft>, string, string]>([
  ['closing-date', {}, 'on', 'no-day'],
  ['closing-date', { on: '2026-06-16' }, 'on', 'past-day'],
  ['closing-date', { on: '2026-07-02' }, 'on', 'same-day'],
  ['contingency-extension', { on: '2026-06-30' }, 'deadlineId', 'no-deadline'],
  ['contingency-extension', { deadlineId: 'loan-contingency', on: '2026-06-23' }, 'on', 'same-day'],
  ['price', { amount: 'a lot' }, 'amount', 'no-amount'],
  ['price', { amount: '731000' }, 'amount', 'same-amount'],
  ['repairs', {}, 'works', 'no-work'],
  ['repairs', { amount: '12.345' }, 'amount', 'no-amount'],
  ['repairs', { amount: '0' }, 'amount', 'same-amount'],
  ['replace-document', { lineId: 'l-contract' }, 'reason', 'no-reason'],
  ['replace-document', { lineId: 'l-gone', reason }, 'lineId', 'no-paper'],
  ['cancellation', {}, 'reason', 'no-reason'],
  ['add-party', { name: '  ' }, 'name', 'no-name'],
  ['remove-party', { personId: 'p-gone' }, 'personId', 'no-person'],
  ['contact-info', { reach: '12' }, 'reach', 'no-phone'],
  ['contact-info', { reachBy: 'email', reach: 'nobody' }, 'reach', 'no-email'],
])('%s with %o is not sent: the field %s says %s', (choice, more, field, wrong) => {
  expect(terms(choice, more)).toEqual({ ok: false, field, wrong });
});

test('repairs are done by the side that sells, each under an id of its own, with money beside them', () => {
  const works = [
    { id: 'w1', title: ' The roof ' },
    { id: 'w2', title: '' },
    { id: 'w3', title: 'The sink' },
  ];
  const repair = (taskId: string, title: string, by: string) => ({
    ...{ type: 'repair', taskId, title, clientTitle: title, by },
  });
  const [roof, sink] = [repair('w1', 'The roof', 'other-principal'), repair('w3', 'The sink', 'other-principal')];
  expect(terms('repairs', { works })).toEqual({ ok: true, terms: [roof, sink] });
  expect(terms('repairs', { works, amount: '500' })).toMatchObject({
    terms: [roof, sink, { type: 'credit', toCents: 50_000 }],
  });
  const selling = { ...DEAL, place: { ...DEAL.place, side: 'seller' as const } };
  expect(terms('repairs', { works }, selling)).toMatchObject({ terms: [{ by: 'client' }, { by: 'client' }] });
});

test('what is offered is what may be asked and has something to choose from', () => {
  expect(choicesOf(ASKABLE).flatMap(({ choices }) => choices)).toEqual(Object.values(CHOICE_GROUPS).flat());
  const bare = { ...ASKABLE, deadlines: [], papers: [], people: [] };
  expect(choicesOf(bare).flatMap(({ choices }) => choices)).toEqual([
    ...['closing-date', 'possession-date', 'repairs', 'price', 'credit', 'add-party', 'cancellation'],
  ]);
  expect(choicesOf({ ...ASKABLE, kinds: [] })).toEqual([]);
  expect([isChoice('repairs'), isChoice('option-extension'), isChoice(undefined)]).toEqual([true, false, false]);
});

test('an extension is of the option only for the deadline of the option', () => {
  expect(kindOf('contingency-extension', 'option-period', ASKABLE)).toBe('option-extension');
  expect(kindOf('contingency-extension', 'loan-contingency', ASKABLE)).toBe('contingency-extension');
  expect(kindOf('contingency-extension', 'x', { kinds: ['option-extension'] })).toBe('option-extension');
});

test('a draft of an older page is read with care', () => {
  const blank = blankDraft(() => 'id');
  expect(draftFrom(null, blank)).toEqual(blank);
  expect(draftFrom('on', blank)).toEqual(blank);
  expect(draftFrom({ on: 7, works: [{ id: 1 }], reason: 'kept' }, blank)).toEqual({ ...blank, reason: 'kept' });
  const kept = { ...blank, on: '2026-07-16', works: [{ id: 'w', title: 'Roof' }] };
  expect(draftFrom(JSON.parse(JSON.stringify(kept)), blank)).toEqual(kept);
});

test('whoever asks is not told that they are asked, but somebody beside them is', () => {
  const names = (asked: ReturnType<typeof askedAbout>) => asked.map(({ approver }) => approver);
  const client = { as: 'own-principal', isAlone: true } as const;
  expect(names(askedAbout('closing-date', client))).toEqual(['other-principal']);
  expect(names(askedAbout('closing-date', { ...client, isAlone: false }))).toEqual([
    ...['own-principal', 'other-principal'],
  ]);
  expect(names(askedAbout('cancellation', { as: 'own-agent', isAlone: true }))).toEqual([
    ...['own-principal', 'broker', 'other-principal'],
  ]);
  expect(askedAbout('bank-info', client)).toEqual([]);
});

test.each([
  ['12,500', 1_250_000],
  ['$ 1,250.5', 125_050],
  ['0', 0],
  ['', null],
  ['-5', null],
  ['1.234', null],
])('%s is so many cents', (text, cents) => {
  expect(readDollars(text)).toBe(cents);
});
test('cents are written only where there are some', () => {
  expect([dollars(1_250_000, 'en-US'), dollars(125_050, 'en-US')]).toEqual(['$12,500', '$1,250.50']);
});
