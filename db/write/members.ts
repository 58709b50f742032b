import type { Member } from '../../core/deals/model.ts';
import type { Write } from '../handles.ts';

const PUT = `INSERT INTO member (id, name, role, email, position)
  VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM member))
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, email = excluded.email`;

/** Adds a member, or writes over the one of that id; their place among the others stays. */
export function putMember(write: Write, { id, name, role, email }: Member): void {
  write.run(PUT, id, name, role, email);
}
