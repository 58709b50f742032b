import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Change } from '../../core/commands/types.ts';
import type { ConflictCard } from '../../core/sync/conflicts.ts';
import type { Overwrite } from '../../core/sync/overwrites.ts';
import type { SyncTable } from '../../core/sync/rows.ts';

/** What this computer keeps to agree with its portal. None of it is synced itself. */

/** Single values under a key, as JSON: how far we are with the server, which number comes next (db/sync/state.ts). */
export const syncState = sqliteTable('sync_state', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
});

/** A unit that the server knows: the version its rows stand at. A deal without a row here is known to this computer only. */
export const syncUnit = sqliteTable('sync_unit', {
  unitId: text('unit_id').primaryKey(),
  version: integer('version').notNull(),
  isStale: integer('is_stale', { mode: 'boolean' }).notNull(),
  isGone: integer('is_gone', { mode: 'boolean' }).notNull(),
  /** The end of its audit chain as the last pull said: kept here so that nobody can rewrite the trail unseen. */
  auditCount: integer('audit_count').notNull(),
  auditHash: text('audit_hash').notNull(),
});

/** Units to fetch, with the version that is known of. */
export const syncWanted = sqliteTable('sync_wanted', {
  unitId: text('unit_id').primaryKey(),
  version: integer('version').notNull(),
});

/** The server's copy of each row that the outbox dirtied; `row` null where the server has none. */
export const syncCopy = sqliteTable(
  'sync_copy',
  {
    unitId: text('unit_id').notNull(),
    tableName: text('table_name').$type<SyncTable>().notNull(),
    rowId: text('row_id').notNull(),
    version: integer('version').notNull(),
    row: text('row_json', { mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.tableName, table.rowId] })],
);

/** Commands that were carried out here and that the server's rows do not show yet (`OutboxEntry` of core). */
export const outbox = sqliteTable(
  'outbox',
  {
    order: integer('order_no').primaryKey(),
    commandId: text('command_id').notNull().unique(),
    dealId: text('deal_id').notNull(),
    name: text('name').notNull(),
    args: text('args', { mode: 'json' }).$type<unknown>().notNull(),
    at: text('at').notNull(),
    /** The device id and number it was first sent under; null until then. */
    deviceId: text('device_id'),
    seq: integer('seq'),
    acceptedVersion: integer('accepted_version'),
    isHeld: integer('is_held', { mode: 'boolean' }).notNull(),
    first: text('first_json', { mode: 'json' }).$type<readonly Change[]>().notNull(),
  },
  (table) => [
    index('outbox_deal').on(table.dealId, table.order),
    index('outbox_open').on(table.order).where(sql`accepted_version IS NULL`),
  ],
);

/** Commands that left the outbox, kept so that a server that was set back can be given them again. */
export const sentLog = sqliteTable(
  'sent_log',
  {
    order: integer('order_no').primaryKey(),
    commandId: text('command_id').notNull().unique(),
    dealId: text('deal_id').notNull(),
    name: text('name').notNull(),
    args: text('args', { mode: 'json' }).$type<unknown>().notNull(),
    at: text('at').notNull(),
    deviceId: text('device_id'),
    seq: integer('seq'),
    acceptedVersion: integer('accepted_version'),
    first: text('first_json', { mode: 'json' }).$type<readonly Change[]>().notNull(),
    outcome: text('outcome').$type<'done' | 'refused'>().notNull(),
  },
  (table) => [index('sent_log_device').on(table.deviceId, table.seq)],
);

/** "Needs attention": what was refused and why, and what replaced somebody's words. Stays until a person decides. */
export const attention = sqliteTable(
  'attention',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'refused' | 'conflict' | 'overwrite'>().notNull(),
    dealId: text('deal_id').notNull(),
    commandId: text('command_id').notNull(),
    name: text('name').notNull(),
    args: text('args', { mode: 'json' }).$type<unknown>().notNull(),
    /** When the person did it, by this computer's clock. */
    at: text('at').notNull(),
    notedAt: text('noted_at').notNull(),
    /** Where it was judged; for an overwrite always the server. */
    by: text('judged_by').$type<'server' | 'here'>().notNull(),
    refusalType: text('refusal_type').notNull(),
    sentence: text('sentence').notNull(),
    card: text('card_json', { mode: 'json' }).$type<ConflictCard | null>(),
    overwrites: text('overwrites_json', { mode: 'json' }).$type<readonly Overwrite[] | null>(),
    /** What the person decided, as a sentence, and when; null while it waits. */
    settledAt: text('settled_at'),
    settled: text('settled').notNull(),
  },
  (table) => [
    index('attention_open').on(table.notedAt, table.id).where(sql`settled_at IS NULL`),
    index('attention_deal').on(table.dealId, table.notedAt),
  ],
);

/** One content on its way to or from the portal, by its hash and the deal that names it. */
export const fileTask = sqliteTable(
  'file_task',
  {
    sha256: text('sha256').notNull(),
    dealId: text('deal_id').notNull(),
    way: text('way').$type<'up' | 'down'>().notNull(),
    /** `asleep`: nobody may have it (a private paper, a revoked deal); kept so that it is not asked for again. */
    state: text('state').$type<'waiting' | 'running' | 'done' | 'failed' | 'asleep'>().notNull(),
    bytes: integer('bytes').notNull(),
    done: integer('done').notNull(),
    name: text('name').notNull(),
    /** Where the server takes the rest of an upload. */
    uploadUrl: text('upload_url'),
    tries: integer('tries').notNull(),
    nextAt: text('next_at').notNull(),
    /** What went wrong last, as a sentence; empty when nothing did. */
    problem: text('problem').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sha256, table.dealId, table.way] }),
    index('file_task_next').on(table.state, table.nextAt),
    index('file_task_deal').on(table.dealId),
  ],
);
