import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../../core/commands/registry.ts';
import { AuditEntry } from '../../api/device-calls.ts';
import { triedWords } from './command-words.ts';
import { AUDIT_KINDS, auditSentence, commandIdOf, groupOf, type Known } from './sentences.ts';

const NAMES: Readonly<Record<string, string>> = {
  'member:m-theo': 'Theo Vance',
  'member:m-noor': 'Noor Haddad',
  'party:p-priya': 'Priya Raman',
};
const known: Known = {
  nameOf: (actor) => (Object.hasOwn(NAMES, actor) ? (NAMES[actor] ?? null) : null),
  refused: (commandId) =>
    commandId === 'c-2'
      ? {
          name: 'setAnchor',
          args: { name: 'closing', on: '2026-07-02' },
          message: 'Noor set it to July 1 meanwhile. Choose which of the two counts.',
        }
      : null,
};
const said = (actor: string, kind: string, details: unknown = {}) => auditSentence({ actor, kind, details }, known);

const CASES: readonly (readonly [kind: string, actor: string, details: unknown, sentence: string])[] = [
  [
    'command-accepted',
    'member:m-theo',
    { label: 'Moved the deal to Milestones' },
    'Theo Vance moved the deal to Milestones.',
  ],
  [
    'command-accepted',
    'member:m-theo',
    { name: 'setPrice', label: '' },
    'Theo Vance asked to change the price; it was so already.',
  ],
  [
    'command-accepted',
    'party:p-priya',
    { label: 'Acknowledged “TDS”, version 2', linkId: 'k', personId: 'p-priya' },
    'Priya Raman acknowledged “TDS”, version 2.',
  ],
  [
    'command-accepted',
    'party:p-priya',
    { label: 'Wrote to the team: “When is it?”' },
    'Priya Raman wrote to the team: “When is it?”',
  ],
  [
    'command-refused',
    'party:p-priya',
    { commandId: 'c-9', name: 'approveChange', refusalType: 'Blocked' },
    'Priya Raman tried to agree to a change; refused: Blocked.',
  ],
  ['command-accepted', 'system', { label: 'Opened the deal' }, 'Closeboard opened the deal.'],
  ['view', 'party:p-priya', { title: 'TDS', version: 2 }, 'Priya Raman opened the TDS, version 2.'],
  ['download', 'party:p-priya', { title: 'TDS', version: 2 }, 'Priya Raman downloaded the TDS, version 2.'],
  [
    'command-refused',
    'member:m-theo',
    { commandId: 'c-2', name: 'setAnchor' },
    'Theo Vance tried to move the closing date; refused: Noor set it to July 1 meanwhile. Choose which of the two counts.',
  ],
  [
    'command-refused',
    'member:m-theo',
    { commandId: 'c-9', name: 'setPrice', refusalType: 'Conflict' },
    'Theo Vance tried to change the price; refused: Conflict.',
  ],
  ['view', 'party:p-priya', { title: 'Disclosure packet' }, 'Priya Raman opened the disclosure packet.'],
  ['view', 'party:p-priya', {}, 'Priya Raman opened the portal.'],
  ['download', 'party:p-priya', { title: 'HOA papers' }, 'Priya Raman downloaded the HOA papers.'],
  [
    'denied',
    'party:p-priya',
    { title: 'Inspection report', reason: 'Your link shows files but does not hand them out.' },
    'Priya Raman was denied the inspection report: Your link shows files but does not hand them out.',
  ],
  [
    'denied',
    'unknown',
    { what: 'open', linkId: 'l-1', personId: 'p-priya' },
    'Somebody tried a link of Priya Raman that does not work, or not any more.',
  ],
  ['denied', 'unknown', { what: 'open' }, 'Somebody tried a link that does not work, or not any more.'],
  ['denied', 'unknown', {}, 'Somebody was denied something that is not shared with them.'],
  ['sign-in', 'party:p-priya', {}, 'Priya Raman signed in through their link.'],
  [
    'sign-in',
    'member:m-noor',
    { deviceName: 'Noor’s laptop' },
    'Noor Haddad signed in on the computer “Noor’s laptop”.',
  ],
  [
    'sign-in',
    'party:p-priya',
    { what: 'switch' },
    'Priya Raman came here from another of their deals, signed in already.',
  ],
  ['sign-out', 'party:p-priya', { what: 'switch' }, 'Priya Raman went to another of their deals.'],
  ['sign-out', 'member:m-noor', {}, 'Noor Haddad signed out.'],
  ['enrol', 'member:m-noor', { deviceName: 'Desk' }, 'Noor Haddad connected the computer “Desk” to the portal.'],
  ['code-sent', 'party:p-priya', {}, 'Priya Raman asked for a code to sign in, and it was sent to their address.'],
  ['code-wrong', 'party:p-gone', {}, 'Somebody who has left typed a code or word that is not right.'],
  ['invite', 'member:m-noor', { name: 'Ana Lu', role: 'agent' }, 'Noor Haddad invited Ana Lu as an agent.'],
  [
    'invite',
    'member:m-noor',
    { name: 'Theo Vance', role: 'tc', what: 'computer' },
    'Noor Haddad made a code for a computer of Theo Vance.',
  ],
  ['revoke-member', 'member:m-noor', { memberId: 'm-theo' }, 'Noor Haddad took Theo Vance off the team.'],
  [
    'revoke-device',
    'member:m-noor',
    { memberId: 'm-theo', deviceName: 'Old laptop' },
    'Noor Haddad ended the access of the computer “Old laptop” of Theo Vance, at once.',
  ],
  [
    'set-member',
    'member:m-noor',
    { memberId: 'm-theo', role: 'admin' },
    'Noor Haddad changed the entry of Theo Vance on the team as an admin.',
  ],
  ['grant-deal', 'member:m-noor', { memberId: 'm-theo' }, 'Noor Haddad put Theo Vance on this deal.'],
  ['revoke-deal', 'member:m-noor', { memberId: 'm-gone' }, 'Noor Haddad took somebody off this deal.'],
  [
    'make-link',
    'member:m-noor',
    { personId: 'p-priya', expiresAt: '2026-08-01T06:59:59.999Z' },
    'Noor Haddad made a link for Priya Raman, good until August 1, 2026.',
  ],
  [
    'make-link',
    'party:p-priya',
    { what: 'calendar', personId: 'p-priya', expiresAt: '2026-08-01' },
    'Priya Raman made a calendar feed of their dates, good until August 1, 2026.',
  ],
  ['revoke-link', 'party:p-priya', { what: 'calendar', personId: 'p-priya' }, 'Priya Raman ended their calendar feed.'],
  [
    'revoke-link',
    'member:m-noor',
    { what: 'calendar', personId: 'p-priya' },
    'Noor Haddad ended the calendar feed of Priya Raman, at once.',
  ],
  ['view', 'party:p-priya', { what: 'calendar' }, 'Priya Raman followed their dates in a calendar.'],
  [
    'denied',
    'unknown',
    { what: 'calendar', personId: 'p-priya' },
    'Somebody tried a calendar feed of Priya Raman that does not work, or not any more.',
  ],
  ['denied', 'unknown', { what: 'calendar' }, 'Somebody tried a calendar feed that does not work, or not any more.'],
  ['revoke-link', 'member:m-noor', { personId: 'p-priya' }, 'Noor Haddad ended the link of Priya Raman, at once.'],
  [
    'set-download',
    'member:m-noor',
    { personId: 'p-priya', mayDownload: false },
    'Noor Haddad let the link of Priya Raman show files only, without handing them out.',
  ],
  [
    'preview',
    'member:m-noor',
    { personId: 'p-gone', personName: 'Ewa Ferro' },
    'Noor Haddad looked at the portal as Ewa Ferro sees it.',
  ],
  ['upload', 'party:p-priya', { fileName: 'scan 4.pdf' }, 'Priya Raman sent “scan 4.pdf”.'],
  [
    'denied',
    'member:m-theo',
    { commandId: 'c-3', name: 'setPrice', refusalType: 'NotOnDeal' },
    'Theo Vance tried to change the price and was denied, not being on this deal.',
  ],
  ['denied', 'party:p-priya', { what: 'download', sha256: 'f' }, 'Priya Raman was denied a file.'],
  [
    'code-wrong',
    'unknown',
    { personId: 'p-priya' },
    'Somebody typed a code or word that is not right, at the link of Priya Raman.',
  ],
  ['sign-in', 'member:m-noor', { title: 'Desk' }, 'Noor Haddad signed in on the computer “Desk”.'],
  ['invite', 'member:m-noor', { name: 'Ana Lu', isWithdrawn: true }, 'Noor Haddad took back the invitation of Ana Lu.'],
  [
    'export',
    'system',
    { where: 'command-line' },
    'Closeboard exported this deal with its trail, asked for on the command line.',
  ],
  [
    'other',
    'party:p-priya',
    { what: 'upload-failed' },
    'Priya Raman sent a file that did not arrive whole or may not be kept, so it was not taken.',
  ],
  ['other', 'system', { what: 'blob-damaged' }, 'Closeboard did this: blob damaged.'],
  ['export', 'system', {}, 'Closeboard exported this deal with its trail.'],
];

