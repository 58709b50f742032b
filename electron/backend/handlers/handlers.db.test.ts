import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { mustOpen } from '../../../db/testing.ts';
import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { HostEvent } from '../../contract/events.ts';
import { createLog } from '../../contract/log.ts';
import { createBackend } from '../index.ts';
import type { Backend } from '../types.ts';

/** The whole backend on a real file, called as a window calls it; every answer is held against its schema. */
const folders: string[] = [];
const backends: Backend[] = [];
afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-'));
  folders.push(folder);
  return folder;
}

function start(folder = newFolder()) {
  const events: HostEvent[] = [];
  const lines: string[] = [];
  const log = createLog({ append: (text) => void lines.push(text) }, () => NOW.toISOString());
  const backend = createBackend({
    folder,
    log,
    now: () => NOW,
    emit: (event) => void events.push(event),
    isChecked: true,
  });
  backends.push(backend);
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${reply.error.type}: ${reply.error.message} ${lines.at(-1) ?? ''}`);
    return reply.value as CallOutput<N>;
  };
  const send = (dealId: string, name: string, args: Record<string, unknown>, id = v7()) =>
    call('deals:command', { id, dealId, name, args });
  return { backend, folder, events, lines, call, send };
}

const NOW = new Date(2026, 5, 3, 10, 0, 0);

async function newDeal({ call, send }: ReturnType<typeof start>, changes: Record<string, unknown> = {}) {
  const { profile } = await call('workspace:get', {});
  const dealId = v7();
  const reply = await send(dealId, 'createDeal', {
    street: '1847 Marlowe Ave',
    unit: '',
    city: 'Sacramento',
    state: 'CA',
    zip: '95816',
    side: 'buyer',
    scenario: 'buy',
    packId: 'ca-car-rpa',
    packRevision: '12/22',
    ownerId: profile.memberId,
    priceCents: 64_200_000,
    facts: { yearBuilt: 1962, financing: 'conventional' },
    anchors: [
      { name: 'acceptance', on: '2026-06-02', evidence: 'Signed copy sent to the agent' },
      { name: 'closing', on: '2026-07-02', evidence: '' },
    ],
    people: [{ id: v7(), name: 'Priya Raman', role: 'client', company: '', email: 'priya@x.example', phone: '' }],
    at: NOW.toISOString(),
    ...changes,
  });
  return { dealId, reply };
}

describe('a deal', () => {
  test('names the version of its checklist in the step that opens it', async () => {
    const first = start();
    const { dealId } = await newDeal(first);
    await first.backend.close();
    const db = mustOpen(first.folder);
    const logged = db.raw.prepare('SELECT args FROM command_log WHERE deal_id = ?').pluck().get(dealId);
    const row = db.raw.prepare('SELECT template_version FROM deal WHERE id = ?').pluck().get(dealId);
    db.close();
    expect(JSON.parse(String(logged))).toMatchObject({ templateVersion: row });
    expect(row).toBeGreaterThan(0);
  });

  test('is opened, ticked, moved, and all there after the backend is started again', async () => {
    const first = start();
    const { dealId } = await newDeal(first);
    const view = await first.call('deals:get', { dealId });
    expect(view).toMatchObject({
      plate: '1847',
      streetName: 'Marlowe Ave',
      daysToClosing: 29,
      formName: 'C.A.R. RPA 12/22',
    });
    const task = view?.tasks.find((each) => each.waitsFor.length === 0);
    expect(await first.send(dealId, 'completeTask', { taskId: task?.id, on: '2026-06-03' })).toMatchObject({
      outcome: 'done',
      changes: 1,
    });
    await first.send(dealId, 'moveStage', {
      to: 'parties',
      expected: 'intake',
      at: NOW.toISOString(),
      anyway: 'on paper',
    });
    await first.backend.close();
    const second = start(first.folder);
    const { columns } = await second.call('board:columns', { filter: {}, limit: 20 });
    expect(columns.find((column) => column.stage === 'parties')?.cards[0]).toMatchObject({
      id: dealId,
      plate: '1847',
      done: 1,
    });
    const again = await second.call('deals:get', { dealId });
    expect(again?.tasks.find((each) => each.id === task?.id)?.state).toBe('done');
  });

  test('counts its dates by its form and says why', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const view = await desk.call('deals:get', { dealId });
    const contingency = view?.dates.find((each) => each.id.includes('investigation'));
    // domain.md 1.2, first row: 17 days after June 2 is Juneteenth, so Monday.
    expect(contingency).toMatchObject({ on: '2026-06-22', at: '23:59' });
    expect(contingency?.sentence).toContain('June 19');
    expect(contingency?.clause).toContain('RPA 12/22');
    const loan = view?.dates.find((each) => each.id.includes('loan-contingency') || each.title === 'Loan contingency');
    expect(loan?.on).toBeNull();
    expect(loan?.waitsFor).toContain('box 3L');
  });

  test('dates move with their anchor, and the move is refused over a value that was not seen', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const moved = await desk.send(dealId, 'setAnchor', {
      name: 'acceptance',
      on: '2026-06-05',
      evidence: '',
      expected: null,
    });
    expect(moved).toMatchObject({ outcome: 'refused', refusal: { type: 'Moved' } });
    await desk.send(dealId, 'setAnchor', {
      name: 'acceptance',
      on: '2026-06-05',
      evidence: '',
      expected: '2026-06-02',
    });
    const view = await desk.call('deals:get', { dealId });
    expect(view?.dates.find((each) => each.id === 'deposit')?.on).toBe('2026-06-10');
  });

  test('a date that the form leaves open is asked for, set from the signed form, marked, and taken back', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const loan = async () =>
      (await desk.call('deals:get', { dealId }))?.dates.find((each) => each.id === 'loan-contingency');
    expect(await loan()).toMatchObject({ on: null, formDays: null, override: null });
    expect((await loan())?.asks).toContain('box 3L');
    const unseen = { days: null, on: null };
    const set = { deadlineId: 'loan-contingency', days: 21, on: null, expected: unseen };
    expect(await desk.send(dealId, 'setDeadline', { ...set, reason: '' })).toMatchObject({
      refusal: { type: 'NeedsReason' },
    });
    const id = v7();
    await desk.send(dealId, 'setDeadline', { ...set, reason: 'box 3L' }, id);
    expect(await loan()).toMatchObject({ on: '2026-06-23', override: { days: 21, reason: 'box 3L' } });
    expect(await desk.send(dealId, 'setDeadline', { ...set, days: 17, reason: 'x' })).toMatchObject({
      refusal: { type: 'Moved' },
    });
    const mark = { deadlineId: 'loan-contingency', state: 'completed', on: '2026-06-20', reason: '', expected: 'open' };
    await desk.send(dealId, 'markDeadline', mark);
    expect(await loan()).toMatchObject({ state: 'done', mark: { state: 'completed', on: '2026-06-20' } });
    expect(await desk.send(dealId, 'undo', { commandId: id })).toMatchObject({ outcome: 'refused' });
  });

  test('an answer brings the checklist in step, and undo takes it back whole', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const read = () => desk.call('deals:get', { dealId });
    const before = await read();
    const question = before?.facts.find((fact) => fact.name === 'hoa');
    expect(question).toMatchObject({ kind: 'yes-no', value: null });
    expect(before?.tasks.find((task) => task.asksFact === 'hoa')).toBeDefined();
    const id = v7();
    await desk.send(dealId, 'answerFact', { name: 'hoa', value: true, expected: null }, id);
    const after = await read();
    expect(after?.facts.find((fact) => fact.name === 'hoa')?.value).toBe(true);
    expect(after?.tasks.find((task) => task.asksFact === 'hoa')).toBeUndefined();
    expect(after?.tasks.some((task) => /association|HOA/i.test(task.title))).toBe(true);
    await desk.send(dealId, 'undo', { commandId: id });
    expect((await read())?.tasks.map((task) => task.id)).toEqual(before?.tasks.map((task) => task.id));
  });

  test('a stage that is not done is refused with what is missing and who has it', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const reply = await desk.send(dealId, 'moveStage', { to: 'parties', expected: 'intake', at: NOW.toISOString() });
    expect(reply).toMatchObject({ outcome: 'refused', refusal: { type: 'StageNotDone' } });
    if (reply.outcome !== 'refused') throw new Error('was done');
    expect(reply.refusal.missing?.length).toBeGreaterThan(0);
    expect(reply.refusal.missing?.[0]?.who).not.toBe('');
  });

  test('undo takes back, the activity tells it, and a repeat of a command does nothing twice', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const id = v7();
    const note = { noteId: 'n1', body: 'Priya works until 2', at: NOW.toISOString() };
    const done = await desk.send(dealId, 'addNote', note, id);
    expect(await desk.send(dealId, 'addNote', note, id)).toEqual(done);
    expect((await desk.call('deals:get', { dealId }))?.notes).toHaveLength(1);
    expect((await desk.call('deals:get', { dealId }))?.canUndo?.commandId).toBe(id);
    await desk.send(dealId, 'undo', { commandId: id });
    expect((await desk.call('deals:get', { dealId }))?.notes).toEqual([]);
    const { entries } = await desk.call('deals:activity', { dealId, limit: 10 });
    expect(entries.map((entry) => entry.isUndone)).toEqual([false, true, false]);
    expect(entries[1]?.sentence).toContain('wrote a note: “Priya works until 2”');
  });

  test('is not said to be done when another command was run under its id', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const other = await newDeal(desk, { street: '9 Birch Ct' });
    const id = v7();
    await desk.send(dealId, 'addNote', { noteId: 'n1', body: 'one', at: NOW.toISOString() }, id);
    for (const [deal, name, args] of [
      [dealId, 'addNote', { noteId: 'n2', body: 'two', at: NOW.toISOString() }],
      [dealId, 'setPrice', { priceCents: 1, expected: 64_200_000 }],
      [other.dealId, 'addNote', { noteId: 'n1', body: 'one', at: NOW.toISOString() }],
    ] as const) {
      expect(await desk.send(deal, name, args, id)).toMatchObject({
        outcome: 'refused',
        refusal: { type: 'IdTaken' },
      });
    }
  });

  test('shows a step that was done again as standing', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const [step, undo] = [v7(), v7()];
    await desk.send(dealId, 'setPrice', { priceCents: 5, expected: 64_200_000 }, step);
    await desk.send(dealId, 'undo', { commandId: step }, undo);
    await desk.send(dealId, 'undo', { commandId: undo });
    const { entries } = await desk.call('deals:activity', { dealId, limit: 10 });
    expect(entries.map(({ isUndone, canUndo }) => [isUndone, canUndo])).toEqual([
      [false, true],
      [true, false],
      [false, true],
      [false, true],
    ]);
    expect(await desk.send(dealId, 'undo', { commandId: step })).toMatchObject({ outcome: 'done', changes: 1 });
    expect((await desk.call('deals:get', { dealId }))?.priceCents).toBe(64_200_000);
  });

  test('is shown the same from memory and from the file, whatever was done to it', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const later = new Date(NOW.getTime() + 60_000).toISOString();
    const removed = v7();
    await desk.send(dealId, 'addNote', { noteId: 'n2', body: 'second', at: later });
    await desk.send(dealId, 'addNote', { noteId: 'n1', body: 'first', at: NOW.toISOString() });
    await desk.send(dealId, 'removeNote', { noteId: 'n2' }, removed);
    await desk.send(dealId, 'undo', { commandId: removed });
    await desk.send(dealId, 'setAnchor', {
      name: 'acceptance',
      on: '2026-06-05',
      evidence: '',
      expected: '2026-06-02',
    });
    await desk.send(dealId, 'answerFact', { name: 'hoa', value: true, expected: null });
    const view = await desk.call('deals:get', { dealId });
    const task = view?.tasks.find((each) => each.waitsFor.length === 0 && each.doneOn === null);
    await desk.send(dealId, 'completeTask', { taskId: task?.id, on: '2026-06-05' });
    await desk.send(dealId, 'editTask', { taskId: view?.tasks.at(-1)?.id, dueOn: '2026-07-20' });
    const kept = await desk.call('deals:get', { dealId });
    const board = await desk.call('board:columns', { filter: {}, limit: 5 });
    const today = await desk.call('today:list', {});
    await desk.backend.close();
    const again = start(desk.folder);
    expect(await again.call('deals:get', { dealId })).toEqual(kept);
    expect(await again.call('board:columns', { filter: {}, limit: 5 })).toEqual(board);
    expect(await again.call('today:list', {})).toEqual(today);
  });

  test('a command that is refused leaves nothing behind in memory', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    const before = await desk.call('deals:get', { dealId });
    const note = { noteId: 'n1', body: 'x', at: 'not an instant' };
    expect(await desk.send(dealId, 'addNote', note)).toMatchObject({
      outcome: 'refused',
      refusal: { type: 'BadArgs' },
    });
    expect(await desk.call('deals:get', { dealId })).toEqual(before);
  });

  test('is found by its street, its people and without accents, and again when it is entered twice', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    await desk.send(dealId, 'addPerson', {
      personId: 'p1',
      name: 'Aiko Bergström',
      role: 'lender',
      company: 'Wrenfield',
      email: '',
      phone: '',
    });
    for (const text of ['marlowe', 'PRIYA', 'bergstrom wren']) {
      const found = await desk.call('search:find', { text, limit: 10 });
      expect(
        found.map((each) => each.dealId),
        text,
      ).toContain(dealId);
    }
    const similar = await desk.call('deals:similar', { street: '1847 Marlowe Avenue', zip: '95816', clientName: '' });
    expect(similar).toMatchObject([{ dealId, reasons: ['The same address.'] }]);
    expect(await desk.call('deals:similar', { street: '12 Nowhere Rd', zip: '95816', clientName: 'Priya' })).toEqual(
      [],
    );
  });

  test('a buyer without an address goes by the name, everywhere, and is found when entered twice', async () => {
    const { call, ...rest } = start();
    const { dealId, reply } = await newDeal(
      { call, ...rest },
      { street: '', city: '', workflow: 'buyer-intake', anchors: [] },
    );
    expect(reply).toMatchObject({ outcome: 'done', label: 'Opened Priya Raman' });
    expect(await call('deals:get', { dealId })).toMatchObject({
      plate: 'PR',
      streetName: 'Priya Raman',
      street: '',
      workflow: 'buyer-intake',
      dates: [],
      anchors: [],
    });
    const { columns } = await call('board:columns', { filter: {}, limit: 20 });
    expect(columns[0]?.cards[0]).toMatchObject({ plate: 'PR', street: '', clientNames: 'Priya Raman' });
    expect((await call('search:find', { text: 'raman', limit: 5 }))[0]).toMatchObject({
      title: 'Priya Raman',
      detail: 'CA · no address yet',
    });
    const { items } = await call('today:list', {});
    expect(items[0]).toMatchObject({ plate: 'PR', detail: 'Priya Raman. You have it.' });
    const same = { street: '', zip: '', clientName: 'priya  RAMAN' };
    expect(await call('deals:similar', same)).toMatchObject([{ dealId, title: 'Priya Raman' }]);
    expect(await call('deals:similar', { ...same, clientName: 'Priya' })).toEqual([]);
  });

  test('a listing and a lease count from their own days and show none of a contract', async () => {
    const { call, ...rest } = start();
    const listing = await newDeal(
      { call, ...rest },
      {
        side: 'seller',
        scenario: 'sell',
        workflow: 'seller-onboarding',
        anchors: [{ name: 'listing-signed', on: '2026-06-10', evidence: '' }],
      },
    );
    const seller = await call('deals:get', { dealId: listing.dealId });
    expect(seller?.anchors.map((anchor) => anchor.name)).toEqual(['listing-signed', 'listing-live']);
    expect(seller?.dates).toEqual([]);
    const lease = await newDeal(
      { call, ...rest },
      { side: 'tenant', scenario: 'rent', anchors: [{ name: 'lease-start', on: '2026-07-01', evidence: '' }] },
    );
    const tenant = await call('deals:get', { dealId: lease.dealId });
    expect(tenant).toMatchObject({ workflow: 'rental-onboarding', daysToClosing: 28, dates: [] });
    for (const view of [seller, tenant]) {
      const dated = view?.tasks.filter((task) => task.dueOn !== null) ?? [];
      expect(dated.length).toBeGreaterThan(5);
    }
  });

  test('keeps the revision of the form that was chosen', async () => {
    const { call, ...rest } = start();
    const { forms } = await call('workspace:get', {});
    const texas = forms.filter((form) => form.state === 'TX').map((form) => form.revision);
    expect(texas).toEqual(['20-19', '20-18']);
    for (const packRevision of texas) {
      const { dealId } = await newDeal(
        { call, ...rest },
        { state: 'TX', packId: 'tx-trec-1-4', packRevision, anchors: [] },
      );
      const view = await call('deals:get', { dealId });
      expect(view?.formName).toContain(packRevision);
    }
  });

  test('what is late today is first, and leaves the queue when it is done', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk, {
      anchors: [{ name: 'acceptance', on: '2026-05-20', evidence: '' }],
    });
    const { items } = await desk.call('today:list', {});
    expect(items[0]).toMatchObject({ dealId, state: 'late' });
    const view = await desk.call('deals:get', { dealId });
    const free = items.find((item) => view?.tasks.find((task) => task.id === item.taskId)?.waitsFor.length === 0);
    await desk.send(dealId, 'completeTask', { taskId: free?.taskId, on: '2026-06-03' });
    expect((await desk.call('today:list', {})).items.map((item) => item.taskId)).not.toContain(free?.taskId);
  });
});

describe('sample deals', () => {
  test('come in all stages, are marked, and go in one step without touching a real deal', async () => {
    const desk = start();
    const { dealId } = await newDeal(desk);
    await desk.call('samples:add', {});
    await ended(desk.events, 'Adding sample deals');
    const { columns, total } = await desk.call('board:columns', { filter: {}, limit: 50 });
    expect(total).toBe(26);
    for (const column of columns)
      expect(column.cards.filter((card) => card.isSample).length, column.stage).toBeGreaterThan(2);
    expect((await desk.call('workspace:get', {})).sampleCount).toBe(25);
    desk.events.length = 0;
    await desk.call('samples:remove', {});
    await ended(desk.events, 'Removing sample deals');
    const left = await desk.call('board:columns', { filter: {}, limit: 50 });
    expect(left.columns.flatMap((column) => column.cards.map((card) => card.id))).toEqual([dealId]);
  });

  test('stop when asked, between two deals', async () => {
    const desk = start();
    const { jobId } = await desk.call('samples:add', {});
    await desk.call('jobs:cancel', { jobId });
    const last = await ended(desk.events, 'Adding sample deals');
    expect(last).toMatchObject({ state: 'cancelled' });
    const { sampleCount } = await desk.call('workspace:get', {});
    expect(sampleCount).toBeLessThan(25);
  });
});

test('summaries of an older rule are made again while the board is open', async () => {
  const first = start();
  const { dealId } = await newDeal(first);
  await first.backend.close();
  const raw = new Database(join(first.folder, 'closeboard.db'));
  raw.prepare("UPDATE summary SET next_title = 'what an older version said'").run();
  raw.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('summaries-made-by', '\"1 old\"')").run();
  raw.close();
  const second = start(first.folder);
  const titleOf = async () => {
    const { columns } = await second.call('board:columns', { filter: {}, limit: 5 });
    return columns[0]?.cards.find((card) => card.id === dealId)?.next?.title;
  };
  expect(await titleOf()).toBe('what an older version said');
  expect(await ended(second.events, 'Bringing the board up to date')).toMatchObject({ state: 'done' });
  // Records of before the search are read for it, once.
  expect(await ended(second.events, 'Reading everything for the search')).toMatchObject({ state: 'done' });
  expect(await titleOf()).not.toBe('what an older version said');
  await second.backend.close();
  const third = start(first.folder);
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(third.events.filter((event) => event.type === 'job:progress')).toEqual([]);
});

describe('records that do not open', () => {
  test('are refused with what can be done, restored from a backup, and set aside', async () => {
    const first = start();
    const { dealId } = await newDeal(first);
    await first.backend.close();
    writeFileSync(join(first.folder, 'closeboard.db'), 'this is no database, and long enough to be looked at twice');
    const second = start(first.folder);
    const state = await second.call('records:state', {});
    if (state.kind !== 'closed') throw new Error('opened');
    expect(state).toMatchObject({ reason: 'damaged' });
    expect(state.backups[0]).toMatchObject({ deals: 1, isChecked: true });
    const refused = await second.backend.handle('workspace:get', {});
    expect(refused).toMatchObject({ ok: false, error: { type: 'records-closed' } });
    expect(await second.call('records:restore', { backupId: '../../etc/passwd' })).toMatchObject({ kind: 'closed' });
    expect(await second.call('records:restore', { backupId: state.backups[0]?.id ?? '' })).toEqual({ kind: 'open' });
    expect(await second.call('deals:get', { dealId })).toMatchObject({ id: dealId });
    expect(readdirSync(join(first.folder, 'set-aside'))).toHaveLength(1);
  });

  test('are not opened twice at once', async () => {
    const first = start();
    const second = start(first.folder);
    expect(await second.call('records:state', {})).toMatchObject({ kind: 'closed', reason: 'locked' });
    await first.backend.close();
    expect(await second.call('records:retry', {})).toEqual({ kind: 'open' });
  });
});

test('a name and an office are kept, and so are settings', async () => {
  const first = start();
  await first.call('workspace:save-profile', { name: 'Noor Haddad', office: 'Fennimore Realty' });
  await first.call('workspace:save-settings', { theme: 'dark' });
  await first.backend.close();
  const kept = await start(first.folder).call('workspace:get', {});
  expect(kept.profile).toMatchObject({ name: 'Noor Haddad', office: 'Fennimore Realty' });
  expect(kept.settings).toEqual({ theme: 'dark', density: 'roomy' });
  expect(kept.members).toHaveLength(1);
});

/** Waits for the end of the one job that runs. */
/** The end of the job of this title. Others run beside it: papers follow sample deals, the search is filled after the board. */
async function ended(events: readonly HostEvent[], title: string): Promise<HostEvent> {
  for (;;) {
    const last = events.findLast((event) => event.type === 'job:progress' && event.title === title);
    if (last?.type === 'job:progress' && last.state !== 'running') return last;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
