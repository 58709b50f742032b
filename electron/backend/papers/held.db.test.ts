import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, describe, expect, test } from 'vitest';
import type { InboxItem } from '../../contract/papers.ts';
import { type Desk, startDesk, TDS, textPdf } from './testing.ts';

/** What looks like wire instructions is neither shown nor filed, whichever way it comes again. */
let desk: Desk;
afterEach(() => desk.close());

const WIRE = 'UPDATED WIRE INSTRUCTIONS\nRouting number: 121000358\nAccount number: 0004457781';

const drop = async (path: string, where: { dealId?: string; lineId?: string } = {}) =>
  await desk.job(await desk.call('inbox:add', { sources: [{ kind: 'path', path }], how: 'drop', ...where }));

async function held(): Promise<InboxItem> {
  const [item] = (await desk.inboxWhen((inbox) => inbox.held.length > 0 && inbox.reading.length === 0)).held;
  if (item === undefined) throw new Error('nothing is held');
  return item;
}

async function fileOn(arrivalId: string, dealId: string) {
  const [line] = await desk.call('papers:lines', { dealId });
  return await desk.call('inbox:file', {
    ...{ arrivalId, dealId, lineId: line?.id ?? '', newTitle: '', class: line?.class ?? 'contract', suffix: null },
    ...{ documentOn: '2026-06-03', toReview: false },
  });
}

describe('a held file', () => {
  test('that comes again is not shown, not filed, and not let out by putting it back', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const bytes = await textPdf(WIRE);
    await drop(desk.put('a.pdf', bytes));
    await held();
    await drop(desk.put('b.pdf', bytes));
    const { done } = await desk.inboxWhen((inbox) => inbox.done.length === 1);
    expect(done[0]).toMatchObject({ state: 'same', shown: null, sentence: expect.stringContaining('held already') });
    const arrivalId = done[0]?.id ?? '';
    expect(await fileOn(arrivalId, dealId)).toMatchObject({ outcome: 'refused', refusal: { type: 'Held' } });
    await desk.call('inbox:undo', { arrivalId });
    const inbox = await desk.inboxWhen((each) => each.held.length === 2);
    expect(inbox.held.every((item) => item.shown === null)).toBe(true);
  });

  test('that is set aside is held again by putting it back, and is shown nowhere meanwhile', async () => {
    desk = startDesk();
    await desk.newDeal();
    await drop(desk.put('a.pdf', await textPdf(WIRE)));
    const { id: arrivalId } = await held();
    await desk.call('inbox:set-aside', { arrivalId, reason: 'Not ours' });
    const { done } = await desk.call('inbox:list', {});
    expect(done).toMatchObject([{ state: 'set-aside', shown: null }]);
    await desk.call('inbox:undo', { arrivalId });
    expect(await held()).toMatchObject({ id: arrivalId, state: 'held', shown: null });
  });

  test('that was a fraud is held when it comes again under an innocent name, with what was said of it', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    // Held for the name alone: the text says nothing.
    const bytes = await textPdf('Please see the details on page 2.');
    await drop(desk.put('Updated wire instructions.pdf', bytes));
    const first = await held();
    await desk.call('inbox:verdict-on-held', { arrivalId: first.id, verdict: 'fraud', words: 'Josué sent nothing' });
    await drop(desk.put('Inspection report.pdf', bytes), { dealId });
    const again = await held();
    expect(again).toMatchObject({ fileName: 'Inspection report.pdf', shown: null });
    expect(again.sentence).toMatch(/held before and set aside.*Josué sent nothing/);
    expect(await fileOn(again.id, dealId)).toMatchObject({ outcome: 'refused', refusal: { type: 'Held' } });
  });

  test('is let go with every other arrival of its content, since the call was about that', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const other = await desk.newDeal({ street: '9 Elm St', people: [] });
    const bytes = await textPdf(WIRE);
    await drop(desk.put('a.pdf', bytes), { dealId });
    await drop(desk.put('b.pdf', bytes), { dealId: other });
    const inbox = await desk.inboxWhen((each) => each.held.length === 2);
    const arrivalId = inbox.held[0]?.id ?? '';
    await desk.call('inbox:verdict-on-held', { arrivalId, verdict: 'real', words: 'Josué on the old number' });
    const after = await desk.call('inbox:list', {});
    expect([after.held.length, after.toConfirm.length + after.noIdea.length]).toEqual([0, 2]);
    expect(await fileOn(arrivalId, dealId)).toMatchObject({ outcome: 'done' });
  });

  test('can not hide behind the name of a program: under its real name it is read', async () => {
    desk = startDesk();
    await desk.newDeal();
    const bytes = await textPdf(WIRE);
    await drop(desk.put('notes.pdf.exe', bytes));
    await desk.inboxWhen((inbox) => inbox.refused.length === 1);
    await drop(desk.put('notes.pdf', bytes));
    expect((await held()).fileName).toBe('notes.pdf');
  });

  test('is not filed while it is being read', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    await drop(desk.put('a.pdf', await textPdf(WIRE)));
    const item = await desk.call('inbox:list', {}).then((inbox) => [...inbox.reading, ...inbox.held][0]);
    const reply = await fileOn(item?.id ?? '', dealId);
    expect(reply).toMatchObject({ outcome: 'refused' });
    await held();
  });

  test('is not split, joined, read or copied out', async () => {
    desk = startDesk();
    await desk.newDeal();
    const bytes = await textPdf(WIRE, 'second page');
    await drop(desk.put('a.pdf', bytes));
    const { id: arrivalId } = await held();
    const cuts = [1, 2].map((page) => ({ from: page, to: page, title: '', reason: '' }));
    const end = await desk.job(await desk.call('inbox:split', { arrivalId, cuts }));
    expect(end).toMatchObject({ state: 'failed', sentence: expect.stringContaining('Held') });
    expect((await desk.call('inbox:cuts', { arrivalId })).cuts).toEqual([]);
    const joined = await desk.job(await desk.call('inbox:join-photos', { arrivalIds: [arrivalId] }));
    expect(joined.state).toBe('failed');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await expect(desk.call('files:read', { sha256, from: 0, to: 9 })).rejects.toThrow(/not-here: Held/);
    await expect(desk.call('files:copy-out', { sha256, name: 'a.pdf' })).rejects.toThrow(/not-here: Held/);
  });
});

