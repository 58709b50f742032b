import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { IntakeLinkView, LeadView, PossibleDuplicate } from '../../../electron/contract/leads.ts';
import { cardOf, dealOf, openApp } from '../../testing/harness.tsx';

afterEach(cleanup);

const SAME: PossibleDuplicate = {
  ...{ dealId: 'd2', plate: '12', side: 'seller', title: '12 Oak St, Roseville', detail: 'Maria Ortiz. You have it.' },
  ...{ isOpen: true, isLikely: true, reasons: ['The same address: 12 Oak St.', 'The same e-mail address.'] },
};

const leadOf = (more: Partial<LeadView> = {}): LeadView => ({
  ...{ state: 'new', title: 'Maria Ortiz wants to sell 12 Oak St', arrivedAt: '2026-06-17T16:00:00.000Z' },
  ...{ words: 'Please call after six.', duplicates: [], decidedByName: '', decidedAt: null, reason: '', into: null },
  answers: [{ ask: 'What is the price?', answer: '$650,000' }],
  ...more,
});

const linkOf = (more: Partial<IntakeLinkView> = {}): IntakeLinkView => ({
  ...{ id: 'l1', note: 'Maria Ortiz', state: 'open', madeAt: '2026-06-16T16:00:00.000Z', madeByName: 'Noor Haddad' },
  ...{ expiresAt: '2026-07-16T16:00:00.000Z', maxUses: 1, uses: 0, usedAt: null, answering: 1 },
  ...more,
});

const banner = () => screen.findByRole('region', { name: 'Came in by an intake link' });
const openLead = (lead: LeadView, answers: Parameters<typeof openApp>[1] = {}) =>
  openApp('/deals/d1?tab=notes', {
    deal: dealOf({ stage: 'intake' }),
    ...answers,
    answers: { 'leads:of': () => lead, 'papers:lines': () => [], ...answers?.answers },
  });
const press = (name: string | RegExp, within_: HTMLElement = document.body) =>
  fireEvent.click(within(within_).getByRole('button', { name }));

test('what came in is said on its deal with its words, and accepted with one press', async () => {
  const scene = openLead(leadOf());
  const there = await banner();
  expect(there.textContent).toContain('Maria Ortiz wants to sell 12 Oak St.');
  expect(there.textContent).toContain('Please call after six.');
  press('Accept it', there);
  await waitFor(() => expect(scene.sent).toMatchObject([{ dealId: 'd1', name: 'acceptLead' }]));
});

test('a deal of another kind, and one that was decided about, says nothing', async () => {
  openApp('/deals/d1?tab=notes', { deal: dealOf(), answers: { 'leads:of': () => leadOf({ state: 'accepted' }) } });
  await screen.findByRole('main');
  expect(screen.queryByRole('region', { name: 'Came in by an intake link' })).toBeNull();
});

test('declining asks why, and says that nobody is written to', async () => {
  const scene = openLead(leadOf());
  press('Decline…', await banner());
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('Nobody is written to');
  press(/^Decline it/, dialog);
  await within(dialog).findByText('Write why. It stays with the deal.');
  expect(scene.sent).toEqual([]);
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Why' }), { target: { value: ' Lives in Oregon. ' } });
  press(/^Decline it/, dialog);
  await waitFor(() =>
    expect(scene.sent).toMatchObject([{ name: 'declineLead', args: { on: '2026-06-17', reason: 'Lives in Oregon.' } }]),
  );
});

test('a likely duplicate is shown with why, and merging says first what goes where', async () => {
  const asked: unknown[] = [];
  const scene = openLead(leadOf({ duplicates: [SAME] }), {
    answers: {
      'leads:merge': (input) => {
        asked.push(input);
        const steps = [
          { dealId: 'd2', commandId: 'c1' },
          { dealId: 'd1', commandId: 'c2' },
        ];
        return { outcome: 'done', label: 'Merged it', steps };
      },
    },
  });
  const there = await banner();
  const list = within(there).getByRole('list', { name: 'Possible duplicates' });
  expect(list.textContent).toContain('The same address: 12 Oak St.');
  // No one of the two is more obvious than the other.
  expect(within(there).getByRole('button', { name: 'Accept it' }).className).not.toContain('go');
  press('Merge into it… 12 Oak St, Roseville', there);
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('What was said there stays as it is.');
  press(/^Merge them/, dialog);
  await waitFor(() => expect(asked).toEqual([{ dealId: 'd1', intoDealId: 'd2' }]));
  await screen.findByText('Merged it');
  // Ctrl Z takes back the end of this one first, then what was written into the other.
  for (const commandId of ['c2', 'c1']) {
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(scene.sent.at(-1)).toMatchObject({ name: 'undo', args: { commandId } }));
  }
});

test('a merge that is refused stays open and says why', async () => {
  openLead(leadOf({ duplicates: [SAME] }), {
    answers: {
      'leads:merge': () => ({
        outcome: 'refused',
        isTakenIn: true,
        refusal: { type: 'Closed', message: 'What they said is on 12 Oak St now, but this one is still open.' },
      }),
    },
  });
  press('Merge into it… 12 Oak St, Roseville', await banner());
  const dialog = await screen.findByRole('dialog');
  press(/^Merge them/, dialog);
  await within(dialog).findByText(/but this one is still open/);
});

