import type { Change, Command } from '../../core/commands/types.ts';
import type { Id } from '../../core/deals/model.ts';
import type { LoggedEntry, OutboxEntry } from '../../core/sync/outbox.ts';
import type { Read, Write } from '../handles.ts';

interface StoredEntry {
  readonly order: number;
  readonly id: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly args: string;
  readonly at: string;
  readonly deviceId: Id | null;
  readonly seq: number | null;
  readonly acceptedVersion: number | null;
  readonly isHeld: number;
  readonly first: string;
}

const COLUMNS = `order_no AS "order", command_id AS id, deal_id AS dealId, name, args, at, device_id AS deviceId, seq,
  accepted_version AS acceptedVersion`;
const ENTRY = `SELECT ${COLUMNS}, is_held AS isHeld, first_json AS first FROM outbox`;

/** Pinned by sync.db.test.ts. */
export const OUTBOX_SQL = {
  ofDeal: `${ENTRY} WHERE deal_id = ? ORDER BY order_no`,
  open: `${ENTRY} WHERE accepted_version IS NULL ORDER BY order_no LIMIT ?`,
  openOfDeal: `${ENTRY} WHERE deal_id = ? AND accepted_version IS NULL ORDER BY order_no`,
  one: `${ENTRY} WHERE command_id = ?`,
  any: 'SELECT 1 AS n FROM outbox WHERE accepted_version IS NULL LIMIT 1',
  count: 'SELECT count(*) AS n FROM outbox WHERE accepted_version IS NULL',
  sentDevices: 'SELECT DISTINCT device_id AS deviceId FROM sent_log',
  sentAfter: `SELECT ${COLUMNS}, 0 AS isHeld, first_json AS first, outcome FROM sent_log
    WHERE device_id IS ? AND (seq IS NULL OR seq > ?) AND outcome = 'done'`,
  add: `INSERT INTO outbox (order_no, command_id, deal_id, name, args, at, is_held, first_json)
    VALUES (?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (command_id) DO UPDATE SET is_held = 0`,
  put: `INSERT OR REPLACE INTO outbox (order_no, command_id, deal_id, name, args, at, device_id, seq, accepted_version,
    is_held, first_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  number: 'UPDATE outbox SET device_id = ?, seq = ? WHERE order_no = ?',
  accept: 'UPDATE outbox SET accepted_version = ? WHERE order_no = ?',
  hold: 'UPDATE outbox SET is_held = ? WHERE order_no = ?',
  drop: 'DELETE FROM outbox WHERE order_no = ?',
  keepSent: `INSERT OR REPLACE INTO sent_log (order_no, command_id, deal_id, name, args, at, device_id, seq,
    accepted_version, first_json, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dropSent: 'DELETE FROM sent_log WHERE order_no = ?',
} as const;

/** A command that was just carried out here: it goes to the server when the server can be reached. */
export function addToOutbox(
  write: Write,
  { order, command, first }: Pick<OutboxEntry, 'order' | 'command' | 'first'>,
): void {
  const { id, dealId, name, args, at } = command;
  write.run(OUTBOX_SQL.add, order, id, dealId, name, JSON.stringify(args), at, JSON.stringify(first));
}

/** What of one deal waits, for its answer or for the rows to show it, in the order in which it was done. */
export function outboxOf(read: Read, dealId: Id): readonly OutboxEntry[] {
  return read.all<StoredEntry>(OUTBOX_SQL.ofDeal, dealId).map(entryOf);
}

/** The oldest entries without an answer. */
export function openEntries(read: Read, limit: number): readonly OutboxEntry[] {
  return read.all<StoredEntry>(OUTBOX_SQL.open, limit).map(entryOf);
}

export function outboxEntry(read: Read, commandId: Id): OutboxEntry | null {
  const stored = read.get<StoredEntry>(OUTBOX_SQL.one, commandId);
  return stored === undefined ? null : entryOf(stored);
}

/** Whether any command has no answer yet. */
export function hasOpen(read: Read): boolean {
  return read.get(OUTBOX_SQL.any) !== undefined;
}

/** Commands without an answer. Walks all of them. */
export function openCount(read: Read): number {
  return read.get<{ n: number }>(OUTBOX_SQL.count)?.n ?? 0;
}

/**
 * What was carried out and went under numbers above those that a server says it has of each device id; what went under
 * an id that it does not know, or under none, too. In the order in which it was done.
 */
export function sentAfter(read: Read, known: ReadonlyMap<Id, number>): readonly LoggedEntry[] {
  const devices = read.all<{ deviceId: Id | null }>(OUTBOX_SQL.sentDevices);
  const found = devices.flatMap(({ deviceId }) => {
    const last = deviceId === null ? 0 : (known.get(deviceId) ?? 0);
    return read.all<StoredEntry & { outcome: LoggedEntry['outcome'] }>(OUTBOX_SQL.sentAfter, deviceId, last);
  });
  const entries = found.map((stored): LoggedEntry => ({ ...entryOf(stored), outcome: stored.outcome }));
  return entries.toSorted((a, b) => a.order - b.order);
}

/** Writes what differs between an entry as it was and as it is. */
export function writeEntry(write: Write, before: OutboxEntry, after: OutboxEntry): void {
  const isRenumbered = before.sent?.seq !== after.sent?.seq || before.sent?.deviceId !== after.sent?.deviceId;
  if (isRenumbered) write.run(OUTBOX_SQL.number, after.sent?.deviceId ?? null, after.sent?.seq ?? null, after.order);
  if (before.acceptedVersion !== after.acceptedVersion)
    write.run(OUTBOX_SQL.accept, after.acceptedVersion, after.order);
  if (before.isHeld !== after.isHeld) write.run(OUTBOX_SQL.hold, after.isHeld ? 1 : 0, after.order);
}

export function putEntry(write: Write, entry: OutboxEntry): void {
  write.run(OUTBOX_SQL.put, ...valuesOf(entry), entry.isHeld ? 1 : 0, JSON.stringify(entry.first));
}

export function dropEntry(write: Write, { order }: Pick<OutboxEntry, 'order'>): void {
  write.run(OUTBOX_SQL.drop, order);
}

/** Moves an entry from the outbox to what was sent. */
export function leaveOutbox(write: Write, entry: LoggedEntry): void {
  write.run(OUTBOX_SQL.drop, entry.order);
  write.run(OUTBOX_SQL.keepSent, ...valuesOf(entry), JSON.stringify(entry.first), entry.outcome);
}

export function dropSent(write: Write, { order }: Pick<OutboxEntry, 'order'>): void {
  write.run(OUTBOX_SQL.dropSent, order);
}

function valuesOf({ order, command, sent, acceptedVersion }: OutboxEntry) {
  const { id, dealId, name, args, at } = command;
  const words = [order, id, dealId, name, JSON.stringify(args), at] as const;
  return [...words, sent?.deviceId ?? null, sent?.seq ?? null, acceptedVersion] as const;
}

function entryOf(stored: StoredEntry): OutboxEntry {
  const { order, id, dealId, name, at, deviceId, seq, acceptedVersion } = stored;
  const command: Command = { id, dealId, name, args: JSON.parse(stored.args) as unknown, at };
  return {
    order,
    command,
    sent: deviceId === null || seq === null ? null : { deviceId, seq },
    acceptedVersion,
    isHeld: stored.isHeld === 1,
    first: JSON.parse(stored.first) as readonly Change[],
  };
}
