import { describe, expect, test } from 'vitest';
import type { Command } from '../commands/types.ts';
import { answerConflict, conflictCard, viewConflict } from './conflicts.ts';
import { followAnew, noteHeads } from './heads.ts';
import { nextBatch, type OutboxEntry, settleAnswer, settleReplies, startOverOutbox } from './outbox.ts';
import { emptyUnit, type HeldUnit, rebaseUnit, runHere, serverRows, staleUnit } from './rebase.ts';
import { dealOfRows, rowsBetween, writeRows } from './rows.ts';
import { command, GROUND, OPEN, openShelf, type Shelf, stageOf, THEO, take } from './testing.ts';

function pulled(shelf: Shelf, held: HeldUnit = emptyUnit('d1'), outbox: readonly OutboxEntry[] = []) {
  return rebaseUnit(held, outbox, { to: { type: 'stage', stage: stageOf(shelf, held) }, ground: GROUND });
}

function held(shelf: Shelf): HeldUnit {
  return pulled(shelf).unit as HeldUnit;
}

/** Does things on the desktop; each must be carried out. */
function done(unit: HeldUnit, ...commands: readonly Command[]) {
  let now = unit;
  const outbox = commands.map((each, index) => {
    const ran = runHere(now, { command: each, order: index + 1 }, GROUND);
    if (!ran.ok || ran.value.entry === null) throw new Error(`${each.name} did nothing`);
    now = ran.value.unit;
    return ran.value.entry;
  });
  return { unit: now, outbox };
}

const price = (id: string, priceCents: number, expected: number) => command(id, 'setPrice', { priceCents, expected });
const note = (id: string, body: string) => command(`c-${id}`, 'addNote', { noteId: id, body, at: GROUND_AT });
const GROUND_AT = '2026-06-02T16:12:00.000Z';
const shownPrice = (unit: HeldUnit | null) => dealOfRows(unit?.shown ?? new Map())?.row.priceCents;

describe('a command that is carried out here', () => {
  test('shows at once, keeps the server’s copy of what it dirties, and is gone without a trace when it is refused', () => {
    const shelf = openShelf();
    const start = held(shelf);
    const { unit, outbox } = done(start, price('c1', 100, 64_200_000), note('n1', 'called'));
    expect(shownPrice(unit)).toBe(100);
    expect(serverRows(unit)).toEqual(start.shown);
    const settled = settleAnswer(outbox, 'c1', {
      outcome: 'refused',
      unitVersion: 1,
      refusal: { type: 'X', message: 'No.' },
    });
    const after = rebaseUnit(unit, settled.outbox, { to: null, ground: GROUND });
    expect(shownPrice(after.unit)).toBe(64_200_000);
    expect(dealOfRows(after.unit?.shown ?? new Map())?.notes).toHaveLength(1);
    expect(settled.attention).toMatchObject([{ command: { id: 'c1' }, by: 'server', refusal: { message: 'No.' } }]);
  });

  test('leaves the outbox when a pull shows it, not when it is answered', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), price('c1', 100, 64_200_000));
    const { answer } = take(shelf, price('c1', 100, 64_200_000));
    const settled = settleAnswer(outbox, 'c1', answer);
    const waits = rebaseUnit(unit, settled.outbox, { to: null, ground: GROUND });
    expect(waits.outbox).toHaveLength(1);
    expect(shownPrice(waits.unit)).toBe(100);
    const shown = pulled(shelf, unit, settled.outbox);
    expect(shown.outbox).toEqual([]);
    expect(shown.done).toMatchObject([{ command: { id: 'c1' }, outcome: 'done' }]);
    expect(shown.unit?.copies.size).toBe(0);
  });

  test('that a pull shows before it was answered is not played again, and keeps its number', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), note('n1', 'called'));
    const sent = nextBatch(outbox, { deviceId: 'x', nextSeq: 1, limit: 10 }).outbox;
    take(shelf, note('n1', 'called'));
    take(shelf, command('c-gone', 'removeNote', { noteId: 'n1' }), THEO);
    const after = pulled(shelf, unit, sent);
    expect(after.outbox).toHaveLength(1);
    expect(dealOfRows(after.unit?.shown ?? new Map())?.notes).toEqual([]);
  });
});

