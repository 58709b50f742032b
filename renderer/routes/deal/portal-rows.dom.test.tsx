import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { PortalRows } from '../../../electron/contract/portal-rows.ts';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { accessOf, entryOf, linkOf } from '../../testing/access.ts';
import { dealOf, openApp, type Scene } from '../../testing/harness.tsx';
import { impactWith } from '../../testing/impact.ts';
import { formOf, paperOf, proposalOf, rowsOf } from '../../testing/portal-rows.ts';

afterEach(cleanup);

const person = (id: string, name: string, role: PersonView['role']): PersonView => ({
  ...{ id, name, role, company: '', email: '', phone: '' },
});
const priya = person('p1', 'Priya Raman', 'client');
const dev = person('p2', 'Dev Raman', 'co-client');
const aiko = person('p3', 'Aiko Bergström', 'lender');
const tds: LineView = {
  ...{ id: 'l1', title: 'Transfer Disclosure Statement', clientTitle: 'TDS', stage: 'disclosures', ownerRole: 'title' },
  ...{ who: 'Josué', class: 'disclosure', condition: '', isRequired: true, isLegal: false, isMetadataOnly: false },
  ...{ state: 'requested', reason: '', versions: [] },
};
const version: VersionView = {
  ...{ id: 'v1', number: 1, suffix: null, sha256: 'a'.repeat(64), bytes: 312_000, extension: 'pdf', isHere: true },
  ...{ originalName: 'scan.pdf', fileName: 'TDS_v1.pdf', documentOn: plainDate('2026-06-16'), pages: 3, shown: null },
  ...{ receivedAt: '2026-06-17T08:15:00.000Z', sentBy: 'Priya Raman', isFromPage: true, isHeld: false },
  ...{ verdict: null, verdictReason: '', verdictOn: null, sentence: '' },
};
const named = ({ id, name }: PersonView) => ({ personId: id, name });

interface Set {
  readonly tab?: string;
  readonly deal?: Partial<DealView>;
  readonly lines?: LineView[];
  readonly rows?: Partial<PortalRows>;
}

function open(set: Set, more: Parameters<typeof openApp>[1] = {}): Scene {
  const deal = dealOf({ people: [priya, dev], ...set.deal });
  return openApp(`/deals/d1${set.tab === undefined ? '' : `?tab=${set.tab}`}`, {
    deal,
    ...more,
    answers: {
      'papers:lines': () => set.lines ?? [tds],
      'portal-rows:of': () => rowsOf(set.rows),
      ...more.answers,
    },
  });
}
const sent = ({ sent: all }: Scene, name: string) => all.filter((one) => one.name === name).map(({ args }) => args);
const button = (name: string | RegExp) => screen.findByRole('button', { name });

test('a document is asked for in two clicks; what stands there already is not asked for twice, and a refusal stays', async () => {
  const waived: LineView = { ...tds, id: 'l2', title: 'Survey', ownerRole: 'client', state: 'waived', reason: 'None' };
  const rows = { asked: [{ lineId: 'l1', people: [named(priya)] }] };
  const scene = open({ tab: 'documents', lines: [tds, waived], rows });
  fireEvent.click(await button(/^Ask for a document/));
  fireEvent.click(await button(/Survey.*Ask Priya Raman/));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent(scene, 'askDocument')).toEqual([{ lineId: 'l2', expected: 'waived', personId: 'p1' }]);
  scene.answer = () => ({ outcome: 'refused', refusal: { type: 'X', message: 'It is gone.' } });
  fireEvent.keyDown(document.body, { key: 'q' });
  const field = await screen.findByRole('textbox', { name: 'What you need' });
  fireEvent.change(field, { target: { value: 'transfer disclosure statement' } });
  fireEvent.submit(field);
  await screen.findByText(/is on the list already, and wanted from Priya Raman/);
  fireEvent.change(field, { target: { value: 'Proof of funds' } });
  fireEvent.submit(field);
  await screen.findByText('It is gone.');
  expect(sent(scene, 'askDocument').at(-1)).toMatchObject({
    personId: 'p1',
    newLine: { title: 'Proof of funds', clientTitle: 'Proof of funds', class: 'correspondence', stage: 'disclosures' },
  });
});

