import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { err, ok, type Result } from '../core/result.ts';
import { DB_FILE } from '../db/files.ts';
import type { Db } from '../db/handles.ts';
import { openDatabase } from '../db/open.ts';
import { type Answer, refusal } from './answer.ts';

const SILENT = { info: () => {}, warn: () => {} };

/** Opens the records of a data folder for one command. Never makes records where there are none. */
export function openRecords(data: string): Result<Db, Answer> {
  const folder = resolve(data);
  if (!existsSync(join(folder, DB_FILE))) {
    const message = `There are no Closeboard records in ${folder}. Name the folder that holds ${DB_FILE}.`;
    return err(refusal({ type: 'NoRecords', message }));
  }
  const opened = openDatabase({ folder, now: () => new Date().toISOString(), log: SILENT });
  return opened.ok ? ok(opened.value) : err(refusal(opened.error));
}