describe('a unit that moved', () => {
  test('one that was never sent is withdrawn with a word, and those behind it are judged by the new rows', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), price('c1', 100, 64_200_000), note('n1', 'called'));
    take(shelf, price('c-theo', 300, 64_200_000), THEO);
    const after = pulled(shelf, unit, outbox);
    expect(after.outbox.map((entry) => entry.command.id)).toEqual(['c-n1']);
    expect(after.attention).toMatchObject([{ by: 'here', refusal: { type: 'Moved' }, card: { field: 'price' } }]);
    expect(shownPrice(after.unit)).toBe(300);
  });

  test('one that may have been carried out waits for its answer', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), price('c1', 100, 64_200_000), price('c2', 200, 100));
    const batch = nextBatch(outbox, { deviceId: 'x', nextSeq: 4, limit: 1 });
    expect(batch).toMatchObject({ entries: [{ sent: { deviceId: 'x', seq: 4 } }], nextSeq: 5 });
    take(shelf, price('c-theo', 300, 64_200_000), THEO);
    const after = pulled(shelf, unit, batch.outbox);
    expect(after.attention).toEqual([]);
    expect(after.outbox).toMatchObject([
      { command: { id: 'c1' }, isHeld: true },
      { command: { id: 'c2' }, isHeld: true },
    ]);
  });

  test('a plain field takes the later word, and says what it replaced', () => {
    const shelf = openShelf();
    take(shelf, note('n1', 'first'));
    const edit = (id: string, body: string) => command(id, 'editNote', { noteId: 'n1', body });
    const { unit, outbox } = done(held(shelf), edit('c1', 'mine'));
    take(shelf, edit('c-theo', 'theirs'), THEO);
    const { answer } = take(shelf, edit('c1', 'mine'));
    const after = pulled(shelf, unit, settleAnswer(outbox, 'c1', answer).outbox);
    expect(after.overwrites).toMatchObject([{ column: 'body', wrote: 'mine', replaced: 'theirs', seen: 'first' }]);
    expect(take(shelf, command('c-restore', 'undo', { commandId: 'c1' })).changes).toMatchObject([
      { set: { body: 'theirs' } },
    ]);
  });

  test('that is not ours any more is purged, and its unsent words come back as entries', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), note('n1', 'called'));
    const after = rebaseUnit(unit, outbox, { to: { type: 'gone' }, ground: GROUND });
    expect(after).toMatchObject({ unit: null, outbox: [] });
    expect(after.attention).toMatchObject([{ command: { args: { body: 'called' } } }]);
  });

  test('that is gone while a number waits for its answer keeps that, and shows nothing', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), note('n1', 'called'));
    const sent = nextBatch(outbox, { deviceId: 'x', nextSeq: 1, limit: 1 }).outbox;
    const gone = rebaseUnit(unit, sent, { to: { type: 'gone' }, ground: GROUND });
    expect(gone).toMatchObject({ unit: { isGone: true, version: 0 }, outbox: [{ isHeld: true }], attention: [] });
    expect(gone.unit?.shown.size).toBe(0);
    // It had been carried out: no pull will ever show it here, so it leaves at its answer.
    const { answer } = take(shelf, note('n1', 'called'));
    const settled = settleAnswer(gone.outbox, 'c-n1', answer);
    const left = rebaseUnit(gone.unit as HeldUnit, settled.outbox, { to: null, ground: GROUND });
    expect(left).toMatchObject({ unit: null, outbox: [], done: [{ command: { id: 'c-n1' } }] });
  });

  test('that is not here at all keeps nothing in the outbox once it is answered', () => {
    // What the log gave back of a deal that was purged long ago: the server knew it, and no pull will ever show it.
    const { outbox } = done(held(openShelf()), note('n1', 'called'));
    const answer = { outcome: 'done', unitVersion: 4, changes: 1, label: '' } as const;
    const settled = settleAnswer(outbox, 'c-n1', answer);
    const left = rebaseUnit(emptyUnit('d1'), settled.outbox, { to: null, ground: GROUND });
    expect(left).toMatchObject({ unit: null, outbox: [], done: [{ command: { id: 'c-n1' }, outcome: 'done' }] });
    // A deal that was opened here is shown, and stays until a pull shows it.
    const opened = done(emptyUnit('d1'), OPEN);
    const waits = settleAnswer(opened.outbox, 'c-open', { ...answer, unitVersion: 1 });
    expect(rebaseUnit(opened.unit, waits.outbox, { to: null, ground: GROUND }).outbox).toHaveLength(1);
  });

  test('rows of another store are only ever replaced whole', () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), note('n1', 'called'));
    const stale = { ...unit, isStale: true };
    expect(rebaseUnit(stale, outbox, { to: null, ground: GROUND }).unit).toBe(stale);
    const partial = { type: 'stage', stage: stageOf(shelf, unit) } as const;
    expect(rebaseUnit(stale, outbox, { to: partial, ground: GROUND }).unit).toBe(stale);
    const whole = { type: 'stage', stage: stageOf(shelf) } as const;
    expect(rebaseUnit(stale, outbox, { to: whole, ground: GROUND }).unit?.isStale).toBe(false);
  });
});

