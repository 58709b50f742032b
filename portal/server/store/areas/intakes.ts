import { canonicalJson } from '../../../../core/sync/canonical.ts';
import type { Sql } from '../sql.ts';

/** A way in for people who have no deal yet. Over when revoked, expired or used up; judged by the caller at each request. */
export interface IntakeLinkRow {
  readonly workspaceId: string;
  readonly linkId: string;
  /** Hex sha256 of the token. */
  readonly tokenHash: string;
  /** `member:<id>`. */
  readonly madeBy: string;
  readonly madeAt: string;
  /** For whom it is, in the words of whoever made it; told to the team only. */
  readonly note: string;
  /** So many may send their answers. */
  readonly maxUses: number;
  /** So many did. */
  readonly uses: number;
  /** When the last one did. */
  readonly usedAt: string | null;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** By question id, in the form in which answers are kept (core/deals/intake). */
export type KeptAnswers = Readonly<Record<string, string | number | boolean | null>>;

/** The answers of one person on their way. Once they are sent they are those of the deal, and gone from here. */
export interface IntakeDraftRow {
  readonly workspaceId: string;
  readonly draftId: string;
  readonly linkId: string;
  /** Hex sha256 of the cookie of the browser that began. */
  readonly keyHash: string;
  /** Of the key that another browser goes on with; null until somebody asks for one. */
  readonly resumeHash: string | null;
  readonly answers: KeptAnswers;
  readonly state: 'open' | 'sent';
  /** The deal that it becomes: chosen at the beginning, so that sending twice makes one. */
  readonly dealId: string;
  readonly madeAt: string;
  readonly updatedAt: string;
  readonly sentAt: string | null;
}

/** A draft with its link as it is now, so that a revoked one counts with the next request. */
export interface FoundDraft {
  readonly draft: IntakeDraftRow;
  readonly link: IntakeLinkRow;
}

export interface IntakeReads {
  link(workspaceId: string, linkId: string): Promise<IntakeLinkRow | null>;
  /** Also one that is over: the caller answers unknown, expired and revoked alike. */
  linkByTokenHash(workspaceId: string, tokenHash: string): Promise<IntakeLinkRow | null>;
  /** The newest `limit`, newest first. */
  links(workspaceId: string, limit: number): Promise<readonly IntakeLinkRow[]>;
  /** The draft that a browser holds the key of, its own or one that it went on with. */
  draftByKey(workspaceId: string, keyHash: string): Promise<FoundDraft | null>;
  /** How many people are answering through a link now. */
  countOpen(workspaceId: string, linkId: string): Promise<number>;
  /** How many open deals each member owns. Reads every deal's row, so it answers no request that comes often. */
  openDeals(workspaceId: string): Promise<ReadonlyMap<string, number>>;
}

export interface IntakeWrites {
  putLink(link: Omit<IntakeLinkRow, 'uses' | 'usedAt' | 'revokedAt'>): Promise<void>;
  /** False when there is nothing to revoke. */
  revokeLink(workspaceId: string, linkId: string, at: string): Promise<boolean>;
  putDraft(
    draft: Pick<IntakeDraftRow, 'workspaceId' | 'draftId' | 'linkId' | 'keyHash' | 'dealId' | 'madeAt'>,
  ): Promise<void>;
  /** False once it was sent. */
  setAnswers(workspaceId: string, draftId: string, answers: KeptAnswers, at: string): Promise<boolean>;
  /** Another browser may go on with this key; the one asked for before no longer does. False once it was sent. */
  setResume(workspaceId: string, draftId: string, resumeHash: string, at: string): Promise<boolean>;
  /** Counts on the link, and keeps `left` of the answers. True once. */
  sent(workspaceId: string, draftId: string, left: KeptAnswers, at: string): Promise<boolean>;
  /** What a person takes back; false once it was sent. */
  deleteDraft(workspaceId: string, draftId: string): Promise<boolean>;
  /** Deletes drafts that nobody touched since `before`; how many. */
  purge(workspaceId: string, before: string): Promise<number>;
}

const LINK = [
  'workspace_id',
  'link_id',
  'token_hash',
  'made_by',
  'made_at',
  'note',
  'max_uses',
  'uses',
  'used_at',
  'expires_at',
  'revoked_at',
] as const;
const LINK_COLUMNS = LINK.join(', ');
const DRAFT = `workspace_id, draft_id, link_id, key_hash, resume_hash, answers_json, state, deal_id, made_at, updated_at,
  sent_at`;
const MINE = 'workspace_id = $1 AND draft_id = $2';

export const INTAKE_SQL = {
  link: `SELECT ${LINK_COLUMNS} FROM intake_link WHERE workspace_id = $1 AND link_id = $2`,
  linkByTokenHash: `SELECT ${LINK_COLUMNS} FROM intake_link WHERE workspace_id = $1 AND token_hash = $2`,
  links: `SELECT ${LINK_COLUMNS} FROM intake_link WHERE workspace_id = $1 ORDER BY made_at DESC, link_id DESC LIMIT $2`,
  draftByKey: `SELECT ${DRAFT} FROM intake_draft WHERE workspace_id = $1 AND key_hash = $2`,
  draftByResume: `SELECT ${DRAFT} FROM intake_draft WHERE workspace_id = $1 AND resume_hash = $2`,
  countOpen: `SELECT count(*) AS n FROM intake_draft WHERE workspace_id = $1 AND link_id = $2 AND state = 'open'`,
  openDeals: `SELECT r.row_json FROM unit AS u JOIN unit_row AS r ON r.workspace_id = $1 AND r.unit_id = u.unit_id
    AND r.table_name = 'deal' AND r.row_id = u.unit_id AND r.is_deleted = 0 WHERE u.workspace_id = $1`,
  putLink: `INSERT INTO intake_link (${LINK_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, NULL, $8, NULL)`,
  revokeLink: `UPDATE intake_link SET revoked_at = $3
    WHERE workspace_id = $1 AND link_id = $2 AND revoked_at IS NULL`,
  putDraft: `INSERT INTO intake_draft (${DRAFT}) VALUES ($1, $2, $3, $4, NULL, '{}', 'open', $5, $6, $6, NULL)`,
  setAnswers: `UPDATE intake_draft SET answers_json = $3, updated_at = $4 WHERE ${MINE} AND state = 'open'`,
  setResume: `UPDATE intake_draft SET resume_hash = $3, updated_at = $4 WHERE ${MINE} AND state = 'open'`,
  sent: `UPDATE intake_draft SET state = 'sent', answers_json = $3, updated_at = $4, sent_at = $4
    WHERE ${MINE} AND state = 'open'`,
  used: `UPDATE intake_link SET uses = uses + 1, used_at = $3 WHERE workspace_id = $1 AND link_id =
    (SELECT link_id FROM intake_draft WHERE ${MINE})`,
  deleteDraft: `DELETE FROM intake_draft WHERE ${MINE} AND state = 'open'`,
  purge: 'DELETE FROM intake_draft WHERE workspace_id = $1 AND updated_at < $2',
} as const;

export function intakesOf(sql: Sql): IntakeReads & IntakeWrites {
  const one = async (text: string, ...params: readonly (string | number)[]) => (await sql.run(text, ...params)) === 1;
  const link = (workspaceId: string, linkId: string) => sql.get<IntakeLinkRow>(INTAKE_SQL.link, workspaceId, linkId);
  return {
    link,
    linkByTokenHash: (workspaceId, tokenHash) => sql.get(INTAKE_SQL.linkByTokenHash, workspaceId, tokenHash),
    links: (workspaceId, limit) => sql.all(INTAKE_SQL.links, workspaceId, limit),
    draftByKey: async (workspaceId, keyHash) => {
      const draft =
        (await sql.get<IntakeDraftRow>(INTAKE_SQL.draftByKey, workspaceId, keyHash)) ??
        (await sql.get<IntakeDraftRow>(INTAKE_SQL.draftByResume, workspaceId, keyHash));
      const of = draft === null ? null : await link(workspaceId, draft.linkId);
      return draft === null || of === null ? null : { draft, link: of };
    },
    countOpen: async (workspaceId, linkId) =>
      Number((await sql.get<{ n: number }>(INTAKE_SQL.countOpen, workspaceId, linkId))?.n ?? 0),
    openDeals: async (workspaceId) => {
      const counts = new Map<string, number>();
      type Owned = { readonly row: { readonly ownerId: string; readonly closedOn: string | null } };
      for (const { row } of await sql.all<Owned>(INTAKE_SQL.openDeals, workspaceId))
        if (row.closedOn === null) counts.set(row.ownerId, (counts.get(row.ownerId) ?? 0) + 1);
      return counts;
    },
    putLink: async ({ workspaceId, linkId, tokenHash, madeBy, madeAt, note, maxUses, expiresAt }) => {
      const who = [workspaceId, linkId, tokenHash, madeBy, madeAt, note] as const;
      await sql.run(INTAKE_SQL.putLink, ...who, maxUses, expiresAt);
    },
    revokeLink: (workspaceId, linkId, at) => one(INTAKE_SQL.revokeLink, workspaceId, linkId, at),
    putDraft: async ({ workspaceId, draftId, linkId, keyHash, dealId, madeAt }) => {
      await sql.run(INTAKE_SQL.putDraft, workspaceId, draftId, linkId, keyHash, dealId, madeAt);
    },
    setAnswers: (workspaceId, draftId, answers, at) =>
      one(INTAKE_SQL.setAnswers, workspaceId, draftId, canonicalJson(answers), at),
    setResume: (workspaceId, draftId, resumeHash, at) =>
      one(INTAKE_SQL.setResume, workspaceId, draftId, resumeHash, at),
    sent: async (workspaceId, draftId, left, at) => {
      if (!(await one(INTAKE_SQL.sent, workspaceId, draftId, canonicalJson(left), at))) return false;
      await sql.run(INTAKE_SQL.used, workspaceId, draftId, at);
      return true;
    },
    deleteDraft: (workspaceId, draftId) => one(INTAKE_SQL.deleteDraft, workspaceId, draftId),
    purge: (workspaceId, before) => sql.run(INTAKE_SQL.purge, workspaceId, before),
  };
}
