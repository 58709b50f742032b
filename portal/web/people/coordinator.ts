import type { Contact, PersonHome } from '../../api/person-home.ts';
import { firstName } from '../format.ts';
import type { Messages } from '../messages.ts';

/** Who calls a proposed person: the coordinator, by first name when they are shown. */
export function coordinatorOf(people: readonly Contact[], { onDeal }: Messages): string {
  const coordinator = people.find(({ role }) => role === 'tc');
  return coordinator === undefined ? onDeal.yourCoordinator : firstName(coordinator.name);
}

export function isClient({ person }: Pick<PersonHome, 'person'>): boolean {
  return person.role === 'client' || person.role === 'co-client';
}
