import { compareNames, type NormalName, normaliseName } from './name.ts';
import { formatPhone, normalisePhone, readPhone } from './phone.ts';

export interface PersonDetails {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** A person in normal forms, made once and compared often. */
export interface NormalPerson {
  /** The name as typed, for the sentences. */
  readonly typed: string;
  readonly name: NormalName;
  readonly email: string;
  /** E.164; empty when it could not be read as a number. */
  readonly phone: string;
}

export interface Likeness {
  /** 0: nothing in common; 1: the same as far as anybody can tell. */
  readonly score: number;
  /** Sentences, the weightiest first. */
  readonly reasons: readonly string[];
}

/** Trimmed and lower case: no mail provider of note tells case apart. */
export function normaliseEmail(text: string): string {
  return text.trim().toLowerCase();
}

export function normalisePerson({ name, email, phone }: PersonDetails): NormalPerson {
  return {
    typed: name.replace(/\s+/g, ' ').trim(),
    name: normaliseName(name),
    email: normaliseEmail(email),
    phone: readPhone(phone) === null ? '' : normalisePhone(phone),
  };
}

/**
 * How likely two entries are one person. One e-mail address or phone number with the same name is 1, with another name
 * 0.8 (couples share them); a name alone counts 0.75, and half when the contacts differ. Symmetric.
 */
export function comparePersons(left: NormalPerson, right: NormalPerson): Likeness {
  const name = compareNames(left.name, right.name);
  const isEmail = left.email !== '' && left.email === right.email;
  const isPhone = left.phone !== '' && left.phone === right.phone;
  const reasons = [
    ...(isEmail ? [`The same e-mail address: ${left.email}.`] : []),
    ...(isPhone ? [`The same phone number: ${formatPhone(left.phone)}.`] : []),
    ...nameReasons(name, [left.typed, right.typed].sort()),
  ];
  if (isEmail || isPhone) return { score: scoreOfContact(name, left, right), reasons };
  const isOtherContact = differ(left.email, right.email) || differ(left.phone, right.phone);
  const isAllSame = name === 1 && left.email === right.email && left.phone === right.phone;
  return { score: isAllSame ? 1 : name * (isOtherContact ? 0.5 : 0.75), reasons };
}

function scoreOfContact(name: number, left: NormalPerson, right: NormalPerson): number {
  const nameless = [left, right].filter((person) => person.name.words.length === 0).length;
  if (nameless === 1) return 0.9;
  return name >= 0.85 || nameless === 2 ? 1 : 0.8;
}

function nameReasons(score: number, typed: readonly string[]): readonly string[] {
  if (score === 1) return [`The same name: ${typed[0]}.`];
  return score >= 0.6 ? [`Names that may be one person: ${typed.join(' and ')}.`] : [];
}

function differ(left: string, right: string): boolean {
  return left !== '' && right !== '' && left !== right;
}
