import type { Sql } from '../sql.ts';

/** A file's bytes, which lie elsewhere under their hash. Known within a workspace only. */
export interface BlobRow {
  readonly workspaceId: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** From the content: `application/pdf`. */
  readonly kind: string;
  readonly scan: 'waiting' | 'clean' | 'infected' | 'not-scanned';
  readonly addedAt: string;
  /** When its bytes were last hashed and found right. */
  readonly checkedAt: string;
  /** Since when nothing names it; null while something does. */
  readonly trashedAt: string | null;
}

export interface UploadRow {
  readonly workspaceId: string;
  readonly uploadId: string;
  readonly dealId: string;
  /** `member:<id>` or `party:<id>`: whoever goes on with it must be the same. */
  readonly actor: string;
  readonly fileName: string;
  /** As declared; compared with the bytes at the end. Empty for a part of what a person sends: hashed when it is filed. */
  readonly sha256: string;
  readonly bytes: number;
  /** Bytes that are safely kept so far. */
  readonly received: number;
  readonly state: 'receiving' | 'verifying' | 'done' | 'failed';
  readonly madeAt: string;
  readonly expiresAt: string;
}

export interface FileReads {
  blob(workspaceId: string, sha256: string): Promise<BlobRow | null>;
  /** How many rows name these bytes. */
  references(workspaceId: string, sha256: string): Promise<number>;
  /** Whether a row of this deal names these bytes: asked on every download. */
  isOnDeal(workspaceId: string, dealId: string, sha256: string): Promise<boolean>;
  /** Bytes kept and bytes promised to open uploads and to what is not filed yet, for the quota. */
  usage(workspaceId: string): Promise<{ readonly kept: number; readonly promised: number }>;
  /** Blobs that nothing names and no open upload brings, oldest first: to be put into the trash. */
  unreferenced(workspaceId: string, limit: number): Promise<readonly BlobRow[]>;
  /** Blobs in the trash since before `before`: to be deleted. */
  trashed(workspaceId: string, before: string, limit: number): Promise<readonly BlobRow[]>;
  /** Those that were not hashed for the longest time. */
  oldestChecked(workspaceId: string, limit: number): Promise<readonly BlobRow[]>;
  upload(workspaceId: string, uploadId: string): Promise<UploadRow | null>;
  /** Uploads in a state that expired before `before`, oldest first. */
  expired(ask: {
    readonly workspaceId: string;
    readonly state: UploadRow['state'];
    readonly before: string;
    readonly limit: number;
  }): Promise<readonly UploadRow[]>;
}

export interface FileWrites {
  /** Adds bytes or takes them out of the trash; what is known of them already stays. */
  putBlob(blob: Omit<BlobRow, 'checkedAt' | 'trashedAt'>): Promise<void>;
  setScan(workspaceId: string, sha256: string, scan: BlobRow['scan']): Promise<void>;
  setChecked(workspaceId: string, sha256: string, at: string): Promise<void>;
  /** Into the trash, if nothing names it now; whether it is there. */
  trash(workspaceId: string, sha256: string, at: string): Promise<boolean>;
  /** Forgets a blob that is in the trash and that nothing names; delete its bytes after the commit. False otherwise. */
  forget(workspaceId: string, sha256: string): Promise<boolean>;
  /** What a row names: kept in the transaction that writes the row. Null for a row that is gone. */
  setReference(reference: {
    readonly workspaceId: string;
    readonly unitId: string;
    readonly rowId: string;
    readonly sha256: string | null;
  }): Promise<void>;
  putUpload(upload: Omit<UploadRow, 'received' | 'state'>): Promise<void>;
  /** Keeps how far it is. False when it is not being received or would go backwards or past its end. */
  received(workspaceId: string, uploadId: string, received: number): Promise<boolean>;
  setUploadState(workspaceId: string, uploadId: string, state: UploadRow['state']): Promise<void>;
  deleteUpload(workspaceId: string, uploadId: string): Promise<void>;
}

