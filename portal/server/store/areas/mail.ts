import { canonicalJson } from '../../../../core/sync/canonical.ts';
import type { Sql } from '../sql.ts';
import { type Claim, claimEach } from './jobs.ts';

/** A mail on its way out. It is held until `releaseAt`, so that it can still be called back. */
export interface MailRow {
  readonly workspaceId: string;
  readonly mailId: string;
  readonly dealId: string;
  readonly address: string;
  readonly subject: string;
  /** The template and its values, or the text: as the sender reads it. Never a token or a code that is still good. */
  readonly body: unknown;
  /** `approval`: waits for a person. `unknown`: handed over, but the answer was lost, so it is not sent again by itself. */
  readonly state: 'approval' | 'held' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled';
  /** When it goes out; of one being sent, when that counts as lost. */
  readonly releaseAt: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly tries: number;
  readonly owner: string | null;
  readonly problem: string;
  readonly sentAt: string | null;
}

export type NewMail = Omit<MailRow, 'state' | 'tries' | 'owner' | 'problem' | 'sentAt'> & {
  readonly state: 'approval' | 'held';
};

export interface MailReads {
  get(workspaceId: string, mailId: string): Promise<MailRow | null>;
  /** All of a deal, oldest first. */
  ofDeal(workspaceId: string, dealId: string): Promise<readonly MailRow[]>;
  /** Workspaces with a mail to send by `at`. */
  dueWorkspaces(at: string, limit: number): Promise<readonly string[]>;
}

export interface MailWrites {
  /** False when the id is taken. */
  put(mail: NewMail): Promise<boolean>;
  /** A person lets it go, from `releaseAt` on. False when it does not wait for that. */
  approve(workspaceId: string, mailId: string, releaseAt: string): Promise<boolean>;
  /** True only while it has not gone out. */
  cancel(workspaceId: string, mailId: string): Promise<boolean>;
  /** Takes those that are to go out. One that was taken before and never answered for becomes `unknown`. */
  claim(claim: Claim): Promise<readonly MailRow[]>;
  /** False when the claim was lost meanwhile. */
  sent(workspaceId: string, mailId: string, owner: string, at: string): Promise<boolean>;
  /** Held again until `retryAt`, or failed for good (null). False when the claim was lost meanwhile. */
  fail(failed: {
    readonly workspaceId: string;
    readonly mailId: string;
    readonly owner: string;
    readonly retryAt: string | null;
    readonly problem: string;
  }): Promise<boolean>;
}

const COLUMNS = `workspace_id, mail_id, deal_id, address, subject, body_json, state, release_at, made_at, made_by,
  tries, owner, problem, sent_at`;
const MINE = "workspace_id = $1 AND mail_id = $2 AND owner = $3 AND state = 'sending'";

export const MAIL_SQL = {
  get: `SELECT ${COLUMNS} FROM mail WHERE workspace_id = $1 AND mail_id = $2`,
  ofDeal: `SELECT ${COLUMNS} FROM mail WHERE workspace_id = $1 AND deal_id = $2 ORDER BY made_at, mail_id`,
  dueWorkspaces: `SELECT DISTINCT workspace_id FROM mail WHERE state IN ('held', 'sending') AND release_at <= $1
    ORDER BY workspace_id LIMIT $2`,
  put: `INSERT INTO mail (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, NULL, '', NULL)
    ON CONFLICT DO NOTHING`,
  approve: `UPDATE mail SET state = 'held', release_at = $3
    WHERE workspace_id = $1 AND mail_id = $2 AND state = 'approval'`,
  cancel: `UPDATE mail SET state = 'cancelled'
    WHERE workspace_id = $1 AND mail_id = $2 AND state IN ('approval', 'held')`,
  lost: `UPDATE mail SET state = 'unknown', owner = NULL
    WHERE workspace_id = $1 AND state = 'sending' AND release_at <= $2`,
  due: `SELECT mail_id FROM mail WHERE workspace_id = $1 AND state = 'held' AND release_at <= $2
    ORDER BY release_at, mail_id LIMIT $3`,
  claim: `UPDATE mail SET state = 'sending', release_at = $3, owner = $4, tries = tries + 1
    WHERE workspace_id = $1 AND mail_id = $2 RETURNING ${COLUMNS}`,
  sent: `UPDATE mail SET state = 'sent', owner = NULL, problem = '', sent_at = $4 WHERE ${MINE}`,
  retry: `UPDATE mail SET state = 'held', owner = NULL, release_at = $4, problem = $5 WHERE ${MINE}`,
  giveUp: `UPDATE mail SET state = 'failed', owner = NULL, problem = $4 WHERE ${MINE}`,
} as const;

export function mailOf(sql: Sql): MailReads & MailWrites {
  const one = async (text: string, ...params: readonly string[]) => (await sql.run(text, ...params)) === 1;
  return {
    get: (workspaceId, mailId) => sql.get(MAIL_SQL.get, workspaceId, mailId),
    ofDeal: (workspaceId, dealId) => sql.all(MAIL_SQL.ofDeal, workspaceId, dealId),
    dueWorkspaces: async (at, limit) =>
      (await sql.all<{ workspaceId: string }>(MAIL_SQL.dueWorkspaces, at, limit)).map((row) => row.workspaceId),
    put: ({ workspaceId, mailId, dealId, address, subject, body, state, releaseAt, madeAt, madeBy }) => {
      const who = [workspaceId, mailId, dealId, address, subject] as const;
      return one(MAIL_SQL.put, ...who, canonicalJson(body), state, releaseAt, madeAt, madeBy);
    },
    approve: (workspaceId, mailId, releaseAt) => one(MAIL_SQL.approve, workspaceId, mailId, releaseAt),
    cancel: (workspaceId, mailId) => one(MAIL_SQL.cancel, workspaceId, mailId),
    claim: async ({ workspaceId, at, until, owner, limit }) => {
      await sql.run(MAIL_SQL.lost, workspaceId, at);
      return claimEach<MailRow>(sql, [MAIL_SQL.due, workspaceId, at, limit], ({ mailId }) => [
        ...[MAIL_SQL.claim, workspaceId, mailId, until, owner],
      ]);
    },
    sent: (workspaceId, mailId, owner, at) => one(MAIL_SQL.sent, workspaceId, mailId, owner, at),
    fail: ({ workspaceId, mailId, owner, retryAt, problem }) => {
      const told = problem.slice(0, 500);
      if (retryAt === null) return one(MAIL_SQL.giveUp, workspaceId, mailId, owner, told);
      return one(MAIL_SQL.retry, workspaceId, mailId, owner, retryAt, told);
    },
  };
}
