import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { HostApi } from '../../../electron/contract/host-api.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { cardOf, openApp } from '../../testing/harness.tsx';
import { syncOf } from '../../testing/sync.ts';

interface Called {
  readonly name: string;
  readonly input: unknown;
}

/** What this test's host answers beside what the harness does. */
const host = {
  lines: [] as LineView[],
  called: [] as Called[],
  answers: {} as Record<string, (input: never) => unknown>,
  dropFiles: null as HostApi['dropFiles'] | null,
};

/** The harness puts its host into the window; this lays the calls about files over it. */
function wrap(api: HostApi): HostApi {
  const call = async (name: string, input: unknown) => {
    host.called.push({ name, input });
    if (name === 'papers:lines') return { ok: true, value: host.lines };
    const own = host.answers[name];
    return own === undefined ? api.call(name as 'host:info', input as Record<string, never>) : own(input as never);
  };
  const dropFiles: HostApi['dropFiles'] = async (files, watch) =>
    host.dropFiles === null
      ? { ok: true, value: { sources: files.map(({ file }) => ({ kind: 'path', path: file.name })), isStopped: false } }
      : host.dropFiles(files, watch);
  return { ...api, call: call as HostApi['call'], dropFiles };
}

beforeEach(() => {
  Object.assign(host, { lines: [], called: [], answers: {}, dropFiles: null });
  let api: HostApi | undefined;
  Object.defineProperty(window, 'closeboard', {
    configurable: true,
    get: () => api,
    set: (next: HostApi) => {
      api = wrap(next);
    },
  });
});
afterEach(cleanup);

const deal: DealView = {
  ...{ id: 'd1', plate: '1847', streetName: 'Marlowe Ave', street: '1847 Marlowe Ave', unit: '', city: 'Sacramento' },
  ...{ state: 'CA', zip: '95816', side: 'buyer', scenario: 'buy', workflow: 'contract-to-close', formName: 'RPA' },
  ...{ priceCents: null, stage: 'disclosures', ownerId: 'me', ownerName: 'Noor Haddad', outcome: null },
  ...{ outcomeReason: '', closedOn: null, isSample: false, closingOn: null, daysToClosing: null },
  ...{ standing: { state: 'none', headline: 'On track', detail: '' }, missing: [], tasks: [], people: [], notes: [] },
  ...{ anchors: [], dates: [], facts: [], canUndo: null },
} as DealView;

function versionOf(change: Partial<VersionView> = {}): VersionView {
  return {
    ...{ id: 'v1', number: 1, suffix: null, sha256: 'a'.repeat(64), bytes: 312_000, extension: 'pdf' },
    ...{ originalName: 'scan.pdf', fileName: '2026-06-16_1847-Marlowe-Ave_TDS_v1.pdf' },
    ...{
      documentOn: plainDate('2026-06-16'),
      receivedAt: '2026-06-16T15:00:00Z',
      sentBy: 'Kwame',
      isFromPage: false,
      isHeld: false,
    },
    ...{
      verdict: null,
      verdictReason: '',
      verdictOn: null,
      pages: 3,
      isHere: true,
      shown: null,
      sentence: 'Not drawn here.',
    },
    ...change,
  };
}

function lineOf(change: Partial<LineView> & { readonly id: string; readonly title: string }): LineView {
  return {
    ...{ clientTitle: '', stage: 'disclosures', ownerRole: 'title', who: 'Josué', class: 'disclosure', condition: '' },
    ...{ isRequired: true, isLegal: false, isMetadataOnly: false, state: 'requested', reason: '', versions: [] },
    ...change,
  };
}

const approved = (id: string, title: string) =>
  lineOf({ id, title, state: 'approved', versions: [versionOf({ id: `${id}-v` })] });
const openTab = () => openApp('/deals/d1?tab=documents', { deal });
const calledWith = (name: string) => host.called.filter((one) => one.name === name).map((one) => one.input);
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

