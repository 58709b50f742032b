import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { PartyRole, Stage, VersionRow } from '../../core/deals/model.ts';
import type { DocumentClass, LineState, VersionSuffix } from '../../core/documents/document.ts';
import { deal } from './deal.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). */
export const line = sqliteTable(
  'line',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    templateDocumentId: text('template_document_id'),
    title: text('title').notNull(),
    clientTitle: text('client_title').notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    ownerRole: text('owner_role').$type<PartyRole>().notNull(),
    class: text('class').$type<DocumentClass>().notNull(),
    condition: text('condition').notNull(),
    isRequired: integer('is_required', { mode: 'boolean' }).notNull(),
    isLegal: integer('is_legal', { mode: 'boolean' }).notNull(),
    position: integer('position').notNull(),
    state: text('state').$type<LineState>().notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [
    index('line_deal').on(table.dealId, table.position, table.id),
    // Only the lines that wait for a reviewer: the rail counts them at each change.
    index('line_review').on(table.dealId, table.id).where(sql`state IN ('received', 'needs-review')`),
  ],
);

/** Synced: only ever gains columns (db/schema/synced-columns.json). */
export const version = sqliteTable(
  'version',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    lineId: text('line_id')
      .notNull()
      .references(() => line.id),
    number: integer('number').notNull(),
    suffix: text('suffix').$type<VersionSuffix>(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    extension: text('extension').notNull(),
    originalName: text('original_name').notNull(),
    documentOn: text('document_on').$type<PlainDate>().notNull(),
    receivedAt: text('received_at').notNull(),
    sentBy: text('sent_by').notNull(),
    isHeld: integer('is_held', { mode: 'boolean' }).notNull(),
    verdict: text('verdict').$type<VersionRow['verdict']>(),
    verdictReason: text('verdict_reason').notNull(),
    verdictOn: text('verdict_on').$type<PlainDate>(),
  },
  (table) => [
    index('version_deal').on(table.dealId, table.lineId, table.number, table.id),
    index('version_sha').on(table.sha256),
    index('version_held').on(table.lineId, table.number).where(sql`is_held = 1`),
  ],
);
