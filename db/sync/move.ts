import type { Id } from '../../core/deals/model.ts';
import type { Read, Write } from '../handles.ts';
import { readSetting } from '../read/workspace.ts';
import { putSetting } from '../write/settings.ts';

const OF_DEALS = 'deal_id NOT IN (SELECT id FROM deal WHERE is_sample = 1)';
const ABOVE = "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'command_log')";

/** In this order. What waits and is not in the history (it is refused at present) goes out after its deal's history. */
const AFRESH = [
  'DELETE FROM outbox WHERE command_id IN (SELECT command_id FROM command_log)',
  `UPDATE outbox SET order_no = order_no + (SELECT count(*) FROM command_log) + ${ABOVE},
    device_id = NULL, seq = NULL, accepted_version = NULL`,
  `INSERT INTO outbox (order_no, command_id, deal_id, name, args, at, is_held, first_json)
    SELECT ${ABOVE} + row_number() OVER (ORDER BY deal_id, number, seq), command_id, deal_id, name, args, at, 0, '[]'
    FROM command_log WHERE ${OF_DEALS}`,
  `UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(order_no), 0) FROM outbox)) WHERE name = 'command_log'`,
  'DELETE FROM sent_log',
  'DELETE FROM sync_unit',
  'DELETE FROM sync_copy',
  'DELETE FROM sync_wanted',
  'DELETE FROM file_task',
] as const;

/**
 * Everything that is here goes to another portal: the history of each deal becomes commands that wait, in its order,
 * under the ids they had. A portal that holds one of them already answers it as before. The rows stay as they are.
 */
export function moveAll(write: Write): void {
  for (const sql of AFRESH) write.run(sql);
}

/** Deals that go to another portal with this computer: all but those that are made up. */
export function ownDeals(read: Read): readonly Id[] {
  return read.all<{ id: Id }>('SELECT id FROM deal WHERE is_sample = 0').map(({ id }) => id);
}

/** Columns that hold the id of a member, and those that hold JSON in which one may stand. */
const IDS = [
  ['deal', 'owner_id'],
  ['summary', 'owner_id'],
  ['summary', 'next_assignee_id'],
  ['task', 'assignee_id'],
  ['task', 'done_by'],
  ['note', 'author_id'],
  ['command_log', 'actor_id'],
] as const;
const JSONS = [
  ['command_log', 'args'],
  ['change_log', 'set_json'],
  ['change_log', 'was_json'],
  ['outbox', 'args'],
  ['outbox', 'first_json'],
  ['sent_log', 'args'],
  ['attention', 'args'],
  ['attention', 'card_json'],
  ['attention', 'overwrites_json'],
] as const;

/** Another member's work is this person's from now on, wherever their id stands. Ids are made by us and never words. */
export function renameMember(write: Write, from: Id, to: Id): void {
  if (from === to) return;
  for (const [table, column] of IDS) write.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, to, from);
  const [was, is] = [JSON.stringify(from), JSON.stringify(to)];
  for (const [table, column] of JSONS)
    write.run(
      `UPDATE ${table} SET ${column} = replace(${column}, ?, ?) WHERE instr(${column}, ?) > 0`,
      ...([was, is, was] as const),
    );
}

/** The person at this computer goes by another id, which a portal gave them. */
export function becomeMember(write: Write, memberId: Id): void {
  const before = readSetting(write, 'me');
  if (typeof before !== 'string' || before === memberId) return;
  renameMember(write, before, memberId);
  write.run(
    `INSERT INTO member (id, name, role, email, position)
      SELECT ?, name, role, email, position FROM member WHERE id = ? ON CONFLICT (id) DO NOTHING`,
    memberId,
    before,
  );
  write.run('DELETE FROM member WHERE id = ?', before);
  putSetting(write, 'me', memberId);
}