function drag(kind: 'dragover' | 'drop', target: Element, names: readonly string[], types = ['Files']): void {
  const items = names.map((name) => ({
    kind: 'file',
    getAsFile: () => new File(['%PDF'], name),
    webkitGetAsEntry: () => null,
  }));
  const event = new Event(kind, { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { types, items, dropEffect: 'none' } });
  act(() => void target.dispatchEvent(event));
  expect(event.defaultPrevented).toBe(true);
}

/** Answers `inbox:add` with a job that ends when the test says so. */
function jobAnswer(jobId: string): void {
  host.answers['inbox:add'] = () => ({ ok: true, value: { jobId } });
}
const job = (jobId: string, change: object) =>
  ({ type: 'job:progress', jobId, title: 'Taking files in', done: 0, total: 2, sentence: '', ...change }) as never;

test('a file dropped on a document goes to that document, and the end is said with the way to the inbox', async () => {
  host.lines = [lineOf({ id: 'tds', title: 'Transfer Disclosure Statement' })];
  jobAnswer('j1');
  const scene = openTab();
  await screen.findByRole('option', { name: /Transfer Disclosure Statement.*Requested/ });
  const row = document.querySelector('[data-line="tds"]') as Element;
  drag('dragover', row, ['tds.pdf']);
  expect(row.hasAttribute('data-dropping')).toBe(true);
  expect(screen.getByTestId('drop-label').textContent).toBe('File on Transfer Disclosure Statement');
  drag('drop', row, ['tds.pdf']);
  await waitFor(() => expect(calledWith('inbox:add')).toHaveLength(1));
  expect(calledWith('inbox:add')[0]).toEqual({
    sources: [{ kind: 'path', path: 'tds.pdf' }],
    how: 'drop',
    dealId: 'd1',
    lineId: 'tds',
  });
  expect(screen.queryByTestId('drop-label')).toBeNull();
  act(() => scene.emit(job('j1', { done: 1, total: 1, state: 'done', sentence: 'One file came in.' })));
  await screen.findByText(/One file came in. It is filed on Transfer Disclosure Statement once it is read./);
  expect(screen.getByRole('button', { name: 'Open the inbox' })).toBeTruthy();
});

test('a card, the page of a deal and anywhere else each say where the files would go', async () => {
  jobAnswer('j2');
  openApp('/board', { cards: [cardOf({ id: 'c1', stage: 'parties' })] });
  const card = await screen.findByRole('option', { name: /Verbena Ct/ });
  drag('dragover', card, ['a.pdf']);
  expect(screen.getByTestId('drop-label').textContent).toBe('File on 78 Verbena Ct');
  drag('dragover', document.querySelector('[data-stage="closing"]') as Element, ['a.pdf']);
  expect(card.hasAttribute('data-dropping')).toBe(false);
  expect(screen.getByTestId('drop-label').textContent).toBe('Put into the inbox');
  drag('drop', card, ['a.pdf', 'b.pdf']);
  await waitFor(() => expect(calledWith('inbox:add')).toHaveLength(1));
  expect(calledWith('inbox:add')[0]).toMatchObject({ dealId: 'c1', how: 'drop' });
});

test('a dropped link is refused in words and takes nothing in', async () => {
  openApp('/board', { cards: [cardOf({ id: 'c1', stage: 'parties' })] });
  const card = await screen.findByRole('option', { name: /Verbena Ct/ });
  drag('drop', card, [], ['text/uri-list']);
  await screen.findByText(/only files can be put here/);
  expect(calledWith('inbox:add')).toEqual([]);
});

