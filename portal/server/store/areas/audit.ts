import { canonicalJson, isShallow } from '../../../../core/sync/canonical.ts';
import { type AuditContent, type AuditHead, type AuditRow, auditHash, EMPTY_HEAD } from '../../audit/chain.ts';
import type { Sql } from '../sql.ts';

export type NewAudit = Omit<AuditContent, 'n'>;

interface ChainAsk {
  readonly workspaceId: string;
  /** A deal, or `workspace` for what belongs to none (sign-in, enrolment). */
  readonly unitId: string;
  readonly limit: number;
}

export interface AuditReads {
  /** How far the chain goes; sent with each pull and kept on desktops. */
  head(workspaceId: string, unitId: string): Promise<AuditHead>;
  /** Oldest first, after row `after` (0 for all): for export and `createVerifier`. */
  after(ask: ChainAsk & { readonly after: number }): Promise<readonly AuditRow[]>;
  /** Newest first, before row `before` (null for the newest), of one kind or (null) of all: for the history on a deal. */
  before(
    ask: ChainAsk & { readonly before: number | null; readonly kind: string | null },
  ): Promise<readonly AuditRow[]>;
  /** Everybody who did something in a chain, each once, in the order of their names in it; at most `limit`. */
  actors(workspaceId: string, unitId: string, limit: number): Promise<readonly string[]>;
  /** The chains there are, by id, after `after` (empty for all). */
  chains(workspaceId: string, after: string, limit: number): Promise<readonly string[]>;
}

export interface AuditWrites {
  /** Adds a row with the next number and its hash; the new head. Throws for details deeper than 32 levels. */
  append(row: NewAudit): Promise<AuditHead>;
}

const COLUMNS = 'workspace_id, unit_id, n, at, actor, kind, details_json, hash';
const CHAIN = 'workspace_id = $1 AND unit_id = $2';

export const AUDIT_SQL = {
  head: `SELECT n AS count, hash FROM audit WHERE ${CHAIN} ORDER BY n DESC LIMIT 1`,
  after: `SELECT ${COLUMNS} FROM audit WHERE ${CHAIN} AND n > $3 ORDER BY n LIMIT $4`,
  before: `SELECT ${COLUMNS} FROM audit WHERE ${CHAIN} AND n < $3 ORDER BY n DESC LIMIT $4`,
  beforeOfKind: `SELECT ${COLUMNS} FROM audit WHERE ${CHAIN} AND n < $3 AND kind = $5 ORDER BY n DESC LIMIT $4`,
  actors: `SELECT actor FROM audit WHERE ${CHAIN} GROUP BY actor ORDER BY actor LIMIT $3`,
  // The first row of each chain stands for it.
  chains: 'SELECT unit_id FROM audit WHERE workspace_id = $1 AND unit_id > $2 AND n = 1 ORDER BY unit_id LIMIT $3',
  append: `INSERT INTO audit (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
} as const;

export function auditOf(sql: Sql): AuditReads & AuditWrites {
  const head = async (workspaceId: string, unitId: string) =>
    (await sql.get<AuditHead>(AUDIT_SQL.head, workspaceId, unitId)) ?? EMPTY_HEAD;
  return {
    head,
    after: ({ workspaceId, unitId, after, limit }) => sql.all(AUDIT_SQL.after, workspaceId, unitId, after, limit),
    before: ({ workspaceId, unitId, before, kind, limit }) => {
      const from = before ?? Number.MAX_SAFE_INTEGER;
      if (kind === null) return sql.all(AUDIT_SQL.before, workspaceId, unitId, from, limit);
      return sql.all(AUDIT_SQL.beforeOfKind, workspaceId, unitId, from, limit, kind);
    },
    actors: async (workspaceId, unitId, limit) =>
      (await sql.all<{ actor: string }>(AUDIT_SQL.actors, workspaceId, unitId, limit)).map(({ actor }) => actor),
    chains: async (workspaceId, after, limit) =>
      (await sql.all<{ unitId: string }>(AUDIT_SQL.chains, workspaceId, after, limit)).map(({ unitId }) => unitId),
    append: async (row) => {
      const { workspaceId, unitId, at, actor, kind, details } = row;
      if (!isShallow(details)) throw new TypeError('details of the audit trail are nested too deep');
      const last = await head(workspaceId, unitId);
      const n = last.count + 1;
      const hash = auditHash(last.hash, { ...row, n });
      const what = [at, actor, kind, canonicalJson(details), hash] as const;
      await sql.run(AUDIT_SQL.append, workspaceId, unitId, n, ...what);
      return { count: n, hash };
    },
  };
}
