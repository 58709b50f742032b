import { calendar } from './messages/calendar.ts';
import { changes } from './messages/changes.ts';
import { closing } from './messages/closing.ts';
import { common } from './messages/common.ts';
import { sent } from './messages/documents.ts';
import { forms } from './messages/forms.ts';
import { home } from './messages/home.ts';
import { partners } from './messages/partners.ts';
import { onDeal } from './messages/people.ts';
import { reading } from './messages/reading.ts';
import { tasks } from './messages/tasks.ts';
import { thread } from './messages/thread.ts';
import { upload } from './messages/upload.ts';
import { wayIn } from './messages/way-in.ts';

/**
 * Every word of these pages, by area: one file each in messages/, and one line here. Another language is another object of
 * this type, so it has every key or does not compile.
 */
export const en = {
  ...common,
  ...wayIn,
  ...home,
  changes,
  closing,
  onDeal,
  partners,
  calendar,
  forms,
  reading,
  sent,
  tasks,
  thread,
  upload,
};
export type Messages = typeof en;
