import { isSame } from '../../core/commands/changes.ts';
import type { Id } from '../../core/deals/model.ts';
import type { TeamMember } from '../../core/sync/wire.ts';
import type { Read, Write } from '../handles.ts';
import { readMembers, readSetting } from '../read/workspace.ts';
import { putMember } from '../write/members.ts';
import { putSetting } from '../write/settings.ts';

const GONE = 'gone-members';

/** Those who left the team: their names are kept, nothing new is given to them. */
export function readGone(read: Read): ReadonlySet<Id> {
  const kept = readSetting(read, GONE);
  return new Set(Array.isArray(kept) ? kept.map(String) : []);
}

/**
 * The team as the server says it. Whoever is not among it any more keeps their name here. `keepName`: the member whose
 * name this computer knows better (the person at it, on its own portal). Whether anything differs.
 */
export function takeTeam(write: Write, team: readonly TeamMember[], keepName: Id | null): boolean {
  const members = readMembers(write);
  const known = new Map(members.map((member) => [member.id, member]));
  const present = new Set(team.filter((member) => !member.isGone).map((member) => member.id));
  let isChanged = false;
  for (const { id, name, role, email } of team) {
    const before = known.get(id);
    const member = { id, name: id === keepName && before !== undefined ? before.name : name, role, email };
    if (before !== undefined && isSame({ ...before }, member)) continue;
    putMember(write, member);
    isChanged = true;
  }
  const all = new Set([...members.map((member) => member.id), ...team.map((member) => member.id)]);
  const gone = [...all].filter((id) => !present.has(id)).sort();
  if (isSame(gone, [...readGone(write)].sort())) return isChanged;
  putSetting(write, GONE, gone);
  return true;
}
