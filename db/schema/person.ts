import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PartyRole } from '../../core/deals/model.ts';
import { deal } from './deal.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). */
export const person = sqliteTable(
  'person',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    name: text('name').notNull(),
    role: text('role').$type<PartyRole>().notNull(),
    company: text('company').notNull(),
    email: text('email').notNull(),
    phone: text('phone').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [index('person_deal').on(table.dealId, table.position, table.id)],
);
