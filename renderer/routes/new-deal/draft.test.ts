import { expect, test } from 'vitest';
import { CreateDealArgs } from '../../../core/commands/create-deal.ts';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { StateForm } from '../../../electron/contract/values.ts';
import { argsOf, type Draft, emptyDraft, formKey, formOf, isTouched, problemsOf } from './draft.ts';

const TODAY = plainDate('2026-06-17');
const FORMS: readonly StateForm[] = [
  { packId: 'ca', revision: '12/22', state: 'CA', form: 'RPA', anchors: [{ name: 'acceptance', title: 'Acceptance' }] },
  { packId: 'tx', revision: '20-19', state: 'TX', form: 'TREC 20-19', anchors: [] },
  { packId: 'tx', revision: '20-18', state: 'TX', form: 'TREC 20-18', anchors: [] },
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
  expect(formOf(draftOf({ formKey: 'generic 1' }), FORMS)?.packId).toBe('generic');
});

test('each field says by itself what it needs', () => {
  const people = [{ id: 'p1', name: '', role: 'client' as const, email: 'priya@', phone: '' }];
  const draft = draftOf({
    street: ' ',
    state: 'Cal',
    formKey: 'ca 12/22',
    zip: '9581',
    price: 'much',
    yearBuilt: '31',
    days: { acceptance: 'June 31' },
    people,
  });
  expect([...problemsOf(draft, formOf(draft, FORMS), TODAY).keys()].sort()).toEqual(
    ['street', 'state', 'zip', 'price', 'yearBuilt', 'day:acceptance', 'email:p1', 'name:p1'].sort(),
  );
  expect(problemsOf(draftOf({}), undefined, TODAY).size).toBe(0);
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

const STAMP = { ownerId: 'me', at: '2026-06-17T16:41:00.000Z', today: TODAY };
function sentOf(draft: Draft): Record<string, unknown> {
  const form = formOf(draft, FORMS);
  if (form === undefined) throw new Error('no form');
  const args = argsOf(draft, form, STAMP);
  expect(CreateDealArgs.safeParse(args).error?.issues).toBeUndefined();
  return args;
}

test('of two revisions of one form the one that was chosen is sent; the newest without a choice', () => {
  expect(new Set(FORMS.map(formKey)).size).toBe(FORMS.length);
  expect(sentOf(draftOf({ state: 'TX' }))).toMatchObject({ packId: 'tx', packRevision: '20-19' });
  expect(sentOf(draftOf({ state: 'TX', formKey: 'tx 20-18' }))).toMatchObject({ packId: 'tx', packRevision: '20-18' });
});

test('where it stands decides the checklist, and with it the days that are asked for and sent', () => {
  const days = { acceptance: '6/2', closing: 'Jul 2', 'listing-signed': '6/10', 'lease-start': '7/1' };
  const sent = (change: Partial<Draft>) => sentOf(draftOf({ days, ...change }));
  expect(sent({})).toMatchObject({ workflow: 'contract-to-close', anchors: [{ name: 'acceptance' }] });
  expect(sent({ hasContract: false })).toMatchObject({ workflow: 'buyer-intake', anchors: [] });
  expect(sent({ scenario: 'sell', side: 'seller', hasContract: false })).toMatchObject({
    workflow: 'seller-onboarding',
    anchors: [{ name: 'listing-signed', on: '2026-06-10' }],
  });
  expect(sent({ scenario: 'rent', side: 'tenant', hasContract: false })).toMatchObject({
    workflow: 'rental-onboarding',
    anchors: [{ name: 'lease-start', on: '2026-07-01' }],
  });
  expect(sent({ scenario: 'invest', side: 'landlord' })).toMatchObject({ workflow: 'rental-onboarding' });
});

test('a buyer before the contract needs a name instead of an address, and nothing that does not exist yet', () => {
  const buyer = draftOf({
    street: '',
    hasContract: false,
    yearBuilt: '31',
    hoa: 'yes',
    days: { acceptance: 'June 31' },
  });
  expect([...problemsOf(buyer, formOf(buyer, FORMS), TODAY).keys()]).toEqual(['name:p1']);
  const named = { ...buyer, people: buyer.people.map((person) => ({ ...person, name: 'Priya Raman' })) };
  expect(problemsOf(named, formOf(named, FORMS), TODAY).size).toBe(0);
  expect(sentOf(named)).toMatchObject({ street: '', workflow: 'buyer-intake', facts: {} });
  const seller = draftOf({ street: '', scenario: 'sell', side: 'seller', hasContract: false });
  expect([...problemsOf(seller, undefined, TODAY).keys()]).toEqual(['street']);
});
