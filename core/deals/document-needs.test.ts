import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTemplate, type TemplatePart } from '../checklists/template-schema.ts';
import { anchorWith, dealWith, personWith, taskWith } from '../checklists/testing.ts';
import { plainDate } from '../deadlines/plain-date.ts';
import { DOCUMENT_CLASSES, LINE_STATES } from '../documents/document.ts';
import { countOwed, isOpen, mayLeaveStage, missingForStage, owedIn } from './definition-of-done.ts';
import { documentNeed, TASK_OF_DOCUMENT } from './document-needs.ts';
import type { Deal, LineRow, Member, TaskRow, VersionRow } from './model.ts';
import { summarise } from './summarise.ts';
import { lineWith, versionWith } from './testing.ts';

const members: readonly Member[] = [{ id: 'noor', name: 'Noor Haddad', role: 'tc', email: 'noor@example.com' }];

/** A deal in Milestones that lacks no name and no day. */
function dealOf(lines: readonly LineRow[], versions: readonly VersionRow[] = [], tasks: readonly TaskRow[] = []): Deal {
  const people = [personWith('client'), personWith('lender', { name: 'Dana Osei' })];
  return { ...dealWith({ tasks, people, anchors: [anchorWith('closing', '2026-07-15')] }), lines, versions };
}

const named = (deal: Deal) => missingForStage(deal, 'milestones', members);

describe('a required document of the stage', () => {
  const began = dealOf([]).row.stageSince;
  const here = versionWith('binder');
  const read = {
    verdict: 'rejected',
    verdictReason: 'Page 2 is missing.',
    verdictOn: plainDate('2026-06-06'),
  } as const;

  test.each<readonly [string, Partial<LineRow>, readonly VersionRow[], object]>([
    ['is asked for', {}, [], { what: 'Send “The binder”', ownerRole: 'client', state: 'waiting', since: began }],
    ['is ours to send', { ownerRole: 'agent' }, [], { ownerName: 'the agent', state: 'open' }],
    ['is asked for again', {}, [here], { what: 'Send “The binder” again', ownerRole: 'client', state: 'waiting' }],
    [
      'has come',
      { state: 'received' },
      [here],
      {
        what: 'Review “The binder”',
        ownerId: 'noor',
        ownerName: 'Noor Haddad',
        state: 'review',
        since: here.receivedAt,
      },
    ],
    [
      'came again and is in review, since the newest came',
      { state: 'needs-review' },
      [versionWith('binder', { number: 2, receivedAt: '2026-06-07T08:00:00.000Z' }), here],
      { what: 'Review “The binder”', state: 'review', since: '2026-06-07T08:00:00.000Z' },
    ],
    [
      'is held',
      { state: 'received' },
      [versionWith('binder', { isHeld: true })],
      { what: 'Call the sender of “The binder”: it looks like wire instructions', ownerRole: 'tc', state: 'review' },
    ],
    [
      'was sent back',
      { state: 'rejected', reason: 'Page 2 is missing.' },
      [{ ...here, ...read }],
      {
        what: 'Send “The binder” again: Page 2 is missing',
        ownerRole: 'client',
        state: 'waiting',
        since: '2026-06-06',
      },
    ],
    ['was sent back without words', { state: 'rejected' }, [], { what: 'Send “The binder” again', since: began }],
    [
      'is private and with the lender',
      { class: 'npi-financial', ownerRole: 'lender' },
      [],
      { what: 'Confirm that you have “The binder”', ownerName: 'Dana Osei', state: 'waiting' },
    ],
    [
      'is private and with the client',
      { class: 'npi-identity' },
      [],
      { what: 'Send “The binder” to whoever asked for it, not to us', ownerName: 'Priya Raman', state: 'waiting' },
    ],
  ])('%s', (_name, parts, versions, wanted) => {
    const deal = dealOf([lineWith('binder', parts)], versions);
    expect(named(deal)).toEqual([expect.objectContaining({ kind: 'document', id: 'binder', ...wanted })]);
    expect(mayLeaveStage(deal)).toMatchObject({ ok: false, error: { type: 'StageNotDone' } });
  });

  test.each<readonly [string, Partial<LineRow>]>([
    ['approved', { state: 'approved' }],
    ['noted as with the lender', { state: 'approved', class: 'npi-financial', reason: 'Dana has it' }],
    ['not needed', { state: 'waived', reason: 'no loan' }],
    ['optional', { isRequired: false }],
    ['of a later stage', { stage: 'closing' }],
  ])('that is %s keeps nobody', (_name, parts) => {
    const deal = dealOf([lineWith('binder', parts)]);
    expect(named(deal)).toEqual([]);
    expect(mayLeaveStage(deal).ok).toBe(true);
  });

  test('stands after the tasks, in its place', () => {
    const lines = [lineWith('z', { position: 1 }), lineWith('a', { position: 2 }), lineWith('b', { position: 2 })];
    const deal = dealOf(lines.toReversed(), [], [taskWith('call', { position: 9 })]);
    expect(named(deal).map(({ id }) => id)).toEqual(['call', 'z', 'a', 'b']);
  });
});

