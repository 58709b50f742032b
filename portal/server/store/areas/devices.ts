import type { Sql } from '../sql.ts';

export interface DeviceRow {
  readonly workspaceId: string;
  readonly deviceId: string;
  readonly memberId: string;
  /** What the person calls it: "Noor's laptop". */
  readonly name: string;
  /** Hex sha256 of a key of 256 random bits. */
  readonly keyHash: string;
  readonly enrolledAt: string;
  /** The last `seq` that was consumed, 0 for none. */
  readonly lastSeq: number;
  readonly seenAt: string | null;
  readonly revokedAt: string | null;
}

export type NewDevice = Pick<DeviceRow, 'workspaceId' | 'deviceId' | 'memberId' | 'name' | 'keyHash'> & {
  readonly at: string;
};

export interface DeviceReads {
  get(workspaceId: string, deviceId: string): Promise<DeviceRow | null>;
  /** For authentication, also one that is revoked: the caller answers both like an unknown key. */
  byKeyHash(workspaceId: string, keyHash: string): Promise<DeviceRow | null>;
  ofMember(workspaceId: string, memberId: string): Promise<readonly DeviceRow[]>;
}

export interface DeviceWrites {
  /** False when the id or the key is taken. Throws when the member is unknown. */
  enrol(device: NewDevice): Promise<boolean>;
  /** Consumes `seq`: true only when it is the next one of a device that is not revoked. */
  advance(workspaceId: string, deviceId: string, seq: number): Promise<boolean>;
  /** Keeps when it was last heard of. */
  saw(workspaceId: string, deviceId: string, at: string): Promise<void>;
  /**
   * Ends a device that goes on under another id: its key is free for that one, its `seq` is kept. Nothing for one that
   * is not there.
   */
  close(workspaceId: string, deviceId: string, at: string): Promise<void>;
  /** A new key for a device that signs in again, whether it was revoked or not. False when it is not there. */
  rekey(device: Pick<DeviceRow, 'workspaceId' | 'deviceId' | 'name' | 'keyHash'>): Promise<boolean>;
  /** Counts from the next request on. False when there is nothing to revoke. */
  revoke(workspaceId: string, deviceId: string, at: string): Promise<boolean>;
}

const CLOSED = 'closed:';

/** Whether a device goes on under another id. */
export function isClosed({ keyHash }: Pick<DeviceRow, 'keyHash'>): boolean {
  return keyHash.startsWith(CLOSED);
}

const COLUMNS = 'workspace_id, device_id, member_id, name, key_hash, enrolled_at, last_seq, seen_at, revoked_at';

export const DEVICE_SQL = {
  get: `SELECT ${COLUMNS} FROM device WHERE workspace_id = $1 AND device_id = $2`,
  byKeyHash: `SELECT ${COLUMNS} FROM device WHERE workspace_id = $1 AND key_hash = $2`,
  ofMember: `SELECT ${COLUMNS} FROM device WHERE workspace_id = $1 AND member_id = $2 ORDER BY device_id`,
  enrol: `INSERT INTO device (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, 0, NULL, NULL) ON CONFLICT DO NOTHING`,
  advance: `UPDATE device SET last_seq = $3
    WHERE workspace_id = $1 AND device_id = $2 AND last_seq + 1 = $3 AND revoked_at IS NULL`,
  saw: 'UPDATE device SET seen_at = $3 WHERE workspace_id = $1 AND device_id = $2',
  // No key has this hash, and it is as unique as the id.
  close: `UPDATE device SET key_hash = '${CLOSED}' || device_id, revoked_at = COALESCE(revoked_at, $3)
    WHERE workspace_id = $1 AND device_id = $2`,
  rekey: `UPDATE device SET name = $3, key_hash = $4, revoked_at = NULL WHERE workspace_id = $1 AND device_id = $2`,
  revoke: `UPDATE device SET revoked_at = $3
    WHERE workspace_id = $1 AND device_id = $2 AND revoked_at IS NULL RETURNING member_id`,
} as const;

export function devicesOf(sql: Sql): DeviceReads & DeviceWrites {
  return {
    get: (workspaceId, deviceId) => sql.get(DEVICE_SQL.get, workspaceId, deviceId),
    byKeyHash: (workspaceId, keyHash) => sql.get(DEVICE_SQL.byKeyHash, workspaceId, keyHash),
    ofMember: (workspaceId, memberId) => sql.all(DEVICE_SQL.ofMember, workspaceId, memberId),
    enrol: async ({ workspaceId, deviceId, memberId, name, keyHash, at }) =>
      (await sql.run(DEVICE_SQL.enrol, workspaceId, deviceId, memberId, name, keyHash, at)) === 1,
    advance: async (workspaceId, deviceId, seq) =>
      (await sql.run(DEVICE_SQL.advance, workspaceId, deviceId, seq)) === 1,
    saw: async (workspaceId, deviceId, at) => {
      await sql.run(DEVICE_SQL.saw, workspaceId, deviceId, at);
    },
    close: async (workspaceId, deviceId, at) => {
      await sql.run(DEVICE_SQL.close, workspaceId, deviceId, at);
    },
    rekey: async ({ workspaceId, deviceId, name, keyHash }) =>
      (await sql.run(DEVICE_SQL.rekey, workspaceId, deviceId, name, keyHash)) === 1,
    revoke: async (workspaceId, deviceId, at) => {
      const revoked = await sql.get<{ memberId: string }>(DEVICE_SQL.revoke, workspaceId, deviceId, at);
      if (revoked === null) return false;
      await sql.poke({ kind: 'access', workspaceId, memberId: revoked.memberId });
      return true;
    },
  };
}
