import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, describe, expect, test } from 'vitest';
import type { InboxItem, InboxView } from '../../contract/papers.ts';
import { type Desk, startDesk, textPdf } from './testing.ts';

/** Nothing is lost, doubled or overwritten on the ways that are walked less often. */
let desk: Desk;
afterEach(() => desk.close());

type Where = { readonly dealId?: string; readonly lineId?: string };
const drop = async (paths: readonly string[], where: Where = {}) =>
  await desk.job(
    await desk.call('inbox:add', { sources: paths.map((path) => ({ kind: 'path', path })), how: 'drop', ...where }),
  );
const waiting = (inbox: InboxView): readonly InboxItem[] => [...inbox.toConfirm, ...inbox.noIdea];
const settled = async (open: number) =>
  waiting(await desk.inboxWhen((inbox) => inbox.open === open && inbox.reading.length === 0));

async function anyLine(dealId: string) {
  const line = (await desk.call('papers:lines', { dealId })).find((each) => !each.isMetadataOnly);
  if (line === undefined) throw new Error('no line');
  return line;
}

describe('a watched folder', () => {
  const save = async (id: string, changes: { policy?: 'leave' | 'move'; isPaused?: boolean }) => {
    const kept = { policy: 'leave' as const, isPaused: false, mayFileAlone: false, mayHydrate: false, rules: [] };
    await desk.call('folders:save', { id, ...kept, ...changes });
  };

  test('moves what it takes once that is asked for, beside a file of the same name', async () => {
    desk = startDesk(() => new Date());
    await desk.newDeal();
    const { folder } = await desk.call('folders:add', { path: desk.outside });
    await save(folder?.id ?? '', { policy: 'move' });
    const taken = join(desk.outside, 'Taken by Closeboard');
    mkdirSync(taken);
    writeFileSync(join(taken, 'scan.pdf'), 'an older one');
    desk.put('scan.pdf', await textPdf('a new one'));
    await settled(1);
    await desk.inboxWhen(() => !existsSync(join(desk.outside, 'scan.pdf')));
    expect(readFileSync(join(taken, 'scan.pdf'), 'utf8')).toBe('an older one');
    expect(readdirSync(taken)).toHaveLength(2);
  });

  test('that was added under a clock of next year still takes what comes, once the clock is right', async () => {
    let now = new Date(Date.now() + 365 * 86_400_000);
    desk = startDesk(() => now);
    await desk.newDeal();
    await desk.call('folders:add', { path: desk.outside });
    now = new Date();
    await desk.restart();
    await desk.call('folders:list', {});
    desk.put('scan.pdf', await textPdf('today'));
    expect(await settled(1)).toMatchObject([{ fileName: 'scan.pdf' }]);
  });

  test('stays paused over a restart', async () => {
    desk = startDesk(() => new Date());
    const { folder } = await desk.call('folders:add', { path: desk.outside });
    await save(folder?.id ?? '', { isPaused: true });
    await desk.restart();
    const [state] = await desk.call('folders:list', {});
    expect([state?.isPaused, state?.state.kind]).toEqual([true, 'paused']);
  });
});

describe('a drop', () => {
  test('never takes the records or the vault in, and passes over links', async () => {
    desk = startDesk();
    await desk.newDeal();
    symlinkSync(desk.folder, join(desk.outside, 'link'));
    const end = await drop([desk.folder, join(desk.folder, 'vault'), join(desk.outside, 'link')]);
    expect(end).toMatchObject({ state: 'failed', sentence: expect.stringContaining('belongs to Closeboard') });
    expect(await drop([desk.outside])).toMatchObject({ state: 'done', sentence: 'There was no file in it.' });
    const inbox = await desk.call('inbox:list', {});
    expect([inbox.open, inbox.done.length]).toEqual([0, 0]);
  });

  test('says which folders were too deep to be looked into', async () => {
    desk = startDesk();
    mkdirSync(join(desk.outside, ...Array.from({ length: 24 }, (_, at) => `d${at}`)), { recursive: true });
    expect((await drop([desk.outside])).sentence).toMatch(/^Not taken: d\d+: This folder lies too deep/);
  });

  test('of an upload that is shorter than it said is refused and told', async () => {
    desk = startDesk();
    const uploadId = 'a'.repeat(32);
    mkdirSync(join(desk.folder, 'incoming'), { recursive: true });
    const base = join(desk.folder, 'incoming', uploadId);
    writeFileSync(`${base}.json`, JSON.stringify({ name: 'a.pdf', relativePath: '', size: 900, lastModified: 0 }));
    writeFileSync(`${base}.file`, 'half of it');
    const end = await desk.job(await desk.call('inbox:add', { sources: [{ kind: 'upload', uploadId }], how: 'drop' }));
    expect(end).toMatchObject({ state: 'failed', sentence: expect.stringContaining('did not arrive whole') });
  });
});

