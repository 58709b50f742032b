import { parentPort } from 'node:worker_threads';
import type { TaskContext } from './protocol.ts';
import { documentInfo } from './read/document-info.ts';
import { documentText } from './read/document-text.ts';
import { findOnPage } from './read/find-on-page.ts';
import type { DocumentSource } from './read/open-document.ts';
import { pageImage } from './read/page-image.ts';
import { serveTasks } from './serve-tasks.ts';

/** The entry of the PDF thread: every task it knows by name. */
const TASKS = {
  info: (source: DocumentSource, context: TaskContext) => documentInfo(source, context),
  text: documentText,
  find: findOnPage,
  pageImage,
};

if (parentPort) serveTasks(parentPort, TASKS);
