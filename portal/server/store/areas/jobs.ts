import { canonicalJson } from '../../../../core/sync/canonical.ts';
import type { Sql } from '../sql.ts';

/** Work for later, done at least once: whoever carries it out must not mind doing it again. */
export interface JobRow {
  readonly workspaceId: string;
  readonly jobId: string;
  readonly kind: string;
  /** Two jobs of one kind with the same key are one. */
  readonly sameKey: string;
  readonly payload: unknown;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** When it is due; of a running one, when its claim ends and another process may take it. */
  readonly runAt: string;
  /** How often it was begun. */
  readonly tries: number;
  /** The process that runs it. */
  readonly owner: string | null;
  /** What went wrong last, for whoever runs the server; empty when nothing did. */
  readonly problem: string;
}

export interface JobReads {
  get(workspaceId: string, jobId: string): Promise<JobRow | null>;
  /** Workspaces with something to do by `at`, for the loop that then claims in each. */
  dueWorkspaces(at: string, limit: number): Promise<readonly string[]>;
  /** Those of a state, by when they are due. */
  inState(workspaceId: string, state: JobRow['state'], limit: number): Promise<readonly JobRow[]>;
}

export interface JobWrites {
  /** False when a job of this kind and key, or this id, is there already, done or not. */
  add(job: Pick<JobRow, 'workspaceId' | 'jobId' | 'kind' | 'sameKey' | 'payload' | 'runAt'>): Promise<boolean>;
  /** Takes what is due, and what another process claimed and left lying, until `until`. */
  claim(claim: Claim): Promise<readonly JobRow[]>;
  /** False when the claim was lost meanwhile. */
  finish(workspaceId: string, jobId: string, owner: string): Promise<boolean>;
  /** Puts it back until `retryAt`, or for good (null). False when the claim was lost meanwhile. */
  fail(failed: {
    readonly workspaceId: string;
    readonly jobId: string;
    readonly owner: string;
    readonly retryAt: string | null;
    readonly problem: string;
  }): Promise<boolean>;
  /** Deletes done jobs that were due before `before`, and with them their keys; how many. */
  purge(workspaceId: string, before: string): Promise<number>;
}

export interface Claim {
  readonly workspaceId: string;
  readonly at: string;
  readonly until: string;
  /** A random name of the process. */
  readonly owner: string;
  readonly limit: number;
}

const COLUMNS = 'workspace_id, job_id, kind, same_key, payload_json, state, run_at, tries, owner, problem';
const MINE = "workspace_id = $1 AND job_id = $2 AND owner = $3 AND state = 'running'";

export const JOB_SQL = {
  get: `SELECT ${COLUMNS} FROM job WHERE workspace_id = $1 AND job_id = $2`,
  dueWorkspaces: `SELECT DISTINCT workspace_id FROM job WHERE state IN ('waiting', 'running') AND run_at <= $1
    ORDER BY workspace_id LIMIT $2`,
  inState: `SELECT ${COLUMNS} FROM job WHERE workspace_id = $1 AND state = $2 ORDER BY run_at, job_id LIMIT $3`,
  add: `INSERT INTO job (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, 0, NULL, '') ON CONFLICT DO NOTHING`,
  due: `SELECT job_id FROM job WHERE workspace_id = $1 AND state IN ('waiting', 'running') AND run_at <= $2
    ORDER BY run_at, job_id LIMIT $3`,
  claim: `UPDATE job SET state = 'running', run_at = $3, owner = $4, tries = tries + 1
    WHERE workspace_id = $1 AND job_id = $2 RETURNING ${COLUMNS}`,
  finish: `UPDATE job SET state = 'done', owner = NULL, problem = '' WHERE ${MINE}`,
  retry: `UPDATE job SET state = 'waiting', owner = NULL, run_at = $4, problem = $5 WHERE ${MINE}`,
  giveUp: `UPDATE job SET state = 'failed', owner = NULL, problem = $4 WHERE ${MINE}`,
  purge: "DELETE FROM job WHERE workspace_id = $1 AND state = 'done' AND run_at < $2",
} as const;

export function jobsOf(sql: Sql): JobReads & JobWrites {
  return {
    get: (workspaceId, jobId) => sql.get(JOB_SQL.get, workspaceId, jobId),
    dueWorkspaces: async (at, limit) =>
      (await sql.all<{ workspaceId: string }>(JOB_SQL.dueWorkspaces, at, limit)).map((row) => row.workspaceId),
    inState: (workspaceId, state, limit) => sql.all(JOB_SQL.inState, workspaceId, state, limit),
    add: async ({ workspaceId, jobId, kind, sameKey, payload, runAt }) =>
      (await sql.run(JOB_SQL.add, workspaceId, jobId, kind, sameKey, canonicalJson(payload), runAt)) === 1,
    claim: ({ workspaceId, at, until, owner, limit }) =>
      claimEach<JobRow>(sql, [JOB_SQL.due, workspaceId, at, limit], ({ jobId }) => [
        ...[JOB_SQL.claim, workspaceId, jobId, until, owner],
      ]),
    finish: async (workspaceId, jobId, owner) => (await sql.run(JOB_SQL.finish, workspaceId, jobId, owner)) === 1,
    fail: async ({ workspaceId, jobId, owner, retryAt, problem }) => {
      const told = problem.slice(0, 500);
      if (retryAt === null) return (await sql.run(JOB_SQL.giveUp, workspaceId, jobId, owner, told)) === 1;
      return (await sql.run(JOB_SQL.retry, workspaceId, jobId, owner, retryAt, told)) === 1;
    },
    purge: (workspaceId, before) => sql.run(JOB_SQL.purge, workspaceId, before),
  };
}

/** One after another, in the order in which they are due. The workspace is locked, so nobody claims beside us. */
export async function claimEach<Row>(
  sql: Sql,
  [due, ...of]: readonly [string, string, string, number],
  claimOf: (row: Row) => readonly string[],
): Promise<readonly Row[]> {
  const claimed: Row[] = [];
  for (const row of await sql.all<Row>(due, ...of)) {
    const [text = '', ...params] = claimOf(row);
    const mine = await sql.get<Row>(text, ...params);
    if (mine !== null) claimed.push(mine);
  }
  return claimed;
}