test('any other deal can be chosen to merge into, by what it is called', async () => {
  const asked: unknown[] = [];
  openLead(leadOf(), {
    cards: [cardOf({ id: 'd9', stage: 'intake', plate: '9', street: 'Elm Rd' })],
    answers: {
      'deals:get': ({ dealId }) => dealOf({ id: dealId, plate: dealId === 'd9' ? '9' : '12', streetName: 'Elm Rd' }),
      'leads:merge': (input) => {
        asked.push(input);
        return { outcome: 'done', label: 'Merged it', steps: [] };
      },
    },
  });
  press('Merge into…', await banner());
  const field = await screen.findByRole('combobox');
  fireEvent.change(field, { target: { value: 'Elm' } });
  await screen.findByRole('option', { name: /Elm Rd/ });
  fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByRole('dialog', { name: /Merge into 9 Elm Rd/ });
  press(/^Merge them/);
  await waitFor(() => expect(asked).toEqual([{ dealId: 'd1', intoDealId: 'd9' }]));
});

test('the answers are read in one list', async () => {
  openLead(leadOf());
  press('What they answered', await banner());
  const dialog = await screen.findByRole('dialog', { name: 'What they answered' });
  expect(dialog.textContent).toContain('What is the price?$650,000');
});

test('a merged one leads on to where it went', async () => {
  openLead(leadOf({ state: 'merged', into: { dealId: 'd2', title: '12 Oak St' } }));
  expect(
    within(await banner())
      .getByRole('link', { name: '12 Oak St' })
      .getAttribute('href'),
  ).toContain('d2');
});

test('a card that came in by link says so', async () => {
  openApp('/board', { cards: [cardOf({ id: 'd1', stage: 'intake', isNewLead: true })] });
  expect((await screen.findByRole('option')).textContent).toContain('New, by link');
});

test('a link is made for somebody, told once, and listed with who is answering', async () => {
  const asked: unknown[] = [];
  openApp('/settings#intake', {
    answers: {
      'leads:links': () => ({
        kind: 'ok',
        value: { isShared: true, links: [linkOf(), linkOf({ id: 'l2', note: 'Open house', state: 'used', uses: 1 })] },
      }),
      'leads:make-link': (input) => {
        asked.push(input);
        const url = 'https://portal.office.example/begin#/start/abc';
        return { kind: 'ok', value: { link: linkOf({ note: 'Rosa Diaz' }), url, qr: '<svg/>' } };
      },
    },
  });
  const list = await screen.findByRole('list', { name: 'Intake links' });
  expect(list.textContent).toContain('One is answering.');
  expect(list.textContent).not.toContain('Open house');
  press('Show the one that is over');
  expect(list.textContent).toContain('Open house');
  press('Make an intake link…');
  const dialog = await screen.findByRole('dialog');
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'For whom' }), { target: { value: ' Rosa Diaz ' } });
  fireEvent.click(within(dialog).getByRole('radio', { name: '90 days' }));
  press(/^Make the link/, dialog);
  const made = await screen.findByRole('dialog', { name: 'The intake link' });
  expect(within(made).getByRole<HTMLInputElement>('textbox', { name: 'Address' }).value).toContain('/begin#/start/');
  expect(asked).toEqual([{ note: 'Rosa Diaz', days: 90, maxUses: 1 }]);
});

test('a link is revoked only when asked twice', async () => {
  const asked: unknown[] = [];
  openApp('/settings', {
    answers: {
      'leads:links': () => ({ kind: 'ok', value: { isShared: true, links: [linkOf()] } }),
      'leads:revoke-link': (input) => {
        asked.push(input);
        return { kind: 'ok', value: { done: true } };
      },
    },
  });
  await screen.findByRole('list', { name: 'Intake links' });
  press('Revoke now: Maria Ortiz');
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('whoever is answering now cannot go on');
  press(/^Revoke it now/, dialog);
  await waitFor(() => expect(asked).toEqual([{ linkId: 'l1' }]));
});

test('without the portal it says that links need it, and what is still true', async () => {
  const away = { kind: 'no', type: 'offline', sentence: 'The portal cannot be reached.' } as const;
  openApp('/settings', { answers: { 'leads:links': () => away, 'leads:make-link': () => away } });
  await screen.findByText(/They work all the same/);
  press('Make an intake link…');
  const dialog = await screen.findByRole('dialog');
  press(/^Make the link/, dialog);
  await within(dialog).findByText(/No link was made. Links are made by the portal/);
});

test('the portal of this computer is not passed off as one that others reach', async () => {
  openApp('/settings', { answers: { 'leads:links': () => ({ kind: 'ok', value: { isShared: false, links: [] } }) } });
  await screen.findByText('No link was made yet.');
  press('Make an intake link…');
  expect((await screen.findByRole('dialog')).textContent).toContain('It opens on this computer only.');
});