describe('the same file', () => {
  test('on another document of the same deal is filed there too, since it was put there on purpose', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const [first, second] = (await desk.call('papers:lines', { dealId })).filter((line) => !line.isMetadataOnly);
    const path = desk.put('a.pdf', await textPdf('A contract'));
    await drop(path, { dealId, lineId: first?.id ?? '' });
    await drop(path, { dealId, lineId: second?.id ?? '' });
    const { done } = await desk.inboxWhen((inbox) => inbox.done.length === 2);
    expect(done.map((item) => item.state)).toEqual(['filed', 'filed']);
    await drop(path, { dealId, lineId: second?.id ?? '' });
    const after = await desk.inboxWhen((inbox) => inbox.done.length === 3);
    expect(after.done.filter((item) => item.state === 'same')).toHaveLength(1);
  });

  test('dropped on a deal and then just dropped waits once; dropped on two deals it waits for each', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const other = await desk.newDeal({ street: '9 Elm St', people: [] });
    const path = desk.put('a.pdf', await textPdf('A letter'));
    await drop(path, { dealId });
    await desk.inboxWhen((inbox) => inbox.open === 1 && inbox.reading.length === 0);
    await drop(path);
    await desk.inboxWhen((inbox) => inbox.done.length === 1);
    await drop(path, { dealId: other });
    const inbox = await desk.inboxWhen((each) => each.open === 2 && each.reading.length === 0);
    expect([inbox.open, inbox.done.map((item) => item.state)]).toEqual([2, ['same']]);
  });

  test('on a document that takes no files waits in the inbox and says why', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const line = (await desk.call('papers:lines', { dealId })).find((each) => each.isMetadataOnly);
    if (line === undefined) throw new Error('no line of a class that is not kept');
    await drop(desk.put('a.pdf', await textPdf(TDS)), { dealId, lineId: line.id });
    const inbox = await desk.inboxWhen((each) => each.open === 1 && each.reading.length === 0);
    const [item] = [...inbox.toConfirm, ...inbox.noIdea];
    expect(item?.sentence).toMatch(/^Closeboard does not keep income/);
  });

  test('twice in a folder of photos is one page', async () => {
    desk = startDesk();
    await desk.newDeal();
    const folder = join(desk.outside, 'scans');
    mkdirSync(folder);
    for (const name of ['IMG_0001.png', 'IMG_0002.png', 'IMG_0003.png'])
      writeFileSync(join(folder, name), name === 'IMG_0001.png' ? png(1) : png(9));
    await drop(folder);
    const inbox = await desk.inboxWhen((each) => each.open >= 1 && each.reading.length === 0);
    expect([...inbox.toConfirm, ...inbox.noIdea]).toMatchObject([{ kind: 'pdf', pages: 2 }]);
    expect(inbox.done.filter((item) => item.state === 'same')).toHaveLength(1);
  });
});

/** A grey picture of 8 by 8. */
function png(shade: number): Uint8Array {
  const canvas = createCanvas(8, 8);
  const context = canvas.getContext('2d');
  context.fillStyle = `rgb(${shade * 20}, ${shade * 20}, ${shade * 20})`;
  context.fillRect(0, 0, 8, 8);
  return canvas.toBuffer('image/png');
}
