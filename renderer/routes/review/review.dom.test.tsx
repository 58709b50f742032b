import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { LineView, ReviewItem, VersionView } from '../../../electron/contract/papers.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import { openApp, TODAY } from '../../testing/harness.tsx';
import { changeOf, paperOf } from '../../testing/portal-views.ts';
import { answerCalls, MARLOWE } from '../inbox/testing.ts';

afterEach(cleanup);

function versionOf(id: string, number: number, more: Partial<VersionView> = {}): VersionView {
  return {
    id,
    number,
    suffix: null,
    sha256: '0'.repeat(64),
    bytes: 2048,
    extension: 'pdf',
    originalName: `${id}.pdf`,
    fileName: `${id}_v${number}.pdf`,
    documentOn: TODAY,
    receivedAt: '2026-06-17T09:38:00.000Z',
    sentBy: 'Kwame Boateng',
    isFromPage: false,
    isHeld: false,
    verdict: null,
    verdictReason: '',
    verdictOn: null,
    pages: 3,
    isHere: true,
    shown: null,
    sentence: '',
    ...more,
  };
}

function waiting(
  id: string,
  versions: readonly VersionView[],
  state: ReviewItem['state'] = 'needs-review',
): ReviewItem {
  const line: LineView = {
    id,
    title: `Document ${id}`,
    clientTitle: '',
    stage: 'disclosures',
    ownerRole: 'client',
    who: 'Priya Raman',
    class: 'disclosure',
    condition: '',
    isRequired: true,
    isLegal: false,
    isMetadataOnly: false,
    state,
    reason: '',
    versions: [...versions],
  };
  return { deal: MARLOWE, line, versionId: versions.at(-1)?.id ?? '', state };
}

async function openQueue(start: readonly ReviewItem[], changes: readonly ChangeView[] = []) {
  const stage = { queue: [...start] };
  answerCalls({ 'review:queue': () => stage.queue, 'inbox:count': () => ({ open: 0, toReview: stage.queue.length }) });
  const scene = openApp('/review', { answers: { 'changes:of': () => [...changes] } });
  scene.answer = (command) => {
    if (command.args.act !== 'submit') stage.queue = stage.queue.filter((one) => one.line.id !== command.args.lineId);
    return { outcome: 'done', label: `Said ${String(command.args.act)}`, changes: 1, commandId: command.id };
  };
  // The screen is loaded when it is first asked for, which a busy machine takes its time for.
  await waitFor(() => expect(document.documentElement.dataset.ready).toBe('review'), { timeout: 8_000 });
  // As narrow as a test page is, file and review stand under two tabs.
  fireEvent.click(screen.getByRole('button', { name: 'The review' }));
  return { scene, stage };
}

const selected = () => document.querySelector('[role="option"][aria-selected="true"]')?.getAttribute('data-row');
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const three = () => ['a', 'b', 'c'].map((id) => waiting(id, [versionOf(`${id}1`, 1)]));

test('a verdict is said on the version that is shown, and the next document comes up by itself', async () => {
  const { scene } = await openQueue(three());
  act(() => screen.getByRole('option', { name: /Document a/ }).focus());
  press('a');
  await screen.findByText('Said approve');
  expect(scene.sent).toMatchObject([{ name: 'reviewLine', args: { lineId: 'a', act: 'approve', versionId: 'a1' } }]);
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('b'));
  await waitFor(() => expect(screen.queryByRole('option', { name: /Document a/ })).toBeNull());
  expect(screen.getByRole('heading', { name: 'Document b' })).toBeTruthy();
});

test('skip and back walk the queue without a verdict', async () => {
  const { scene } = await openQueue(three());
  press('j');
  press('j');
  expect(selected()).toBe('c');
  press('k');
  expect([selected(), scene.sent.length]).toEqual(['b', 0]);
});

test('a refusal is shown as its sentence, and the newer version comes up', async () => {
  const { scene, stage } = await openQueue(three());
  scene.answer = () => {
    stage.queue = [waiting('a', [versionOf('a1', 1), versionOf('a2', 2)]), ...three().slice(1)];
    return { outcome: 'refused', refusal: { type: 'Moved', message: 'A newer version came. Look at it first.' } };
  };
  press('a');
  expect((await screen.findByRole('alert')).textContent).toBe('A newer version came. Look at it first.');
  expect(await screen.findByText('a2_v2.pdf', { normalizer: (text) => text })).toBeTruthy();
  expect(selected()).toBe('a');
});

test('sending back needs a reason; common ones are a press away', async () => {
  const { scene } = await openQueue(three());
  press('r');
  const send = await screen.findByRole('button', { name: 'Send it back' });
  press('a');
  fireEvent.click(send);
  expect((await screen.findByRole('alert')).textContent).toMatch(/^Say why in a few words/);
  fireEvent.click(screen.getByRole('button', { name: 'Initials are missing' }));
  fireEvent.click(send);
  await waitFor(() => expect(scene.sent).toHaveLength(1));
  expect(scene.sent[0]?.args).toMatchObject({ act: 'reject', reason: 'Initials are missing.' });
});

test('what was only filed goes to review before its verdict', async () => {
  const { scene } = await openQueue([waiting('a', [versionOf('a1', 1)], 'received')]);
  press('a');
  await waitFor(() => expect(scene.sent.map(({ args }) => args.act)).toEqual(['submit', 'approve']));
  expect(await screen.findByRole('heading', { name: 'Nothing to review.' })).toBeTruthy();
});

test('earlier versions stand there with what was said of them', async () => {
  const rejected = { verdict: 'rejected', verdictReason: 'Page 3 lacks initials.', verdictOn: TODAY } as const;
  await openQueue([waiting('a', [versionOf('a1', 1, rejected), versionOf('a2', 2)])]);
  expect(screen.getByText(/Sent back on .*: Page 3 lacks initials\./)).toBeTruthy();
  expect(screen.getByText('Waits for your verdict')).toBeTruthy();
});

test('a paper that carries a request leads to it once it is approved, even when nothing else waits', async () => {
  const carried = changeOf({ papers: [paperOf({ versionId: 'ext' })] });
  await openQueue([waiting('l1', [versionOf('ext', 1)])], [carried]);
  expect(screen.queryByText(/It carries the request/)).toBeNull();
  press('a');
  await screen.findByText('Nothing to review.');
  expect((await screen.findByText(/It carries the request of/)).textContent).toContain(
    'Priya Raman: Move close of escrow',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Go to the request' }));
  await waitFor(() => expect(document.documentElement.dataset.ready).toBe('deal'), { timeout: 8_000 });
});

test('an approved paper that carries no request, or not yet, says nothing of one', async () => {
  const lacking = changeOf({ papers: [paperOf({ versionId: 'v2', lacks: 'Not signed by everybody.' })] });
  await openQueue([waiting('l1', [versionOf('v1', 1)]), waiting('l2', [versionOf('v2', 1)])], [lacking]);
  press('a');
  await waitFor(() => expect(selected()).toBe('l2'));
  press('a');
  await screen.findByText('Nothing to review.');
  expect(screen.queryByText(/It carries the request/)).toBeNull();
});
