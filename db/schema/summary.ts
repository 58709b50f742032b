import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { PartyRole, Side, Stage } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import { deal } from './deal.ts';

/**
 * Derived, one row a deal, never synced: what core's summary says, and below it what the board walks by.
 * Only write/write-summary.ts writes it; write/rebuild-summaries.ts makes it again from nothing.
 */
export const summary = sqliteTable(
  'summary',
  {
    dealId: text('deal_id')
      .primaryKey()
      .references(() => deal.id),
    plate: text('plate').notNull(),
    streetName: text('street_name').notNull(),
    clientNames: text('client_names').notNull(),
    closingOn: text('closing_on').$type<PlainDate>(),
    nextTaskId: text('next_task_id'),
    nextTitle: text('next_title').notNull(),
    nextOn: text('next_on').$type<PlainDate>(),
    nextRole: text('next_role').$type<PartyRole>(),
    nextAssigneeId: text('next_assignee_id'),
    nextState: text('next_state').$type<SummaryRow['nextState']>(),
    missing: integer('missing').notNull(),
    done: integer('done').notNull(),
    total: integer('total').notNull(),
    searchText: text('search_text').notNull(),
    /** Copies of the deal's own columns, so that a board page is one walk of one index. */
    stage: text('stage').$type<Stage>().notNull(),
    ownerId: text('owner_id').notNull(),
    side: text('side').$type<Side>().notNull(),
    state: text('state').notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull(),
    /** The two by which a column is ordered: read/board-order.ts. */
    sortOn: text('sort_on').notNull(),
    sortStreet: text('sort_street').notNull(),
  },
  (table) => [
    index('summary_board').on(table.stage, table.sortOn, table.sortStreet, table.dealId).where(sql`is_active = 1`),
    index('summary_board_owner')
      .on(table.ownerId, table.stage, table.sortOn, table.sortStreet, table.dealId)
      .where(sql`is_active = 1`),
    index('summary_next').on(table.nextOn, table.dealId, table.isActive).where(sql`is_active = 1`),
    index('summary_plate').on(table.plate),
    index('summary_search').on(table.searchText, table.isActive, table.dealId),
  ],
);
