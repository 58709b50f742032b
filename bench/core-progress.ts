import { readdirSync, readFileSync } from 'node:fs';
import { composeTemplate } from '../core/checklists/compose.ts';
import { instantiateTemplate } from '../core/checklists/instantiate.ts';
import { parseTemplate } from '../core/checklists/template-schema.ts';
import { addDays, type PlainDate, plainDate } from '../core/deadlines/plain-date.ts';
import type { DuplicateSubject } from '../core/deals/duplicates.ts';
import { findDuplicates, indexDuplicates } from '../core/deals/duplicates-index.ts';
import { type Deal, STAGES, type TaskRow } from '../core/deals/model.ts';
import { progressOf } from '../core/deals/progress.ts';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
}

const DEALS = 10_000;
const RUNS = 5;
const today = plainDate('2026-06-18');

/** The progress of 10,000 deals with a full checklist each, all in one pass; the median of five. */
export function coreProgress(): readonly BenchRow[] {
  const deals = makeDeals();
  const dueOn = (task: TaskRow): PlainDate | null => task.dueOn;
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    let open = 0;
    for (const deal of deals) open += progressOf(deal, today, dueOn).open;
    times.push(performance.now() - start);
    if (open === 0) throw new Error('nothing was counted');
  }
  const median = times.sort((left, right) => left - right)[Math.floor(RUNS / 2)] ?? 0;
  return [{ name: "10,000 deals' progress", value: median, unit: 'ms', limit: 400 }];
}

/** One new lead against 10,000 deals: making the index once, then one look-up; medians. */
export function coreDuplicates(): readonly BenchRow[] {
  const subjects = Array.from(
    { length: DEALS },
    (_, index): DuplicateSubject => ({
      id: `deal-${index}`,
      address: {
        street: `${index % 2500} Marlowe Ave`,
        unit: `${index % 4}`,
        city: 'Sacramento',
        state: 'CA',
        zip: '95816',
      },
      people: [{ name: `Client Number${index}`, email: `c${index}@example.com`, phone: '' }],
      on: today,
    }),
  );
  const start = performance.now();
  const index = indexDuplicates(subjects);
  const made = performance.now() - start;
  const times = subjects.slice(0, 1000).map((subject) => {
    const begun = performance.now();
    findDuplicates(index, { ...subject, id: 'lead' });
    return performance.now() - begun;
  });
  const median = times.sort((left, right) => left - right)[500] ?? 0;
  return [
    { name: 'index of 10,000 deals for duplicates', value: made, unit: 'ms', limit: 2000 },
    { name: 'one lead against 10,000 deals', value: median, unit: 'ms', limit: 5 },
  ];
}

function makeDeals(): readonly Deal[] {
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
  return Array.from({ length: DEALS }, (_, index) => {
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
  };
}

if (import.meta.main) {
  for (const row of [...coreProgress(), ...coreDuplicates()]) {
    console.log(`${row.name}: ${row.value.toFixed(2)} ${row.unit} (limit ${row.limit})`);
    if (row.value > row.limit) process.exitCode = 1;
  }
}