describe('a task that is done by having one paper', () => {
  const task = taskWith('t', { templateTaskId: 'insurance-binder', title: 'Get the home insurance binder' });
  const binder = (parts: Partial<LineRow> = {}) =>
    lineWith('l', { templateDocumentId: 'doc-insurance-binder', ...parts });
  const kinds = (line: LineRow, one: TaskRow = task) => named(dealOf([line], [], [one])).map(({ kind }) => kind);

  test('speaks for both while nothing has come, and the document from then on', () => {
    expect(kinds(binder())).toEqual(['task']);
    expect(kinds(binder({ state: 'received' }))).toEqual(['document']);
    expect(kinds(binder({ state: 'rejected', reason: 'old' }))).toEqual(['document']);
  });

  test('is owed by itself when the paper is in, and the paper when the task is done or waived', () => {
    expect(kinds(binder({ state: 'approved' }))).toEqual(['task']);
    expect(kinds(binder(), { ...task, doneOn: plainDate('2026-06-03') })).toEqual(['document']);
    expect(kinds(binder(), { ...task, waivedOn: plainDate('2026-06-03') })).toEqual(['document']);
  });

  test('is another thing in another stage, when it is optional, or when the paper was added by hand', () => {
    expect(kinds(binder(), { ...task, isRequired: false })).toEqual(['document']);
    expect(kinds(binder(), { ...task, stage: 'closing' })).toEqual(['document']);
    expect(kinds(binder({ templateDocumentId: null }))).toEqual(['task', 'document']);
  });
});

test('done means: nothing owed, and no paper or task of the stage is forgotten', () => {
  const pairs = Object.entries(TASK_OF_DOCUMENT).slice(0, 3);
  const task = fc.record({
    templateTaskId: fc.constantFrom(null, 'other', ...pairs.map(([, taskId]) => taskId)),
    stage: fc.constantFrom('milestones' as const, 'closing' as const),
    isRequired: fc.boolean(),
    doneOn: fc.constantFrom(null, plainDate('2026-06-03')),
  });
  const line = fc.record({
    templateDocumentId: fc.constantFrom(null, 'doc-other', ...pairs.map(([documentId]) => documentId)),
    stage: fc.constantFrom('milestones' as const, 'closing' as const),
    isRequired: fc.boolean(),
    state: fc.constantFrom(...LINE_STATES),
    class: fc.constantFrom(...DOCUMENT_CLASSES),
  });
  const unique = { selector: ({ templateTaskId }: { templateTaskId: string | null }) => templateTaskId };
  const uniqueLine = { selector: (row: { templateDocumentId: string | null }) => row.templateDocumentId };
  fc.assert(
    fc.property(fc.uniqueArray(task, unique), fc.uniqueArray(line, uniqueLine), (tasks, lines) => {
      const deal = dealOf(
        lines.map((parts, index) => lineWith(`l${index}`, parts)),
        [],
        tasks.map((parts, index) => taskWith(`t${index}`, parts)),
      );
      const openTasks = deal.tasks.filter((row) => row.stage === 'milestones' && row.isRequired && isOpen(row));
      const owedLines = deal.lines.filter(
        (row) => row.stage === 'milestones' && row.isRequired && !['approved', 'waived'].includes(row.state),
      );
      const missing = named(deal);
      const ids = new Set(missing.map(({ id }) => id));
      const partner = (row: LineRow) =>
        openTasks.find(({ templateTaskId }) => templateTaskId === TASK_OF_DOCUMENT[row.templateDocumentId ?? '']);
      // Each is named, or its other half is.
      for (const row of owedLines) expect(ids.has(row.id) || ids.has(partner(row)?.id ?? '')).toBe(true);
      for (const row of openTasks)
        expect(ids.has(row.id) || owedLines.some((each) => partner(each) === row && ids.has(each.id))).toBe(true);
      const halves = owedLines.filter((row) => partner(row) !== undefined).length;
      expect(missing.length).toBe(openTasks.length + owedLines.length - halves);
      expect(ids.size).toBe(missing.length);
      expect(missing.every(({ what, ownerName }) => what !== '' && !what.endsWith('.') && ownerName !== '')).toBe(true);
      // What counts, what lists and what refuses agree.
      expect(countOwed(owedIn(deal, 'milestones'))).toBe(missing.length);
      expect(summarise(deal, () => null).missing).toBe(missing.length);
      expect(mayLeaveStage(deal).ok).toBe(missing.length === 0);
    }),
  );
});

