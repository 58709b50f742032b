import type { Sql } from '../sql.ts';
import { nextHead, WORKSPACE_UNIT } from './units.ts';

export interface MemberRow {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly name: string;
  readonly role: 'tc' | 'admin' | 'agent';
  /** As it is compared: trimmed and in lower case, the caller's work. */
  readonly email: string;
  readonly addedAt: string;
  readonly revokedAt: string | null;
  /**
   * The head at which the role or the membership last changed. A desktop whose cursor is older starts its list of units
   * over from 0 and drops the units that are no longer on it.
   */
  readonly accessHead: number;
}

export type NewMember = Pick<MemberRow, 'workspaceId' | 'memberId' | 'name' | 'role' | 'email'> & {
  readonly at: string;
};

export interface MemberReads {
  get(workspaceId: string, memberId: string): Promise<MemberRow | null>;
  byEmail(workspaceId: string, email: string): Promise<readonly MemberRow[]>;
  /** All, also those who left, by id. */
  list(workspaceId: string): Promise<readonly MemberRow[]>;
  /** Whether an agent is on a deal now. TCs and admins are on all of them by their role and need no entry. */
  isOnDeal(workspaceId: string, dealId: string, memberId: string): Promise<boolean>;
  /** Who is on a deal by an entry, by id. */
  ofDeal(workspaceId: string, dealId: string): Promise<readonly string[]>;
}

export interface MemberWrites {
  /**
   * Adds a member, or changes name, role and address of one who is there; somebody who left is let in again. A TC or
   * admin who becomes an agent is taken off every deal that they have no entry on, each as by `revokeDeal`.
   */
  put(member: NewMember): Promise<MemberRow>;
  /** Ends a membership with all its devices, at once. False when there is nobody to revoke. */
  revoke(workspaceId: string, memberId: string, at: string): Promise<boolean>;
  /** Puts a member on a deal: the deal then is among their moved units from its first row on. False when they were. */
  grantDeal(grant: DealGrant): Promise<boolean>;
  /** Takes a member off a deal: their desktop is told by `units.movedFor`, once, with `isRevoked`. False when not on it. */
  revokeDeal(grant: DealGrant): Promise<boolean>;
}

export interface DealGrant {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly memberId: string;
  readonly at: string;
}

const COLUMNS = 'workspace_id, member_id, name, role, email, added_at, revoked_at, access_head';

export const MEMBER_SQL = {
  get: `SELECT ${COLUMNS} FROM member WHERE workspace_id = $1 AND member_id = $2`,
  byEmail: `SELECT ${COLUMNS} FROM member WHERE workspace_id = $1 AND email = $2 ORDER BY member_id`,
  list: `SELECT ${COLUMNS} FROM member WHERE workspace_id = $1 ORDER BY member_id`,
  put: `INSERT INTO member (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)
    ON CONFLICT (workspace_id, member_id) DO UPDATE SET name = excluded.name, role = excluded.role,
    email = excluded.email, revoked_at = NULL, access_head = excluded.access_head RETURNING ${COLUMNS}`,
  revoke: `UPDATE member SET revoked_at = $3, access_head = $4
    WHERE workspace_id = $1 AND member_id = $2 AND revoked_at IS NULL`,
  revokeDevices: `UPDATE device SET revoked_at = $3
    WHERE workspace_id = $1 AND member_id = $2 AND revoked_at IS NULL`,
  isOnDeal: `SELECT is_revoked FROM deal_member WHERE workspace_id = $1 AND deal_id = $2 AND member_id = $3`,
  ofDeal: `SELECT member_id FROM deal_member WHERE workspace_id = $1 AND deal_id = $2 AND is_revoked = 0
    ORDER BY member_id`,
  takeOff: `INSERT INTO deal_member (workspace_id, deal_id, member_id, is_revoked, head, changed_at)
    SELECT u.workspace_id, u.unit_id, $2, 1, $3 + row_number() OVER (ORDER BY u.head), $4 FROM unit AS u
    WHERE u.workspace_id = $1 AND u.unit_id <> '${WORKSPACE_UNIT}' AND NOT EXISTS (SELECT 1 FROM deal_member AS m
      WHERE m.workspace_id = $1 AND m.deal_id = u.unit_id AND m.member_id = $2 AND m.is_revoked = 0)
    ON CONFLICT (workspace_id, deal_id, member_id)
    DO UPDATE SET is_revoked = 1, head = excluded.head, changed_at = excluded.changed_at`,
  skipHeads: 'UPDATE workspace SET head = head + $2 WHERE workspace_id = $1',
  putDeal: `INSERT INTO deal_member (workspace_id, deal_id, member_id, is_revoked, head, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, deal_id, member_id)
    DO UPDATE SET is_revoked = excluded.is_revoked, head = excluded.head, changed_at = excluded.changed_at`,
} as const;

