import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { STAGES } from '../../../core/deals/model.ts';
import { type Desk, mailWith, startDesk, TDS, textPdf } from './testing.ts';

/** Files on their whole way through the backend, on a real folder: in, read, proposed, filed, reviewed, put together. */
let desk: Desk;
afterEach(() => desk.close());

const drop = async (path: string, where: { dealId?: string; lineId?: string } = {}) =>
  await desk.job(await desk.call('inbox:add', { sources: [{ kind: 'path', path }], how: 'drop', ...where }));

async function lineNamed(dealId: string, words: string) {
  const lines = await desk.call('papers:lines', { dealId });
  const found = lines.find((line) => line.title.includes(words));
  if (found === undefined) throw new Error(`no ${words} among ${lines.map((line) => line.title).join(', ')}`);
  return found;
}

describe('a dropped file', () => {
  test('waits with a proposal and its reasons, is filed, reviewed, rejected, replaced and approved', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    await drop(desk.put('Document(3).pdf', await textPdf(TDS)));
    const inbox = await desk.inboxWhen(({ toConfirm }) => toConfirm.length === 1);
    const item = inbox.toConfirm[0];
    expect(item).toMatchObject({ fileName: 'Document(3).pdf', from: 'Dropped here', pages: 1, state: 'new' });
    expect(item?.proposal).toMatchObject({ deal: { dealId, plate: '1847' }, version: 1 });
    expect(item?.proposal?.lineTitle).toMatch(/Transfer Disclosure/i);
    expect(item?.proposal?.fileName).toMatch(/^2026-06-0\d_1847-Marlowe-Ave_.*\.pdf$/);
    expect(item?.proposal?.reasons.length).toBeGreaterThan(1);
    const proposal = item?.proposal;
    const filing = {
      arrivalId: item?.id ?? '',
      dealId,
      lineId: proposal?.lineId ?? null,
      newTitle: '',
      class: proposal?.class ?? 'disclosure',
      suffix: proposal?.suffix ?? null,
      documentOn: proposal?.documentOn ?? '2026-06-03',
      toReview: true,
    };
    expect(await desk.call('inbox:file', filing)).toMatchObject({ outcome: 'done' });
    expect((await desk.call('inbox:count', {})).toReview).toBe(1);
    const queue = await desk.call('review:queue', {});
    expect(queue).toMatchObject([{ deal: { dealId }, state: 'needs-review' }]);
    const line = queue[0]?.line;
    const review = (act: string, versionId: string, reason = '') =>
      desk.send(dealId, 'reviewLine', { lineId: line?.id, act, versionId, reason, on: '2026-06-03' });
    await review('reject', line?.versions[0]?.id ?? '', 'Page 3 lacks initials');
    await drop(desk.put('TDS signed.pdf', await textPdf(`${TDS}\nInitials G.E.`)), { dealId, lineId: line?.id ?? '' });
    await desk.inboxWhen(({ done }) => done.some((each) => each.fileName === 'TDS signed.pdf'));
    const again = await lineNamed(dealId, line?.title ?? '');
    expect(again).toMatchObject({ state: 'needs-review', versions: [{ verdict: 'rejected' }, { number: 2 }] });
    expect(await review('approve', again.versions[1]?.id ?? '')).toMatchObject({ outcome: 'done' });
    expect((await lineNamed(dealId, line?.title ?? '')).state).toBe('approved');
  });

  test('that is filed comes back to the inbox by undo, and is filed again by doing it again', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const line = await lineNamed(dealId, 'Fully executed contract');
    await drop(desk.put('a.pdf', await textPdf('A contract')), { dealId, lineId: line.id });
    const [filed] = (await desk.inboxWhen(({ done }) => done.length === 1)).done;
    expect(filed).toMatchObject({ state: 'filed', filed: { lineTitle: line.title, version: 1, byRule: false } });
    expect(await desk.call('inbox:undo', { arrivalId: filed?.id ?? '' })).toMatchObject({ outcome: 'done' });
    const back = await desk.call('inbox:list', {});
    expect([back.open, back.done.length]).toEqual([1, 0]);
    expect((await lineNamed(dealId, 'Fully executed contract')).versions).toEqual([]);
    const { canUndo } = (await desk.call('deals:get', { dealId })) ?? {};
    await desk.send(dealId, 'undo', { commandId: canUndo?.commandId ?? '' });
    expect((await desk.call('inbox:list', {})).open).toBe(0);
    expect((await lineNamed(dealId, 'Fully executed contract')).versions).toHaveLength(1);
  });

  test('with the same content again says where it already is', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const line = await lineNamed(dealId, 'Fully executed contract');
    const bytes = await textPdf('A contract');
    await drop(desk.put('a.pdf', bytes), { dealId, lineId: line.id });
    await desk.inboxWhen(({ done }) => done.length === 1);
    await drop(desk.put('a (1).pdf', bytes));
    const { done } = await desk.inboxWhen((inbox) => inbox.done.length === 2);
    expect(done.find((item) => item.state === 'same')?.sentence).toBe(
      'Same file again. Kept once: it is on 1847 Marlowe Ave, Fully executed contract, version 1.',
    );
  });

  test('that looks like wire instructions is held until somebody has called', async () => {
    desk = startDesk();
    await desk.newDeal();
    const words = 'UPDATED WIRE INSTRUCTIONS\nRouting number: 121000358\nAccount number: 0004457781';
    await drop(desk.put('Updated_Wire_Instructions.pdf', await textPdf(words)));
    const [held] = (await desk.inboxWhen((inbox) => inbox.held.length === 1)).held;
    expect(held).toMatchObject({ shown: null, state: 'held' });
    const arrivalId = held?.id ?? '';
    const judge = (verdict: 'real' | 'fraud', said: string) =>
      desk.call('inbox:verdict-on-held', { arrivalId, verdict, words: said });
    expect(await judge('real', '')).toMatchObject({ outcome: 'refused', refusal: { type: 'NeedsReason' } });
    expect(await judge('fraud', 'Josué: they sent nothing')).toMatchObject({ outcome: 'done' });
    const after = await desk.call('inbox:list', {});
    expect([after.held.length, after.done[0]?.sentence]).toEqual([
      0,
      'A fraud, after a call: Josué: they sent nothing',
    ]);
  });
});