test('files pasted on a deal go to that deal; text in a field is left alone', async () => {
  host.lines = [lineOf({ id: 'tds', title: 'TDS' })];
  jobAnswer('j3');
  openTab();
  await screen.findByRole('option', { name: /TDS/ });
  const paste = (target: Element) => {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { files: [new File(['x'], 'image.png', { lastModified: 0 })] } });
    act(() => void target.dispatchEvent(event));
  };
  const field = document.body.appendChild(document.createElement('input'));
  paste(field);
  expect(calledWith('inbox:add')).toEqual([]);
  field.remove();
  paste(document.body);
  await waitFor(() => expect(calledWith('inbox:add')).toHaveLength(1));
  const [input] = calledWith('inbox:add') as [{ sources: { path: string }[] }];
  expect(input).toMatchObject({ how: 'paste', dealId: 'd1' });
  expect(input.sources[0]?.path).toMatch(/^Pasted .*\.png$/);
});

test('files that are being sent are shown with a count and can be stopped', async () => {
  let isCancelled = () => false;
  let end = () => {};
  host.dropFiles = (files, watch) => {
    watch?.onProgress?.(4, 12);
    isCancelled = () => watch?.isCancelled?.() === true;
    return new Promise((resolve) => {
      end = () => resolve({ ok: true, value: { sources: [], isStopped: files.length > 0 } });
    });
  };
  openApp('/board', { cards: [cardOf({ id: 'c1', stage: 'parties' })] });
  drag('drop', await screen.findByRole('option', { name: /Verbena Ct/ }), ['a.pdf', 'b.pdf', 'c.pdf']);
  const bar = await screen.findByRole('region', { name: 'Running now' }, { timeout: 3_000 });
  expect(bar.textContent).toContain('1 of 3');
  fireEvent.click(within(bar).getByRole('button', { name: 'Stop: Sending files' }));
  expect(isCancelled()).toBe(true);
  act(() => end());
  await screen.findByText('Stopped. Nothing came in, the files are where they were.');
  expect(screen.queryByRole('region', { name: 'Running now' })).toBeNull();
  expect(calledWith('inbox:add')).toEqual([]);
});

test('jobs stack, are stopped one by one, and end by themselves when the backend stops', async () => {
  const scene = openApp('/board', { cards: [cardOf({ id: 'c1', stage: 'parties' })] });
  await screen.findByRole('option', { name: /Verbena Ct/ });
  act(() => {
    scene.emit(job('a', { state: 'running', title: 'Stamping the pages', done: 3, total: 9 }));
    scene.emit(job('b', { state: 'running' }));
  });
  const bar = await screen.findByRole('region', { name: 'Running now' }, { timeout: 3_000 });
  expect(within(bar).getAllByRole('button')).toHaveLength(2);
  expect(bar.textContent).toContain('3 of 9');
  fireEvent.click(within(bar).getByRole('button', { name: 'Stop: Stamping the pages' }));
  await waitFor(() => expect(calledWith('jobs:cancel')).toEqual([{ jobId: 'a' }]));
  act(() => scene.emit({ type: 'backend:state', state: 'restarting', sentence: 'Starting again.' }));
  expect(screen.queryByRole('region', { name: 'Running now' })).toBeNull();
});

test('what the host does not take is said', async () => {
  host.dropFiles = async () => ({ ok: false, error: { type: 'not-here', message: 'Save it as a file first.' } });
  openApp('/board', { cards: [cardOf({ id: 'c1', stage: 'parties' })] });
  drag('drop', await screen.findByRole('option', { name: /Verbena Ct/ }), ['a.pdf']);
  await screen.findByText('Save it as a file first.');
});

