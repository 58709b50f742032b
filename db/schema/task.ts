import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { DueRule, Id, PartyRole, Stage } from '../../core/deals/model.ts';
import { deal } from './deal.ts';

/** Synced: only ever gains columns (db/schema/synced-columns.json). */
export const task = sqliteTable(
  'task',
  {
    id: text('id').primaryKey(),
    dealId: text('deal_id')
      .notNull()
      .references(() => deal.id),
    stage: text('stage').$type<Stage>().notNull(),
    title: text('title').notNull(),
    short: text('short').notNull().default(''),
    clientTitle: text('client_title').notNull(),
    assigneeRole: text('assignee_role').$type<PartyRole>().notNull(),
    assigneeId: text('assignee_id'),
    dueOn: text('due_on').$type<PlainDate>(),
    dueRule: text('due_rule', { mode: 'json' }).$type<DueRule>(),
    isRequired: integer('is_required', { mode: 'boolean' }).notNull(),
    dependsOn: text('depends_on', { mode: 'json' }).$type<readonly Id[]>().notNull(),
    position: integer('position').notNull(),
    templateTaskId: text('template_task_id'),
    doneOn: text('done_on').$type<PlainDate>(),
    doneBy: text('done_by'),
    waivedOn: text('waived_on').$type<PlainDate>(),
    waiverReason: text('waiver_reason').notNull(),
  },
  (table) => [
    index('task_deal').on(table.dealId, table.position, table.id),
    // Done and waived are in it so that SQLite need not look at the row: to it, IS NULL is a read of the column.
    index('task_open_due')
      .on(table.dueOn, table.dealId, table.doneOn, table.waivedOn)
      .where(sql`done_on IS NULL AND waived_on IS NULL AND due_on IS NOT NULL`),
  ],
);
