import { join } from 'node:path';
import Database from 'better-sqlite3';
import { STAGES, type Stage } from '../core/deals/model.ts';
import { DB_FILE } from '../db/files.ts';
import { inRead } from '../db/handles.ts';
import { type BoardFilter, boardColumn, boardCounts, boardSql } from '../db/read/board.ts';
import { readDeal } from '../db/read/deal.ts';
import { findByText } from '../db/read/find.ts';
import { dealsDueBy } from '../db/read/today.ts';
import { makeDeal, mustOpen, TODAY } from '../db/testing.ts';
import { FULL, makeRecords, SMOKE } from './generate.ts';
import { type BenchOptions, type BenchRow, inTurns, median, NONE, timeOf } from './row.ts';

const LIMIT = 50;

/** The first page of the board (six columns of 50) beside the same SQL on bare better-sqlite3, in turns on one file. */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const size = smoke ? SMOKE : FULL;
  const rounds = smoke ? 1 : 300;
  const { folder, remove } = makeRecords(size);
  const from = performance.now();
  const db = mustOpen(folder);
  const opened = performance.now() - from;
  const bare = new Database(join(folder, DB_FILE));
  try {
    const rows: BenchRow[] = [{ name: 'records opened and checked', value: opened, unit: 'ms', limit: NONE }];
    for (const [name, filter] of [
      ['', {}],
      [', one owner', { ownerId: 'm-noor' }],
    ] as const) {
      const ours = () => inRead(db, (read) => STAGES.map((stage) => boardColumn(read, queryOf(stage, filter))));
      const { mine, ratio } = inTurns(rounds, ours, barePage(bare, filter));
      rows.push({ name: `board, first page${name}, over bare SQLite`, value: ratio, unit: 'x', limit: 1.3 });
      rows.push({ name: `board, first page${name}`, value: mine, unit: 'ms', limit: NONE });
    }
    const few = smoke ? 1 : 50;
    const timed = (name: string, work: () => void) => {
      const took = median(Array.from({ length: few }, () => timeOf(work)));
      rows.push({ name, value: took, unit: 'ms', limit: NONE });
    };
    timed('board, counts of all columns', () => boardCounts(db.read, { filter: {}, today: TODAY }));
    timed('search as you type, "mar"', () => findByText(db.read, 'mar', 20));
    timed('search as you type, "m"', () => findByText(db.read, 'm', 20));
    timed('one deal with its tasks', () => readDeal(db.read, makeDeal(size.deals - 1).row.id));
    timed('deals due today', () => dealsDueBy(db.read, TODAY));
    return rows;
  } finally {
    bare.close();
    db.close();
    remove();
  }
}

function queryOf(stage: Stage, filter: BoardFilter) {
  return { stage, filter, today: TODAY, after: null, limit: LIMIT };
}

function barePage(bare: Database.Database, filter: BoardFilter): () => void {
  const statement = bare.prepare(boardSql(queryOf('closing', filter)).sql);
  const all = STAGES.map((stage) => boardSql(queryOf(stage, filter)).params);
  return () => {
    for (const params of all) statement.all(...params);
  };
}