test('approving or not needing a document never makes a stage less done', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINE_STATES), { minLength: 1, maxLength: 6 }), fc.nat(5), (states, at) => {
      const lines = states.map((state, index) => lineWith(`l${index}`, { state }));
      const before = named(dealOf(lines)).length;
      for (const state of ['approved', 'waived'] as const) {
        const settled = lines.map((line, index) => (index === at % lines.length ? { ...line, state } : line));
        expect(named(dealOf(settled)).length).toBeLessThanOrEqual(before);
      }
    }),
  );
});

test('the order is about the line alone', () => {
  const versions = [versionWith('other', { isHeld: true })];
  expect(documentNeed({ versions }, lineWith('mine', { state: 'received' })).what).toBe('Review “The mine”');
});

describe('the templates', () => {
  const parts = readParts();
  const pairs = parts.flatMap((part) =>
    part.documents.flatMap((document) =>
      parts
        .flatMap(({ tasks }) => tasks)
        .filter((task) => document.id === `doc-${task.id}`)
        .map((task) => `${document.id} ${task.id}`),
    ),
  );

  /** Same word, another act: the task does more or something else than bring the paper, or the paper is optional. */
  const OTHER_ACTS = [
    'doc-association-papers',
    'doc-commission',
    'doc-criteria',
    'doc-lead-paint',
    'doc-loan-commitment',
    'doc-marketing',
    'doc-payoff',
    'doc-photos',
    'doc-pre-listing-reports',
    'doc-references',
    'doc-repair-request',
    'doc-repair-response',
    'doc-walkthrough',
  ];

  test('a task and a document of the same name were decided on: one act or two', () => {
    const undecided = pairs.filter((pair) => {
      const [documentId = '', taskId] = pair.split(' ');
      return TASK_OF_DOCUMENT[documentId] !== taskId && !OTHER_ACTS.includes(documentId);
    });
    expect([...new Set(undecided)]).toEqual([]);
  });

  test.each(Object.entries(TASK_OF_DOCUMENT))('%s and %s are both there, in one stage', (documentId, taskId) => {
    const both = parts.filter((part) => {
      const document = part.documents.find(({ id }) => id === documentId);
      const task = part.tasks.find(({ id }) => id === taskId);
      return document?.required === true && task?.required === true && document.stage === task.stage;
    });
    expect(both.length).toBeGreaterThan(0);
  });

  test('say every document as an order that can be read', () => {
    for (const line of parts.flatMap(({ documents }) => documents)) {
      const row = lineWith(line.id, { title: line.title, ownerRole: line.ownerRole, class: line.class });
      expect(documentNeed({ versions: [] }, row).what).toMatch(/^(Send|Confirm that you have) “[^“”]+”/);
    }
  });
});

function readParts(): readonly TemplatePart[] {
  const folder = new URL('../../resources/templates/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'intake.json')
    .flatMap((name) => {
      const read = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
      return read.ok ? [read.value] : [];
    });
}
