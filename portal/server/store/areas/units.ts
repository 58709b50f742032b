import type { Sql } from '../sql.ts';

/** The unit that is the workspace itself; every member sees it. */
export const WORKSPACE_UNIT = 'workspace';

export interface UnitRow {
  readonly workspaceId: string;
  readonly unitId: string;
  /** From 1, one more for each accepted command that changed the unit. */
  readonly version: number;
  /** The place of its last change among all changes of the workspace. */
  readonly head: number;
}

/** A unit that moved, for one asker. Of a revoked one nothing is told but that it is to be purged: version 0. */
export interface MovedUnit {
  readonly unitId: string;
  readonly version: number;
  readonly head: number;
  readonly isRevoked: boolean;
}

/**
 * Units in the order they moved. `cursor` is what to ask after next time; `isLast` says that nothing is left. The cursor
 * never passes a change that is not committed: heads are given out in the order of commits.
 */
export interface Moved {
  readonly units: readonly MovedUnit[];
  readonly cursor: number;
  readonly isLast: boolean;
}

export interface MovedAsk {
  readonly workspaceId: string;
  /** The cursor held; 0 for all. */
  readonly after: number;
  /** At most so many, 1 to 1,000. */
  readonly limit: number;
}

export interface UnitReads {
  /** Null for a unit that no command has changed yet. */
  get(workspaceId: string, unitId: string): Promise<UnitRow | null>;
  /** For TCs and admins: all units of the workspace. */
  moved(ask: MovedAsk): Promise<Moved>;
  /** For an agent: the workspace unit, the deals they are on, and those they were taken off. */
  movedFor(ask: MovedAsk & { readonly memberId: string }): Promise<Moved>;
}

export interface UnitWrites {
  /** Gives a unit its next version and the workspace its next head, and pokes. Once in each accepted command. */
  bump(workspaceId: string, unitId: string): Promise<UnitRow>;
  /** Pokes with the version that there is: something beside the rows of the unit was written. Nothing for one that is not there. */
  poke(workspaceId: string, unitId: string): Promise<void>;
}

export const UNIT_SQL = {
  get: 'SELECT workspace_id, unit_id, version, head FROM unit WHERE workspace_id = $1 AND unit_id = $2',
  head: 'SELECT head FROM workspace WHERE workspace_id = $1',
  nextHead: 'UPDATE workspace SET head = head + 1 WHERE workspace_id = $1 RETURNING head',
  bump: `INSERT INTO unit (workspace_id, unit_id, version, head) VALUES ($1, $2, 1, $3)
    ON CONFLICT (workspace_id, unit_id) DO UPDATE SET version = unit.version + 1, head = excluded.head
    RETURNING workspace_id, unit_id, version, head`,
  moved: `SELECT unit_id, version, head, 0 AS is_revoked FROM unit WHERE workspace_id = $1 AND head > $2
    ORDER BY head LIMIT $3`,
  movedFor: `SELECT unit_id, version, head, is_revoked FROM (
      SELECT m.deal_id AS unit_id,
        CASE WHEN m.is_revoked = 1 OR u.version IS NULL THEN 0 ELSE u.version END AS version,
        CASE WHEN m.is_revoked = 0 AND u.head > m.head THEN u.head ELSE m.head END AS head, m.is_revoked
      FROM deal_member AS m LEFT JOIN unit AS u ON u.workspace_id = $1 AND u.unit_id = m.deal_id
      WHERE m.workspace_id = $1 AND m.member_id = $2
      UNION ALL
      SELECT unit_id, version, head, 0 FROM unit WHERE workspace_id = $1 AND unit_id = '${WORKSPACE_UNIT}'
    ) AS mine WHERE head > $3 ORDER BY head LIMIT $4`,
} as const;

export function unitsOf(sql: Sql): UnitReads & UnitWrites {
  return {
    get: (workspaceId, unitId) => sql.get(UNIT_SQL.get, workspaceId, unitId),
    moved: async ({ workspaceId, after, limit }) =>
      pageOf(sql, { workspaceId, after, limit }, await sql.all(UNIT_SQL.moved, workspaceId, after, limit)),
    movedFor: async ({ workspaceId, memberId, after, limit }) =>
      pageOf(sql, { workspaceId, after, limit }, await sql.all(UNIT_SQL.movedFor, workspaceId, memberId, after, limit)),
    bump: async (workspaceId, unitId) => {
      const head = await nextHead(sql, workspaceId);
      const unit = await sql.get<UnitRow>(UNIT_SQL.bump, workspaceId, unitId, head);
      if (unit === null) throw new Error('the unit was not written');
      await sql.poke({ kind: 'unit', workspaceId, unitId, version: unit.version, head });
      return unit;
    },
    poke: async (workspaceId, unitId) => {
      const unit = await sql.get<UnitRow>(UNIT_SQL.get, workspaceId, unitId);
      if (unit === null) return;
      await sql.poke({ kind: 'unit', workspaceId, unitId, version: unit.version, head: unit.head });
    },
  };
}

/** The next number of a change. The workspace is locked by the transaction, so the order of numbers is that of commits. */
export async function nextHead(sql: Sql, workspaceId: string): Promise<number> {
  const row = await sql.get<{ head: number }>(UNIT_SQL.nextHead, workspaceId);
  if (row === null) throw new Error('there is no such workspace');
  return row.head;
}

async function pageOf(sql: Sql, { workspaceId, after, limit }: MovedAsk, units: readonly MovedUnit[]): Promise<Moved> {
  const last = units.at(-1);
  if (last !== undefined && units.length >= limit) return { units, cursor: last.head, isLast: false };
  const row = await sql.get<{ head: number }>(UNIT_SQL.head, workspaceId);
  // A cursor from before a restore may be ahead; it is never moved on past what this store knows.
  return { units, cursor: row?.head ?? after, isLast: true };
}
