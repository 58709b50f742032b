import type { Write } from '../handles.ts';

/** Keeps a value that JSON can hold under a key, in the place of the one before. */
export function putSetting(write: Write, key: string, value: unknown): void {
  const text = JSON.stringify(value);
  if (text === undefined) throw new Error(`setting ${key} is nothing that JSON can hold`);
  const sql = 'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
  write.run(sql, key, text);
}