export function membersOf(sql: Sql): MemberReads & MemberWrites {
  const get = (workspaceId: string, memberId: string) => sql.get<MemberRow>(MEMBER_SQL.get, workspaceId, memberId);
  const isOnDeal = async (workspaceId: string, dealId: string, memberId: string) => {
    const entry = await sql.get<{ isRevoked: boolean }>(MEMBER_SQL.isOnDeal, workspaceId, dealId, memberId);
    return entry !== null && !entry.isRevoked;
  };
  return {
    get,
    byEmail: (workspaceId, email) => sql.all(MEMBER_SQL.byEmail, workspaceId, email),
    list: (workspaceId) => sql.all(MEMBER_SQL.list, workspaceId),
    isOnDeal,
    ofDeal: async (workspaceId, dealId) =>
      (await sql.all<{ memberId: string }>(MEMBER_SQL.ofDeal, workspaceId, dealId)).map(({ memberId }) => memberId),
    put: (member) => put(sql, member),
    revoke: async (workspaceId, memberId, at) => {
      const member = await get(workspaceId, memberId);
      if (member === null || member.revokedAt !== null) return false;
      await sql.run(MEMBER_SQL.revoke, workspaceId, memberId, at, await nextHead(sql, workspaceId));
      await sql.run(MEMBER_SQL.revokeDevices, workspaceId, memberId, at);
      await sql.poke({ kind: 'access', workspaceId, memberId });
      return true;
    },
    grantDeal: async (grant) => {
      if (await isOnDeal(grant.workspaceId, grant.dealId, grant.memberId)) return false;
      await putDeal(sql, grant, false);
      return true;
    },
    revokeDeal: async (grant) => {
      if (!(await isOnDeal(grant.workspaceId, grant.dealId, grant.memberId))) return false;
      await putDeal(sql, grant, true);
      return true;
    },
  };
}

async function put(sql: Sql, { workspaceId, memberId, name, role, email, at }: NewMember): Promise<MemberRow> {
  const before = await sql.get<MemberRow>(MEMBER_SQL.get, workspaceId, memberId);
  const isSameAccess = before !== null && before.role === role && before.revokedAt === null;
  const head = isSameAccess ? before.accessHead : await nextHead(sql, workspaceId);
  const after = await sql.get<MemberRow>(MEMBER_SQL.put, workspaceId, memberId, name, role, email, at, head);
  if (after === null) throw new Error('the member was not written');
  if (before !== null && before.role !== 'agent' && role === 'agent') {
    // Each has a head of its own, since a list of heads goes on after the last one it named.
    const taken = await sql.run(MEMBER_SQL.takeOff, workspaceId, memberId, head, at);
    await sql.run(MEMBER_SQL.skipHeads, workspaceId, taken);
  }
  if (!isSameAccess) await sql.poke({ kind: 'access', workspaceId, memberId });
  return after;
}

async function putDeal(sql: Sql, { workspaceId, dealId, memberId, at }: DealGrant, isRevoked: boolean): Promise<void> {
  const head = await nextHead(sql, workspaceId);
  await sql.run(MEMBER_SQL.putDeal, workspaceId, dealId, memberId, isRevoked, head, at);
  await sql.poke({ kind: 'unit', workspaceId, unitId: dealId, version: 0, head });
  await sql.poke({ kind: 'access', workspaceId, memberId });
}
