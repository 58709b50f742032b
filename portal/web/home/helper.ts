import type { Contact } from '../../api/person-home.ts';

/** Whom to ask: the coordinator, else the agent, if there is a way to reach them. */
export function helperOf(people: readonly Contact[]): Contact | null {
  const reachable = people.filter(({ phone, email, isYou }) => !isYou && (phone !== '' || email !== ''));
  return reachable.find(({ role }) => role === 'tc') ?? reachable.find(({ role }) => role === 'agent') ?? null;
}
