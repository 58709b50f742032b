import type { Sql } from '../sql.ts';
import type { MemberRow } from './members.ts';

/** Somebody who was asked to join the team. The code they were given is a `member` code with the invitation as subject. */
export interface InvitationRow {
  readonly workspaceId: string;
  readonly invitationId: string;
  readonly name: string;
  /** Trimmed and in lower case, the caller's work; may be empty. */
  readonly email: string;
  readonly role: MemberRow['role'];
  readonly madeAt: string;
  readonly madeBy: string;
  readonly expiresAt: string;
  /** When it was accepted or withdrawn. */
  readonly endedAt: string | null;
}

export interface InvitationReads {
  get(workspaceId: string, invitationId: string): Promise<InvitationRow | null>;
  /** Those that can still be accepted at `at`, by id. */
  open(workspaceId: string, at: string): Promise<readonly InvitationRow[]>;
}

export interface InvitationWrites {
  put(invitation: Omit<InvitationRow, 'endedAt'>): Promise<void>;
  /** Accepted or withdrawn: true once, while it is open. */
  end(workspaceId: string, invitationId: string, at: string): Promise<boolean>;
}

const COLUMNS = 'workspace_id, invitation_id, name, email, role, made_at, made_by, expires_at, ended_at';

export const INVITATION_SQL = {
  get: `SELECT ${COLUMNS} FROM invitation WHERE workspace_id = $1 AND invitation_id = $2`,
  open: `SELECT ${COLUMNS} FROM invitation WHERE workspace_id = $1 AND ended_at IS NULL AND expires_at > $2
    ORDER BY invitation_id`,
  put: `INSERT INTO invitation (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)`,
  end: `UPDATE invitation SET ended_at = $3
    WHERE workspace_id = $1 AND invitation_id = $2 AND ended_at IS NULL AND expires_at > $3`,
} as const;

export function invitationsOf(sql: Sql): InvitationReads & InvitationWrites {
  return {
    get: (workspaceId, invitationId) => sql.get(INVITATION_SQL.get, workspaceId, invitationId),
    open: (workspaceId, at) => sql.all(INVITATION_SQL.open, workspaceId, at),
    put: async ({ workspaceId, invitationId, name, email, role, madeAt, madeBy, expiresAt }) => {
      const who = [workspaceId, invitationId, name, email, role] as const;
      await sql.run(INVITATION_SQL.put, ...who, madeAt, madeBy, expiresAt);
    },
    end: async (workspaceId, invitationId, at) =>
      (await sql.run(INVITATION_SQL.end, workspaceId, invitationId, at)) === 1,
  };
}
