import type { Sql } from '../sql.ts';
import type { UploadRow } from './files.ts';

/** One file of what a person is about to send: a page, or a whole document. Its bytes are an upload of `party:<personId>`. */
export interface PartRow extends UploadRow {
  readonly personId: string;
  /** Chosen by the page for all files that go together. */
  readonly sendingId: string;
  /** From 1; where the sender put it when it went up. The order that counts is told when it is filed. */
  readonly place: number;
}

/** Whose: a person of one deal. */
export interface OfPerson {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly personId: string;
}

export interface PartReads {
  part(workspaceId: string, uploadId: string): Promise<PartRow | null>;
  /** Of one sending, by their places. */
  ofSending(ask: OfPerson & { readonly sendingId: string }): Promise<readonly PartRow[]>;
  /** What lies here of this person and is not filed: how many, and their bytes as announced. */
  usageOf(ask: OfPerson): Promise<{ readonly count: number; readonly bytes: number }>;
}

export interface PartWrites {
  /** With its row of `upload`, which is written beside it and which takes it along when it is deleted. */
  putPart(part: OfPerson & Pick<PartRow, 'uploadId' | 'sendingId' | 'place'>): Promise<void>;
}

const PART = `u.workspace_id, u.upload_id, u.deal_id, u.actor, u.file_name, u.sha256, u.bytes, u.received, u.state,
  u.made_at, u.expires_at, p.person_id, p.sending_id, p.place`;
const JOINED = `sending_part AS p JOIN upload AS u ON u.workspace_id = p.workspace_id AND u.upload_id = p.upload_id
  AND u.workspace_id = $1`;
const OF = 'p.workspace_id = $1 AND p.deal_id = $2 AND p.person_id = $3';

export const PART_SQL = {
  part: `SELECT ${PART} FROM ${JOINED} WHERE p.workspace_id = $1 AND p.upload_id = $2`,
  ofSending: `SELECT ${PART} FROM ${JOINED} WHERE ${OF} AND p.sending_id = $4 ORDER BY p.place, p.upload_id`,
  usageOf: `SELECT count(*) AS count, COALESCE(SUM(u.bytes), 0) AS bytes FROM ${JOINED}
    WHERE ${OF} AND u.state <> 'failed'`,
  putPart: `INSERT INTO sending_part (workspace_id, deal_id, person_id, upload_id, sending_id, place)
    VALUES ($1, $2, $3, $4, $5, $6)`,
} as const;

export function partsOf(sql: Sql): PartReads & PartWrites {
  return {
    part: (workspaceId, uploadId) => sql.get(PART_SQL.part, workspaceId, uploadId),
    ofSending: ({ workspaceId, dealId, personId, sendingId }) =>
      sql.all(PART_SQL.ofSending, workspaceId, dealId, personId, sendingId),
    usageOf: async ({ workspaceId, dealId, personId }) =>
      (await sql.get(PART_SQL.usageOf, workspaceId, dealId, personId)) ?? { count: 0, bytes: 0 },
    putPart: async ({ workspaceId, dealId, personId, uploadId, sendingId, place }) => {
      await sql.run(PART_SQL.putPart, workspaceId, dealId, personId, uploadId, sendingId, place);
    },
  };
}
