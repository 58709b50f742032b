import { afterEach, expect, test } from 'vitest';
import { type Desk, startDesk, TDS, textPdf } from '../papers/testing.ts';

/** What people could be asked and who reads what, through the whole backend on a real folder. */
let desk: Desk;
afterEach(() => desk.close());

const NOTHING = { papers: [], asked: [], known: [], forms: [], questions: [], proposals: [] };
const SAID = {
  ...{ aboutPersonIds: [], paidBySide: null, isWithOtherSide: true, isRequiredByLender: false },
  isDisbursementAuthorization: false,
};

test('a known paper is asked for in one step, stands on the page of whoever was asked, and undo takes it off', async () => {
  desk = startDesk();
  const dealId = await desk.newDeal();
  const [paper] = (await desk.call('portal-rows:of', { dealId })).known;
  if (paper === undefined) throw new Error('the checklist knows no more papers');
  const { because: _, ...words } = paper;
  const newLine = { ...words, class: 'correspondence', isRequired: false };
  const reply = await desk.send(dealId, 'askDocument', { lineId: paper.lineId, personId: 'p-priya', newLine });
  expect(reply).toMatchObject({ outcome: 'done', label: `Asked Priya Raman for “${paper.title}”` });
  const rows = await desk.call('portal-rows:of', { dealId });
  expect(rows.known.some(({ lineId }) => lineId === paper.lineId)).toBe(false);
  expect(rows.asked.find(({ lineId }) => lineId === paper.lineId)?.people).toEqual([
    { personId: 'p-priya', name: 'Priya Raman' },
  ]);
  const commandId = reply.outcome === 'done' ? reply.commandId : '';
  expect(await desk.send(dealId, 'undo', { commandId })).toMatchObject({ outcome: 'done' });
  expect(await desk.call('portal-rows:of', { dealId })).toMatchObject({ known: expect.arrayContaining([paper]) });
});

test('who would read a file is told before anything is said of it, and nothing is kept by asking', async () => {
  desk = startDesk();
  const dealId = await desk.newDeal();
  const line = (await desk.call('papers:lines', { dealId })).find(({ title }) => /Transfer Disclosure/.test(title));
  const sources = [{ kind: 'path' as const, path: desk.put('TDS.pdf', await textPdf(TDS)) }];
  await desk.job(await desk.call('inbox:add', { sources, how: 'drop', dealId, lineId: line?.id ?? '' }));
  await desk.inboxWhen(({ done }) => done.length === 1);
  const filed = (await desk.call('papers:lines', { dealId })).find(({ id }) => id === line?.id)?.versions[0];
  const versionId = filed?.id ?? '';
  expect(filed).toMatchObject({ isFromPage: false });
  const before = await desk.call('portal-rows:of', { dealId });
  const sight = await desk.call('portal-rows:sight', { dealId, versionId, said: SAID });
  expect(sight.onceApproved.map(({ name }) => name)).toContain('Kwame Boateng');
  expect(await desk.call('portal-rows:of', { dealId })).toEqual(before);
  await desk.send(dealId, 'describeVersion', { versionId, isWithOtherSide: true });
  const [paper] = (await desk.call('portal-rows:of', { dealId })).papers;
  expect(paper).toMatchObject({ versionId, said: SAID, sees: sight });
});

test('of a deal or a file that is not here there is nothing', async () => {
  desk = startDesk();
  expect(await desk.call('portal-rows:of', { dealId: 'd-none' })).toEqual(NOTHING);
  const dealId = await desk.newDeal();
  for (const of of [{ dealId: 'd-none' }, { dealId }])
    expect(await desk.call('portal-rows:sight', { ...of, versionId: 'v-none', said: SAID })).toEqual({
      ...{ now: [], onceApproved: [] },
    });
});
