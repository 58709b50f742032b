import { closeSync, fstatSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Writes over the pages after the first of the database, as a failing disk does. */
export function damageRecords(data: string): void {
  const name = readdirSync(data).find((one) => /\.(db|sqlite3?)$/.test(one));
  if (name === undefined) throw new Error(`no records in ${readdirSync(data).join(', ')}`);
  const file = openSync(join(data, name), 'r+');
  const { size } = fstatSync(file);
  const junk = Buffer.alloc(4096, 0xa5);
  for (let at = 4096; at < size; at += 8192) writeSync(file, junk, 0, junk.length, at);
  closeSync(file);
}
