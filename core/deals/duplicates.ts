import { daysBetween, type PlainDate, parsePlainDate } from '../deadlines/plain-date.ts';
import { isOneSlipApart } from '../parties/name.ts';
import {
  comparePersons,
  type Likeness,
  type NormalPerson,
  normalisePerson,
  type PersonDetails,
} from '../parties/person.ts';
import { type AddressInput, type NormalAddress, normaliseAddress } from './address.ts';
import type { Deal, Id } from './model.ts';

/** What is compared of a deal or a lead. */
export interface DuplicateSubject {
  readonly id: Id;
  readonly address: AddressInput;
  /** The clients only: two deals may well share an agent or a lender. */
  readonly people: readonly PersonDetails[];
  /** The day it came in. */
  readonly on: PlainDate | null;
}

/** A subject in its normal forms, made once and compared often. */
export interface NormalSubject {
  readonly id: Id;
  readonly address: NormalAddress;
  /** As typed, for the sentences. */
  readonly street: string;
  readonly people: readonly NormalPerson[];
  readonly on: PlainDate | null;
}

/** From here on a person is asked whether to merge. */
export const MAYBE_DUPLICATE = 0.6;
/** From here on the card says so before anything else is done with it. */
export const LIKELY_DUPLICATE = 0.85;

const WEIGHTS = { address: 0.55, people: 0.4, on: 0.05 } as const;

export function subjectOf(deal: Deal): DuplicateSubject {
  const clients = deal.people.filter((person) => person.role === 'client' || person.role === 'co-client');
  return {
    id: deal.row.id,
    address: deal.row,
    people: clients.map(({ name, email, phone }) => ({ name, email, phone })),
    on: parsePlainDate(deal.row.openedAt.slice(0, 10)),
  };
}

export function normaliseSubject(subject: DuplicateSubject): NormalSubject {
  const people = subject.people
    .map(normalisePerson)
    .filter(({ name, email, phone }) => name.words.length > 0 || email !== '' || phone !== '');
  const address = normaliseAddress(subject.address);
  return { id: subject.id, address, street: subject.address.street.trim(), people, on: subject.on };
}

/**
 * How likely two deals are one, and why. Only what both sides say is compared: what one of them lacks lowers the score a
 * little, what both lack does not. Symmetric; formatting changes nothing; two equal subjects that say anything score 1.
 */
export function compareSubjects(left: NormalSubject, right: NormalSubject): Likeness {
  const address = compareAddresses(left, right);
  const people = comparePeople(left.people, right.people);
  const on = compareDays(left.on, right.on);
  const known = [
    { weight: WEIGHTS.address, likeness: address },
    { weight: WEIGHTS.people, likeness: people },
    { weight: WEIGHTS.on, likeness: on },
  ].flatMap(({ weight, likeness }) => (likeness === null ? [] : [{ weight, likeness }]));
  // Two leads of one day with nothing else in common say nothing.
  if (address === null && people === null) return { score: 0, reasons: [] };
  const total = known.reduce((sum, part) => sum + part.weight, 0);
  const reached = known.reduce((sum, part) => sum + part.weight * part.likeness.score, 0);
  const isLopsided =
    isOneSided(left.address.street, right.address.street) || (left.people.length === 0) !== (right.people.length === 0);
  const score = (reached / total) * (isLopsided ? 0.85 : 1);
  return { score: Math.round(score * 1000) / 1000, reasons: known.flatMap((part) => part.likeness.reasons) };
}

function compareAddresses(
  { address: left, street: one }: NormalSubject,
  { address: right, street: other }: NormalSubject,
): Likeness | null {
  if (left.street === '' || right.street === '') return null;
  const shown = [one, other].sort()[0] ?? one;
  if (left.number !== right.number) return { score: 0, reasons: [] };
  const isSame = left.street === right.street;
  if (!isSame && !(left.street.length >= 5 && isOneSlipApart(left.street, right.street)))
    return { score: 0, reasons: [] };
  const place = comparePlaces(left, right);
  if (place === 0) return { score: 0.1, reasons: [`The same street and number in two towns: ${shown}.`] };
  const unit = left.unit === right.unit ? 1 : isOneSided(left.unit, right.unit) ? 0.8 : 0.3;
  const spelling = isSame ? 1 : 0.85;
  return { score: place * unit * spelling, reasons: [addressReason(left, right, { shown, unit, isSame })] };
}

function addressReason(
  left: NormalAddress,
  right: NormalAddress,
  { shown, unit, isSame }: { shown: string; unit: number; isSame: boolean },
): string {
  if (unit === 0.3) return `The same building, ${shown}, but units ${[left.unit, right.unit].sort().join(' and ')}.`;
  if (unit === 0.8) return `The same house, ${shown}; only one of them names a unit, ${left.unit || right.unit}.`;
  return isSame ? `The same address: ${shown}.` : `Nearly the same address: ${shown}, one letter apart.`;
}

/** 1 for the same town or ZIP code, 0.9 where one of them does not say, 0 for two towns. */
function comparePlaces(left: NormalAddress, right: NormalAddress): number {
  if (isConflict(left.state, right.state)) return 0;
  if (left.zip !== '' && left.zip === right.zip) return 1;
  if (left.city !== '' && left.city === right.city && !isConflict(left.zip, right.zip)) return 1;
  if (isConflict(left.zip, right.zip)) return left.city !== '' && left.city === right.city ? 0.7 : 0;
  if (isConflict(left.city, right.city)) return 0;
  return left.zip === right.zip && left.city === right.city ? 1 : 0.9;
}

/** The best pair of all: one shared client is enough to ask. */
function comparePeople(left: readonly NormalPerson[], right: readonly NormalPerson[]): Likeness | null {
  const pairs = left.flatMap((one) => right.map((other) => comparePersons(one, other)));
  if (pairs.length === 0) return null;
  return pairs.reduce((best, pair) => (isBetter(pair, best) ? pair : best));
}

function isBetter(pair: Likeness, best: Likeness): boolean {
  if (pair.score !== best.score) return pair.score > best.score;
  return pair.reasons.join(' ') < best.reasons.join(' ');
}

/** 1 on the same day, falling to 0 at a year. */
function compareDays(left: PlainDate | null, right: PlainDate | null): Likeness | null {
  if (left === null || right === null) return null;
  const apart = Math.abs(daysBetween(left, right));
  const reasons =
    apart === 0
      ? ['Both came in on the same day.']
      : apart <= 30
        ? [`They came in ${apart} ${apart === 1 ? 'day' : 'days'} apart.`]
        : [];
  return { score: Math.max(0, 1 - apart / 365), reasons };
}

function isOneSided(left: string, right: string): boolean {
  return (left === '') !== (right === '');
}

function isConflict(left: string, right: string): boolean {
  return left !== '' && right !== '' && left !== right;
}
