import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MILESTONE_STATES, PARTY_ROLES, STAGES } from '../deals/model.ts';
import { LINE_STATES } from '../documents/document.ts';
import { decideCommand } from './registry.ts';
import { AT, type Bench, CREATE, openDeal, run, scopeOf, TC } from './testing.ts';

/** The laws of commands, over random histories. A failing run prints its seed; keep it as a case. */

const taskId = fc.constantFrom('d1.check-form', 'd1.send-dates', 'd1.disclosures', 't-new', 't-missing');
const personId = fc.constantFrom('p-priya', 'p-marisol', 'p-new');
const lineId = fc.constantFrom('d1.doc-contract', 'd1.doc-tds', 'd1.doc-pay', 'l-new');
const versionId = fc.constantFrom('v1', 'v2', 'v3');
const noteId = fc.constantFrom('n1', 'n2');
const day = fc.constantFrom('2026-06-03', '2026-06-20', '2026-07-02');
const text = fc.constantFrom('', 'Order the report', 'Señora Ørsted', 'x'.repeat(300));
const cents = fc.option(fc.constantFrom(100, 64_200_000, 65_000_000), { nil: null });
const maybeDay = fc.option(day, { nil: null });
const stage = fc.constantFrom(...STAGES);
const role = fc.constantFrom(...PARTY_ROLES);

