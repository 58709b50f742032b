import { configure, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnChange, PersonHome } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const as = (role: PersonHome['person']['role'], name = 'Aiko Bergström') => ({ person: { name, role } });
const OTHER: PersonHome['otherDeals'][number] = {
  ...{ linkId: 'link-2', title: '22 Elm Street', city: 'Davis', stage: 'milestones', closingOn: '2026-08-03' },
  missing: 2,
};
const CHANGE: OwnChange = {
  ...{ id: 'ch-1', kind: 'repairs', title: 'A change of repairs', state: 'open', terms: [], reason: '' },
  ...{ askedBy: 'Priya Raman', askedAt: '2026-06-16T17:00:00.000Z', approveAs: 'lender', mayWithdraw: false },
  ...{ waitsFor: [], log: [], isPartOnly: false },
};

test.each<[PersonHome['person']['role'], RegExp]>([
  ['agent', /^Everything on your deal in one place/],
  ['lender', /^What you need for the loan/],
  ['title', /^What you need for title and escrow/],
  ['attorney', /^Your client’s side of the deal/],
  ['other-agent', /^What both sides share: dates, the signed contract, what was sent to you, and requests/],
  ['other-principal', /^What both sides share: dates, the signed contract, and what was sent to you\./],
])('the page of %s says in one line what it is and whom to call', async (role, text) => {
  await showHome(portal, as(role));
  await screen.findByText(text);
  expect(screen.getByRole('link', { name: /\(916\) 555-0117/ }).getAttribute('href')).toBe('tel:9165550117');
});

test('with nobody to call it says how to find somebody; with a mailbox only, it leads there', async () => {
  await showHome(portal, { ...as('title'), people: [] });
  await screen.findByText('Questions? Call the coordinator on a number you know.');
  takeDown();
  portal = standInPortal();
  const people = [
    { name: 'Noor Haddad', role: 'tc' as const, company: '', phone: '', email: 'noor@f.example', isYou: false },
  ];
  await showHome(portal, { ...as('title'), people });
  const links = await screen.findAllByRole('link', { name: 'Write to Noor Haddad' });
  expect(links[0]?.getAttribute('href')).toBe('mailto:noor@f.example');
});

test('the agent sees what is missing and who has it, eight of many at first', async () => {
  const missing = Array.from({ length: 30 }, (_, at) => ({
    ...{ what: `Paper ${at + 1}`, who: 'the lender', state: at === 0 ? ('review' as const) : ('open' as const) },
  }));
  await showHome(portal, { ...as('agent'), missing });
  await screen.findByText('The lender has it. It is here and being read.');
  expect(screen.queryByText('Paper 9')).toBeNull();
  press('Show all 30');
  expect(screen.getByText('Paper 30')).toBeTruthy();
  press('Show fewer');
  expect(screen.queryByText('Paper 30')).toBeNull();
});

test('nothing missing is said, and a deal that is over misses nothing', async () => {
  await showHome(portal, as('agent'));
  await screen.findByText('Nothing is missing for this stage.');
  takeDown();
  portal = standInPortal();
  await showHome(portal, { ...as('agent'), progress: { stage: 'closing', closedOn: '2026-06-10', outcome: 'closed' } });
  await screen.findByRole('heading', { name: 'This deal is closed' });
  expect(screen.queryByText('What is missing now')).toBeNull();
});

test('another deal opens in place of this one; a refusal and a lost session are said', async () => {
  await showHome(portal, { ...as('agent'), otherDeals: [OTHER, { ...OTHER, linkId: 'link-3', missing: 0 }] });
  await screen.findAllByText('Checks. Closing Mon, Aug 3, 2 things missing.');
  expect(screen.getByText('Checks. Closing Mon, Aug 3, nothing missing.')).toBeTruthy();
  const [first] = screen.getAllByRole('button', { name: 'Open 22 Elm Street' });
  portal.answers['switch-deal'] = { error: { type: 'not-available', message: 'That deal is not open to you now.' } };
  first?.click();
  await screen.findByText('That deal is not open to you now.');
  portal.answers['switch-deal'] = { done: true };
  portal.answers.home = { ...HOME, ...as('agent'), place: { ...HOME.place, street: '22 Elm Street' } };
  first?.click();
  await waitFor(() => expect(document.title).toContain('22 Elm Street'));
  expect(portal.of('switch-deal')).toEqual([{ linkId: 'link-2' }, { linkId: 'link-2' }]);
  takeDown();
  portal = standInPortal();
  portal.answers['switch-deal'] = { error: { type: 'not-signed-in', message: '' } };
  await showHome(portal, { ...as('agent'), otherDeals: [OTHER] });
  (await screen.findByRole('button', { name: 'Open 22 Elm Street' })).click();
  await screen.findByRole('heading', { name: 'You are signed out' });
});

test('the lender meets a request as the first thing to do, and answers it as the lender', async () => {
  await showHome(portal, { ...as('lender'), tasks: [], changes: [CHANGE] });
  await screen.findByText('A change waits for your answer');
  press(/^Look/);
  await screen.findByText(/^What exactly is asked is not shown here/);
  portal.answers['answer-change'] = { done: true };
  press('Agree');
  await waitFor(() => expect(portal.of('answer-change')).toMatchObject([{ as: 'lender', answer: 'approve' }]));
});

test('the lender reads the part that is for them, and is told that there is more', async () => {
  const terms = ['The credit would be $5,000.'];
  await showHome(portal, { ...as('lender'), tasks: [], changes: [{ ...CHANGE, terms, isPartOnly: true }] });
  await screen.findByText('A change waits for your answer');
  press(/^Look/);
  await screen.findByText('The credit would be $5,000.');
  await screen.findByText(/^There is more to this request that is not shown here/);
  expect(screen.queryByText(/^What exactly is asked is not shown here/)).toBeNull();
});

test('the other side has no stages and no missing things, and still a whole page', async () => {
  const bare = { progress: null, tasks: [], tasksDone: 0, closingOn: null, dates: [], documents: [] };
  await showHome(portal, { ...as('other-agent', 'Hal Bakker'), ...bare });
  await screen.findByRole('heading', { name: 'Hello Hal' });
  expect(screen.queryByText('What is missing now')).toBeNull();
  expect(screen.getByText('No dates ahead are known yet.')).toBeTruthy();
});
