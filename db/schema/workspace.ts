import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Member } from '../../core/deals/model.ts';

export const member = sqliteTable('member', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role').$type<Member['role']>().notNull(),
  email: text('email').notNull(),
  position: integer('position').notNull(),
});

export const setting = sqliteTable('setting', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
});

/** What the file knows of itself: whether it was closed in order, when it was last opened and checked. */
export const meta = sqliteTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});