const anyCommand = fc.oneof(
  made('completeTask', { taskId, on: day }),
  made('reopenTask', { taskId }),
  made('waiveTask', { taskId, on: day, reason: text }),
  made('removeTask', { taskId }),
  made('editTask', { taskId, title: text, dueOn: maybeDay }),
  made('editTask', { taskId, dueOn: maybeDay, expectedDueOn: maybeDay }),
  made('assignTask', { taskId, assigneeRole: role, assigneeId: fc.option(personId, { nil: null }) }),
  made('addTask', {
    taskId,
    stage,
    title: text,
    assigneeRole: role,
    assigneeId: fc.constant(null),
    dueOn: maybeDay,
    isRequired: fc.boolean(),
  }),
  made('addPerson', { personId, name: text, role, company: text, email: text, phone: text }),
  made('editPerson', { personId, name: text }),
  made('editPerson', { personId, name: text, role, expectedRole: role }),
  made('removePerson', { personId }),
  made('addNote', { noteId, body: text, at: fc.constant(AT) }),
  made('editNote', { noteId, body: text }),
  made('removeNote', { noteId }),
  made('setPrice', { priceCents: cents, expected: cents }),
  made('setAnchor', {
    name: fc.constantFrom('acceptance', 'closing'),
    on: maybeDay,
    evidence: text,
    expected: maybeDay,
  }),
  made('moveStage', { to: stage, expected: stage, at: fc.constant(AT), anyway: text }),
  made('moveStage', { to: stage, expected: stage, at: fc.constant(AT) }),
  made('assignDeal', { ownerId: fc.constantFrom('m-noor', 'm-theo', 'm-who') }),
  made('assignDeal', { ownerId: fc.constantFrom('m-noor', 'm-theo'), expected: fc.constantFrom('m-noor', 'm-theo') }),
  made('changeAddress', { street: text, unit: text, city: text, state: fc.constant('CA'), zip: text }),
  made('setDeadline', {
    deadlineId: fc.constantFrom('deposit', 'loan-contingency'),
    days: fc.option(fc.constantFrom(17, 21), { nil: null }),
    on: maybeDay,
    reason: text,
    expected: fc.record({ days: fc.option(fc.constantFrom(17, 21), { nil: null }), on: maybeDay }),
  }),
  made('markDeadline', {
    deadlineId: fc.constantFrom('deposit', 'loan-contingency'),
    state: fc.constantFrom(...MILESTONE_STATES),
    on: day,
    reason: text,
    expected: fc.constantFrom(...MILESTONE_STATES),
  }),
  made('answerFact', {
    name: fc.constantFrom('hoa', 'financing'),
    value: fc.constantFrom('cash', 'fha', true, false, null),
    expected: fc.constantFrom('cash', 'fha', true, false, null),
  }),
  made('addLine', {
    lineId,
    title: text,
    clientTitle: text,
    stage,
    ownerRole: role,
    class: fc.constantFrom('contract', 'npi-identity'),
    isRequired: fc.boolean(),
  }),
  made('editLine', { lineId, title: text, class: fc.constantFrom('disclosure', 'title') }),
  made('removeLine', { lineId }),
  made('addChecklistLines', {}),
  made('fileVersion', {
    versionId,
    lineId,
    sha256: fc.constantFrom('a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)),
    bytes: fc.constant(1200),
    extension: fc.constant('pdf'),
    originalName: fc.constant('Document(3).pdf'),
    suffix: fc.constantFrom(null, 'BS', 'FE'),
    documentOn: day,
    receivedAt: fc.constant(AT),
    sentBy: fc.constantFrom('', 'Kwame Boateng'),
    isHeld: fc.boolean(),
    toReview: fc.boolean(),
  }),
  made('editVersion', { versionId, suffix: fc.constantFrom(null, 'SS'), documentOn: day }),
  made('moveVersion', { versionId, toLineId: lineId }),
  made('moveVersion', { versionId, toLineId: lineId, expected: fc.constantFrom(null, 'approved', 'rejected') }),
  made('removeVersion', { versionId, reason: text }),
  made('reviewLine', {
    lineId,
    act: fc.constantFrom('submit', 'approve', 'reject', 'waive', 'ask-again', 'let-go', 'elsewhere'),
    versionId: fc.option(versionId, { nil: null }),
    reason: text,
    on: day,
    expected: fc.constantFrom(...LINE_STATES),
  }),
  made('reviewLine', {
    lineId,
    act: fc.constantFrom('submit', 'approve', 'reject', 'waive', 'ask-again', 'let-go', 'elsewhere'),
    versionId: fc.option(versionId, { nil: null }),
    reason: text,
    on: day,
  }),
  made('askChange', {
    changeId: fc.constantFrom('ch1', 'ch2'),
    kind: fc.constantFrom('closing-date', 'price'),
    terms: fc.constantFrom(
      [{ type: 'anchor', name: 'closing', from: null, to: '2026-07-10' }],
      [{ type: 'price', fromCents: 64_200_000, toCents: 63_000_000 }],
    ),
    facts: fc.constant({ isFinanced: null, hasCostOrCredit: null, hasDeposit: null, wasSigned: null }),
    reason: text,
    expiresAt: fc.constant(null),
    periodEndsAt: fc.constant(null),
    at: fc.constant(AT),
  }),
  made('approveChange', {
    changeId: fc.constantFrom('ch1', 'ch2'),
    as: fc.constantFrom('own-principal', 'reviewer'),
    at: fc.constant(AT),
  }),
  made('withdrawChange', { changeId: fc.constantFrom('ch1', 'ch2'), at: fc.constant(AT) }),
  made('recordAnswer', {
    changeId: fc.constantFrom('ch1', 'ch2'),
    personId,
    as: fc.constantFrom('own-principal', 'own-agent'),
    answer: fc.constantFrom('yes', 'yes', 'no'),
    by: fc.constantFrom('phone', 'e-mail'),
    saidAt: fc.constant(AT),
    reason: text,
    at: fc.constant(AT),
  }),
  made('takeBackAnswer', {
    changeId: fc.constantFrom('ch1', 'ch2'),
    personId,
    as: fc.constantFrom('own-principal', 'own-agent'),
    at: fc.constant(AT),
  }),
  made('keepChange', {
    changeId: fc.constantFrom('ch1', 'ch2'),
    overId: fc.constantFrom('ch1', 'ch2'),
    reason: text,
    at: fc.constant(AT),
  }),
  made('sendChange', { changeId: fc.constantFrom('ch1', 'ch2'), at: fc.constant(AT) }),
  made('executeChange', {
    changeId: fc.constantFrom('ch1', 'ch2'),
    versionId,
    executedAt: fc.constant(AT),
    delivery: fc.constant(null),
    on: day,
    at: fc.constant(AT),
  }),
  made('writeMessage', {
    messageId: fc.constantFrom('m1', 'm2'),
    personId,
    aboutType: fc.constant('deal'),
    aboutId: fc.constant(''),
    body: text,
    at: fc.constant(AT),
  }),
  made('settleMessages', { personId }),
  made('askToRead', { versionId, personIds: personId.map((id) => [id]), at: fc.constant(AT) }),
  made('dropReading', { readingId: fc.constantFrom('v1.read.p-priya', 'v2.read.p-priya') }),
  made('proposePerson', {
    proposalId: fc.constantFrom('pp1', 'pp2'),
    role: fc.constantFrom('co-client', 'lender'),
    name: text,
    company: text,
    email: fc.constantFrom('', 'dev@example.com'),
    phone: text,
    words: text,
    at: fc.constant(AT),
  }),
  made('acceptProposal', { proposalId: fc.constantFrom('pp1', 'pp2'), personId, at: fc.constant(AT) }),
  made('declineProposal', { proposalId: fc.constantFrom('pp1', 'pp2'), reason: text, at: fc.constant(AT) }),
  made('askForm', {
    formId: fc.constant('f1'),
    personId,
    title: text,
    questionIds: fc.constantFrom(['hoa'], ['hoa', 'financing']),
    at: fc.constant(AT),
  }),
  made('takeForm', { formId: fc.constant('f1'), at: fc.constant(AT) }),
  made('returnForm', { formId: fc.constant('f1'), reason: text, at: fc.constant(AT) }),
  made('withdrawForm', { formId: fc.constant('f1'), at: fc.constant(AT) }),
  made('askDocument', { lineId, personId }),
  made('describeVersion', { versionId, aboutPersonIds: personId.map((id) => [id]), isWithOtherSide: fc.boolean() }),
  made('takeIn', {
    fromDealId: fc.constant('d2'),
    people: fc.constantFrom(
      [],
      [{ id: 'p-new', name: 'Dev Raman', role: 'co-client', company: '', email: '', phone: '' }],
    ),
    facts: fc.constantFrom({}, { hoa: true }),
    noteId,
    note: text,
    at: fc.constant(AT),
  }),
  made('closeDeal', { on: day, reason: text, anyway: text }),
  made('withdrawDeal', { on: day, reason: text }),
  made('reopenDeal', {}),
  made('createDeal', Object.fromEntries(Object.entries(CREATE).map(([key, value]) => [key, fc.constant(value)]))),
  made('undo', { commandId: fc.integer({ min: 0, max: 30 }).map((n) => `c-${n}`) }),
);
const history = fc.array(anyCommand, { maxLength: 25 });

function made(name: string, args: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record({ name: fc.constant(name), args: fc.record(args) });
}

function play(commands: readonly { name: string; args: unknown }[]): Bench {
  const bench = openDeal();
  commands.forEach((command, index) => {
    run(bench, { id: `c-${index}`, ...command });
  });
  return bench;
}

describe('laws of commands', () => {
  test('deciding again right after changes nothing more', () => {
    fc.assert(
      fc.property(history, anyCommand, (before, command) => {
        const bench = play(before);
        if (run(bench, { id: 'c-once', ...command }) !== null) return;
        const once = bench.deal;
        const again = decideCommand(scopeOf(bench), command, TC);
        if (again.ok) expect(again.value.changes).toEqual([]);
        expect(bench.deal).toBe(once);
      }),
      { numRuns: 600 },
    );
  });

  test('deciding is pure: the same scope decides the same and nothing is touched', () => {
    fc.assert(
      fc.property(history, anyCommand, (before, command) => {
        const bench = play(before);
        const copy = structuredClone(bench.deal);
        const first = decideCommand(scopeOf(bench), command, TC);
        const second = decideCommand(scopeOf(bench), command, TC);
        expect(second).toEqual(first);
        expect(bench.deal).toEqual(copy);
      }),
      { numRuns: 400 },
    );
  });

  test('a refusal changes nothing and says what to do in a sentence', () => {
    fc.assert(
      fc.property(history, anyCommand, (before, command) => {
        const bench = play(before);
        const deal = bench.deal;
        const refused = run(bench, { id: 'c-once', ...command });
        if (refused === null) return;
        expect(bench.deal).toBe(deal);
        expect(refused.message).toMatch(/^[A-Z].*[.]$/s);
      }),
      { numRuns: 400 },
    );
  });

  test('a closed deal changes only by reopening, or by taking back what closed it', () => {
    fc.assert(
      fc.property(history, anyCommand, (before, command) => {
        const bench = play(before);
        run(bench, { id: 'c-close', name: 'withdrawDeal', args: { on: '2026-07-02', reason: 'ended' } });
        const closed = bench.deal;
        if (closed === null || closed.row.outcome === null) return;
        run(bench, { id: 'c-once', ...command });
        if (bench.deal?.row.outcome === null) expect(['reopenDeal', 'undo']).toContain(command.name);
        else expect(bench.deal).toBe(closed);
      }),
      { numRuns: 400 },
    );
  });

  test('undo puts every column back, and undoing the undo does it again', () => {
    fc.assert(
      fc.property(history, anyCommand, (before, command) => {
        const bench = play(before);
        const start = bench.deal;
        if (run(bench, { id: 'c-once', ...command }) !== null || bench.deal === start) return;
        const after = bench.deal;
        if (run(bench, { id: 'c-undo', name: 'undo', args: { commandId: 'c-once' } }) !== null) {
          // Only a deal that was closed meanwhile may refuse.
          expect(after?.row.outcome ?? null).not.toBeNull();
          return;
        }
        expect(sorted(bench)).toEqual(sorted({ ...bench, deal: start }));
        if (run(bench, { id: 'c-redo', name: 'undo', args: { commandId: 'c-undo' } }) !== null) return;
        expect(sorted(bench)).toEqual(sorted({ ...bench, deal: after }));
      }),
      { numRuns: 600 },
    );
  });
});

/** Notes and anchors carry no order of their own; compare them as sets. */
function sorted({ deal }: Pick<Bench, 'deal'>) {
  if (deal === null) return null;
  const byId = <R extends { id: string }>(rows: readonly R[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...deal,
    notes: byId(deal.notes),
    anchors: byId(deal.anchors),
    milestones: byId(deal.milestones),
    versions: byId(deal.versions),
  };
}
