import type { Id } from '../../../../core/deals/model.ts';
import type { Read, Write } from '../../../../db/handles.ts';
import { suspectAmong } from '../../../../db/read/files.ts';
import type { fileTask } from '../../../../db/schema/sync.ts';
import { fileTasks } from '../../../../db/sync/tables.ts';

export type FileTask = typeof fileTask.$inferSelect;
export type Way = FileTask['way'];
export type TaskKey = Pick<FileTask, 'sha256' | 'dealId' | 'way'>;

/** The server took these rows in: files that only this computer knows of would be refused. Private papers have no bytes. */
const NAMED = `FROM version AS v JOIN line AS l ON l.id = v.line_id
  WHERE v.deal_id = ? AND v.is_held = 0 AND l.class NOT IN ('npi-financial', 'npi-identity', 'wire-suspect')
    AND NOT EXISTS (SELECT 1 FROM sync_copy AS c WHERE c.unit_id = v.deal_id AND c.table_name = 'version'
      AND c.row_id = v.id AND coalesce(c.row_json, 'null') = 'null')`;

/** Pinned by tasks.db.test.ts: each walks an index. */
export const TASK_SQL = {
  synced: `SELECT u.unit_id AS id FROM sync_unit AS u JOIN deal AS d ON d.id = u.unit_id
    WHERE u.version > 0 AND u.is_gone = 0 AND d.is_sample = 0`,
  isSynced: `SELECT 1 AS n FROM sync_unit AS u JOIN deal AS d ON d.id = u.unit_id
    WHERE u.unit_id = ? AND u.version > 0 AND u.is_gone = 0 AND d.is_sample = 0`,
  named: `SELECT v.sha256, max(v.bytes) AS bytes, max(v.original_name) AS name,
      EXISTS (SELECT 1 FROM blob AS b WHERE b.sha256 = v.sha256 AND b.trashed_at IS NULL) AS isHere ${NAMED} GROUP BY v.sha256`,
  isNamed: `SELECT 1 AS n ${NAMED} AND v.sha256 = ? LIMIT 1`,
  ofDeal: 'WHERE deal_id = ?',
  next: `WHERE state IN ('waiting', 'failed', 'asleep') AND way = ? AND next_at <= ? ORDER BY bytes - done, next_at LIMIT 1`,
  due: `SELECT min(next_at) AS at FROM file_task WHERE state IN ('waiting', 'failed', 'asleep', 'done') AND way = ?`,
  again: `UPDATE file_task SET state = 'waiting', done = 0 WHERE (sha256, deal_id, way) IN
    (SELECT sha256, deal_id, way FROM file_task WHERE state = 'done' AND way = 'up' AND next_at <= ? LIMIT 500)`,
  smaller: `SELECT 1 AS n FROM file_task WHERE state = 'waiting' AND way = ? AND next_at <= ? AND bytes <= ? LIMIT 1`,
  unasked: `WHERE state IN ('waiting', 'failed', 'asleep') AND way = 'up' AND deal_id = ? AND upload_url IS NULL
    ORDER BY bytes LIMIT ?`,
  counts: `SELECT way, count(*) AS n, coalesce(sum(bytes - done), 0) AS bytes FROM file_task
    WHERE state IN ('waiting', 'running') GROUP BY way`,
  problem: `SELECT problem FROM file_task WHERE state = 'failed' ORDER BY next_at DESC LIMIT 1`,
  failed: `SELECT count(*) AS n FROM file_task WHERE state = 'failed'`,
  drop: 'DELETE FROM file_task WHERE sha256 = ? AND deal_id = ? AND way = ?',
  dealsOfTasks: 'SELECT DISTINCT deal_id AS id FROM file_task',
} as const;

const KEY = 'sha256 = ? AND deal_id = ? AND way = ?';

export function setTask(write: Write, { sha256, dealId, way }: TaskKey, set: Partial<FileTask>): boolean {
  return fileTasks.update(write, set, KEY, sha256, dealId, way) === 1;
}

/** What a crash left running waits again. */
export function wakeTasks(write: Write): void {
  fileTasks.update(write, { state: 'waiting' }, "state = 'running'");
}

/** Deals that the server knows, and those that tasks are left of. */
export function dealsToPlan(read: Read): readonly Id[] {
  const ids = (sql: string) => read.all<{ id: Id }>(sql).map(({ id }) => id);
  return [...new Set([...ids(TASK_SQL.synced), ...ids(TASK_SQL.dealsOfTasks)])];
}

