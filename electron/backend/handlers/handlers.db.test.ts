import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { mustOpen } from '../../../db/testing.ts';
import { backendsForTests, NOW, newDeal } from './testing.ts';

/** A deal and the steps that change it. */
const start = backendsForTests();

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
});
