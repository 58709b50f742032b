import { common } from './messages/common.ts';
import { home } from './messages/home.ts';
import { tasks } from './messages/tasks.ts';
import { wayIn } from './messages/way-in.ts';

/**
 * Every word of these pages, by area: one file each in messages/, and one line here. Another language is another object of
 * this type, so it has every key or does not compile.
 */
export const en = {
  ...common,
  ...wayIn,
  ...home,
  tasks,
};
export type Messages = typeof en;