test('with nobody outside the team there is nobody to ask', async () => {
  const scene = open({ tab: 'documents', deal: { people: [] } });
  fireEvent.click(await button(/^Ask for a document/));
  await screen.findByText(/Nobody outside your team is on this deal/);
  fireEvent.click(await button(/^Go to People/));
  await screen.findByText('Nobody is on this deal yet.');
  expect(scene.sent).toEqual([]);
});

test('one click asks whoever the checklist names; the pane says on whose page it stands', async () => {
  const josue = person('p4', 'Josué Tavares', 'title');
  const scene = open({
    tab: 'documents',
    deal: { people: [priya, josue] },
    rows: { asked: [{ lineId: 'l1', people: [] }] },
  });
  await screen.findByText(/It is on nobody’s page yet/);
  fireEvent.click(await button('Ask Josué'));
  await waitFor(() =>
    expect(sent(scene, 'askDocument')).toEqual([{ lineId: 'l1', personId: 'p4', expected: 'requested' }]),
  );
  cleanup();
  const links = [linkOf()];
  const entries = [entryOf({ links }), entryOf({ id: dev.id, name: dev.name, links })];
  open(
    { tab: 'documents', rows: { asked: [{ lineId: 'l1', people: [named(priya), named(dev)] }] } },
    { answers: { 'access:get': () => ({ kind: 'ok', value: accessOf(entries) }) } },
  );
  await screen.findByText(/On the page of Priya Raman and Dev Raman/);
  expect(screen.queryByRole('button', { name: /^Ask (Josué|Priya)/ })).toBeNull();
});

test('of somebody without a link it is not said that they see it, and their link is a click away', async () => {
  const rows = { asked: [{ lineId: 'l1', people: [named(priya), named(dev)] }] };
  const entries = [entryOf({ links: [linkOf()] }), entryOf({ id: dev.id, name: dev.name })];
  const has = (all: typeof entries) => ({
    answers: { 'access:get': () => ({ kind: 'ok', value: accessOf(all) }) as const },
  });
  open({ tab: 'documents', rows }, has(entries));
  await screen.findByText('On the page of Priya Raman, to be sent from a phone or a computer.');
  screen.getByText('Dev Raman has no link yet, and does not see that it is wanted.');
  fireEvent.click(await button('Make a link for Dev Raman'));
  await screen.findByRole('dialog', { name: 'Make a link for Dev Raman' });
  cleanup();
  open({ tab: 'documents', rows }, has([entryOf({ links: [linkOf({ state: 'revoked' })] })]));
  await screen.findByText('Priya Raman has no link that works, and does not see that it is wanted.');
  expect(screen.queryByText(/On the page of/)).toBeNull();
  cleanup();
  open(
    { tab: 'documents', rows },
    { answers: { 'access:get': () => ({ kind: 'no', type: 'offline', sentence: 'No connection.' }) } },
  );
  await screen.findByText('Wanted from Priya Raman and Dev Raman.');
});

const filed: LineView = { ...tds, state: 'needs-review', versions: [version] };

test('a file says who sent it, who reads it, what is not known, and who was asked to read it', async () => {
  const paper = paperOf({
    asks: ['figures', 'payer'],
    sees: { now: [named(aiko)], onceApproved: [named(priya), named(dev)] },
    readings: [
      {
        ...named(priya),
        id: 'r1',
        askedAt: '2026-06-16T15:00:00.000Z',
        askedBy: 'Noor',
        acknowledgedAt: '2026-06-17T08:15:00.000Z',
      },
      { ...named(dev), id: 'r2', askedAt: '2026-06-16T15:00:00.000Z', askedBy: 'Noor', acknowledgedAt: null },
    ],
    consents: ['Priya Raman lets Marisol read settlement statements, since June 2.'],
  });
  const scene = open({ tab: 'documents', lines: [filed], rows: { papers: [paper] } });
  await screen.findByText(/Sent by Priya Raman through their page, today/);
  await screen.findByText('Aiko Bergström may read it. Priya Raman and Dev Raman may read it once it is approved.');
  screen.getByText('Nobody has said whose figures it shows.');
  screen.getByText('Nobody has said which side paid for it.');
  screen.getByText(/lets Marisol read settlement statements/);
  screen.getByText(/Priya Raman read and acknowledged it, today/);
  expect(screen.queryByRole('button', { name: 'Take back, Priya Raman' })).toBeNull();
  scene.answer = () => ({ outcome: 'refused', refusal: { type: 'WasRead', message: 'They have read it already.' } });
  fireEvent.click(screen.getByRole('button', { name: 'Take back, Dev Raman' }));
  await screen.findByText('They have read it already.');
  expect(sent(scene, 'dropReading')).toEqual([{ readingId: 'r2' }]);
});