describe('what was filed', () => {
  test('on a made-up deal waits again when the made-up deals go, and can be filed on another', async () => {
    desk = startDesk();
    await desk.job(await desk.call('samples:add', {}));
    await desk.inboxWhen((inbox) => inbox.held.length === 1 && inbox.reading.length === 0);
    const dealId = (await desk.call('review:queue', {}))[0]?.deal.dealId ?? '';
    const line = await anyLine(dealId);
    await drop([desk.put('mine.pdf', await textPdf('My own paper'))], { dealId, lineId: line.id });
    await desk.inboxWhen(({ done }) => done.some((item) => item.fileName === 'mine.pdf' && item.state === 'filed'));
    await desk.job(await desk.call('samples:remove', {}));
    const [item] = await settled(1);
    expect(item).toMatchObject({ fileName: 'mine.pdf', state: 'new', filed: null });
    const own = await desk.newDeal();
    const { id: lineId, class: documentClass } = await anyLine(own);
    const filing = { arrivalId: item?.id ?? '', dealId: own, lineId, newTitle: '', class: documentClass } as const;
    const more = { suffix: null, documentOn: '2026-06-03', toReview: false } as const;
    expect(await desk.call('inbox:file', { ...filing, ...more })).toMatchObject({ outcome: 'done' });
  });

  test('undone, set aside, and done again on the deal is filed, not set aside', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const line = await anyLine(dealId);
    await drop([desk.put('a.pdf', await textPdf('A contract'))], { dealId, lineId: line.id });
    const [filed] = (await desk.inboxWhen(({ done }) => done.length === 1)).done;
    const arrivalId = filed?.id ?? '';
    await desk.call('inbox:undo', { arrivalId });
    await desk.call('inbox:set-aside', { arrivalId, reason: 'Not ours' });
    const { canUndo } = (await desk.call('deals:get', { dealId })) ?? {};
    await desk.send(dealId, 'undo', { commandId: canUndo?.commandId ?? '' });
    expect((await desk.call('inbox:list', {})).done).toMatchObject([{ state: 'filed', filed: { lineId: line.id } }]);
  });

  test('as a text file has no pages to stamp or turn, and a packet names a file once', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    const line = await anyLine(dealId);
    await drop([desk.put('notes.txt', 'A note of the agent')], { dealId, lineId: line.id });
    await desk.inboxWhen(({ done }) => done.length === 1);
    const versionId = (await anyLine(dealId)).versions[0]?.id ?? '';
    const noPdf = { state: 'failed', sentence: expect.stringContaining('Only a PDF has pages') };
    expect(await desk.job(await desk.call('papers:stamp', { dealId, versionId, words: 'Copy' }))).toMatchObject(noPdf);
    const pages = [{ page: 1, rotate: 90 as const }];
    expect(await desk.job(await desk.call('papers:arrange', { dealId, versionId, pages }))).toMatchObject(noPdf);
    const twice = await desk.job(await desk.call('papers:packet', { dealId, versionIds: [versionId, versionId] }));
    expect(twice.sentence.match(new RegExp(line.title, 'g'))?.length ?? 0).toBeLessThanOrEqual(1);
    const other = await desk.newDeal({ street: '9 Elm St', people: [] });
    const alien = await desk.job(await desk.call('papers:packet', { dealId: other, versionIds: [versionId] }));
    expect(alien).toMatchObject({ state: 'failed', sentence: expect.stringContaining('not on this deal') });
  });
});

describe('a bundle', () => {
  const cut = (from: number, to: number) => ({ from, to, title: '', reason: '' });

  test('is split once, all parts at once; wrong cuts are told and change nothing', async () => {
    desk = startDesk();
    await desk.newDeal();
    await drop([desk.put('bundle.pdf', await textPdf('one', 'two', 'three', 'four'))]);
    const [bundle] = await settled(1);
    const split = async (...cuts: ReturnType<typeof cut>[]) =>
      await desk.job(await desk.call('inbox:split', { arrivalId: bundle?.id ?? '', cuts }));
    expect((await split(cut(1, 2), cut(2, 3))).sentence).toMatch(/A page is in two of the parts/);
    expect((await split(cut(1, 9))).sentence).toMatch(/has the pages 1 to 4/);
    expect((await split(cut(3, 2))).sentence).toMatch(/has the pages 1 to 4/);
    expect(await settled(1)).toMatchObject([{ id: bundle?.id, state: 'new' }]);
    const done = await split(cut(1, 1), cut(2, 3));
    expect(done.sentence).toBe(
      'Split into 2 parts. Each waits in the inbox. One page is in none of them; the whole file is kept as it came.',
    );
    expect((await settled(2)).map((item) => item.pages).toSorted()).toEqual([1, 2]);
    expect(await split(cut(1, 1))).toMatchObject({ state: 'failed' });
  });

  test('that is no PDF is not split', async () => {
    desk = startDesk();
    await drop([desk.put('notes.txt', 'A note')]);
    const [item] = await settled(1);
    expect(await desk.call('inbox:cuts', { arrivalId: item?.id ?? '' })).toEqual({ pages: 0, cuts: [] });
    const job = await desk.call('inbox:split', { arrivalId: item?.id ?? '', cuts: [cut(1, 1)] });
    expect(await desk.job(job)).toMatchObject({ state: 'failed', sentence: expect.stringMatching(/^Only a PDF/) });
  });
});