test('the filters count and show; a refused act keeps its dialog, its sentence and the words', async () => {
  host.lines = [
    lineOf({ id: 'tds', title: 'TDS' }),
    approved('rpa', 'Purchase agreement'),
    lineOf({ id: 'nhd', title: 'NHD', state: 'needs-review', versions: [versionOf({ id: 'n1' })] }),
  ];
  const scene = openTab();
  scene.answer = () => ({ outcome: 'refused', refusal: { type: 'Moved', message: 'A newer version came meanwhile.' } });
  fireEvent.click(await screen.findByRole('button', { name: /Missing\s*1/ }));
  expect(screen.getAllByRole('option').map((row) => row.getAttribute('data-row'))).toEqual(['tds']);
  fireEvent.click(screen.getByRole('button', { name: /To review\s*1/ }));
  await screen.findByRole('heading', { name: 'NHD' });
  press('x');
  const dialog = await screen.findByRole('dialog', { name: 'Not needed?' });
  fireEvent.click(within(dialog).getByRole('button', { name: /Not needed/ }));
  await within(dialog).findByText('Say in a few words why it is not needed.');
  fireEvent.change(within(dialog).getByLabelText('Why'), { target: { value: 'No HOA' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /Not needed/ }));
  await within(dialog).findByText('A newer version came meanwhile.');
  expect((within(dialog).getByLabelText('Why') as HTMLTextAreaElement).value).toBe('No HOA');
  expect(scene.sent[0]).toMatchObject({
    name: 'reviewLine',
    args: { lineId: 'nhd', act: 'waive', versionId: 'n1', reason: 'No HOA' },
  });
});

test('papers that the lender keeps take no file and note who has them', async () => {
  host.lines = [lineOf({ id: 'w2', title: 'Pay stubs', class: 'npi-financial', isMetadataOnly: true })];
  const scene = openTab();
  await screen.findByText('The lender keeps these. Closeboard holds no file, only that they have it.');
  expect(screen.queryByRole('button', { name: /File here/ })).toBeNull();
  expect(document.querySelector('[data-line="w2"]')?.hasAttribute('data-drop')).toBe(false);
  press('Enter');
  const dialog = await screen.findByRole('dialog', { name: 'The lender has it?' });
  fireEvent.change(within(dialog).getByLabelText(/Who has it/), { target: { value: 'Aiko wrote' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /Note it/ }));
  await waitFor(() => expect(scene.sent[0]).toMatchObject({ name: 'reviewLine', args: { act: 'elsewhere' } }));
});

test('a held file is neither drawn nor handed out; a call on a known number lets it go', async () => {
  const held = versionOf({ isHeld: true, sentence: 'Held: looks like wire instructions.' });
  host.lines = [lineOf({ id: 'wire', title: 'Wire form', state: 'received', versions: [held] })];
  const scene = openTab();
  await screen.findByRole('option', { name: /Wire form.*Held/ });
  expect(screen.queryByRole('button', { name: /Save a copy/ })).toBeNull();
  press('v');
  const room = await screen.findByRole('dialog', { name: 'Wire form' });
  expect(within(room).getByText('Held: looks like wire instructions.')).toBeTruthy();
  expect(within(room).queryByRole('button', { name: /Save a copy/ })).toBeNull();
  fireEvent.click(within(room).getByRole('button', { name: 'Close' }));
  fireEvent.click(await screen.findByRole('button', { name: /I called, it is real/ }));
  const dialog = await screen.findByRole('dialog', { name: 'You called, and it is real?' });
  fireEvent.change(within(dialog).getByLabelText(/Whom you called/), { target: { value: 'Josué, 916 555 0100' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /Let it go/ }));
  await waitFor(() => expect(scene.sent[0]).toMatchObject({ name: 'reviewLine', args: { act: 'let-go' } }));
});

test('a deal without documents offers those of its checklist, and says a refusal', async () => {
  const scene = openTab();
  scene.answer = () => ({ outcome: 'refused', refusal: { type: 'NoTemplate', message: 'Update Closeboard first.' } });
  fireEvent.click(await screen.findByRole('button', { name: "Add the checklist's documents" }));
  await screen.findByText('Update Closeboard first.');
  expect(scene.sent[0]).toMatchObject({ name: 'addChecklistLines', args: {} });
});