test('what is said of a file shows whom it lets in before it is kept, and only what changed is sent', async () => {
  const asked: unknown[] = [];
  const sight = (input: { said: { aboutPersonIds: string[] } }) => {
    asked.push(input.said.aboutPersonIds);
    return input.said.aboutPersonIds.length === 0
      ? { now: [], onceApproved: [] }
      : { now: [named(priya)], onceApproved: [] };
  };
  const paper = paperOf({ asks: ['figures'] });
  const line: LineView = { ...filed, class: 'settlement' };
  const scene = open(
    { tab: 'documents', lines: [line], rows: { papers: [paper] } },
    { answers: { 'portal-rows:sight': sight } },
  );
  fireEvent.click(await button('Say who may read it, version 1'));
  await screen.findByText('With this: it is on nobody’s page.');
  screen.getByText(/Nobody is named: it is not known/);
  fireEvent.click(screen.getByRole('checkbox', { name: /Priya Raman/ }));
  await screen.findByText('With this: Priya Raman may read it.');
  expect(scene.sent).toEqual([]);
  fireEvent.keyDown(screen.getByRole('checkbox', { name: /Priya Raman/ }), { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(sent(scene, 'describeVersion')).toEqual([{ versionId: 'v1', aboutPersonIds: ['p1'] }]));
  expect([asked.at(0), asked.at(-1)]).toEqual([[], ['p1']]);
});

test('reading is asked of the clients unless others are chosen, and of nobody it is not asked', async () => {
  const paper = paperOf({
    sees: { now: [priya, aiko].map(named), onceApproved: [] },
    mayAsk: [priya, aiko].map(named),
  });
  const scene = open({
    ...{ tab: 'documents', deal: { people: [priya, aiko] } },
    ...{ lines: [{ ...filed, state: 'approved' }], rows: { papers: [paper] } },
  });
  fireEvent.click(await button('Ask to read, version 1'));
  const dialog = within(await screen.findByRole('dialog', { name: 'Ask to read' }));
  expect((dialog.getByRole('checkbox', { name: /Aiko/ }) as HTMLInputElement).checked).toBe(false);
  fireEvent.click(dialog.getByRole('checkbox', { name: /Priya/ }));
  fireEvent.click(dialog.getByRole('button', { name: /^Ask to read/ }));
  await dialog.findByText('Choose who is to read it.');
  fireEvent.click(dialog.getByRole('checkbox', { name: /Priya/ }));
  fireEvent.click(dialog.getByRole('button', { name: /^Ask to read/ }));
  await waitFor(() => expect(sent(scene, 'askToRead')).toMatchObject([{ versionId: 'v1', personIds: ['p1'] }]));
});

const questions = [
  { id: 'hoa', ask: 'Is there an HOA?', isRead: true },
  { id: 'pets', ask: 'Are there pets?', isRead: false },
];

test('questions that the checklist depends on are asked of one person; none chosen is said', async () => {
  const scene = open({ rows: { questions } });
  fireEvent.click(await button('Ask questions'));
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Is there an HOA?' }));
  fireEvent.click(await button(/^Ask Priya Raman/));
  await screen.findByText('Choose at least one question.');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Is there an HOA?' }));
  fireEvent.click(await button(/^Ask Priya Raman/));
  await waitFor(() => expect(sent(scene, 'askForm')).toMatchObject([{ personId: 'p1', questionIds: ['hoa'] }]));
});

test('answers stand beside what is known, say what taking them does, are taken or sent back with a reason', async () => {
  const impact = impactWith();
  const task = { id: 't', title: 'Order HOA papers', kind: 'new' as const, from: null, to: null, days: null, why: '' };
  const preview = () => ({
    outcome: 'impact' as const,
    impact: { ...impact, dates: [], tasks: [task, task] },
    label: '',
  });
  const scene = open({ rows: { forms: [formOf()] } }, { answers: { 'deals:preview': preview } });
  await screen.findByText('Priya Raman answered “About the home”.');
  fireEvent.click(await button('Look at the answers'));
  await screen.findByText('Taking these adds two tasks.');
  screen.getByRole('cell', { name: 'Yes' });
  screen.getByRole('cell', { name: 'Not known' });
  fireEvent.click(screen.getByRole('button', { name: 'Send it back' }));
  fireEvent.click(screen.getByRole('button', { name: 'Send it back' }));
  await screen.findByText(/Say in a few words what is to be answered again/);
  fireEvent.change(screen.getByRole('textbox', { name: 'What is to be answered again' }), {
    target: { value: 'Which?' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Send it back' }));
  await waitFor(() => expect(sent(scene, 'returnForm')).toMatchObject([{ formId: 'f1', reason: 'Which?' }]));
  fireEvent.click(await button('Look at the answers'));
  scene.answer = () => ({ outcome: 'refused', refusal: { type: 'NotSent', message: 'The answers are not in yet.' } });
  fireEvent.click(await button('Take the answers'));
  await screen.findByText('The answers are not in yet.');
  fireEvent.click(screen.getByRole('button', { name: 'Take the questions back' }));
  await waitFor(() => expect(sent(scene, 'withdrawForm')).toHaveLength(1));
});

test('somebody who is wanted is called first, then put on the deal with their link offered, or left out with a reason', async () => {
  const answers = {
    'access:get': () => ({ kind: 'ok' as const, value: accessOf([entryOf({ id: 'p1', links: [linkOf()] })]) }),
  };
  const scene = open({ rows: { proposals: [proposalOf({ alike: [named(aiko)] })] } }, { answers });
  fireEvent.click(await button('Decide'));
  await screen.findByText('Priya Raman wants Aiko Bergström as lender');
  screen.getByText(/The number given is \(916\) 555-0177/);
  screen.getByText(/On the deal already: Aiko Bergström/);
  fireEvent.keyDown(document.body, { key: 'x' });
  const dialog = within(await screen.findByRole('dialog', { name: 'Leave out Aiko Bergström?' }));
  fireEvent.click(dialog.getByRole('button', { name: /^Leave out/ }));
  await screen.findByText(/Say in a few words why/);
  fireEvent.change(screen.getByRole('textbox', { name: 'Why' }), { target: { value: 'One is enough.' } });
  fireEvent.submit(screen.getByRole('textbox', { name: 'Why' }));
  await waitFor(() =>
    expect(sent(scene, 'declineProposal')).toMatchObject([{ proposalId: 'pr1', reason: 'One is enough.' }]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  fireEvent.click(await button(/^Put on the deal/));
  await waitFor(() => expect(sent(scene, 'acceptProposal')).toMatchObject([{ proposalId: 'pr1' }]));
});

test('People shows when somebody was seen, and one click looks as they do', async () => {
  const opened: string[] = [];
  const links = [linkOf({ usedAt: '2026-06-17T08:15:00.000Z' })];
  open(
    { tab: 'people' },
    {
      answers: {
        'access:get': () => ({ kind: 'ok', value: accessOf([entryOf({ id: 'p1', links })]) }),
        'access:preview': () => ({
          kind: 'ok',
          value: { url: 'http://portal.localhost/look', expiresAt: '2026-06-17T09:00:00.000Z' },
        }),
        'host:open-link': ({ url }) => {
          opened.push(url);
          return { done: true };
        },
      },
    },
  );
  await screen.findByText(/Own papers and dates\. Seen today, 8:15 AM|Own papers and dates\. Seen today/);
  fireEvent.click(await button(/^See as Priya/));
  await waitFor(() => expect(opened).toEqual(['http://portal.localhost/look']));
});

test('a closed deal shows what was answered and asks nothing', async () => {
  const deal = { closedOn: plainDate('2026-06-10'), outcome: 'closed' as const };
  open({ deal, rows: { questions, forms: [formOf({ state: 'taken' })], proposals: [proposalOf()] } });
  await screen.findByText('Taken');
  for (const name of ['Ask questions', /^Ask for a document/, 'Decide'])
    expect(screen.queryByRole('button', { name })).toBeNull();
});