describe('a conflict card', () => {
  const conflict = () => {
    const shelf = openShelf();
    const { unit, outbox } = done(held(shelf), price('c1', 100, 64_200_000));
    take(shelf, price('c-theo', 300, 64_200_000), THEO);
    const after = pulled(shelf, unit, outbox);
    const card = after.attention[0]?.card;
    const rows = after.unit?.shown ?? new Map();
    const deal = dealOfRows(rows);
    if (card === null || card === undefined || deal === null) throw new Error('no card');
    return { shelf, card, rows, deal };
  };

  test('holds both values, who and when', () => {
    const { card, rows, deal } = conflict();
    expect(card).toMatchObject({ field: 'price', seen: 64_200_000, mine: 100, theirs: '$3' });
    expect(viewConflict(card, deal, rows)).toMatchObject({ actual: 300, by: { memberId: 'm-theo' }, isAgreed: false });
    expect(viewConflict(card, null, rows)).toBeNull();
  });

  test('is answered with one’s own value or a third, over the value that is seen now', () => {
    const { shelf, card, deal } = conflict();
    expect(answerConflict(card, deal, { keep: 'theirs' })).toBeNull();
    const third = answerConflict(card, deal, { keep: 'third', value: 200 });
    expect(third).toEqual({ name: 'setPrice', args: { priceCents: 200, expected: 300 } });
    expect(take(shelf, { ...command('c2', 'setPrice', null), ...third }).answer).toMatchObject({ outcome: 'done' });
  });
});

describe('cards of fields beside others', () => {
  const opened = dealOfRows(held(openShelf()).shown);
  const refusal = { type: 'Moved', message: 'No.', details: { actual: 'lender' } };
  const cardOf = (name: string, args: unknown) => conflictCard(command('c1', name, args), refusal);
  if (opened === null) throw new Error('no deal');

  test('keeping the other’s role keeps one’s other words, and one’s own is said over it', () => {
    const words = { personId: 'p-priya', role: 'co-client', expectedRole: 'lender', name: 'Pri' };
    const card = cardOf('editPerson', words);
    expect(card).toMatchObject({ field: 'person.p-priya.role', seen: 'lender', mine: 'co-client', theirs: 'lender' });
    if (card === null) return;
    expect(answerConflict(card, opened, { keep: 'theirs' })).toMatchObject({
      args: { personId: 'p-priya', name: 'Pri' },
    });
    expect(answerConflict(card, opened, { keep: 'mine' })).toMatchObject({
      args: { ...words, expectedRole: 'client' },
    });
  });

  test('a day, an owner and a document have theirs, and older steps have none', () => {
    const due = cardOf('editTask', { taskId: 'd1.check-form', dueOn: '2026-06-20', expectedDueOn: '2026-06-03' });
    expect(due).toMatchObject({ field: 'task.d1.check-form.dueOn', mine: '2026-06-20' });
    expect(due && answerConflict(due, opened, { keep: 'theirs' })).toBeNull();
    expect(cardOf('assignDeal', { ownerId: 'm-theo', expected: 'm-ada' })).toMatchObject({ field: 'owner' });
    expect(cardOf('assignDeal', { ownerId: 'm-theo' })).toBeNull();
    expect(cardOf('editTask', { taskId: 'd1.check-form', title: 'x' })).toBeNull();
    const words = { lineId: 'd1.doc-tds', versionId: null, reason: '', on: '2026-06-16', expected: 'received' };
    const approve = cardOf('reviewLine', { ...words, act: 'ask-again' });
    expect(approve && viewConflict(approve, opened, new Map())).toMatchObject({
      actual: { versionId: null, state: 'requested' },
      isAgreed: true,
    });
    expect(approve && answerConflict(approve, opened, { keep: 'mine' })).toMatchObject({
      args: { act: 'ask-again', expected: 'requested' },
    });
    const newer = cardOf('reviewLine', { ...words, act: 'approve', versionId: 'v9' });
    expect(newer && answerConflict(newer, opened, { keep: 'mine' })).toBeNull();
  });
});

