import { parentPort } from 'node:worker_threads';
import { EDIT_TASKS } from './edit-tasks.ts';
import { documentInfo } from './read/document-info.ts';
import { documentText } from './read/document-text.ts';
import { findOnPage } from './read/find-on-page.ts';
import { pageImage } from './read/page-image.ts';
import { serveTasks } from './serve-tasks.ts';

// The script of the PDF thread: every task it knows, by name. `pdf-worker.ts` tells the world what they take and give.
if (parentPort) {
  serveTasks(parentPort, { ...EDIT_TASKS, info: documentInfo, text: documentText, find: findOnPage, pageImage });
}