const BLOB = 'workspace_id, sha256, bytes, kind, scan, added_at, checked_at, trashed_at';
const UPLOAD =
  'workspace_id, upload_id, deal_id, actor, file_name, sha256, bytes, received, state, made_at, expires_at';
const ONE = 'workspace_id = $1 AND sha256 = $2';
const NOBODY = `NOT EXISTS (SELECT 1 FROM file_ref AS f WHERE f.workspace_id = $1 AND f.sha256 = blob.sha256)
    AND NOT EXISTS (SELECT 1 FROM upload AS u WHERE u.workspace_id = $1 AND u.sha256 = blob.sha256
      AND u.state IN ('receiving', 'verifying'))`;

export const FILE_SQL = {
  blob: `SELECT ${BLOB} FROM blob WHERE ${ONE}`,
  references: `SELECT count(*) AS n FROM file_ref WHERE ${ONE}`,
  isOnDeal: 'SELECT 1 AS n FROM file_ref WHERE workspace_id = $1 AND sha256 = $2 AND unit_id = $3 LIMIT 1',
  kept: 'SELECT COALESCE(SUM(bytes), 0) AS n FROM blob WHERE workspace_id = $1',
  promised: `SELECT COALESCE(SUM(bytes), 0) AS n FROM upload
    WHERE workspace_id = $1 AND (state IN ('receiving', 'verifying') OR (state = 'done' AND sha256 = ''))`,
  unreferenced: `SELECT ${BLOB} FROM blob WHERE workspace_id = $1 AND trashed_at IS NULL AND ${NOBODY}
    ORDER BY added_at, sha256 LIMIT $2`,
  trashed: `SELECT ${BLOB} FROM blob WHERE workspace_id = $1 AND trashed_at < $2 ORDER BY trashed_at, sha256 LIMIT $3`,
  oldestChecked: `SELECT ${BLOB} FROM blob WHERE workspace_id = $1 ORDER BY checked_at, sha256 LIMIT $2`,
  putBlob: `INSERT INTO blob (${BLOB}) VALUES ($1, $2, $3, $4, $5, $6, $6, NULL)
    ON CONFLICT (workspace_id, sha256) DO UPDATE SET trashed_at = NULL`,
  setScan: `UPDATE blob SET scan = $3 WHERE ${ONE}`,
  setChecked: `UPDATE blob SET checked_at = $3 WHERE ${ONE}`,
  trash: `UPDATE blob SET trashed_at = COALESCE(trashed_at, $3) WHERE ${ONE} AND ${NOBODY}`,
  forget: `DELETE FROM blob WHERE ${ONE} AND trashed_at IS NOT NULL AND ${NOBODY}`,
  refer: `INSERT INTO file_ref (workspace_id, unit_id, row_id, sha256) VALUES ($1, $2, $3, $4)
    ON CONFLICT (workspace_id, unit_id, row_id) DO UPDATE SET sha256 = excluded.sha256`,
  untrash: `UPDATE blob SET trashed_at = NULL WHERE ${ONE}`,
  unrefer: 'DELETE FROM file_ref WHERE workspace_id = $1 AND unit_id = $2 AND row_id = $3',
  upload: `SELECT ${UPLOAD} FROM upload WHERE workspace_id = $1 AND upload_id = $2`,
  expired: `SELECT ${UPLOAD} FROM upload WHERE workspace_id = $1 AND state = $2 AND expires_at < $3
    ORDER BY expires_at, upload_id LIMIT $4`,
  putUpload: `INSERT INTO upload (${UPLOAD}) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 'receiving', $8, $9)`,
  received: `UPDATE upload SET received = $3 WHERE workspace_id = $1 AND upload_id = $2 AND state = 'receiving'
    AND received <= $3 AND bytes >= $3`,
  setUploadState: 'UPDATE upload SET state = $3 WHERE workspace_id = $1 AND upload_id = $2',
  deleteUpload: 'DELETE FROM upload WHERE workspace_id = $1 AND upload_id = $2',
  deletePart: 'DELETE FROM sending_part WHERE workspace_id = $1 AND upload_id = $2',
} as const;

