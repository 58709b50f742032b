import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { diffSchedules } from '../core/deadlines/diff-schedules.ts';
import { instantOf } from '../core/deadlines/instant.ts';
import { type Pack, parsePack } from '../core/deadlines/pack-schema.ts';
import { plainDate } from '../core/deadlines/plain-date.ts';
import { type ScheduleInput, scheduleOf } from '../core/deadlines/schedule.ts';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The most it may be. */
  readonly limit: number;
}

const DEADLINES = 60;
const TASKS = 60;
const ROUNDS = 400;

/** Medians of recomputing one busy deal: 60 deadlines and 60 tasks, from nothing each time. */
export function benchCoreSchedule(): readonly BenchRow[] {
  const input = busyDeal();
  const before = scheduleOf(input);
  const later = { ...input, anchors: { ...input.anchors, acceptance: plainDate('2026-06-04') } };
  const after = scheduleOf(later);
  if (before.deadlines.length !== DEADLINES || before.tasks.length !== TASKS)
    throw new Error('the deal is not the size it says');
  if (before.deadlines.some(({ on }) => on === null)) throw new Error('a deadline of the deal has no date');
  return [
    row('schedule of 60 deadlines and 60 tasks', 2, () => scheduleOf(input)),
    row('the same with every instant', 5, () =>
      scheduleOf(input).deadlines.map(({ on, at, zone }) => on && instantOf({ on, at, zone })),
    ),
    row('difference of two such schedules', 2, () => diffSchedules(before, after)),
  ];
}

/** The California pack with its closing disclosure overlay, its deadlines repeated under other names up to 60. */
function busyDeal(): ScheduleInput {
  const ca = readPack('ca-car-rpa');
  const trid = readPack('us-trid');
  const wanted = DEADLINES - trid.deadlines.length;
  const deadlines = Array.from({ length: wanted }, (_, index) => {
    const deadline = ca.deadlines[index % ca.deadlines.length];
    if (deadline === undefined) throw new Error('the pack has no deadlines');
    const round = Math.floor(index / ca.deadlines.length);
    return round === 0 ? deadline : { ...deadline, id: `${deadline.id}-${round}` };
  });
  const anchors = Object.fromEntries([...ca.anchors, ...trid.anchors].map(({ id }) => [id, plainDate('2026-07-13')]));
  const open = deadlines.filter(({ days }) => days === null);
  return {
    packs: [{ ...ca, deadlines }, trid],
    anchors: { ...anchors, acceptance: plainDate('2026-06-02') },
    overrides: open.map(({ id: deadlineId }) => ({
      deadlineId,
      days: 17,
      on: null,
      documentId: null,
      reason: 'box 3L',
    })),
    tasks: Array.from({ length: TASKS }, (_, index) => ({
      id: `task-${index}`,
      title: `Task ${index}`,
      dueOn: null,
      dueRule: {
        from:
          ['acceptance', 'closing', 'investigation-contingency', 'closing-disclosure-latest'][index % 4] ?? 'closing',
        offset: (index % 15) - 7,
        dayKind: index % 3 === 0 ? 'business' : 'calendar',
      },
      doneOn: null,
      waivedOn: null,
    })),
  };
}

function readPack(id: string): Pack {
  const pack = parsePack(JSON.parse(readFileSync(new URL(`../resources/packs/${id}.json`, import.meta.url), 'utf8')));
  if (!pack.ok) throw new Error(pack.error.message);
  return pack.value;
}

function row(name: string, limit: number, run: () => unknown): BenchRow {
  for (let i = 0; i < 50; i += 1) run();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
  return { name, value: Math.round(median * 1000) / 1000, unit: 'ms', limit };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, value, unit, limit } of benchCoreSchedule()) {
    console.log(`${name}: ${value} ${unit} (median), limit ${limit} ${unit}`);
  }
}
