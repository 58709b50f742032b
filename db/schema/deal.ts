import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { Facts, Outcome, Scenario, Side, Stage } from '../../core/deals/model.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). */
export const deal = sqliteTable(
  'deal',
  {
    id: text('id').primaryKey(),
    street: text('street').notNull(),
    unit: text('unit').notNull(),
    city: text('city').notNull(),
    state: text('state').notNull(),
    zip: text('zip').notNull(),
    side: text('side').$type<Side>().notNull(),
    scenario: text('scenario').$type<Scenario>().notNull(),
    packId: text('pack_id').notNull(),
    packRevision: text('pack_revision').notNull(),
    templateId: text('template_id').notNull(),
    templateVersion: integer('template_version').notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    stageSince: text('stage_since').notNull(),
    ownerId: text('owner_id').notNull(),
    priceCents: integer('price_cents'),
    facts: text('facts', { mode: 'json' }).$type<Facts>().notNull(),
    openedAt: text('opened_at').notNull(),
    closedOn: text('closed_on').$type<PlainDate>(),
    outcome: text('outcome').$type<Outcome>(),
    outcomeReason: text('outcome_reason').notNull(),
    isSample: integer('is_sample', { mode: 'boolean' }).notNull(),
  },
  (table) => [index('deal_zip').on(table.zip), index('deal_sample').on(table.id).where(sql`is_sample = 1`)],
);
