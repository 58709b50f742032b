import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DealTable } from '../../core/deals/model.ts';

/** What was done. `seq` is the order in which rows came here and never comes twice; a deal's history goes by `number`. */
export const commandLog = sqliteTable(
  'command_log',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    commandId: text('command_id').notNull().unique(),
    dealId: text('deal_id').notNull(),
    name: text('name').notNull(),
    args: text('args', { mode: 'json' }).notNull(),
    actorId: text('actor_id').notNull(),
    at: text('at').notNull(),
    label: text('label').notNull(),
    changes: integer('changes').notNull(),
    undoneBy: text('undone_by'),
    /** Place in the deal's history: the version that the server gave it; above all of them while it is only here. */
    number: integer('number').notNull().default(0),
    /** The server's time; null while the server has not said. */
    acceptedAt: text('accepted_at'),
  },
  (table) => [
    index('command_log_deal').on(table.dealId, table.seq),
    index('command_log_history').on(table.dealId, table.number, table.seq),
  ],
);

/** The rows a command wrote: `set` of an insert is the whole row, `was` of a delete too. */
export const changeLog = sqliteTable(
  'change_log',
  {
    seq: integer('seq')
      .notNull()
      .references(() => commandLog.seq),
    ordinal: integer('ordinal').notNull(),
    tableName: text('table_name').$type<DealTable>().notNull(),
    rowId: text('row_id').notNull(),
    op: text('op').$type<'insert' | 'update' | 'delete'>().notNull(),
    set: text('set_json', { mode: 'json' }),
    was: text('was_json', { mode: 'json' }),
  },
  (table) => [
    primaryKey({ columns: [table.seq, table.ordinal] }),
    index('change_log_row').on(table.tableName, table.rowId, table.seq),
  ],
);