describe('a message', () => {
  test('gives up its attachment, with the sender as a reason, and is kept itself', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    await drop(desk.put('Re disclosures.eml', mailWith('Document(3).pdf', await textPdf(TDS))));
    const inbox = await desk.inboxWhen(({ toConfirm }) => toConfirm.length === 1);
    expect(inbox.toConfirm[0]).toMatchObject({ from: 'E-mail from Kwame Boateng', fileName: 'Document(3).pdf' });
    expect(inbox.toConfirm[0]?.proposal?.deal?.dealId).toBe(dealId);
    expect(inbox.done).toMatchObject([{ fileName: 'Re disclosures.eml', state: 'opened', parts: 1 }]);
  });
});

describe('the same attachment', () => {
  test('in another message is kept once and says where; the message itself is kept', async () => {
    desk = startDesk();
    await desk.newDeal();
    const bytes = await textPdf(TDS);
    await drop(desk.put('first.eml', mailWith('tds.pdf', bytes)));
    await desk.inboxWhen(({ toConfirm }) => toConfirm.length === 1);
    const forwarded = mailWith('FW tds.pdf', bytes, 'Noor Haddad <noor@fennimore.example>');
    await drop(desk.put('second.eml', forwarded));
    const inbox = await desk.inboxWhen(({ done, reading }) => done.length === 3 && reading.length === 0);
    expect(inbox.toConfirm.map((item) => item.fileName)).toEqual(['tds.pdf']);
    const state = (name: string) => inbox.done.find((item) => item.fileName === name);
    expect(state('FW tds.pdf')).toMatchObject({
      state: 'same',
      sentence: 'Same file again. Kept once: it waits in the inbox already.',
    });
    expect(state('second.eml')).toMatchObject({ state: 'opened', parts: 1 });
    const sha256 = state('second.eml')?.sha256 ?? '';
    const { size } = await desk.call('files:read', { sha256, from: 0, to: 1 });
    expect(size).toBe(Buffer.byteLength(forwarded));
  });
});

describe('a watched folder', () => {
  test('gives what comes into it, once, also over a restart', async () => {
    desk = startDesk(() => new Date());
    await desk.newDeal();
    desk.put('before.pdf', await textPdf('lay here before'));
    const added = await desk.call('folders:add', { path: desk.outside });
    expect(added.sentence).toBe('');
    desk.put('tds.pdf', await textPdf(TDS));
    const inbox = await desk.inboxWhen((each) => each.open > 0 && each.reading.length === 0);
    expect(inbox.toConfirm.map((item) => item.fileName)).toEqual(['tds.pdf']);
    await desk.restart();
    desk.put('second.pdf', await textPdf('another'));
    const after = await desk.inboxWhen((each) => each.open >= 2 && each.reading.length === 0);
    expect([...after.toConfirm, ...after.noIdea].map((item) => item.fileName).toSorted()).toEqual([
      'second.pdf',
      'tds.pdf',
    ]);
  });
});

