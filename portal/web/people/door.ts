import type { PersonHome } from '../../api/person-home.ts';
import type { Messages } from '../messages.ts';

/** The way from home to everybody on the deal. */
export function peopleDoor({ people, proposals, consents }: PersonHome, { onDeal }: Messages) {
  const open = proposals.filter(({ state }) => state === 'open').length;
  if (people.length === 0 && proposals.length === 0 && consents.length === 0) return null;
  const text = open === 0 ? onDeal.count(people.length) : onDeal.countOpen(people.length, open);
  return { at: { screen: 'people' } as const, icon: 'people' as const, title: onDeal.title, text };
}
