import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterEach, describe, expect, test } from 'vitest';
import type { InboxView } from '../../contract/papers.ts';
import { type Desk, mailWith, startDesk, TDS, textPdf } from './testing.ts';

/** What the inbox says of its items, and what a person can take back. */
let desk: Desk;
afterEach(() => desk.close());

const WIRE = 'UPDATED WIRE INSTRUCTIONS\nRouting number: 121000358\nAccount number: 0004457781';

const drop = async (path: string, where: { dealId?: string; lineId?: string } = {}) =>
  await desk.job(await desk.call('inbox:add', { sources: [{ kind: 'path', path }], how: 'drop', ...where }));
const settled = (isSo: (inbox: InboxView) => boolean) =>
  desk.inboxWhen((inbox) => inbox.reading.length === 0 && isSo(inbox));
const shaOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describe('what was set aside', () => {
  test('as a fraud stays so: it is not taken back, and says why', async () => {
    desk = startDesk();
    await desk.newDeal();
    await drop(desk.put('a.pdf', await textPdf(WIRE)));
    const arrivalId = (await settled(({ held }) => held.length === 1)).held[0]?.id ?? '';
    await desk.call('inbox:verdict-on-held', { arrivalId, verdict: 'fraud', words: '' });
    const { done } = await desk.call('inbox:list', {});
    expect(done).toMatchObject([{ state: 'set-aside', canUndo: false, sha256: null, shown: null }]);
    const reply = await desk.call('inbox:undo', { arrivalId });
    expect(reply).toMatchObject({
      outcome: 'refused',
      refusal: { message: expect.stringMatching(/^This was a fraud and stays set aside\./) },
    });
    expect((await desk.call('inbox:list', {})).held).toEqual([]);
  });

  test('as a fraud can be taken back once it came again and was let go after a call', async () => {
    desk = startDesk();
    await desk.newDeal();
    const bytes = await textPdf(WIRE);
    await drop(desk.put('a.pdf', bytes));
    const first = (await settled(({ held }) => held.length === 1)).held[0]?.id ?? '';
    await desk.call('inbox:verdict-on-held', { arrivalId: first, verdict: 'fraud', words: '' });
    await drop(desk.put('b.pdf', bytes));
    const second = (await settled(({ held }) => held.length === 1)).held[0]?.id ?? '';
    await desk.call('inbox:verdict-on-held', { arrivalId: second, verdict: 'real', words: 'Josué, old number' });
    expect((await desk.call('inbox:item', { arrivalId: first }))?.canUndo).toBe(true);
    await desk.call('inbox:undo', { arrivalId: first });
    expect(await desk.call('inbox:item', { arrivalId: first })).toMatchObject({
      state: 'new',
      sentence: 'Let go after a call: Josué, old number',
    });
  });

  test('comes back as what it was: refused with its sentence, held, or let go after a call', async () => {
    desk = startDesk();
    await desk.newDeal();
    await drop(desk.put('tool.exe', 'MZ\u0000\u0000 a program'));
    await drop(desk.put('a.pdf', await textPdf(WIRE)));
    const inbox = await settled(({ held, refused }) => held.length === 1 && refused.length === 1);
    expect(inbox.refused[0]?.sha256).toBeNull();
    for (const item of [inbox.refused[0], inbox.held[0]]) {
      const arrivalId = item?.id ?? '';
      await desk.call('inbox:set-aside', { arrivalId, reason: 'Not ours' });
      expect(await desk.call('inbox:item', { arrivalId })).toMatchObject({ state: 'set-aside', sentence: 'Not ours' });
      await desk.call('inbox:undo', { arrivalId });
      expect(await desk.call('inbox:item', { arrivalId })).toEqual(item);
    }
    const arrivalId = inbox.held[0]?.id ?? '';
    await desk.call('inbox:verdict-on-held', { arrivalId, verdict: 'real', words: 'Josué, old number' });
    await desk.call('inbox:set-aside', { arrivalId, reason: 'Not ours' });
    await desk.call('inbox:undo', { arrivalId });
    expect(await desk.call('inbox:item', { arrivalId })).toMatchObject({
      state: 'new',
      sentence: expect.stringMatching(/^Let go after/),
    });
  });
});

