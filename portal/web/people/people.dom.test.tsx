import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PersonHome } from '../../api/person-home.ts';
import { type Portal, press, showHome, standInPortal, takeDown } from '../testing.tsx';
import { HOME } from '../testing-home.ts';
import { faultOf, proposalFrom } from './proposal.ts';

configure({ asyncUtilTimeout: 10_000 });

let portal: Portal;
beforeEach(() => {
  portal = standInPortal();
});
afterEach(takeDown);

const actId = expect.stringMatching(/^[0-9a-f-]{36}$/);
const type = (label: RegExp | string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const alerts = () => screen.getAllByRole('alert').map(({ textContent }) => textContent);
const PEOPLE = { screen: 'people' };

test('everybody on the deal with every way to reach them, and nothing for whom there is none', async () => {
  const long = 'Maximiliane Theodora von Hohenlohe-Langenburg-Weikersheim';
  const people: PersonHome['people'] = [
    { name: long, role: 'tc', company: 'Fennimore', phone: '(916) 555-0117', email: 'n@f.example', isYou: false },
    { name: 'Priya Raman', role: 'client', company: '', phone: '1', email: '', isYou: true },
    { name: 'Wen Zhao', role: 'other-principal', company: '', phone: '', email: '', isYou: false },
  ];
  await showHome(portal, { people });
  fireEvent.click(await screen.findByRole('button', { name: /People on this deal/ }));
  await screen.findByRole('heading', { name: 'People on this deal' });
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(links).toEqual(['tel:9165550117', 'mailto:n@f.example']);
  expect(screen.getByText('That is you')).toBeTruthy();
  expect(screen.getByText('Ask your coordinator if you need to reach them.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Propose somebody' })).toBeNull();
});

test('proposes a co-seller: what is missing is said, and what goes out is what was typed', async () => {
  const place = { ...HOME.place, side: 'seller' as const };
  await showHome(portal, { place, mayPropose: ['co-client', 'attorney'] });
  fireEvent.click(await screen.findByRole('button', { name: 'Propose somebody' }));
  await screen.findByText(/They see nothing until Noor has called them/);
  press('Propose them');
  expect(alerts()).toContain('Write their name first.');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Full name')));
  type('Full name', 'Lena Park');
  press('Propose them');
  expect(alerts()).toContain('Write a phone number or an e‑mail address, so that your coordinator can call them.');
  type('Phone', '(916) 555-0155');
  fireEvent.click(screen.getByLabelText('An attorney'));
  fireEvent.click(screen.getByLabelText('A co-seller: sells with you'));
  portal.answers['propose-person'] = { done: true };
  press('Propose them');
  await screen.findByRole('heading', { name: 'Lena Park is proposed' });
  const sent = { role: 'co-client', name: 'Lena Park', company: '', phone: '(916) 555-0155', email: '', words: '' };
  expect(portal.of('propose-person')).toEqual([{ actId, ...sent }]);
  press('Propose somebody else');
  expect((await screen.findByLabelText<HTMLInputElement>('Full name')).value).toBe('');
});

test('what was typed is there again after the page was closed, and a refusal is a sentence', async () => {
  await showHome(portal, { mayPropose: ['lender'] }, { screen: 'propose' });
  fireEvent.change(await screen.findByLabelText('Full name'), { target: { value: 'Aiko Bergström' } });
  type('E‑mail', 'aiko@wrenfield.example');
  portal.answers['propose-person'] = { error: { type: 'refused', message: 'Somebody with that name is here.' } };
  press('Propose them');
  await screen.findByText('Somebody with that name is here.');
  press('Back');
  await screen.findByRole('heading', { name: /^Hello/ });
  press('Propose somebody');
  expect((await screen.findByLabelText<HTMLInputElement>('Full name')).value).toBe('Aiko Bergström');
});

test('how each proposal stands, with who calls and why somebody was not added', async () => {
  const proposals: PersonHome['proposals'] = [
    { id: '1', name: 'Lena Park', role: 'co-client', state: 'open', reason: '' },
    { id: '2', name: 'Ruth Adeyemi', role: 'attorney', state: 'accepted', reason: '' },
    { id: '3', name: 'Sam Doe', role: 'lender', state: 'declined', reason: 'The number is not theirs.' },
  ];
  await showHome(portal, { proposals }, PEOPLE);
  await screen.findByText('Noor calls them first. They get their own link after that.');
  expect(screen.getByText('They are on the deal now.')).toBeTruthy();
  expect(screen.getByText('Why: The number is not theirs.')).toBeTruthy();
  takeDown();
  portal = standInPortal();
  await showHome(portal, { proposals, people: [] }, PEOPLE);
  await screen.findByText('Your coordinator calls them first. They get their own link after that.');
  expect(screen.getByText(/^Nobody else is shown to you yet/)).toBeTruthy();
});

test('a consent is given and taken back, each said at once', async () => {
  const choice = { toId: 'm-marisol', name: 'Marisol Quintero', covers: 'closing-disclosure' as const };
  await showHome(portal, { consents: [{ ...choice, consentId: null }] }, PEOPLE);
  await screen.findByText('Marisol Quintero may not read it.');
  portal.answers['give-consent'] = { done: true };
  portal.answers.home = { ...HOME, consents: [{ ...choice, consentId: 'c-1' }] };
  press(/^Let Marisol Quintero read it Your closing disclosure/);
  await screen.findByText('Marisol Quintero may read it.');
  expect(portal.of('give-consent')).toEqual([{ actId, toId: 'm-marisol', covers: 'closing-disclosure' }]);
  portal.answers['withdraw-consent'] = { done: true };
  portal.answers.home = { ...HOME, consents: [{ ...choice, consentId: null }] };
  press(/^Take it back Your closing disclosure/);
  await screen.findByText('Marisol Quintero may not read it.');
  expect(portal.of('withdraw-consent')).toEqual([{ actId, consentId: 'c-1' }]);
});

test('a look as somebody else shows all of it and changes none', async () => {
  const consents = [{ toId: 'm', name: 'Marisol Quintero', covers: 'settlement' as const, consentId: null }];
  await showHome(portal, { consents, mayPropose: ['lender'], isPreview: true }, PEOPLE);
  await screen.findByText('Marisol Quintero may not read it.');
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Back']);
  takeDown();
  portal = standInPortal();
  await showHome(portal, { mayPropose: [] }, { screen: 'propose' });
  await screen.findByText('You cannot propose people on this page. Ask your coordinator.');
});

test.each([
  [{ name: ' ', phone: '', email: '' }, 'noName'],
  [{ name: 'A', phone: '', email: ' ' }, 'noReach'],
  [{ name: 'A', phone: '12', email: '' }, 'badPhone'],
  [{ name: 'A', phone: '', email: 'nobody' }, 'badEmail'],
  [{ name: 'A', phone: '916 555 0100', email: '' }, undefined],
])('%o: %s', (proposal, wrong) => {
  expect(faultOf(proposal)?.wrong).toBe(wrong);
});

test('a proposal of an older page is read with care', () => {
  const blank = { role: 'lender' as const, name: '', company: '', phone: '', email: '', words: '' };
  expect(proposalFrom(null, blank, ['lender'])).toEqual(blank);
  expect(proposalFrom({ role: 'admin', name: 7, phone: '1' }, blank, ['lender'])).toEqual({ ...blank, phone: '1' });
});
