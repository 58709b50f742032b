import type { Member } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

/** In the order they were added. */
export function readMembers(read: Read): readonly Member[] {
  return read.all<Member>('SELECT id, name, role, email FROM member ORDER BY position, id');
}

/** The value kept under a key, or null. Parse it with a schema: it may be from another version. */
export function readSetting(read: Read, key: string): unknown {
  const row = read.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', key);
  return row === undefined ? null : JSON.parse(row.value);
}

/** All deals, those that are closed as well. */
export function dealCount(read: Read): number {
  return read.get<{ n: number }>('SELECT count(*) AS n FROM deal')?.n ?? 0;
}

export function sampleCount(read: Read): number {
  return read.get<{ n: number }>('SELECT count(*) AS n FROM deal WHERE is_sample = 1')?.n ?? 0;
}
