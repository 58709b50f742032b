import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { deal } from './deal.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). */
export const note = sqliteTable(
  'note',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    body: text('body').notNull(),
    authorId: text('author_id').notNull(),
    writtenAt: text('written_at').notNull(),
  },
  (table) => [index('note_deal').on(table.dealId, table.writtenAt, table.id)],
);
