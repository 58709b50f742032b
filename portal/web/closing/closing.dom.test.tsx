import { cleanup, configure, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PersonHome } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const CLOSING = { screen: 'closing' };
const STEPS: PersonHome['closing'] = [
  { title: 'Last walk through the home', who: 'you', isYours: true, isDone: false, dueOn: '2026-07-01' },
  { title: 'The deed is recorded', who: 'Alder Title', isYours: false, isDone: false, dueOn: '2026-06-10' },
  { title: 'The loan is approved', who: 'the lender', isYours: false, isDone: true, dueOn: null },
];
const final: PersonHome['documents'][number] = {
  ...{ versionId: 'v9', title: 'Settlement statement', version: 1, state: 'approved', receivedOn: '2026-07-02' },
  ...{ isFullySigned: true, isFinal: true },
};
const closed = { progress: { stage: 'closing', closedOn: '2026-07-02', outcome: 'closed' } } as const;

test('the checklist says what is done, who has the rest and by when', async () => {
  await showHome(portal, { closing: STEPS });
  await screen.findByText('1 of 3 done');
  press(/Closing checklist/);
  await screen.findByText('Planned for Thursday, July 2.');
  expect(screen.getByText('You do this. By Wednesday, July 1.')).toBeTruthy();
  expect(screen.getByText('Alder Title does this. It was due Wednesday, June 10.')).toBeTruthy();
  expect(screen.getByText('Done.')).toBeTruthy();
  expect(screen.getByText('The final papers appear here when they are signed.')).toBeTruthy();
});

test.each<[Partial<PersonHome>, string]>([
  [{ closingOn: null }, 'No day is set yet.'],
  [{ closingOn: HOME.today }, 'It is today.'],
  [{ closingOn: '2026-06-01' }, 'It was planned for Monday, June 1. Your coordinator can say what comes now.'],
])('before it comes near: %o', async (more, sentence) => {
  await showHome(portal, { ...more, closing: [] }, CLOSING);
  await screen.findByText(sentence);
  expect(screen.getByText(/^The checklist appears here when closing comes near/)).toBeTruthy();
});

test('after it: that it is done, where the papers are, and until when the link works', async () => {
  await showHome(portal, { ...closed, documents: [...HOME.documents, final] });
  await screen.findByRole('heading', { name: 'The home is yours' });
  expect(screen.getByText('This link works until August 1. After that, ask your coordinator for copies.')).toBeTruthy();
  press(/^Closing and final papers$/);
  await screen.findByText('It closed on Thursday, July 2.');
  expect(screen.queryByText('The contract')).toBeNull();
  press('Read Settlement statement');
  await screen.findByRole('heading', { level: 1, name: /Settlement statement|Opening/ });
});

test.each<[Partial<PersonHome>, string]>([
  [{ place: { ...HOME.place, side: 'seller' } }, 'Your home is sold'],
  [{ place: { ...HOME.place, side: 'tenant' } }, 'The home is yours to live in'],
  [{ person: { name: 'Aiko Bergström', role: 'lender' } }, 'This deal is closed'],
  [{ progress: { stage: 'milestones', closedOn: '2026-06-20', outcome: 'withdrawn' } }, 'This deal has ended'],
])('over for %o', async (more, heading) => {
  await showHome(portal, { ...closed, ...more }, CLOSING);
  await screen.findByRole('heading', { name: heading });
});

test('a deal that ended without a closing has no days ahead on its home, and one that closed keeps its own', async () => {
  await showHome(portal, { progress: { stage: 'milestones', closedOn: '2026-06-20', outcome: 'withdrawn' } });
  await screen.findByRole('heading', { name: 'This deal has ended' });
  expect(screen.queryByRole('heading', { name: 'Key dates' })).toBeNull();
  cleanup();
  await showHome(portal, closed);
  await screen.findByRole('heading', { name: 'Key dates' });
});

test('a link that hands out no papers says so, and a look as somebody else has no buttons', async () => {
  const own = { ...final, versionId: null };
  await showHome(portal, { ...closed, documents: [own], mayDownload: false, isPreview: true }, CLOSING);
  await screen.findByText(/^This link shows papers and does not hand them out/);
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Back']);
});