describe('photos', () => {
  test('joined in other pairs are other files: none of them hides behind an earlier one', async () => {
    desk = startDesk();
    await desk.newDeal();
    for (const [at, name] of ['kitchen.png', 'roof 77.png', 'deed.png'].entries())
      await drop([desk.put(name, picture(at * 60))]);
    const items = await settled(3);
    const [first, second, third] = items.map((item) => item.id);
    const join = async (...arrivalIds: string[]) =>
      await desk.job(await desk.call('inbox:join-photos', { arrivalIds }));
    expect(await join(first ?? '', second ?? '')).toMatchObject({ state: 'done' });
    await settled(2);
    // Their page is part of another file by now.
    expect(await join(first ?? '', third ?? '')).toMatchObject({ state: 'failed' });
    expect((await settled(2)).map((item) => item.pages).toSorted()).toEqual([1, 2]);
  });
});

describe("a deal's own folder", () => {
  test('gives the same edit again after it was set aside', async () => {
    desk = startDesk(() => new Date());
    const dealId = await desk.newDeal();
    await drop([desk.put('a.pdf', await textPdf('A contract'))], { dealId, lineId: (await anyLine(dealId)).id });
    await desk.inboxWhen(({ done }) => done.length === 1);
    const { path } = await desk.call('papers:folder', { dealId });
    const own = join(path, 'mine.pdf');
    writeFileSync(own, await textPdf('My own'));
    const [item] = await settled(1);
    await desk.call('inbox:set-aside', { arrivalId: item?.id ?? '', reason: 'Later' });
    writeFileSync(own, await textPdf('My own, second try'));
    await settled(1);
    writeFileSync(own, await textPdf('My own'));
    expect((await settled(2)).map((each) => each.fileName)).toEqual(['mine.pdf', 'mine.pdf']);
  });

  test('rests when a file in it is put back to what an earlier version was', async () => {
    desk = startDesk(() => new Date());
    const dealId = await desk.newDeal();
    const { id: lineId } = await anyLine(dealId);
    const bytes = await textPdf('A contract');
    await drop([desk.put('a.pdf', bytes)], { dealId, lineId });
    await desk.inboxWhen(({ done }) => done.length === 1);
    const { path } = await desk.call('papers:folder', { dealId });
    writeFileSync(join(path, readdirSync(path)[0] ?? ''), await textPdf('A contract, initialled'));
    await desk.inboxWhen(({ done }) => done.length === 2);
    await desk.call('papers:folder', { dealId });
    const second = readdirSync(path).find((name) => name.includes('_v2'));
    writeFileSync(join(path, second ?? ''), bytes);
    const { done } = await desk.inboxWhen((inbox) => inbox.done.length === 3);
    expect(done.find(({ state }) => state === 'same')?.sentence).toMatch(
      /^Same file again\. Kept once: .*version 1\.$/,
    );
    const seen = async () => {
      const { sentence } = await desk.call('papers:folder', { dealId });
      const files = readdirSync(path).toSorted();
      const marks = files.map((name) => [
        name,
        statSync(join(path, name)).mtimeMs,
        readFileSync(join(path, name), 'hex'),
      ]);
      return { sentence, marks, came: (await desk.call('inbox:list', {})).done.length };
    };
    await seen();
    const rested = await seen();
    expect(await seen()).toEqual(rested);
    // Longer than its own looks at the folder wait.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await seen()).toEqual(rested);
    expect([rested.came, (await anyLine(dealId)).versions.length]).toEqual([3, 2]);
  });

  test('that can not be made is told, and breaks nothing', async () => {
    desk = startDesk();
    const dealId = await desk.newDeal();
    writeFileSync(join(desk.folder, 'Deals'), 'a file where the folder should be');
    const { path, sentence } = await desk.call('papers:folder', { dealId });
    expect([basename(path), sentence]).toEqual(['Deals', expect.stringContaining('can not be made')]);
  });
});

test('copies that went out are gone after the next start', async () => {
  desk = startDesk();
  await drop([desk.put('a.pdf', await textPdf('A letter'))]);
  const [item] = await settled(1);
  const { path } = await desk.call('files:copy-out', {
    sha256: item?.shown?.sha256 ?? '',
    name: '../../evil\\name.pdf',
  });
  expect([existsSync(path), path.startsWith(join(desk.folder, 'out-going'))]).toEqual([true, true]);
  await desk.restart();
  await desk.call('inbox:list', {});
  await desk.inboxWhen(() => !existsSync(path));
});

/** A grey picture. */
function picture(shade: number): Uint8Array {
  const canvas = createCanvas(8, 8);
  const context = canvas.getContext('2d');
  context.fillStyle = `rgb(${shade}, ${shade}, ${shade})`;
  context.fillRect(0, 0, 8, 8);
  return canvas.toBuffer('image/png');
}
