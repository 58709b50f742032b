import { expect, test } from 'vitest';
import { CreateDealArgs } from '../../../core/commands/create-deal.ts';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { StateForm } from '../../../electron/contract/values.ts';
import { argsOf, type Draft, emptyDraft, formOf, isTouched, problemsOf } from './draft.ts';

const TODAY = plainDate('2026-06-17');
const FORMS: readonly StateForm[] = [
  { packId: 'ca', revision: '12/22', state: 'CA', form: 'RPA', anchors: [{ name: 'acceptance', title: 'Acceptance' }] },
  { packId: 'generic', revision: '1', state: 'US', form: 'No form', anchors: [] },
];
const draftOf = (change: Partial<Draft>): Draft => ({
  ...emptyDraft('p1'),
  street: '1847 Marlowe Ave',
  state: 'ca',
  ...change,
});

test('an empty draft holds nothing, a typed one does', () => {
  expect(isTouched(emptyDraft('p1'))).toBe(false);
  expect(isTouched(draftOf({}))).toBe(true);
});

test('the state chooses the form, a chosen form stays, and any other state gets the one for all', () => {
  expect(formOf(draftOf({ state: 'California' }), FORMS)?.packId).toBe('ca');
  expect(formOf(draftOf({ state: 'NV' }), FORMS)?.packId).toBe('generic');
  expect(formOf(draftOf({ packId: 'generic' }), FORMS)?.packId).toBe('generic');
});

test('each field says by itself what it needs', () => {
  const people = [{ id: 'p1', name: '', role: 'client' as const, email: 'priya@', phone: '' }];
  const draft = draftOf({
    street: ' ',
    state: 'Cal',
    zip: '9581',
    price: 'much',
    yearBuilt: '31',
    days: { acceptance: 'June 31' },
    people,
  });
  expect([...problemsOf(draft, TODAY).keys()].sort()).toEqual(
    ['street', 'state', 'zip', 'price', 'yearBuilt', 'day:acceptance', 'email:p1', 'name:p1'].sort(),
  );
  expect(problemsOf(draftOf({}), TODAY).size).toBe(0);
});

test('what is sent is what createDeal takes; what nobody said is left out', () => {
  const people = [
    { id: 'p1', name: ' Priya Raman ', role: 'client' as const, email: 'priya@example.com', phone: '916 555 0164' },
    { id: 'p2', name: '', role: 'co-client' as const, email: '', phone: '' },
  ];
  const draft = draftOf({
    price: '642k',
    yearBuilt: '1931',
    hoa: 'no',
    days: { acceptance: '6/2', closing: 'Jul 2' },
    people,
  });
  const form = formOf(draft, FORMS);
  if (form === undefined) throw new Error('no form');
  const args = argsOf(draft, form, { ownerId: 'me', at: '2026-06-17T16:41:00.000Z', today: TODAY });
  expect(CreateDealArgs.safeParse(args).error?.issues).toBeUndefined();
  expect(args).toMatchObject({
    state: 'CA',
    priceCents: 64_200_000,
    facts: { yearBuilt: 1931, hoa: false },
    anchors: [{ name: 'acceptance', on: '2026-06-02' }],
    people: [{ id: 'p1', name: 'Priya Raman' }],
  });
});
