import { parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import { dayInWords } from '../../../core/documents/day-words.ts';
import type { AuditEntry } from '../../api/device-calls.ts';
import type { AuditContent } from './chain.ts';
import { triedWords } from './command-words.ts';

export type AuditGroup = AuditEntry['group'];

/** What a row of the trail needs from elsewhere to be read. */
export interface Known {
  /** `member:<id>`, `party:<id>`, `device:<id>` by name; null for somebody of whom nothing is left. */
  readonly nameOf: (actor: string) => string | null;
  /** Of a refused command: what was asked for, and the sentence it was answered with. */
  readonly refused: (
    commandId: string,
  ) => { readonly name: string; readonly args: unknown; readonly message: string } | null;
}

const SOMEBODY = 'Somebody';
const SOMEBODY_GONE = 'Somebody who has left';

const GROUPS: Readonly<Record<string, AuditGroup>> = {
  'command-accepted': 'command',
  'command-refused': 'refused',
  view: 'view',
  preview: 'view',
  download: 'download',
  denied: 'denied',
  'sign-in': 'sign-in',
  'sign-out': 'sign-in',
  enrol: 'sign-in',
  'code-sent': 'sign-in',
  'code-wrong': 'sign-in',
  invite: 'access',
  'revoke-member': 'access',
  'revoke-device': 'access',
  'set-member': 'access',
  'grant-deal': 'access',
  'revoke-deal': 'access',
  'make-link': 'access',
  'revoke-link': 'access',
  'set-download': 'access',
  export: 'export',
  upload: 'file',
  other: 'other',
};

/** Every kind that has words of its own. Another one reads as its name does. */
export const AUDIT_KINDS = Object.keys(GROUPS);

export function groupOf(kind: string): AuditGroup {
  return own(GROUPS, kind) ?? 'other';
}

/** Who did it, as a sentence begins with it. */
export function whoOf(actor: string, { nameOf }: Pick<Known, 'nameOf'>): string {
  if (actor === 'system') return 'Closeboard';
  if (actor === 'unknown') return SOMEBODY;
  return nameOf(actor) ?? SOMEBODY_GONE;
}

/** The id of the command that a row is about; null for what no command did. */
export function commandIdOf({ details }: Pick<AuditContent, 'details'>): string | null {
  return text(details, 'commandId') || null;
}

/** One row of the trail as a finished sentence. Pure: what it needs from elsewhere is `known`. */
export function auditSentence(row: Pick<AuditContent, 'actor' | 'kind' | 'details'>, known: Known): string {
  const told = own(TOLD, row.kind);
  const said: Said = { details: row.details, actor: row.actor, known };
  return finished(`${whoOf(row.actor, known)} ${told === undefined ? otherWords(row.kind) : told(said)}`);
}

interface Said {
  readonly details: unknown;
  readonly actor: string;
  readonly known: Known;
}

const TOLD: Readonly<Record<string, (said: Said) => string>> = {
  'command-accepted': ({ details }) => {
    const label = text(details, 'label');
    if (label !== '') return lowered(label);
    const name = text(details, 'name');
    return name === '' ? 'did something that changed nothing' : `asked to ${triedWords(name, null)}; it was so already`;
  },
  'command-refused': ({ details, known }) => {
    const command = known.refused(text(details, 'commandId'));
    const tried = triedWords(command?.name ?? text(details, 'name'), command?.args ?? null);
    const why = command?.message || text(details, 'message') || text(details, 'refusalType');
    return `tried to ${tried}; refused${why === '' ? '' : `: ${why}`}`;
  },
  view: ({ details }) =>
    isFeed(details) ? 'followed their dates in a calendar' : `opened ${thingOf(details) ?? 'the portal'}`,
  download: ({ details }) => `downloaded ${thingOf(details) ?? 'a file'}`,
  denied: (said) => {
    const why = text(said.details, 'reason') || text(said.details, 'message') || text(said.details, 'sentence');
    return `${deniedWords(said)}${why === '' ? '' : `: ${why}`}`;
  },
  'sign-in': ({ details, actor }) =>
    isSwitch(details)
      ? 'came here from another of their deals, signed in already'
      : `signed in${actor.startsWith('party:') ? ' through their link' : onComputer(details)}`,
  'sign-out': ({ details }) =>
    isSwitch(details) ? 'went to another of their deals' : `signed out${onComputer(details)}`,
  enrol: ({ details }) => `connected ${computer(details) || 'a computer'} to the portal`,
  'code-sent': () => 'asked for a code to sign in, and it was sent to their address',
  'code-wrong': (said) => `typed a code or word that is not right${forLink(said)}`,
  invite: (said) =>
    isSaid(said.details, 'isWithdrawn')
      ? `took back the invitation of ${subjectOf(said)}`
      : text(said.details, 'what') === 'computer'
        ? `made a code for a computer of ${subjectOf(said)}`
        : `invited ${subjectOf(said)}${asRole(said.details)}`,
  'revoke-member': (said) => `took ${subjectOf(said)} off the team`,
  'revoke-device': (said) =>
    `ended the access of ${computer(said.details) || 'a computer'}${of(memberOf(said))}, at once`,
  'set-member': (said) => `changed the entry of ${subjectOf(said)} on the team${asRole(said.details)}`,
  'grant-deal': (said) => `put ${subjectOf(said)} on this deal`,
  'revoke-deal': (said) => `took ${subjectOf(said)} off this deal`,
  'make-link': (said) =>
    `${isFeed(said.details) ? 'made a calendar feed of their dates' : `made a link for ${subjectOf(said)}`}${until(said.details)}`,
  'revoke-link': (said) =>
    isFeed(said.details) && said.actor.startsWith('party:')
      ? 'ended their calendar feed'
      : `ended the ${isFeed(said.details) ? 'calendar feed' : 'link'} of ${subjectOf(said)}, at once`,
  'set-download': (said) => `let the link of ${subjectOf(said)} ${downloadWords(said.details)}`,
  preview: (said) => `looked at the portal as ${subjectOf(said)} sees it`,
  upload: ({ details }) => `sent ${fileOf(details) ?? 'a file'}`,
  export: ({ details }) =>
    `exported this deal with its trail${text(details, 'where') === 'command-line' ? ', asked for on the command line' : ''}`,
  other: ({ details }) => own(WHAT, text(details, 'what')) ?? otherWords(text(details, 'what')),
};

/** What jobs and files say that is of no other kind. */
const WHAT: Readonly<Record<string, string>> = {
  'upload-failed': 'sent a file that did not arrive whole or may not be kept, so it was not taken',
};

const DENIED: Readonly<Record<string, string>> = {
  download: 'was denied a file',
  upload: 'was denied to send a file',
  enrol: 'was denied to connect a computer, with a code that is not good',
};

function deniedWords(said: Said): string {
  const { details } = said;
  const command = text(details, 'commandId') === '' ? null : text(details, 'name');
  if (command !== null && command !== '')
    return `tried to ${triedWords(command, null)} and was denied, not being on this deal`;
  const thing = thingOf(details);
  if (thing !== null) return `was denied ${thing}`;
  if (isFeed(details)) return `tried a calendar feed${whoseLink(said)} that does not work, or not any more`;
  if (text(details, 'what') === 'open') {
    return `tried a link${whoseLink(said)} that does not work, or not any more`;
  }
  const words = own(DENIED, text(details, 'what'));
  return `${words ?? 'was denied something that is not shared with them'}${forLink(said)}`;
}

function whoseLink(said: Said): string {
  return text(said.details, 'personId') === '' ? '' : ` of ${subjectOf(said)}`;
}

/** The dates of a person, as a calendar reads them by itself. */
function isFeed(details: unknown): boolean {
  return text(details, 'what') === 'calendar';
}

/** An agent went from one of their deals to another. */
function isSwitch(details: unknown): boolean {
  return text(details, 'what') === 'switch';
}

/** Whose link it was, where nobody knows who held it. */
function forLink(said: Said): string {
  if (said.actor !== 'unknown' || text(said.details, 'personId') === '') return '';
  return `, at the link of ${subjectOf(said)}`;
}

/** A kind that came after this program: its own name, as words. */
function otherWords(kind: string): string {
  const words = kind.replaceAll(/[^A-Za-z0-9]+/g, ' ').trim();
  return `did this: ${words === '' ? 'something without a name' : words.toLowerCase()}`;
}

/** "the disclosure packet", from the title of its checklist line; else the file's own name. */
function thingOf(details: unknown): string | null {
  const title = text(details, 'title');
  return title === '' ? fileOf(details) : `the ${lowered(title).replace(/^the /, '')}${versionIn(details)}`;
}

function versionIn(details: unknown): string {
  const version = typeof details === 'object' && details !== null && Object.hasOwn(details, 'version');
  const number = version ? (details as Readonly<Record<string, unknown>>).version : null;
  return Number.isSafeInteger(number) ? `, version ${number}` : '';
}

function fileOf(details: unknown): string | null {
  const name = text(details, 'fileName') || text(details, 'title') || text(details, 'originalName');
  return name === '' ? null : `“${name}”`;
}

/** Whom it was done to: a person of the deal or a member, by the name of today, else the one that was written down. */
function subjectOf({ details, known }: Said): string {
  const person = text(details, 'personId');
  const member = text(details, 'memberId');
  const named =
    (person === '' ? null : known.nameOf(`party:${person}`)) ??
    (member === '' ? null : known.nameOf(`member:${member}`));
  return (
    named ??
    (text(details, 'personName') ||
      text(details, 'memberName') ||
      text(details, 'name') ||
      text(details, 'email') ||
      'somebody')
  );
}

function memberOf({ details, known }: Said): string {
  const member = text(details, 'memberId');
  return member === '' ? '' : (known.nameOf(`member:${member}`) ?? '');
}

const ROLES: Readonly<Record<string, string>> = { tc: 'a coordinator', admin: 'an admin', agent: 'an agent' };

function asRole(details: unknown): string {
  const role = own(ROLES, text(details, 'role'));
  return role === undefined ? '' : ` as ${role}`;
}

function computer(details: unknown): string {
  const name = text(details, 'deviceName') || text(details, 'title');
  return name === '' ? '' : `the computer “${name}”`;
}

function onComputer(details: unknown): string {
  const name = computer(details);
  return name === '' ? '' : ` on ${name}`;
}

function of(name: string): string {
  return name === '' ? '' : ` of ${name}`;
}

function until(details: unknown): string {
  const day = parsePlainDate(text(details, 'expiresAt').slice(0, 10));
  return day === null ? '' : `, good until ${dayInWords(day)}`;
}

function downloadWords(details: unknown): string {
  if (isSaid(details, 'mayDownload')) return 'show files and hand them out';
  return 'show files only, without handing them out';
}

function isSaid(details: unknown, name: string): boolean {
  return (
    typeof details === 'object' && details !== null && (details as Readonly<Record<string, unknown>>)[name] === true
  );
}

/** Names come from outside, and every object has a `constructor`. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A line of what was written down; empty when it is not there. What a person typed is shortened and kept to one line. */
function text(details: unknown, name: string): string {
  if (typeof details !== 'object' || details === null || !Object.hasOwn(details, name)) return '';
  const value = (details as Readonly<Record<string, unknown>>)[name];
  if (typeof value !== 'string') return '';
  const line = value.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}

/** "Moved the deal" after a name is "moved the deal"; "HOA papers" and "1003" stay as they are. */
function lowered(words: string): string {
  return /^\p{Lu}\p{Ll}/u.test(words) ? `${words.charAt(0).toLowerCase()}${words.slice(1)}` : words;
}

function finished(sentence: string): string {
  return /[.!?…]”?$/u.test(sentence) ? sentence : `${sentence}.`;
}
