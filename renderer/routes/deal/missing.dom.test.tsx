import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { DealView, Missing, TaskView } from '../../../electron/contract/values.ts';
import { dealOf, openApp } from '../../testing/harness.tsx';

afterEach(cleanup);

const missing = (kind: string, id: string, what: string): Missing => ({
  ...{ kind, id, what, who: 'Josué Tavares', state: 'waiting', detail: 'since today' },
});

const lineOf = (id: string, title: string, state: LineView['state'] = 'requested'): LineView => ({
  ...{ id, title, clientTitle: '', stage: 'disclosures', ownerRole: 'title', who: 'Josué', class: 'disclosure' },
  ...{ condition: '', isRequired: true, isLegal: false, isMetadataOnly: false, state, reason: '', versions: [] },
});

const taskOf = (id: string, title: string): TaskView => ({
  ...{ id, stage: 'disclosures', title, asksFact: null, isMoneyStep: false, assigneeRole: 'tc', assigneeId: null },
  ...{ who: 'Noor', dueOn: null, dueWhy: '', isDueByHand: false, isRequired: true, state: 'none', waitsFor: [] },
  ...{ doneOn: null, waivedOn: null, waiverReason: '' },
});

const wanted = missing('document', 'tds', 'Send “Transfer Disclosure Statement”');
const deal: DealView = dealOf({
  missing: [missing('field', 'form', 'Choose the contract form'), missing('task', 't2', 'Call the seller'), wanted],
  tasks: [taskOf('t1', 'Ask about the roof'), taskOf('t2', 'Call the seller')],
});
const lines = [
  lineOf('first', 'Agency disclosure'),
  lineOf('tds', 'Transfer Disclosure Statement'),
  lineOf('avid', 'Agent visual inspection', 'needs-review'),
];
const open = () => openApp('/deals/d1', { deal, answers: { 'papers:lines': () => lines } });

test('a missing document opens the documents with it picked', async () => {
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Send “Transfer Disclosure Statement”' }));
  const row = await screen.findByRole('option', { name: /Transfer Disclosure Statement/ });
  expect(row.getAttribute('aria-selected')).toBe('true');
});

test('a missing task opens the tasks with it picked; what stands on the deal itself leads nowhere', async () => {
  open();
  await screen.findByText('Choose the contract form');
  expect(screen.queryByRole('button', { name: 'Choose the contract form' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Call the seller' }));
  const row = await screen.findByRole('option', { name: /Call the seller/ });
  expect(row.getAttribute('aria-selected')).toBe('true');
});

test('a document that the stage waits for stands there and not among the others a second time', async () => {
  open();
  const section = await screen.findByRole('region', { name: 'Documents' });
  expect(within(section).getByText('Agent visual inspection')).toBeTruthy();
  expect(within(section).queryByText('Transfer Disclosure Statement')).toBeNull();
});

test('a refused move leads to what it waits for', async () => {
  const scene = open();
  const refusal = { type: 'StageNotDone', message: 'Not ready for Milestones. One is missing.', missing: [wanted] };
  scene.answer = () => ({ outcome: 'refused', refusal });
  fireEvent.click(await screen.findByRole('button', { name: /Move to Milestones/ }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Not ready for Milestones' });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Send “Transfer Disclosure Statement”' }));
  const row = await screen.findByRole('option', { name: /Transfer Disclosure Statement/ });
  expect(row.getAttribute('aria-selected')).toBe('true');
  expect(screen.queryByRole('alertdialog')).toBeNull();
});
