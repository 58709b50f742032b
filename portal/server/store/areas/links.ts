import type { Sql } from '../sql.ts';

/** A person's way into one deal. Over when revoked or expired; both are judged by the caller at each request. */
export interface LinkRow {
  readonly workspaceId: string;
  readonly linkId: string;
  /** `preview`: a coordinator looks at the portal as that person; its session shows and does nothing. */
  readonly kind: 'portal' | 'calendar' | 'preview';
  readonly dealId: string;
  /** The id of the person's row on that deal. */
  readonly personId: string;
  /** Where codes are sent; empty when the second step is an agreed word. */
  readonly address: string;
  /** Hex sha256 of the token. */
  readonly tokenHash: string;
  readonly secondStep: 'code' | 'word' | 'none';
  /** Of the agreed word, slow (argon2id); empty without one. */
  readonly wordHash: string;
  readonly mayDownload: boolean;
  readonly madeAt: string;
  /** `member:<id>`; of a calendar feed `link:<id>`, the portal link that it was made through and ends with. */
  readonly madeBy: string;
  readonly expiresAt: string;
  /** Its end moves with the closing date; false for a chosen last day. */
  readonly isTiedToClosing: boolean;
  readonly revokedAt: string | null;
  readonly usedAt: string | null;
}

export type NewLink = Omit<LinkRow, 'revokedAt' | 'usedAt'>;

export interface LinkReads {
  get(workspaceId: string, linkId: string): Promise<LinkRow | null>;
  /** Also one that is over: the caller answers unknown, expired and revoked alike. */
  byTokenHash(workspaceId: string, tokenHash: string): Promise<LinkRow | null>;
  /** All of a deal, oldest first: the "who may see what" screen. */
  ofDeal(workspaceId: string, dealId: string): Promise<readonly LinkRow[]>;
  /**
   * Links whose codes go to this mailbox (in small letters) and that are neither revoked nor expired at `at`, newest first,
   * at most 100.
   */
  ofAddress(workspaceId: string, address: string, at: string): Promise<readonly LinkRow[]>;
}

export interface LinkWrites {
  put(link: NewLink): Promise<void>;
  /** Moves the expiry of the links of a deal that are tied to its closing date and not revoked; how many. */
  setExpiry(workspaceId: string, dealId: string, expiresAt: string): Promise<number>;
  setDownload(workspaceId: string, linkId: string, mayDownload: boolean): Promise<boolean>;
  /** Ends the link, its sessions and the calendar feeds made through it at once. False when there is nothing to revoke. */
  revoke(workspaceId: string, linkId: string, at: string): Promise<boolean>;
  /** Keeps when it was last used. */
  used(workspaceId: string, linkId: string, at: string): Promise<void>;
}

export const LINK_COLUMNS = [
  'workspace_id',
  'link_id',
  'kind',
  'deal_id',
  'person_id',
  'address',
  'token_hash',
  'second_step',
  'word_hash',
  'may_download',
  'made_at',
  'made_by',
  'expires_at',
  'is_tied_to_closing',
  'revoked_at',
  'used_at',
] as const;
const COLUMNS = LINK_COLUMNS.join(', ');

export const LINK_SQL = {
  get: `SELECT ${COLUMNS} FROM link WHERE workspace_id = $1 AND link_id = $2`,
  byTokenHash: `SELECT ${COLUMNS} FROM link WHERE workspace_id = $1 AND token_hash = $2`,
  ofDeal: `SELECT ${COLUMNS} FROM link WHERE workspace_id = $1 AND deal_id = $2 ORDER BY made_at, link_id`,
  ofAddress: `SELECT ${COLUMNS} FROM link WHERE workspace_id = $1 AND lower(address) = $2 AND kind = 'portal'
    AND second_step = 'code' AND revoked_at IS NULL AND expires_at > $3 ORDER BY made_at DESC, link_id LIMIT 100`,
  put: `INSERT INTO link (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, NULL)`,
  setExpiry: `UPDATE link SET expires_at = $3 WHERE workspace_id = $1 AND deal_id = $2
    AND is_tied_to_closing = 1 AND revoked_at IS NULL`,
  setDownload: 'UPDATE link SET may_download = $3 WHERE workspace_id = $1 AND link_id = $2',
  revoke: 'UPDATE link SET revoked_at = $3 WHERE workspace_id = $1 AND link_id = $2 AND revoked_at IS NULL',
  revokeSessions: `UPDATE person_session SET revoked_at = $3
    WHERE workspace_id = $1 AND link_id = $2 AND revoked_at IS NULL`,
  revokeFeeds: `UPDATE link SET revoked_at = $3 WHERE workspace_id = $1 AND made_by = $4 AND kind = 'calendar'
    AND deal_id = (SELECT deal_id FROM link WHERE workspace_id = $1 AND link_id = $2) AND revoked_at IS NULL`,
  used: 'UPDATE link SET used_at = $3 WHERE workspace_id = $1 AND link_id = $2',
} as const;

/** Who made what somebody has through their link. */
export function throughLink(linkId: string): string {
  return `link:${linkId}`;
}

export function linksOf(sql: Sql): LinkReads & LinkWrites {
  return {
    get: (workspaceId, linkId) => sql.get(LINK_SQL.get, workspaceId, linkId),
    byTokenHash: (workspaceId, tokenHash) => sql.get(LINK_SQL.byTokenHash, workspaceId, tokenHash),
    ofDeal: (workspaceId, dealId) => sql.all(LINK_SQL.ofDeal, workspaceId, dealId),
    ofAddress: (workspaceId, address, at) => sql.all(LINK_SQL.ofAddress, workspaceId, address, at),
    put: async (link) => {
      const { workspaceId, linkId, kind, dealId, personId, address, tokenHash, secondStep, wordHash } = link;
      const who = [workspaceId, linkId, kind, dealId, personId, address, tokenHash, secondStep, wordHash] as const;
      const until = [link.madeAt, link.madeBy, link.expiresAt, link.isTiedToClosing] as const;
      await sql.run(LINK_SQL.put, ...who, link.mayDownload, ...until);
    },
    setExpiry: (workspaceId, dealId, expiresAt) => sql.run(LINK_SQL.setExpiry, workspaceId, dealId, expiresAt),
    setDownload: async (workspaceId, linkId, mayDownload) =>
      (await sql.run(LINK_SQL.setDownload, workspaceId, linkId, mayDownload)) === 1,
    revoke: async (workspaceId, linkId, at) => {
      if ((await sql.run(LINK_SQL.revoke, workspaceId, linkId, at)) === 0) return false;
      await sql.run(LINK_SQL.revokeSessions, workspaceId, linkId, at);
      await sql.run(LINK_SQL.revokeFeeds, workspaceId, linkId, at, throughLink(linkId));
      return true;
    },
    used: async (workspaceId, linkId, at) => {
      await sql.run(LINK_SQL.used, workspaceId, linkId, at);
    },
  };
}
