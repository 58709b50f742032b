import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import type { Facts, TaskRow } from '../deals/model.ts';
import { composeTemplate } from './compose.ts';
import { instantiateTemplate } from './instantiate.ts';
import { applyMigration, dryRun, type Migration, migrateDeal } from './migrate.ts';
import { diffTemplates } from './template-diff.ts';
import { parseTemplate, type Template } from './template-schema.ts';

const folder = new URL('../../resources/templates/', import.meta.url);
const parts = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && name !== 'intake.json')
  .map((name) => {
    const read = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    if (!read.ok) throw new Error(read.error.problems.join(' '));
    return read.value;
  });
const template = composed('contract-to-close', 'CA');
const pack = { contractAnchor: 'acceptance', names: new Set(['deposit', 'seller-disclosures', 'loan-contingency']) };
const ids = (name: string) => `d.${name}`;
const on = plainDate('2026-06-10');

function composed(workflow: 'contract-to-close' | 'buyer-intake', state: string): Template {
  const made = composeTemplate(parts, { workflow, scenario: 'buy', side: 'buyer', state });
  if (!made.ok) throw new Error(made.error.problems.join(' '));
  return made.value;
}
function rowsOf(facts: Facts, of = template): readonly TaskRow[] {
  return instantiateTemplate({ template: of, dealId: 'd', facts, pack, ids }).tasks;
}
function migrate(tasks: readonly TaskRow[], to: { template?: Template; facts?: Facts }, facts: Facts = {}): Migration {
  const made = migrateDeal({
    dealId: 'd',
    tasks,
    from: { template, facts, pack },
    to: { template: to.template ?? template, facts: to.facts ?? facts, pack },
    ids,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
function change(tasks: readonly TaskRow[], name: string, set: Partial<TaskRow>): readonly TaskRow[] {
  expect(tasks.some((task) => task.templateTaskId === name)).toBe(true);
  return tasks.map((task) => (task.templateTaskId === name ? { ...task, ...set } : task));
}
const nextVersion: Template = {
  ...template,
  version: template.version + 1,
  tasks: [
    ...template.tasks
      .filter((task) => task.id !== 'book-inspections')
      .map((task) =>
        task.id === 'inspection-report'
          ? { ...task, dependsOn: [], title: 'Get every inspection report' }
          : task.id === 'insurance-binder'
            ? { ...task, due: [{ from: 'contract', offset: 10, dayKind: 'calendar' as const }] }
            : task,
      ),
    { ...template.tasks[0]!, id: 'survey-client', title: 'Ask the client for a survey', stage: 'closing' },
  ],
};

describe('migrating a running deal', () => {
  test('to the same template changes nothing', () => {
    const same = migrate(rowsOf({}), {});
    expect(same).toMatchObject({
      added: [],
      removed: [],
      moved: [],
      reordered: [],
      documentsAdded: [],
      documentsRemoved: [],
    });
    expect(same.summary).toBe('Nothing would change.');
  });

  test('lists what is added, what goes and what changes', () => {
    const plan = migrate(rowsOf({}), { template: nextVersion });
    expect(plan.added.map((task) => task.templateTaskId)).toEqual(['survey-client']);
    expect(plan.removed.map((line) => line.title)).toEqual(['Book the inspections and confirm access']);
    expect(plan.moved.map((move) => Object.keys(move.set))).toEqual([['title', 'dependsOn'], ['dueRule']]);
    expect(plan.summary).toBe('1 task is added, 1 goes, 2 change and 0 stay untouched. Nothing has changed yet.');
  });

  test('a new short title reaches the card of a task nobody touched, and no other', () => {
    const reworded = { ...template, tasks: template.tasks.map((task) => ({ ...task, short: `New ${task.id}` })) };
    const tasks = change(rowsOf({}), 'title-review', { title: 'Ask Ruth about the easement', short: '' });
    const plan = migrate(tasks, { template: reworded });
    expect(plan.moved.find((move) => move.id === 'd.insurance-binder')).toMatchObject({
      set: { short: 'New insurance-binder' },
      was: { short: 'Insurance binder' },
    });
    expect(plan.kept).toMatchObject([{ id: 'd.title-review', because: 'edited' }]);
    const after = applyMigration(tasks, plan);
    expect(after.find((task) => task.id === 'd.title-review')).toMatchObject({ short: '' });
    expect(after.find((task) => task.id === 'd.sign')).toMatchObject({ short: 'New sign' });
  });

  test('a row from before short titles gets its own, and one that was written by hand stays', () => {
    let tasks = change(rowsOf({}), 'insurance-binder', { short: '' });
    tasks = change(tasks, 'title-review', { short: 'Easement?' });
    const plan = migrate(tasks, {});
    expect(plan.moved).toMatchObject([{ id: 'd.insurance-binder', set: { short: 'Insurance binder' } }]);
    expect(plan.kept).toMatchObject([{ id: 'd.title-review', because: 'edited' }]);
  });

  test('keeps what is done, waived, edited or added by hand', () => {
    const base = rowsOf({});
    const byHand: TaskRow = { ...base[0]!, id: 'mine', templateTaskId: null, title: 'Call the aunt' };
    let tasks = change([...base, byHand], 'book-inspections', { doneOn: on });
    tasks = change(tasks, 'inspection-report', { title: 'Get the report of Mr. Falk' });
    tasks = change(tasks, 'insurance-binder', { waivedOn: on, waiverReason: 'bought already' });
    const plan = migrate(tasks, { template: nextVersion });
    expect(plan.kept.map((task) => [task.id, task.because])).toEqual([
      ['d.book-inspections', 'done'],
      ['d.inspection-report', 'edited'],
      ['d.insurance-binder', 'waived'],
      ['mine', 'by-hand'],
    ]);
    expect(plan.removed).toEqual([]);
    expect(plan.moved).toEqual([]);
    const after = applyMigration(tasks, plan);
    for (const kept of plan.kept)
      expect(after.find((task) => task.id === kept.id)).toMatchObject({ title: kept.title });
  });

  test('a date set by hand survives, and an assignee does through a change of wording', () => {
    const dated = change(rowsOf({}), 'insurance-binder', { dueOn: on });
    expect(migrate(dated, { template: nextVersion }).kept).toMatchObject([
      { id: 'd.insurance-binder', because: 'edited' },
    ]);
    const assigned = change(rowsOf({}), 'inspection-report', { assigneeId: 'theo' });
    const after = applyMigration(assigned, migrate(assigned, { template: nextVersion }));
    expect(after.find((task) => task.templateTaskId === 'inspection-report')).toMatchObject({
      title: 'Get every inspection report',
      assigneeId: 'theo',
    });
  });

  test('a task that somebody deleted does not come back', () => {
    const tasks = rowsOf({}).filter((task) => task.templateTaskId !== 'title-review');
    expect(migrate(tasks, { template: nextVersion }).added.map((task) => task.templateTaskId)).not.toContain(
      'title-review',
    );
  });

  test('answering an unknown adds its lines, answers its question, and says which documents go', () => {
    const plan = migrate(rowsOf({}), { facts: { hoa: true, yearBuilt: 1999 } });
    expect(plan.summary).toMatch(/1 document is added\. \d documents go from the list\. Nothing has changed yet\.$/);
    expect(plan.added.map((task) => task.templateTaskId)).toEqual(['association-papers']);
    expect(plan.removed.map((line) => line.sentence)).toContain(
      '"Ask whether the home belongs to an owners\' association" is answered.',
    );
    expect(plan.documentsAdded.map((line) => line.templateDocumentId)).toEqual(['doc-association-papers']);
    expect(plan.documentsRemoved.find((line) => line.title === 'Lead-based paint disclosure')).toEqual({
      id: 'd.doc-lead-paint',
      title: 'Lead-based paint disclosure',
      isLegal: true,
      sentence:
        '"Lead-based paint disclosure" is asked for by law in some deals. It goes from this one: it no longer holds that the home was built before 1978.',
    });
  });

  test('a task that goes says why: an answer, or the new version', () => {
    const paid = migrate(rowsOf({ financing: 'fha' }), { facts: { financing: 'cash' } }, { financing: 'fha' });
    expect(paid.removed.find((line) => line.id === 'd.appraisal')?.sentence).toBe(
      '"Get the appraisal result" goes: it no longer holds that the buyer pays with a loan.',
    );
    expect(migrate(rowsOf({}), { template: nextVersion }).removed[0]?.sentence).toBe(
      '"Book the inspections and confirm access" goes: the new version has it no longer.',
    );
    const noPamphlet = { ...template, documents: template.documents.filter((line) => line.id !== 'doc-lead-pamphlet') };
    expect(migrate(rowsOf({}), { template: noPamphlet }).documentsRemoved).toMatchObject([
      { isLegal: true, sentence: expect.stringMatching(/the new version has it no longer\.$/) },
    ]);
  });

  test('another workflow is refused', () => {
    const made = migrateDeal({
      dealId: 'd',
      tasks: [],
      from: { template, facts: {}, pack },
      to: { template: composed('buyer-intake', 'CA'), facts: {}, pack },
      ids,
    });
    expect(made).toMatchObject({ ok: false, error: { type: 'OtherWorkflow' } });
  });

  test('an untouched deal ends up as a new one would begin', () => {
    const answers = fc.record(
      {
        yearBuilt: fc.constantFrom(1950, 1999, 'unknown'),
        financing: fc.constantFrom('cash', 'fha', 'unknown'),
        hoa: fc.constantFrom(true, false, 'unknown'),
        vesting: fc.constantFrom('person', 'trust', 'unknown'),
      },
      { requiredKeys: [] },
    );
    const versions = fc.constantFrom(template, nextVersion, composed('contract-to-close', 'TX'));
    fc.assert(
      fc.property(answers, answers, versions, (before, after, version) => {
        const tasks = rowsOf(before);
        const migrated = applyMigration(tasks, migrate(tasks, { template: version, facts: after }, before));
        const byPlace = [...migrated].sort((left, right) => left.position - right.position);
        const sorted = (rows: readonly TaskRow[]) =>
          rows.map((task) => ({ ...task, dependsOn: [...task.dependsOn].sort() }));
        expect(sorted(byPlace)).toEqual(sorted(rowsOf(after, version)));
      }),
    );
  });
});

test('a dry run says what a template makes', () => {
  const run = dryRun({ id: 'd', facts: {} }, { template, pack }, ids);
  expect(run.summary).toMatch(/^3\d tasks and \d\d documents\. \d questions still open\. Nothing has changed yet\.$/);
});

test('the difference of two versions in sentences', () => {
  expect(diffTemplates(template, template)).toEqual({ added: [], removed: [], changed: [] });
  const diff = diffTemplates(template, nextVersion);
  expect(diff.added).toEqual([{ id: 'survey-client', title: 'Ask the client for a survey' }]);
  expect(diff.removed.map((line) => line.id)).toEqual(['book-inspections']);
  expect(diff.changed).toEqual([
    {
      id: 'inspection-report',
      title: 'Get every inspection report',
      changes: [
        'The wording changes from "Get the inspection report" to "Get every inspection report".',
        'It waits for other tasks.',
      ],
    },
    { id: 'insurance-binder', title: 'Get the home insurance binder', changes: ['Its date is counted another way.'] },
  ]);
});

test.each([
  ['Insurance binder', 'Home insurance', 'Its card says "Home insurance" instead of "Insurance binder".'],
  ['', 'Home insurance', 'Its card now says "Home insurance".'],
  ['Insurance binder', '', 'Its card shows the whole title.'],
])('a short title that changes from "%s" to "%s" is a difference', (was, now, sentence) => {
  const withShort = (short: string): Template => ({
    ...template,
    tasks: template.tasks.map((task) => (task.id === 'insurance-binder' ? { ...task, short } : task)),
  });
  expect(diffTemplates(withShort(was), withShort(now)).changed).toEqual([
    { id: 'insurance-binder', title: 'Get the home insurance binder', changes: [sentence] },
  ]);
});