describe('a copy', () => {
  test('can be saved of what is not drawn here, and of nothing that is held', async () => {
    desk = startDesk();
    await desk.newDeal();
    await drop(desk.put('table.dat', 'no kind that is drawn \u0000\u0001\u0002'));
    await drop(desk.put('a.pdf', await textPdf(WIRE)));
    const inbox = await settled(({ held, open }) => held.length === 1 && open === 2);
    const [item] = inbox.noIdea;
    expect([item?.shown, item?.sha256]).toEqual([null, shaOf('no kind that is drawn \u0000\u0001\u0002')]);
    expect(inbox.held[0]?.sha256).toBeNull();
    const out = await desk.call('files:copy-out', { sha256: item?.sha256 ?? '', name: 'table.dat' });
    expect(out.path).toMatch(/table\.dat$/);
  });

  test('is given of no message that a held file came in', async () => {
    desk = startDesk();
    await desk.newDeal();
    const inner = mailWith('wire.pdf', await textPdf(WIRE));
    const mail = mailWith('inner.eml', Buffer.from(inner));
    await drop(desk.put('a.eml', mail));
    const { done } = await settled(({ held }) => held.length === 1);
    const isGone = { state: 'opened', sha256: null, shown: null };
    expect(done).toMatchObject([isGone, isGone]);
    await expect(desk.call('files:read', { sha256: shaOf(mail), from: 0, to: 9 })).rejects.toThrow(/not-here: Held/);
    await expect(desk.call('files:copy-out', { sha256: shaOf(mail), name: 'a.eml' })).rejects.toThrow(/not-here: Held/);
  });
});

test('the opened copy of a locked file that is held goes to nobody either', async () => {
  desk = startDesk();
  await desk.newDeal();
  const pdf = await PDFDocument.load(await textPdf(WIRE));
  pdf.encrypt({ userPassword: 'Elm12', ownerPassword: 'owner' });
  await drop(desk.put('a.pdf', await pdf.save()));
  const { noIdea } = await settled(({ open }) => open === 1);
  expect(noIdea).toMatchObject([{ needsPassword: true }]);
  await desk.call('inbox:password', { arrivalId: noIdea[0]?.id ?? '', password: 'Elm12' });
  await settled(({ held }) => held.length === 1);
  const kept = readdirSync(join(desk.folder, 'vault'), { recursive: true, encoding: 'utf8' });
  const hashes = kept.flatMap((path) => /[0-9a-f]{64}/.exec(path)?.[0] ?? []);
  expect(new Set(hashes).size).toBe(2);
  for (const sha256 of hashes) {
    await expect(desk.call('files:read', { sha256, from: 0, to: 9 })).rejects.toThrow(/not-here: Held/);
    await expect(desk.call('files:copy-out', { sha256, name: 'a.pdf' })).rejects.toThrow(/not-here: Held/);
  }
});

test('the rail counts what the review queue holds: neither closed deals nor held files', async () => {
  desk = startDesk();
  const counts = async () => {
    const [{ toReview }, queue] = [await desk.call('inbox:count', {}), await desk.call('review:queue', {})];
    return [toReview, queue.length];
  };
  const dealId = await desk.newDeal();
  const other = await desk.newDeal({ street: '9 Elm St', people: [] });
  const lines = (await desk.call('papers:lines', { dealId })).filter((line) => !line.isMetadataOnly);
  const [otherLine] = (await desk.call('papers:lines', { dealId: other })).filter((line) => !line.isMetadataOnly);
  const file = async (id: string, lineId: string, more: object = {}) => {
    const versionId = `v-${shaOf(lineId).slice(0, 20)}`;
    const facts = { bytes: 1, extension: 'pdf', originalName: 'a.pdf', suffix: null, documentOn: '2026-06-02' };
    const came = { receivedAt: '2026-06-02T10:00:00.000Z', sentBy: '', isHeld: false, toReview: true };
    const args = { versionId, lineId, sha256: shaOf(versionId), ...facts, ...came, ...more };
    expect(await desk.send(id, 'fileVersion', args)).toMatchObject({ outcome: 'done' });
  };
  await file(dealId, lines[0]?.id ?? '');
  await file(dealId, lines[1]?.id ?? '', { toReview: false });
  await file(dealId, lines[2]?.id ?? '', { isHeld: true });
  await file(other, otherLine?.id ?? '');
  expect(await counts()).toEqual([3, 3]);
  const closing = { on: '2026-06-03', reason: 'Signed elsewhere', anyway: 'Kept on paper' };
  expect(await desk.send(other, 'closeDeal', closing)).toMatchObject({ outcome: 'done' });
  expect(await counts()).toEqual([2, 2]);
});

test('a proposal is shown against its deal as that is now', async () => {
  desk = startDesk();
  const dealId = await desk.newDeal();
  await drop(desk.put('tds.pdf', await textPdf(TDS)));
  const [item] = (await settled(({ toConfirm }) => toConfirm.length === 1)).toConfirm;
  expect(item).toMatchObject({ proposal: { version: 1 }, previous: null });
  await drop(desk.put('b.pdf', await textPdf('Another')), { dealId, lineId: item?.proposal?.lineId ?? '' });
  const { toConfirm } = await settled(({ done }) => done.length === 1);
  expect(toConfirm).toMatchObject([{ proposal: { version: 2 }, previous: { number: 1 } }]);
  await desk.call('inbox:undo', { arrivalId: (await desk.call('inbox:list', {})).done[0]?.id ?? '' });
  const again = (await desk.call('inbox:list', {})).toConfirm.find(({ id }) => id === item?.id);
  expect(again).toMatchObject({ proposal: { version: 1 }, previous: null });
});
