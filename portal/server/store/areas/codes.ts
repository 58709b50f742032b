import type { Sql } from '../sql.ts';

/**
 * A code that works once: the set-up code, an enrolment of a member or a device, the e-mailed second step of a link, a
 * ticket for one download.
 */
export interface CodeRow {
  readonly workspaceId: string;
  readonly codeId: string;
  readonly kind: 'setup' | 'member' | 'device' | 'link' | 'ticket';
  /** Whom it is for: a member's or a link's id (of a link with the browser), a session; empty for the set-up code. */
  readonly subject: string;
  /** Where it was sent, so that a code counts for that address only; may be empty. */
  readonly address: string;
  /** Of the browser that asked, so that it counts there only; may be empty. */
  readonly browserHash: string;
  /** As the caller checks it: hex sha256 of a long random code, an argon2id text of a short one. */
  readonly hash: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly triesLeft: number;
  readonly usedAt: string | null;
}

export type NewCode = Omit<CodeRow, 'usedAt'>;

export interface CodeReads {
  get(workspaceId: string, codeId: string): Promise<CodeRow | null>;
  /** A long code by its hash; also one that is used or over. */
  byHash(workspaceId: string, kind: CodeRow['kind'], hash: string): Promise<CodeRow | null>;
  /** The newest code of a subject, also one that is used or over. */
  newest(workspaceId: string, kind: CodeRow['kind'], subject: string): Promise<CodeRow | null>;
}

export interface CodeWrites {
  put(code: NewCode): Promise<void>;
  /**
   * Pays for one guess before it is looked at: the code with one try less, or null when it is used, over or out of tries.
   * Commit this before checking the guess, so that guesses at once or a crash cannot get a free one.
   */
  charge(workspaceId: string, codeId: string, at: string): Promise<CodeRow | null>;
  /** After a right guess: true once, for the first to ask, while it is not over. */
  use(workspaceId: string, codeId: string, at: string): Promise<boolean>;
  /** Ends all open codes of a subject: when a new one is sent, or a link revoked. */
  endAll(workspaceId: string, kind: CodeRow['kind'], subject: string, at: string): Promise<void>;
  /** Deletes those that ended before `before`; how many. */
  purge(workspaceId: string, before: string): Promise<number>;
}

const COLUMNS =
  'workspace_id, code_id, kind, subject, address, browser_hash, hash, made_at, expires_at, tries_left, used_at';

export const CODE_SQL = {
  get: `SELECT ${COLUMNS} FROM code WHERE workspace_id = $1 AND code_id = $2`,
  byHash: `SELECT ${COLUMNS} FROM code WHERE workspace_id = $1 AND kind = $2 AND hash = $3
    ORDER BY made_at DESC, code_id DESC LIMIT 1`,
  newest: `SELECT ${COLUMNS} FROM code WHERE workspace_id = $1 AND kind = $2 AND subject = $3
    ORDER BY made_at DESC, code_id DESC LIMIT 1`,
  put: `INSERT INTO code (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)`,
  charge: `UPDATE code SET tries_left = tries_left - 1
    WHERE workspace_id = $1 AND code_id = $2 AND used_at IS NULL AND tries_left > 0 AND expires_at > $3
    RETURNING ${COLUMNS}`,
  use: `UPDATE code SET used_at = $3
    WHERE workspace_id = $1 AND code_id = $2 AND used_at IS NULL AND expires_at > $3`,
  endAll: `UPDATE code SET tries_left = 0, expires_at = $4
    WHERE workspace_id = $1 AND kind = $2 AND subject = $3 AND used_at IS NULL AND expires_at > $4`,
  purge: 'DELETE FROM code WHERE workspace_id = $1 AND expires_at < $2',
} as const;

export function codesOf(sql: Sql): CodeReads & CodeWrites {
  return {
    get: (workspaceId, codeId) => sql.get(CODE_SQL.get, workspaceId, codeId),
    byHash: (workspaceId, kind, hash) => sql.get(CODE_SQL.byHash, workspaceId, kind, hash),
    newest: (workspaceId, kind, subject) => sql.get(CODE_SQL.newest, workspaceId, kind, subject),
    put: async (code) => {
      const { workspaceId, codeId, kind, subject, address, browserHash, hash, madeAt, expiresAt, triesLeft } = code;
      const who = [workspaceId, codeId, kind, subject, address, browserHash] as const;
      await sql.run(CODE_SQL.put, ...who, hash, madeAt, expiresAt, triesLeft);
    },
    charge: (workspaceId, codeId, at) => sql.get(CODE_SQL.charge, workspaceId, codeId, at),
    use: async (workspaceId, codeId, at) => (await sql.run(CODE_SQL.use, workspaceId, codeId, at)) === 1,
    endAll: async (workspaceId, kind, subject, at) => {
      await sql.run(CODE_SQL.endAll, workspaceId, kind, subject, at);
    },
    purge: (workspaceId, before) => sql.run(CODE_SQL.purge, workspaceId, before),
  };
}
