import { readdirSync, readFileSync } from 'node:fs';
import { composeTemplate } from '../core/checklists/compose.ts';
import { instantiateTemplate } from '../core/checklists/instantiate.ts';
import { parseTemplate } from '../core/checklists/template-schema.ts';
import { addDays, type PlainDate, plainDate } from '../core/deadlines/plain-date.ts';
import type { DuplicateSubject } from '../core/deals/duplicates.ts';
import { findDuplicates, indexDuplicates } from '../core/deals/duplicates-index.ts';
import { type Deal, NOTHING_YET, STAGES, type TaskRow } from '../core/deals/model.ts';
import { progressOf } from '../core/deals/progress.ts';
import { type Bench, type BenchRow, median, timeOf } from './row.ts';

const RUNS = 5;
const today = plainDate('2026-06-18');

/** The two jobs of the rules that touch every deal at once: a board's progress, and a lead against all of them. */
export const run: Bench = ({ smoke }) => {
  const count = smoke ? 100 : 10_000;
  return [progressRow(count), ...duplicateRows(count)];
};

/** One pass over deals with a full checklist each; the median of five. */
function progressRow(count: number): BenchRow {
  const deals = makeDeals(count);
  const dueOn = (task: TaskRow): PlainDate | null => task.dueOn;
  let open = 0;
  const pass = () => {
    for (const deal of deals) open += progressOf(deal, today, dueOn).open;
  };
  const value = median(Array.from({ length: RUNS }, () => timeOf(pass)));
  if (open === 0) throw new Error('nothing was counted');
  return { name: `${count} deals' progress`, value, unit: 'ms', limit: 400 };
}

/** Making the index once, then looking up; every fourth subject is a unit of the same house. */
function duplicateRows(count: number): readonly BenchRow[] {
  const subjects = Array.from(
    { length: count },
    (_, index): DuplicateSubject => ({
      id: `deal-${index}`,
      address: {
        street: `${index % (count / 4)} Marlowe Ave`,
        unit: `${index % 4}`,
        city: 'Sacramento',
        state: 'CA',
        zip: '95816',
      },
      people: [{ name: `Client Number${index}`, email: `c${index}@example.com`, phone: '' }],
      on: today,
    }),
  );
  let index = indexDuplicates([]);
  const made = timeOf(() => {
    index = indexDuplicates(subjects);
  });
  const times = subjects
    .slice(0, 1000)
    .map((subject) => timeOf(() => findDuplicates(index, { ...subject, id: 'lead' })));
  return [
    { name: `index of ${count} deals for duplicates`, value: made, unit: 'ms', limit: 2000 },
    { name: `one lead against ${count} deals`, value: median(times), unit: 'ms', limit: 5 },
  ];
}

function makeDeals(count: number): readonly Deal[] {
  const folder = new URL('../resources/templates/', import.meta.url);
  const parts = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'intake.json')
    .flatMap((name) => {
      const read = parseTemplate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
      return read.ok ? [read.value] : [];
    });
  const composed = composeTemplate(parts, {
    workflow: 'contract-to-close',
    scenario: 'buy',
    side: 'buyer',
    state: 'CA',
  });
  if (!composed.ok) throw new Error(composed.error.problems.join(' '));
  const template = composed.value;
  const pack = { contractAnchor: 'acceptance', names: new Set<string>() };
  return Array.from({ length: count }, (_, index) => {
    const id = `deal-${index}`;
    const { tasks } = instantiateTemplate({ template, dealId: id, facts: {}, pack, ids: (name) => `${id}.${name}` });
    return makeDeal(id, index, tasks);
  });
}

function makeDeal(id: string, index: number, tasks: readonly TaskRow[]): Deal {
  const done = index % tasks.length;
  return {
    row: {
      id,
      street: `${index} Marlowe Ave`,
      unit: '',
      city: 'Sacramento',
      state: 'CA',
      zip: '95816',
      side: 'buyer',
      scenario: 'buy',
      packId: 'ca-car-rpa',
      packRevision: '12/22',
      templateId: 'contract-to-close/buy/buyer/CA',
      templateVersion: 1,
      stage: STAGES[index % STAGES.length] ?? 'intake',
      stageSince: '2026-06-02T16:12:00.000Z',
      ownerId: `tc-${index % 40}`,
      priceCents: null,
      facts: {},
      openedAt: '2026-06-01T16:00:00.000Z',
      closedOn: null,
      outcome: null,
      outcomeReason: '',
      isSample: false,
    },
    tasks: tasks.map((task, at) => ({
      ...task,
      dueOn: addDays(today, at - (index % 30)),
      doneOn: at < done ? addDays(today, -at) : null,
    })),
    people: [],
    notes: [],
    anchors: [],
    ...NOTHING_YET,
    milestones: [],
    lines: [],
    versions: [],
  };
}

if (import.meta.main) {
  for (const { name, value, unit, limit } of await run({ smoke: false })) {
    console.log(`${name}: ${value.toFixed(2)} ${unit} (limit ${limit})`);
    if (limit !== null && value > limit) process.exitCode = 1;
  }
}