describe('papers', () => {
  test('a packet of the filed files is made, filed and readable; a search finds words inside them', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const contract = await lineNamed(dealId, 'Fully executed contract');
    await drop(desk.put('a.pdf', await textPdf('The parties agree on zanzibar tiles', 'second page')), {
      dealId,
      lineId: contract.id,
    });
    await desk.inboxWhen(({ done }) => done.length === 1);
    const filed = await lineNamed(dealId, 'Fully executed contract');
    const versionIds = filed.versions.map((version) => version.id);
    const packet = await desk.job(await desk.call('papers:packet', { dealId, versionIds }));
    expect(packet).toMatchObject({ state: 'done', dealId });
    expect(packet.sentence).toMatch(/^The packet is made: \d pages\.$/);
    const line = await lineNamed(dealId, 'Closing packet');
    expect([line.versions.length, line.state]).toEqual([1, 'approved']);
    const bytes = await desk.call('files:read', { sha256: packet.made?.sha256 ?? '', from: 0, to: 5 });
    expect(Buffer.from(bytes.bytes).toString()).toBe('%PDF-');
    const hits = await desk.call('search:all', { text: 'zanz', limit: 10 });
    expect(hits[0]).toMatchObject({ kind: 'document', deal: { dealId }, title: 'Fully executed contract' });
    expect(await desk.job(await desk.call('papers:checklist', { dealId }))).toMatchObject({ state: 'done' });
  });
});

describe("a deal's own folder", () => {
  test('holds the filed files by the convention; an edit in it is the next version, a new file waits in the inbox', async () => {
    desk = startDesk(() => new Date());
    const dealId = await desk.newDeal();
    const line = await lineNamed(dealId, 'Fully executed contract');
    await drop(desk.put('a.pdf', await textPdf('A contract')), { dealId, lineId: line.id });
    await desk.inboxWhen(({ done }) => done.length === 1);
    const { path, sentence } = await desk.call('papers:folder', { dealId });
    expect([basename(path), sentence]).toEqual(['1847 Marlowe Ave - Raman', '']);
    const [name] = readdirSync(path);
    expect(name).toMatch(/^\d{4}-\d{2}-\d{2}_1847-Marlowe-Ave_Fully-Executed-Contract_v1\.pdf$/);
    writeFileSync(join(path, name ?? ''), await textPdf('A contract, initialled'));
    writeFileSync(join(path, 'from the agent.pdf'), await textPdf('Something else'));
    await desk.inboxWhen(({ open, done }) => open === 1 && done.length === 2);
    const after = await lineNamed(dealId, 'Fully executed contract');
    expect(after.versions.map((version) => version.number)).toEqual([1, 2]);
    const [waiting] = await desk
      .inboxWhen(({ open }) => open === 1)
      .then((inbox) => [...inbox.toConfirm, ...inbox.noIdea]);
    expect(waiting).toMatchObject({ fileName: 'from the agent.pdf', from: "Put into the deal's folder" });
  });
});

/** What is behind a made-up deal is settled, its stage wants a few papers, and every card says what its deal says. */
async function inSensibleStates({ call }: Desk): Promise<void> {
  const { columns } = await call('board:columns', { filter: {}, limit: 50 });
  const kinds = new Set<string>();
  for (const { stage, cards } of columns) {
    for (const card of cards) {
      const missing = (await call('deals:get', { dealId: card.id }))?.missing ?? [];
      expect(missing.length, card.street).toBe(card.missing);
      const papers = missing.filter(({ kind }) => kind === 'document');
      expect(papers.length, card.street).toBeLessThanOrEqual(5);
      for (const { state } of papers) kinds.add(state);
      const lines = await call('papers:lines', { dealId: card.id });
      const behind = lines.filter((line) => STAGES.indexOf(line.stage) < STAGES.indexOf(stage));
      const open = behind.filter(({ state }) => state !== 'approved' && state !== 'waived');
      expect(
        open.map(({ title }) => title),
        card.street,
      ).toEqual([]);
    }
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['review', 'waiting']));
}

describe('the sample deals', () => {
  test('come with papers and an inbox, and go with them', async () => {
    desk = startDesk();
    await desk.job(await desk.call('samples:add', {}));
    const inbox = await desk.inboxWhen(
      (each) => each.held.length === 1 && each.open === 3 && each.reading.length === 0,
    );
    expect(inbox.held[0]?.fileName).toBe('Updated_Wire_Instructions.pdf');
    expect(inbox.toConfirm.map((item) => item.proposal?.lineTitle)).toContain('Transfer Disclosure Statement');
    expect((await desk.call('review:queue', {})).length).toBeGreaterThan(3);
    await inSensibleStates(desk);
    await desk.job(await desk.call('samples:remove', {}));
    const after = await desk.call('inbox:list', {});
    expect([after.open, after.done.length]).toEqual([0, 0]);
    expect(await desk.call('review:queue', {})).toEqual([]);
  });
});
