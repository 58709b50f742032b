import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { DB_FILE } from '../db/files.ts';
import { createBackend } from '../electron/backend/index.ts';
import type { CallInput, CallName, CallOutput } from '../electron/contract/calls.ts';
import { createLog } from '../electron/contract/log.ts';
import { FULL, makeRecords, SMOKE } from './generate.ts';
import { type BenchOptions, type BenchRow, median, NONE, timeOf } from './row.ts';

const NOW = new Date(2026, 5, 3, 10, 0, 0);
const ON = '2026-06-03';

interface Target {
  readonly dealId: string;
  readonly taskId: string;
}

/**
 * A task ticked: from the call as it leaves the gate to the acknowledgement, beside a bare FULL commit of the very rows
 * it wrote (task, command, change, summary) into a copy of the same file. In turns, the same number of each.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const { folder, remove } = makeRecords(smoke ? SMOKE : FULL);
  const copy = join(folder, '..', 'copy');
  try {
    const targets = await prepare(folder, smoke ? 1 : 30);
    cpSync(folder, copy, { recursive: true });
    const { ours, bare, ratio } = await measure(folder, copy, targets);
    return [
      { name: 'task ticked to acknowledged, over a bare FULL commit', value: ratio, unit: 'x', limit: 2.5 },
      { name: 'task ticked to acknowledged', value: ours, unit: 'ms', limit: NONE },
      { name: 'bare FULL commit of the same rows', value: bare, unit: 'ms', limit: NONE },
    ];
  } finally {
    remove();
  }
}

/** Opens real deals with their checklists, and lists the tasks of them that wait for no other. */
async function prepare(folder: string, deals: number): Promise<readonly Target[]> {
  const desk = start(folder);
  const targets: Target[] = [];
  for (let n = 0; n < deals; n += 1) {
    const dealId = await newDeal(desk.call, n);
    const view = await desk.call('deals:get', { dealId });
    const free = view?.tasks.filter((task) => task.waitsFor.length === 0 && task.doneOn === null) ?? [];
    targets.push(...free.map((task) => ({ dealId, taskId: task.id })));
  }
  await desk.close();
  if (targets.length === 0) throw new Error('no task to tick');
  return targets;
}

async function measure(folder: string, copy: string, targets: readonly Target[]) {
  const desk = start(folder);
  const written = new Database(join(folder, DB_FILE), { readonly: true });
  const plain = new Database(join(copy, DB_FILE));
  plain.pragma('journal_mode = WAL');
  plain.pragma('synchronous = FULL');
  const ours: number[] = [];
  const bare: number[] = [];
  for (const target of targets) {
    const id = v7();
    const args = { taskId: target.taskId, on: ON };
    const from = performance.now();
    const reply = await desk.call('deals:command', { id, dealId: target.dealId, name: 'completeTask', args });
    const took = performance.now() - from;
    if (reply.outcome !== 'done' || reply.changes !== 1) throw new Error(`not ticked: ${JSON.stringify(reply)}`);
    ours.push(took);
    bare.push(bareCommit(plain, rowsWritten(written, id, target)));
  }
  written.close();
  plain.close();
  await desk.close();
  const ratio = median(ours.map((took, index) => took / (bare[index] ?? Number.NaN)));
  return { ours: median(ours), bare: median(bare), ratio };
}

type Row = Record<string, string | number | null>;

interface Written {
  readonly task: Row;
  readonly command: Row;
  readonly change: Row;
  readonly summary: Row;
}

function rowsWritten(from: Database.Database, commandId: string, { dealId, taskId }: Target): Written {
  const get = (sql: string, param: unknown) => from.prepare(sql).get(param) as Row;
  const command = get('SELECT * FROM command_log WHERE command_id = ?', commandId);
  return {
    task: get('SELECT id, done_on, done_by, waived_on, waiver_reason FROM task WHERE id = ?', taskId),
    command,
    change: get('SELECT * FROM change_log WHERE seq = ?', command.seq),
    summary: get('SELECT * FROM summary WHERE deal_id = ?', dealId),
  };
}

const kept = new Map<string, Database.Statement>();

/** Milliseconds of one transaction with these rows: statements prepared before, values at hand. */
function bareCommit(plain: Database.Database, { task, command, change, summary }: Written): number {
  const statement = (sql: string) => {
    const known = kept.get(sql) ?? plain.prepare(sql);
    kept.set(sql, known);
    return known;
  };
  const setTask = statement(
    'UPDATE task SET done_on = @done_on, done_by = @done_by, waived_on = @waived_on, waiver_reason = @waiver_reason WHERE id = @id',
  );
  const putCommand = statement(insertOf('command_log', command));
  const putChange = statement(insertOf('change_log', change));
  const columns = Object.keys(summary).filter((name) => name !== 'deal_id');
  const putSummary = statement(
    `${insertOf('summary', summary)} ON CONFLICT (deal_id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const begin = statement('BEGIN IMMEDIATE');
  const commit = statement('COMMIT');
  return timeOf(() => {
    begin.run();
    setTask.run(task);
    putCommand.run(command);
    putChange.run(change);
    putSummary.run(summary);
    commit.run();
  });
}

function insertOf(table: string, row: Row): string {
  const names = Object.keys(row);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`;
}

function start(folder: string) {
  const log = createLog({ append: () => {} }, () => NOW.toISOString());
  const backend = createBackend({ folder, log, now: () => NOW, emit: () => {} });
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.type} ${reply.error.message}`);
    return reply.value as CallOutput<N>;
  };
  return { call, close: () => backend.close() };
}

type Call = ReturnType<typeof start>['call'];

async function newDeal(call: Call, n: number): Promise<string> {
  const { profile } = await call('workspace:get', {});
  const dealId = v7();
  const args = {
    street: `${2000 + n} Marlowe Ave`,
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
  };
  const reply = await call('deals:command', { id: v7(), dealId, name: 'createDeal', args });
  if (reply.outcome !== 'done') throw new Error(`not opened: ${JSON.stringify(reply)}`);
  return dealId;
}
