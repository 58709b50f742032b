import type { PersonHome } from '../../api/person-home.ts';

/** Whose pages these are on this device: a person of a deal. Two who share a phone do not see each other's. */
export function scopeOf({ place, person }: Pick<PersonHome, 'place' | 'person'>): string {
  return [place.street, place.unit, place.zip, person.role, person.name].join('|');
}

/** `lineId`: of the paper that is asked for; empty for something else. */
export function keyOf(scope: string, lineId: string): string {
  return `${scope}|${lineId}`;
}
