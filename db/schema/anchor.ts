import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import { deal } from './deal.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). The column is `on_day`, since `on` is a word of SQL. */
export const anchor = sqliteTable(
  'anchor',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    name: text('name').notNull(),
    on: text('on_day').$type<PlainDate>().notNull(),
    evidence: text('evidence').notNull(),
  },
  (table) => [index('anchor_deal').on(table.dealId, table.id)],
);