interface Named {
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string;
  readonly isHere: number;
}

/** What is to be done so that the tasks of a deal are in step with its rows. */
export interface Plan {
  readonly drop: readonly TaskKey[];
  readonly add: readonly FileTask[];
}

/**
 * What lies here goes up, what does not comes down, what no row names (any more) does neither. Held files and what was
 * set aside as suspect are sent to nobody.
 */
export function planOf(read: Read, dealId: Id, now: string): Plan {
  const there = fileTasks.all(read, TASK_SQL.ofDeal, dealId);
  if (read.get(TASK_SQL.isSynced, dealId) === undefined) return { drop: there, add: [] };
  const named = read.all<Named>(TASK_SQL.named, dealId);
  const suspect = suspectAmong(
    read,
    named.map(({ sha256 }) => sha256),
  );
  const wanted = new Map(named.filter(({ sha256 }) => !suspect.has(sha256)).map((each) => [each.sha256, each]));
  const isRight = ({ sha256, way, state }: FileTask) => {
    const file = wanted.get(sha256);
    if (file === undefined) return false;
    return file.isHere === 1 ? way === 'up' : way === 'down' && state !== 'done';
  };
  const right = new Set(there.filter(isRight).map(({ sha256 }) => sha256));
  const add = [...wanted.values()].filter(({ sha256 }) => !right.has(sha256));
  return { drop: there.filter((task) => !isRight(task)), add: add.map((file) => newTask(dealId, file, now)) };
}

function newTask(dealId: Id, { sha256, bytes, name, isHere }: Named, now: string): FileTask {
  return {
    ...{ sha256, dealId, way: isHere === 1 ? 'up' : 'down', state: 'waiting', bytes, done: 0, name },
    ...{ uploadUrl: null, tries: 0, nextAt: now, problem: '' },
  };
}

export function isChange({ drop, add }: Plan): boolean {
  return drop.length + add.length > 0;
}

export function carryOut(write: Write, { drop, add }: Plan): void {
  for (const { sha256, dealId, way } of drop) write.run(TASK_SQL.drop, sha256, dealId, way);
  for (const task of add) fileTasks.insert(write, task);
}

/** Whether a file may still be sent or fetched: its row may have gone, or been held, since it was planned. */
export function isStillWanted(read: Read, { sha256, dealId }: TaskKey): boolean {
  if (read.get(TASK_SQL.isSynced, dealId) === undefined) return false;
  if (read.get(TASK_SQL.isNamed, dealId, sha256) === undefined) return false;
  return !suspectAmong(read, [sha256]).has(sha256);
}

/** When the next one of a way is due; null when there is none. */
export function dueAt(read: Read, way: Way): string | null {
  return read.get<{ at: string | null }>(TASK_SQL.due, way)?.at ?? null;
}

/** What the server had a week ago is asked about again; how many those are. */
export function recheckSome(write: Write, now: string): number {
  return write.run(TASK_SQL.again, now).changes;
}

/** The next that is due, the one that is done soonest first: a new paper is not kept waiting by a film. */
export function nextTask(read: Read, way: Way, now: string): FileTask | null {
  return fileTasks.get(read, TASK_SQL.next, way, now);
}

/** Whether something much smaller waits than what is left of this one. */
export function isSmallerWaiting(
  read: Read,
  way: Way,
  asked: { readonly now: string; readonly bytes: number },
): boolean {
  return read.get(TASK_SQL.smaller, way, asked.now, asked.bytes) !== undefined;
}

export interface Counts {
  readonly up: number;
  readonly down: number;
  readonly bytesLeft: number;
  /** Of those that wait for something else than their turn. */
  readonly failed: number;
  readonly problem: string;
}

export function countTasks(read: Read): Counts {
  const rows = read.all<{ way: Way; n: number; bytes: number }>(TASK_SQL.counts);
  const of = (way: Way) => rows.find((row) => row.way === way);
  return {
    up: of('up')?.n ?? 0,
    down: of('down')?.n ?? 0,
    bytesLeft: (of('up')?.bytes ?? 0) + (of('down')?.bytes ?? 0),
    failed: read.get<{ n: number }>(TASK_SQL.failed)?.n ?? 0,
    problem: read.get<{ problem: string }>(TASK_SQL.problem)?.problem ?? '',
  };
}
