import type { ChangeView, ThreadView } from '../../contract/portal-views.ts';
import { changeViews } from '../services/change-views.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { termNames } from '../services/term-names.ts';
import { threadViews } from '../services/thread-views.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

/** The requests for change of a deal; none of one that is not here. */
export function listChanges(open: Open, { dealId }: ParsedInput<'changes:of'>): ChangeView[] {
  const deal = dealCacheOf(open.db).get(open.db.read, dealId);
  if (deal === null) return [];
  const { office } = open;
  return [
    ...changeViews({
      deal,
      members: office.members(),
      team: office.workspace().members,
      actor: office.actor(),
      names: termNames(deal, open.datesOf(deal), open.today()),
      now: open.deps.now().toISOString(),
    }),
  ];
}

/** The conversations of a deal, one a person; none of one that is not here. */
export function listThreads(open: Open, { dealId }: ParsedInput<'messages:of'>): ThreadView[] {
  const deal = dealCacheOf(open.db).get(open.db.read, dealId);
  if (deal === null) return [];
  const names = termNames(deal, open.datesOf(deal), open.today());
  const { office } = open;
  return [...threadViews({ deal, members: office.members(), myId: office.profile().memberId, names })];
}
