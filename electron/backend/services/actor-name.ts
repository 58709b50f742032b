import type { Id } from '../../../core/deals/model.ts';
import type { Db } from '../../../db/handles.ts';
import { dealCacheOf } from './deal-cache.ts';
import type { Office } from './office.ts';

/** Who did a step of a deal: a member, a person of the deal through their page, or a job of ours. */
export function actorNameOf(
  { db, office }: { readonly db: Db; readonly office: Pick<Office, 'members'> },
  dealId: Id,
  actorId: Id,
): string {
  if (actorId === 'system') return 'Closeboard';
  const member = office.members().find(({ id }) => id === actorId)?.name;
  if (member !== undefined) return member;
  const person = dealCacheOf(db)
    .get(db.read, dealId)
    ?.people.find(({ id }) => id === actorId);
  return person?.name ?? 'A colleague';
}
