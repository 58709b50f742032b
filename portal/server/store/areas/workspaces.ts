import type { Sql } from '../sql.ts';

export interface WorkspaceRow {
  readonly workspaceId: string;
  readonly name: string;
  readonly madeAt: string;
  /** The number of the last accepted change, from 0 without gaps: the newest cursor of `units.moved`. */
  readonly head: number;
}

export interface WorkspaceReads {
  /** Every workspace of this server, by id. For jobs and the command line; no route answers with it. */
  all(): Promise<readonly WorkspaceRow[]>;
  get(workspaceId: string): Promise<WorkspaceRow | null>;
}

export interface WorkspaceWrites {
  rename(workspaceId: string, name: string): Promise<void>;
}

const COLUMNS = 'workspace_id, name, made_at, head';

export const WORKSPACE_SQL = {
  storeId: "SELECT value FROM store_meta WHERE key = 'store_id'",
  setStoreId:
    "INSERT INTO store_meta (key, value) VALUES ('store_id', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  keepStoreId: "INSERT INTO store_meta (key, value) VALUES ('store_id', $1) ON CONFLICT (key) DO NOTHING",
  all: `SELECT ${COLUMNS} FROM workspace ORDER BY workspace_id`,
  get: `SELECT ${COLUMNS} FROM workspace WHERE workspace_id = $1`,
  rename: 'UPDATE workspace SET name = $2 WHERE workspace_id = $1',
  insert:
    'INSERT INTO workspace (workspace_id, name, made_at, head) VALUES ($1, $2, $3, 0) ON CONFLICT (workspace_id) DO NOTHING',
} as const;

export function workspacesOf(sql: Sql): WorkspaceReads & WorkspaceWrites {
  return {
    all: () => sql.all(WORKSPACE_SQL.all),
    get: (workspaceId) => sql.get(WORKSPACE_SQL.get, workspaceId),
    rename: async (workspaceId, name) => {
      await sql.run(WORKSPACE_SQL.rename, workspaceId, name);
    },
  };
}