test('the packet is built of what is ticked, in the order given, and shows its progress, Stop and refusal', async () => {
  host.lines = [approved('a', 'Agency'), approved('b', 'Buyer agreement'), lineOf({ id: 'c', title: 'Open one' })];
  host.answers['papers:packet'] = () => ({ ok: true, value: { jobId: 'p1' } });
  const scene = openTab();
  await screen.findByRole('option', { name: /Agency/ });
  press('p');
  const dialog = await screen.findByRole('dialog', { name: 'Closing packet' });
  expect(within(dialog).getAllByRole('checkbox')).toHaveLength(2);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Earlier: Buyer agreement' }));
  fireEvent.click(within(dialog).getByRole('button', { name: /Build the packet/ }));
  await waitFor(() => expect(calledWith('papers:packet')).toEqual([{ dealId: 'd1', versionIds: ['b-v', 'a-v'] }]));
  act(() => scene.emit(job('p1', { state: 'running', done: 1, total: 2 })));
  const status = within(dialog).getByRole('status');
  expect(status.textContent).toContain('1 of 2');
  fireEvent.click(within(status).getByRole('button', { name: 'Stop' }));
  expect(calledWith('jobs:cancel')).toEqual([{ jobId: 'p1' }]);
  act(() => scene.emit(job('p1', { state: 'cancelled', sentence: 'Stopped. Nothing was made.' })));
  await within(dialog).findByText('Stopped. Nothing was made.');
});

test('pages are turned, moved and left out by key, and sent in their new order', async () => {
  host.lines = [
    lineOf({
      ...{ id: 'tds', title: 'TDS', state: 'received' },
      versions: [versionOf({ shown: { sha256: 'a'.repeat(64), kind: 'pdf' }, sentence: '' })],
    }),
  ];
  host.answers['papers:arrange'] = () => ({ ok: false, error: { type: 'defect', message: 'It is locked.' } });
  openTab();
  fireEvent.click(await screen.findByRole('button', { name: 'Open version 1' }));
  fireEvent.click(await screen.findByRole('button', { name: /Order pages/ }));
  const grid = await screen.findByRole('listbox', { name: 'Pages in their order' });
  act(() => within(grid).getByRole('option', { name: 'Page 1' }).focus());
  press('r');
  press('ArrowRight', { ctrlKey: true });
  await within(grid).findByRole('option', { name: 'Page 1, now number 2, turned 90 degrees' });
  press('ArrowRight');
  press('Delete');
  press('Enter', { ctrlKey: true });
  await waitFor(() => expect(calledWith('papers:arrange')).toHaveLength(1));
  expect(calledWith('papers:arrange')[0]).toEqual({
    dealId: 'd1',
    versionId: 'v1',
    pages: [
      { page: 2, rotate: 0 },
      { page: 1, rotate: 90 },
    ],
  });
  await screen.findByText('It is locked.');
});

test('the picker takes files in for the chosen document', async () => {
  host.lines = [lineOf({ id: 'tds', title: 'TDS' })];
  jobAnswer('j4');
  const click = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => undefined);
  openTab();
  fireEvent.click(await screen.findByRole('button', { name: /File here/ }));
  const input = screen.getByTestId('file-picker') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [new File(['x'], 'scan.pdf')] });
  fireEvent.change(input);
  await waitFor(() => expect(calledWith('inbox:add')[0]).toMatchObject({ how: 'pick', lineId: 'tds' }));
  expect(screen.queryByTestId('file-picker')).toBeNull();
  click.mockRestore();
});

test('a file that is on its way says so in its row, and its pages are not asked for', async () => {
  const coming = versionOf({ isHere: false, sentBy: 'Kwame' });
  host.lines = [lineOf({ id: 'tds', title: 'Transfer Disclosure Statement', state: 'received', versions: [coming] })];
  host.answers['sync:state'] = () => ({ ok: true, value: syncOf({ kind: 'shared' }) });
  openTab();
  const row = await screen.findByRole('option', { name: /Transfer Disclosure Statement/ });
  await waitFor(() => expect(row.textContent).toContain('On its way from the portal, from Kwame'));
  expect(screen.queryByRole('button', { name: /Save a copy/ })).toBeNull();
  press('v');
  expect(await screen.findByText(/It opens by itself when it is here/)).toBeTruthy();
  expect(document.querySelector('[data-paper]')).toBeNull();
});