test('what a step left as it was seen is not written over unsaid', () => {
  const shelf = openShelf();
  const edit = (id: string, words: object) => command(id, 'editPerson', { personId: 'p-priya', ...words });
  const { unit, outbox } = done(held(shelf), edit('c1', { name: 'Pri', company: '' }));
  take(shelf, edit('c-theo', { company: 'Raman & Co' }), THEO);
  const { answer } = take(shelf, edit('c1', { name: 'Pri', company: '' }));
  const after = pulled(shelf, unit, settleAnswer(outbox, 'c1', answer).outbox);
  expect(after.overwrites).toMatchObject([{ column: 'company', wrote: '', replaced: 'Raman & Co', seen: '' }]);
});

test('a step beside that of somebody else takes no word away, in a request or among the facts', () => {
  const shelf = openShelf();
  const ask = {
    ...{ changeId: 'ch1', kind: 'price', terms: [{ type: 'price', fromCents: 64_200_000, toCents: 63_000_000 }] },
    facts: { isFinanced: null, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
    ...{ reason: '', expiresAt: null, periodEndsAt: null, at: '2026-06-02T16:12:00.000Z' },
  };
  take(shelf, command('c-ask', 'askChange', ask));
  const at = '2026-06-03T16:12:00.000Z';
  const mine = [
    command('c1', 'sendChange', { changeId: 'ch1', at }),
    command('c2', 'withdrawChange', { changeId: 'ch1', at }),
    command('c3', 'answerFact', { name: 'hoa', value: true, expected: null }),
  ];
  const { unit, outbox } = done(held(shelf), ...mine);
  const { answer } = take(shelf, command('c-priya', 'approveChange', { changeId: 'ch1', as: 'own-principal', at }), {
    kind: 'party',
    personId: 'p-priya',
    role: 'client',
    side: 'buyer',
  });
  expect(answer.outcome).toBe('done');
  take(shelf, command('c-theo', 'answerFact', { name: 'financing', value: 'fha', expected: null }), THEO);
  const settled = mine.reduce<readonly OutboxEntry[]>(
    (waits, each) => settleAnswer(waits, each.id, take(shelf, each).answer).outbox,
    outbox,
  );
  const after = pulled(shelf, unit, settled);
  expect([after.done.length, after.outbox, after.overwrites]).toEqual([3, [], []]);
  const [request] = dealOfRows(after.unit?.shown ?? new Map())?.changes ?? [];
  expect(request).toMatchObject({ state: 'withdrawn', sentToOtherSideAt: at, approvals: [{ byId: 'p-priya' }] });
  expect(request?.log.map(({ byId }) => byId)).toEqual(['m-noor', 'm-noor', 'p-priya', 'm-noor']);
});

test('answers settle in their order, name each unit once and the newest version to fetch', () => {
  const { outbox } = done(held(openShelf()), note('n1', 'a'), note('n2', 'b'), note('n3', 'c'));
  const answer = { outcome: 'done', changes: 1, label: '' } as const;
  const no = { outcome: 'refused', unitVersion: null, refusal: { type: 'X', message: 'No.' } } as const;
  const settled = settleReplies(outbox, [
    { ...answer, commandId: 'c-n1', unitVersion: 4 },
    { ...no, commandId: 'c-n2' },
    { ...answer, commandId: 'c-n3', unitVersion: 3 },
    { ...no, commandId: 'c-gone' },
  ]);
  expect(settled.outbox.map((entry) => [entry.command.id, entry.acceptedVersion])).toEqual([
    ['c-n1', 4],
    ['c-n3', 3],
  ]);
  expect(settled.left).toMatchObject([{ command: { id: 'c-n2' }, outcome: 'refused' }]);
  expect(settled).toMatchObject({
    attention: [{ by: 'server' }],
    unitIds: ['d1'],
    heads: [{ unitId: 'd1', version: 4 }],
  });
});

test('after a new device id what waits has no number, and what the server lacks comes back in its place', () => {
  const { outbox } = done(held(openShelf()), note('n1', 'a'), note('n2', 'b'), note('n3', 'c'), note('n4', 'd'));
  const numbered = nextBatch(outbox, { deviceId: 'x', nextSeq: 1, limit: 10 }).outbox;
  const log = numbered.slice(0, 3).map((entry, index) => ({
    ...entry,
    acceptedVersion: 2,
    outcome: index === 1 ? ('refused' as const) : ('done' as const),
  }));
  const over = startOverOutbox(numbered.slice(3), log, new Map([['x', 1]]));
  expect(over.outbox.map((entry) => [entry.command.id, entry.sent])).toEqual([
    ['c-n3', null],
    ['c-n4', null],
  ]);
  expect(over.log.map((entry) => entry.command.id)).toEqual(['c-n1', 'c-n2']);
  // Nobody knows how far an unknown device was: all that it did comes back.
  expect(startOverOutbox([], log, new Map()).outbox.map((entry) => entry.command.id)).toEqual(['c-n1', 'c-n3']);
});

describe('a unit that was gone, at another store that gave back what the log held', () => {
  const comeBack = () => {
    const { outbox } = done(emptyUnit('d1'), OPEN, note('n1', 'called'));
    const numbered = nextBatch(outbox, { deviceId: 'x', nextSeq: 1, limit: 10 }).outbox;
    const opened = numbered.slice(0, 1).map((entry) => ({ ...entry, acceptedVersion: 1, outcome: 'done' as const }));
    const gone = rebaseUnit(held(openShelf()), numbered.slice(1), { to: { type: 'gone' }, ground: GROUND });
    const unit = staleUnit(gone.unit as HeldUnit);
    return { unit, outbox: startOverOutbox(gone.outbox, opened, new Map()).outbox };
  };
  const ids = (outbox: readonly OutboxEntry[]) => outbox.map((entry) => entry.command.id);
  const heads = { since: 0, head: 1, units: [], gone: [] };

  test('is not decided before the store said whether it is ours', () => {
    const { unit, outbox } = comeBack();
    expect(rebaseUnit(unit, outbox, { to: null, ground: GROUND })).toMatchObject({ outbox, attention: [], unit });
    expect(staleUnit(emptyUnit('d1')).isStale).toBe(false);
  });

  test('is purged again when it is not listed, and shows all of the outbox in its order', () => {
    const { unit, outbox } = comeBack();
    expect(noteHeads(followAnew('t'), new Map([['d1', unit]]), heads)?.purge).toEqual(['d1']);
    const after = rebaseUnit(unit, outbox, { to: { type: 'gone' }, ground: GROUND });
    expect(after.unit?.isStale).toBe(false);
    expect(ids(after.outbox)).toEqual(['c-open', 'c-n1']);
    expect(dealOfRows(after.unit?.shown ?? new Map())?.notes).toHaveLength(1);
  });

  test('is fetched whole when it is listed', () => {
    const { unit, outbox } = comeBack();
    const listed = { ...heads, units: [{ unitId: 'd1', version: 1 }] };
    const noted = noteHeads(followAnew('t'), new Map([['d1', unit]]), listed);
    expect([noted?.purge, noted?.follow.wanted.get('d1')]).toEqual([[], 1]);
    const to = { type: 'stage', stage: stageOf(openShelf()) } as const;
    const after = rebaseUnit(unit, outbox, { to, ground: GROUND });
    expect([ids(after.done), ids(after.outbox)]).toEqual([['c-open'], ['c-n1']]);
    expect(after.unit).toMatchObject({ version: 1, isStale: false, isGone: false });
  });
});

test('what a switch writes is the difference of the rows', () => {
  const shelf = openShelf();
  const before = held(shelf);
  take(shelf, command('c1', 'removePerson', { personId: 'p-priya' }), THEO);
  const after = held(shelf);
  const difference = rowsBetween(before.shown, after.shown);
  expect(writeRows(before.shown, difference)).toEqual(after.shown);
  expect(difference.find((row) => row.rowId === 'p-priya')?.row).toBeNull();
});
