import type { Sql } from '../sql.ts';
import { LINK_COLUMNS, type LinkRow } from './links.ts';

/** A browser that came through a link. Idle and absolute ends are judged by the caller at each request. */
export interface SessionRow {
  readonly workspaceId: string;
  /** Hex sha256 of the cookie's random value. */
  readonly sessionHash: string;
  readonly linkId: string;
  readonly browserHash: string;
  readonly madeAt: string;
  readonly seenAt: string;
  /** When the second step was last done; null when not yet. An approval asks again when this is too long ago. */
  readonly confirmedAt: string | null;
  /** The absolute end. */
  readonly endsAt: string;
  readonly revokedAt: string | null;
}

export interface SessionReads {
  /** The session with its link as it is now, so that a revoked or expired link counts with the next request. */
  byHash(
    workspaceId: string,
    sessionHash: string,
  ): Promise<{ readonly session: SessionRow; readonly link: LinkRow } | null>;
}

export interface SessionWrites {
  open(session: Omit<SessionRow, 'revokedAt' | 'seenAt' | 'confirmedAt'>): Promise<void>;
  /** Keeps that it was used. */
  saw(workspaceId: string, sessionHash: string, at: string): Promise<void>;
  /** Keeps that the second step was done. */
  confirm(workspaceId: string, sessionHash: string, at: string): Promise<void>;
  /** Signs out. */
  revoke(workspaceId: string, sessionHash: string, at: string): Promise<boolean>;
  /** Deletes those that ended before `before`; how many. */
  purge(workspaceId: string, before: string): Promise<number>;
}

const OWN = [
  'workspace_id',
  'session_hash',
  'link_id',
  'browser_hash',
  'made_at',
  'seen_at',
  'confirmed_at',
  'ends_at',
  'revoked_at',
] as const;
const JOINED = LINK_COLUMNS.map((column) => `l.${column} AS ${aliasOf(column)}`).join(', ');
const WHERE = 'workspace_id = $1 AND session_hash = $2';

export const SESSION_SQL = {
  byHash: `SELECT ${OWN.map((column) => `s.${column}`).join(', ')}, ${JOINED} FROM person_session AS s
    JOIN link AS l ON l.workspace_id = $1 AND l.link_id = s.link_id
    WHERE s.workspace_id = $1 AND s.session_hash = $2`,
  open: `INSERT INTO person_session (${OWN.join(', ')}) VALUES ($1, $2, $3, $4, $5, $5, NULL, $6, NULL)`,
  saw: `UPDATE person_session SET seen_at = $3 WHERE ${WHERE}`,
  confirm: `UPDATE person_session SET confirmed_at = $3 WHERE ${WHERE}`,
  revoke: `UPDATE person_session SET revoked_at = $3 WHERE ${WHERE} AND revoked_at IS NULL`,
  purge: 'DELETE FROM person_session WHERE workspace_id = $1 AND ends_at < $2',
} as const;

export function sessionsOf(sql: Sql): SessionReads & SessionWrites {
  return {
    byHash: async (workspaceId, sessionHash) => {
      const found = await sql.get<Record<string, unknown>>(SESSION_SQL.byHash, workspaceId, sessionHash);
      return found === null ? null : apart(found);
    },
    open: async ({ workspaceId, sessionHash, linkId, browserHash, madeAt, endsAt }) => {
      await sql.run(SESSION_SQL.open, workspaceId, sessionHash, linkId, browserHash, madeAt, endsAt);
    },
    saw: async (workspaceId, sessionHash, at) => {
      await sql.run(SESSION_SQL.saw, workspaceId, sessionHash, at);
    },
    confirm: async (workspaceId, sessionHash, at) => {
      await sql.run(SESSION_SQL.confirm, workspaceId, sessionHash, at);
    },
    revoke: async (workspaceId, sessionHash, at) =>
      (await sql.run(SESSION_SQL.revoke, workspaceId, sessionHash, at)) === 1,
    purge: (workspaceId, before) => sql.run(SESSION_SQL.purge, workspaceId, before),
  };
}

/** `may_` and `is_` stay in front, since they say that the column is a truth. */
function aliasOf(column: string): string {
  return column.replace(/^(may_|is_)?/, '$1link_');
}

/** The columns of the link carry its name: `linkDealId`, `mayLinkDownload`, `isLinkTiedToClosing`. */
function apart(found: Readonly<Record<string, unknown>>): { readonly session: SessionRow; readonly link: LinkRow } {
  const session: Record<string, unknown> = {};
  const link: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(found)) {
    const inLink = /^(may|is)Link/.test(name) ? name.replace('Link', '') : linkNameOf(name);
    if (inLink === null) session[name] = value;
    else link[inLink] = value;
  }
  return { session: session as unknown as SessionRow, link: link as unknown as LinkRow };
}

function linkNameOf(name: string): string | null {
  if (name === 'linkId' || !name.startsWith('link')) return null;
  return name.charAt(4).toLowerCase() + name.slice(5);
}
