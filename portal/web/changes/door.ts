import type { PersonHome } from '../../api/person-home.ts';
import type { Messages } from '../messages.ts';
import { isForYou, isGoingOn } from './state.ts';

/** The way from home to the requests for change: to asking, while there is none. Null for whoever has neither. */
export function changesDoor(home: PersonHome, { changes }: Messages) {
  const { door } = changes;
  const mayAsk = !home.isPreview && home.askable.kinds.length > 0;
  if (home.changes.length === 0)
    return mayAsk
      ? { at: { screen: 'ask-change' } as const, icon: 'edit' as const, title: changes.ask, text: door.ask }
      : null;
  const forYou = home.changes.filter(isForYou).length;
  const others = home.changes.filter((change) => isGoingOn(change) && !isForYou(change)).length;
  const lines = [...(forYou > 0 ? [changes.forYou(forYou)] : []), ...(others > 0 ? [door.onTheWay(others)] : [])];
  const text = lines.length === 0 ? door.noneOpen : lines.join(', ');
  return { at: { screen: 'changes' } as const, icon: 'edit' as const, title: changes.title, text };
}
