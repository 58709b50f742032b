import { addDays, type PlainDate } from '../deadlines/plain-date.ts';
import type { Id, Member, PartyRole, PersonRow } from '../deals/model.ts';
import { dayInWords, instantInWords } from '../documents/day-words.ts';
import { type Actor, partyActor } from './actor.ts';
import { CONDITIONS, type DealContext } from './conditions.ts';
import { type Action, type Column, type Grant, MATRIX } from './matrix.ts';
import { columnOf } from './may.ts';
import { ROW_WORDS } from './row-words.ts';
import { MATRIX_ROWS, type MatrixRow } from './things.ts';

/** One person of a deal and, in sentences: why they are there, what they may see, what not, and until when. */
export interface AccessExplanation {
  readonly id: Id;
  readonly name: string;
  readonly sentences: readonly string[];
}

export interface AccessSubject {
  readonly context: DealContext;
  readonly members: readonly Member[];
  /** The last day of each person's link by person id; a person without an entry has no link. Null: no closing day yet. */
  readonly linkEndsOn: ReadonlyMap<Id, PlainDate | null>;
}

/** Days a link outlives the closing by default (domain.md section 8). */
export const LINK_DAYS_AFTER_CLOSING = 30;

/** The default last day of a link; it moves with the closing day, and without one there is none to name. */
export function linkEndsOn(closingOn: PlainDate | null): PlainDate | null {
  return closingOn === null ? null : addDays(closingOn, LINK_DAYS_AFTER_CLOSING);
}

/** Who may see what, why, until when: the screen of product.md section B as sentences, members first. */
export function explainAccess(subject: AccessSubject): readonly AccessExplanation[] {
  const members = subject.members.flatMap((member) => {
    const actor: Actor = { kind: 'member', memberId: member.id, role: member.role };
    const column = columnOf(actor, subject.context);
    return column === null ? [] : [explainMember(member, column, subject)];
  });
  const people = subject.context.deal.people.map((person) => explainPerson(person, subject));
  return [...members, ...people];
}

const ROLE_WORDS: Readonly<Record<PartyRole, string>> = {
  client: 'the client',
  'co-client': 'a co-client',
  agent: 'the agent of our side',
  tc: 'the coordinator',
  admin: 'an admin',
  lender: 'the lender',
  title: 'title and escrow',
  attorney: 'the attorney of our side',
  'other-agent': 'the agent of the other side',
  'other-principal': 'a principal of the other side',
};

function explainMember(member: Member, column: Column, subject: AccessSubject): AccessExplanation {
  const why = member.role === 'admin' ? 'every admin is on every deal' : 'a member of this deal';
  const sentences = [
    `${member.name} is on the team as ${ROLE_WORDS[member.role]}: ${why}.`,
    ...whatColumnSees(column, 'member'),
    ...consentSentences(member.id, member.name, subject.context),
    'This lasts while they are on the team and on this deal.',
  ];
  return { id: member.id, name: member.name, sentences };
}

function explainPerson(person: PersonRow, subject: AccessSubject): AccessExplanation {
  const column = columnOf(partyActor(person, subject.context.deal.row), subject.context);
  if (column === null) {
    const sentence = `${person.name} is listed as ${ROLE_WORDS[person.role]} and sees nothing through a link: team members sign in on their desktop.`;
    return { id: person.id, name: person.name, sentences: [sentence] };
  }
  const isDownloadOff = subject.context.downloadsOffFor.includes(person.id);
  const sentences = [
    `${person.name} is ${ROLE_WORDS[person.role]} on this deal.`,
    ...whatColumnSees(column, 'party'),
    ...consentSentences(person.id, person.name, subject.context),
    'They see a paper of others once a reviewer has approved it, and of their own that it came.',
    ...(isDownloadOff ? ['Their link shows files but does not hand them out.'] : []),
    untilWhen(person.id, subject),
  ];
  return { id: person.id, name: person.name, sentences };
}

function untilWhen(personId: Id, { linkEndsOn: ends }: AccessSubject): string {
  const endsOn = ends.get(personId);
  if (endsOn === undefined) return 'They have no link now, so they see nothing until one is made.';
  if (endsOn === null) return `No closing day is set. Their link ends ${LINK_DAYS_AFTER_CLOSING} days after closing.`;
  return `Their link ends after ${dayInWords(endsOn)}, or at once when you revoke it.`;
}

function whatColumnSees(column: Column, kind: Actor['kind']): readonly string[] {
  const rows = MATRIX_ROWS.map((row) => ({ row, phrases: phrasesOf(MATRIX[row][column] ?? [], 'see', kind) }));
  const always = rows.filter(({ phrases }) => phrases.includes(''));
  const sometimes = rows.filter(({ phrases }) => phrases.length > 0 && !phrases.includes(''));
  const arrived = rows.filter(({ row }) => isMetadataFor(row, column));
  const never = rows.filter(({ row, phrases }) => phrases.length === 0 && !isMetadataFor(row, column));
  const some = sometimes.map(({ row, phrases }) => `${ROW_WORDS[row]} ${phrases.join(', or ')}`);
  return [
    sentence('Sees', words(always)),
    sentence('Sees in part:', some),
    sentence('Sees only that it arrived:', words(arrived)),
    sentence('Does not see', words(never)),
  ].filter((text) => text !== '');
}

const words = (rows: readonly { readonly row: MatrixRow }[]): readonly string[] =>
  rows.map(({ row }) => ROW_WORDS[row]);

/** The conditions of each grant in words; the empty text for one without any. A grant for the team is no party's. */
function phrasesOf(cell: readonly Grant[], action: Action, kind: Actor['kind']): readonly string[] {
  return cell
    .filter((grant) => grant.may.includes(action) && (kind === 'member' || !grant.when.includes('team-member')))
    .map((grant) => grant.when.map((condition) => CONDITIONS[condition].words).filter((each) => each !== ''))
    .map((conditions) => conditions.join(' and '));
}

/** Cells from which a person may learn that something came without ever being promised the thing itself. */
function isMetadataFor(row: MatrixRow, column: Column): boolean {
  return (MATRIX[row][column] ?? []).some((grant) => grant.may.includes('see-metadata') && !grant.may.includes('see'));
}

function sentence(start: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${start} ${parts.join('; ')}.`;
}

function consentSentences(toId: Id, toName: string, { consents, deal }: DealContext): readonly string[] {
  return consents
    .filter((consent) => consent.toId === toId)
    .map((consent) => {
      const by =
        deal.people.find((person) => person.id === consent.byPersonId)?.name ?? 'Somebody who has left the deal';
      const paper = consent.covers === 'settlement' ? 'settlement statement' : 'closing disclosure';
      const agreed = `${by} agreed on ${instantInWords(consent.givenAt)} that ${toName} sees the ${paper}`;
      return consent.withdrawnAt === null
        ? `${agreed}.`
        : `${agreed}, and withdrew that on ${instantInWords(consent.withdrawnAt)}.`;
    });
}
