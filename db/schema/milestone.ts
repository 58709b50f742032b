import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { MilestoneState } from '../../core/deals/model.ts';
import { deal } from './deal.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). The column is `on_day`, since `on` is a word of SQL. */
export const milestone = sqliteTable(
  'milestone',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    deadlineId: text('deadline_id').notNull(),
    state: text('state').$type<MilestoneState>().notNull(),
    stateOn: text('state_on').$type<PlainDate>(),
    days: integer('days'),
    on: text('on_day').$type<PlainDate>(),
    reason: text('reason').notNull(),
    documentId: text('document_id'),
  },
  (table) => [index('milestone_deal').on(table.dealId, table.id)],
);
