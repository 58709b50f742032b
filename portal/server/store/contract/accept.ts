import { canonicalJson } from '../../../../core/sync/canonical.ts';
import type { WrittenRow } from '../areas/rows.ts';
import type { Store, Tx } from '../types.ts';

/** One accepted command as a server writes it, on rows of a plain kind. */
export interface Accept {
  readonly workspaceId: string;
  readonly unitId: string;
  readonly deviceId: string;
  readonly seq: number;
  readonly commandId: string;
  readonly rows: readonly WrittenRow[];
  readonly at: string;
}

export interface Accepted {
  readonly version: number;
  readonly head: number;
}

/** The whole transaction of a command: dedupe, rows read, rows written, log, audit, `seq`. Null for a repeat. */
export function accept(store: Store, command: Accept): Promise<Accepted | null> {
  return store.transaction(command.workspaceId, (tx) => acceptIn(tx, command));
}

export async function acceptIn(tx: Tx, command: Accept): Promise<Accepted | null> {
  const { workspaceId, unitId, deviceId, seq, commandId, rows, at } = command;
  const digest = canonicalJson({ unitId, commandId });
  const device = await tx.devices.get(workspaceId, deviceId);
  if (device === null || device.lastSeq + 1 !== seq) return null;
  if ((await tx.commands.byId(workspaceId, commandId)) !== null) return null;
  await tx.rows.load(workspaceId, unitId);
  const { version, head } = await tx.units.bump(workspaceId, unitId);
  await tx.rows.write({ workspaceId, unitId, version, commandId, rows });
  const reply = { type: 'accepted', version };
  const actor = `member:${device.memberId}`;
  await tx.commands.append({
    ...{ workspaceId, commandId, unitId, actor, deviceId, name: 'write', args: { rows: rows.length } },
    ...{ madeAt: at, decidedAt: at, digest, outcome: 'accepted', reply, changes: rows, label: 'Wrote' },
    unitVersion: version,
  });
  await tx.commands.putReceipt({ workspaceId, deviceId, seq, commandId, digest, reply });
  await tx.audit.append({ workspaceId, unitId, at, actor, kind: 'command-accepted', details: { commandId } });
  if (!(await tx.devices.advance(workspaceId, deviceId, seq))) throw new Error('the seq was not consumed');
  return { version, head };
}

/** A member with one device, so that commands can come from it. */
export function enrol(store: Store, workspaceId: string, deviceId: string, at: string): Promise<boolean> {
  return store.transaction(workspaceId, async (tx) => {
    const memberId = `m-${deviceId}`;
    await tx.members.put({ workspaceId, memberId, name: 'Noor', role: 'tc', email: 'noor@harbor.example', at });
    return tx.devices.enrol({ workspaceId, deviceId, memberId, name: 'Laptop', keyHash: `k-${deviceId}`, at });
  });
}

/** A task as it is after a command; null when it is gone. */
export function task(rowId: string, row: WrittenRow['row'] = { id: rowId }): WrittenRow {
  return { table: 'task', rowId, row };
}