export function filesOf(sql: Sql): FileReads & FileWrites {
  return { ...readsOf(sql), ...writesOf(sql) };
}

function readsOf(sql: Sql): FileReads {
  const count = async (text: string, ...params: readonly string[]) =>
    (await sql.get<{ n: number }>(text, ...params))?.n ?? 0;
  return {
    blob: (workspaceId, sha256) => sql.get(FILE_SQL.blob, workspaceId, sha256),
    references: (workspaceId, sha256) => count(FILE_SQL.references, workspaceId, sha256),
    isOnDeal: async (workspaceId, dealId, sha256) => (await count(FILE_SQL.isOnDeal, workspaceId, sha256, dealId)) > 0,
    usage: async (workspaceId) => ({
      kept: await count(FILE_SQL.kept, workspaceId),
      promised: await count(FILE_SQL.promised, workspaceId),
    }),
    unreferenced: (workspaceId, limit) => sql.all(FILE_SQL.unreferenced, workspaceId, limit),
    trashed: (workspaceId, before, limit) => sql.all(FILE_SQL.trashed, workspaceId, before, limit),
    oldestChecked: (workspaceId, limit) => sql.all(FILE_SQL.oldestChecked, workspaceId, limit),
    upload: (workspaceId, uploadId) => sql.get(FILE_SQL.upload, workspaceId, uploadId),
    expired: ({ workspaceId, state, before, limit }) => sql.all(FILE_SQL.expired, workspaceId, state, before, limit),
  };
}

function writesOf(sql: Sql): FileWrites {
  const write = async (text: string, ...params: readonly (string | number)[]) => (await sql.run(text, ...params)) === 1;
  return {
    putBlob: async ({ workspaceId, sha256, bytes, kind, scan, addedAt }) => {
      await write(FILE_SQL.putBlob, workspaceId, sha256, bytes, kind, scan, addedAt);
    },
    setScan: async (workspaceId, sha256, scan) => {
      await write(FILE_SQL.setScan, workspaceId, sha256, scan);
    },
    setChecked: async (workspaceId, sha256, at) => {
      await write(FILE_SQL.setChecked, workspaceId, sha256, at);
    },
    trash: (workspaceId, sha256, at) => write(FILE_SQL.trash, workspaceId, sha256, at),
    forget: (workspaceId, sha256) => write(FILE_SQL.forget, workspaceId, sha256),
    setReference: async ({ workspaceId, unitId, rowId, sha256 }) => {
      if (sha256 === null) {
        await write(FILE_SQL.unrefer, workspaceId, unitId, rowId);
        return;
      }
      await write(FILE_SQL.refer, workspaceId, unitId, rowId, sha256);
      await write(FILE_SQL.untrash, workspaceId, sha256);
    },
    putUpload: async ({ workspaceId, uploadId, dealId, actor, fileName, sha256, bytes, madeAt, expiresAt }) => {
      const what = [dealId, actor, fileName, sha256, bytes, madeAt, expiresAt] as const;
      await write(FILE_SQL.putUpload, workspaceId, uploadId, ...what);
    },
    received: (workspaceId, uploadId, received) => write(FILE_SQL.received, workspaceId, uploadId, received),
    setUploadState: async (workspaceId, uploadId, state) => {
      await write(FILE_SQL.setUploadState, workspaceId, uploadId, state);
    },
    deleteUpload: async (workspaceId, uploadId) => {
      await write(FILE_SQL.deleteUpload, workspaceId, uploadId);
      await write(FILE_SQL.deletePart, workspaceId, uploadId);
    },
  };
}