describe('auditSentence', () => {
  test.each(CASES)('%s by %s', (kind, actor, details, sentence) => {
    expect(said(actor, kind, details)).toBe(sentence);
    expect(groupOf(kind) === 'other').toBe(kind === 'other');
  });

  test('every kind that is written has a case here', () => {
    expect([...new Set(CASES.map(([kind]) => kind))].toSorted()).toEqual([...AUDIT_KINDS].toSorted());
  });

  test('a kind that came later still reads', () => {
    expect(said('member:m-noor', 'vault-sealed_2')).toBe('Noor Haddad did this: vault sealed 2.');
    expect(said('member:m-noor', '***')).toBe('Noor Haddad did this: something without a name.');
    expect(groupOf('vault-sealed')).toBe('other');
  });

  test('every command has words for what was tried', () => {
    for (const name of COMMAND_NAMES) expect(triedWords(name, null)).toMatch(/^[a-z][a-z ]+$/);
    expect(triedWords('setAnchor', { name: 'effective-date' })).toBe('move the effective date');
    expect(triedWords('constructor', null)).toBe('do something that Closeboard does not know');
  });

  test('whatever was written down gives one finished line, and a group that the wire knows', () => {
    const kind = fc.oneof(fc.constantFrom(...AUDIT_KINDS), fc.string());
    const actor = fc.oneof(fc.constantFrom(...Object.keys(NAMES), 'system', 'unknown', 'party:x'), fc.string());
    fc.assert(
      fc.property(kind, actor, fc.jsonValue({ maxDepth: 3 }), (what, who, details) => {
        const sentence = auditSentence({ actor: who, kind: what, details }, known);
        expect(sentence).toMatch(/^\S[^\n\r\t]*[.!?…]”?$/u);
        expect(AuditEntry.shape.group.options).toContain(groupOf(what));
      }),
    );
  });

  test('the command of a row', () => {
    expect(commandIdOf({ details: { commandId: 'c-1' } })).toBe('c-1');
    expect(commandIdOf({ details: { commandId: 7 } })).toBeNull();
    expect(commandIdOf({ details: null })).toBeNull();
  });
});
