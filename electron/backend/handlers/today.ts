import type { CallOutput } from '../../contract/calls.ts';
import type { Open } from './context.ts';

export function listToday(open: Open): CallOutput<'today:list'> {
  const { items, quietDeals } = open.todayList.list(open.today());
  return { items: [...items], quietDeals };
}
