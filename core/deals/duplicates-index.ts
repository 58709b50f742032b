import type { Likeness } from '../parties/person.ts';
import {
  compareSubjects,
  type DuplicateSubject,
  MAYBE_DUPLICATE,
  type NormalSubject,
  normaliseSubject,
} from './duplicates.ts';
import type { Id } from './model.ts';

export interface DuplicateMatch extends Likeness {
  readonly id: Id;
}

/** Subjects by their blocking keys. Only those that share a key are ever compared. */
export interface DuplicateIndex {
  readonly byKey: ReadonlyMap<string, readonly NormalSubject[]>;
}

/**
 * Keys that two duplicates share at least one of, short text that a database can index: house number with ZIP code,
 * house number with street, e-mail, phone, and the words of the name.
 */
export function duplicateKeys(subject: NormalSubject): readonly string[] {
  const { number, street, zip } = subject.address;
  const keys = new Set<string>();
  if (street !== '' && number !== '' && zip !== '') keys.add(`z ${number} ${zip}`);
  if (street !== '') keys.add(`s ${number} ${street}`);
  for (const person of subject.people) {
    if (person.email !== '') keys.add(`e ${person.email}`);
    if (person.phone !== '') keys.add(`p ${person.phone}`);
    if (person.name.words.length > 1) keys.add(`n ${person.name.words.join(' ')}`);
  }
  return [...keys];
}

export function indexDuplicates(subjects: readonly DuplicateSubject[]): DuplicateIndex {
  const byKey = new Map<string, NormalSubject[]>();
  for (const subject of subjects.map(normaliseSubject))
    for (const key of duplicateKeys(subject)) {
      const held = byKey.get(key);
      if (held === undefined) byKey.set(key, [subject]);
      else held.push(subject);
    }
  return { byKey };
}

/** Everything of the index that may be the same as `subject`, the likeliest first. Itself, by id, is left out. */
export function findDuplicates(
  index: DuplicateIndex,
  subject: DuplicateSubject,
  atLeast: number = MAYBE_DUPLICATE,
): readonly DuplicateMatch[] {
  const normal = normaliseSubject(subject);
  const candidates = new Map<Id, NormalSubject>();
  for (const key of duplicateKeys(normal))
    for (const other of index.byKey.get(key) ?? []) if (other.id !== normal.id) candidates.set(other.id, other);
  return [...candidates.values()]
    .map((other) => ({ id: other.id, ...compareSubjects(normal, other) }))
    .filter((match) => match.score >= atLeast)
    .sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1));
}
