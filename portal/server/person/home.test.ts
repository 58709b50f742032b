import { expect, test } from 'vitest';
import { isAfterClosing } from '../../../core/deadlines/deadline-readers.ts';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal, PartyRole } from '../../../core/deals/model.ts';
import { createLibrary } from '../../../resources/library.ts';
import type { PersonHome } from '../../api/person-home.ts';
import { countDeal, type KeptDeal } from './deal-facts.ts';
import { homeOf } from './home.ts';
import { deal } from './testing-deal.ts';

const library = createLibrary;

const NOW = new Date('2026-06-17T16:00:00.000Z');
const noor = {
  workspaceId: 'w',
  memberId: 'm-noor',
  name: 'Noor Haddad',
  role: 'tc',
  email: 'noor@x',
  addedAt: '',
} as const;
const kept: KeptDeal = { deal, members: [{ ...noor, revokedAt: null, accessHead: 1 }], teamIds: ['m-noor'] };

const ASK = {
  ...{ isPreview: false, endsOn: plainDate('2026-08-01'), questions: library().questions() },
  beside: { pageId: 'page-1', otherDeals: [], hasCalendar: false },
};

function home(role: PartyRole, from: KeptDeal = kept, mayDownload = true): PersonHome {
  const person = from.deal.people.find((each) => each.role === role);
  if (person === undefined) throw new Error(`nobody is ${role}`);
  const counted = countDeal(from, library(), NOW);
  const seen = homeOf({ ...ASK, kept: from, counted, person, mayDownload });
  if (seen === null) throw new Error(`${role} sees nothing`);
  return seen;
}

test('a client sees their own tasks, what closing waits for, the dates and whom to call', () => {
  const seen = home('client');
  expect(seen.tasks.map(({ title }) => title)).toEqual([
    'Decide with your agent which repairs to ask for',
    'Choose your home insurance and send us the binder',
  ]);
  expect(seen.tasksDone).toBe(1);
  expect(seen.wanted).toEqual([{ lineId: 'l-binder', title: 'Your home insurance binder', why: 'asked', reason: '' }]);
  expect(seen.waiting.map(({ what, who, isYours }) => [what, who, isYours])).toEqual([
    ['The title company checks who owns the home and what is owed on it', 'Tomas Lindqvist', false],
    ['The lender has the home appraised', 'Aiko Bergström', false],
    ['Decide with your agent which repairs to ask for', 'Priya Raman', true],
    ['Choose your home insurance and send us the binder', 'Priya Raman', true],
  ]);
  expect(seen.closingOn).toBe('2026-07-02');
  expect(seen.dates.filter(({ isClosing }) => isClosing)).toEqual([
    expect.objectContaining({ title: 'Closing day', on: '2026-07-02', state: 'ahead' }),
  ]);
  expect(seen.dates.map(({ on }) => on)).toEqual(seen.dates.map(({ on }) => on).toSorted());
  expect(seen.dates.find(({ title }) => title === 'Appraisal decision')).toMatchObject({
    ...{
      on: '2026-06-22',
      state: 'ahead',
      why: expect.stringMatching(/^17 calendar days after Tue, June 2.*June 22\.$/),
    },
  });
  expect(seen.people[0]).toMatchObject({ name: 'Noor Haddad', phone: '(916) 555-0117' });
  expect(seen.people.find(({ name }) => name === 'Wen Zhao')).toMatchObject({ phone: '', email: '' });
});

test('papers: the approved ones that are a client’s, in their words; not what is read, drafted or both sides’ figures', () => {
  const seen = home('client').documents.map(({ title, versionId, isFullySigned }) => [title, versionId, isFullySigned]);
  expect(seen).toEqual([
    ['The signed contract', 'v-contract', true],
    ['The seller’s disclosures', 'v-disclosures', false],
  ]);
  // Where the link hands out no files the page still draws them.
  const lookOnly = home('client', kept, false);
  expect(lookOnly.mayDownload).toBe(false);
  expect(lookOnly.documents.map(({ versionId }) => versionId)).toEqual(['v-contract', 'v-disclosures']);
  expect(home('lender').documents.map(({ title }) => title)).toEqual(['Purchase contract', 'Closing disclosure']);
  expect(home('attorney').documents.map(({ title }) => title)).toContain('Offer strategy memo');
});

test('a lender sees the dates of loan and closing, the other side what both share and no progress', () => {
  const lender = home('lender');
  expect(lender.dates.some(({ title }) => /loan/i.test(title))).toBe(true);
  expect(lender.dates.some(({ title }) => /investigation|disclosures/i.test(title))).toBe(false);
  expect(lender.waiting).toEqual([]);
  expect(lender.dates.find(({ title }) => title === 'Appraisal contingency')?.why).toContain('C.A.R. RPA 12/22, 3L.');
  const other = home('other-agent');
  expect(other.progress).toBeNull();
  expect(other.tasks).toEqual([]);
  expect(other.dates.map(({ on }) => on)).toEqual(['2026-06-02', '2026-07-02']);
});

test('the coordinator is named also where no row does, and a listing has no contract dates', () => {
  const people = deal.people.filter(({ role }) => role !== 'tc');
  const seen = home('client', { ...kept, deal: { ...deal, people } });
  expect(seen.people[0]).toEqual({
    ...{ name: 'Noor Haddad', role: 'tc', company: '', phone: '', email: 'noor@x', isYou: false },
  });
  const listing = { ...deal, row: { ...deal.row, templateId: 'seller-onboarding/sell/seller/CA' } };
  expect(home('client', { ...kept, deal: listing }).dates.map(({ on }) => on)).toEqual(['2026-06-02', '2026-07-02']);
});

test('a seller is not told to send the buyer’s deposit, nor a buyer to sign the deed', () => {
  const titles = (from: KeptDeal) => home('client', from).dates.map(({ title }) => title);
  expect(titles(kept)).toContain('Send your deposit to escrow');
  expect(titles(kept)).not.toContain('Sign the deed');
  expect(titles(kept).filter((title) => /notice|may demand/.test(title))).toEqual([]);
  const selling = titles({ ...kept, deal: { ...deal, row: { ...deal.row, side: 'seller' } } });
  expect(selling).toContain('Sign the deed');
  expect(selling).not.toContain('Send your deposit to escrow');
});

test('a deal that is over asks nothing of anybody', () => {
  const row = { ...deal.row, closedOn: plainDate('2026-07-02'), outcome: 'closed' } as const;
  const seen = home('client', { ...kept, deal: { ...deal, row } });
  expect(seen).toMatchObject({ tasks: [], wanted: [], waiting: [], progress: { outcome: 'closed' } });
  expect(seen.documents).toHaveLength(2);
});

test('a deal that closed before its last days has none of them ahead', () => {
  const aheadOf = (closed: Partial<Deal['row']>) =>
    home('client', { ...kept, deal: { ...deal, row: { ...deal.row, ...closed } } }).dates.filter(
      ({ state }) => state === 'ahead',
    );
  expect(aheadOf({}).length).toBeGreaterThan(3);
  expect(aheadOf({ closedOn: plainDate('2026-06-16'), outcome: 'closed' })).toEqual([]);
  expect(isAfterClosing('possession')).toBe(true);
});

test('a person who is listed as a member of the team sees nothing', () => {
  const person = deal.people.find(({ role }) => role === 'tc');
  if (person === undefined) throw new Error('no coordinator');
  const counted = countDeal(kept, library(), NOW);
  expect(homeOf({ ...ASK, kept, counted, person, mayDownload: true })).toBeNull();
});
