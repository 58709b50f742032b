import { describe, expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import { type Deal, PARTY_ROLES, type PartyRole } from '../deals/model.ts';
import { DOCUMENT_CLASSES, type DocumentFacts } from '../documents/document.ts';
import { type Actor, partyActor } from './actor.ts';
import type { DealContext } from './conditions.ts';
import { explainAccess, linkEndsOn } from './explain.ts';
import { mayInvite } from './invite.ts';
import { ACTIONS, MATRIX } from './matrix.ts';
import { may } from './may.ts';
import { ROW_WORDS } from './row-words.ts';
import { MATRIX_ROWS, type Thing } from './things.ts';

const people = PARTY_ROLES.map((role, position) => ({
  id: `p-${role}`,
  dealId: 'd1',
  name: `Name of ${role}`,
  role,
  company: '',
  email: '',
  phone: '',
  position,
}));
const row = { side: 'buyer', ownerId: 'm-owner' } as Deal['row'];
const context: DealContext = {
  deal: { row, people },
  teamIds: ['m-agent'],
  consents: [],
  isContractExecuted: true,
  takesNpi: false,
  downloadsOffFor: [],
};
const party = (role: PartyRole): Actor => partyActor({ id: `p-${role}`, role }, { side: 'buyer' });
const tc: Actor = { kind: 'member', memberId: 'm-owner', role: 'tc' };
const admin: Actor = { kind: 'member', memberId: 'm-admin', role: 'admin' };
const agent: Actor = { kind: 'member', memberId: 'm-agent', role: 'agent' };
const everybody: readonly Actor[] = [...PARTY_ROLES.map(party), tc, admin, agent, { kind: 'system' }];

const paper: DocumentFacts = {
  id: 'doc',
  class: 'contract',
  title: 'Purchase contract',
  fileName: 'a.pdf',
  originalName: 'a.pdf',
  sha256: '00',
  version: 1,
  suffix: 'FE',
  state: 'approved',
  receivedOn: null,
  rejectReason: '',
  side: 'buyer',
  uploadedBy: null,
  aboutPersonIds: [],
  sharedBy: null,
  paidBySide: null,
  requiredByLender: false,
  sentWithRequestId: null,
  sharedWithOtherSide: false,
  isDisbursementAuthorization: false,
};
const thing = (more: Partial<DocumentFacts>): Thing => ({ type: 'document', document: { ...paper, ...more } });

/** [who, action, thing, code of the refusal or 'ok', the row of domain.md section 8] */
const CASES: readonly (readonly [Actor, (typeof ACTIONS)[number], Thing, string, string])[] = [
  [party('client'), 'see', { type: 'wire' }, 'NeverInProduct', 'wire instructions never in product'],
  [admin, 'see', { type: 'wire' }, 'NeverInProduct', 'wire instructions never in product'],
  [tc, 'see', thing({ class: 'npi-financial' }), 'MetadataOnly', 'pay stubs: TC metadata only'],
  [tc, 'see-metadata', thing({ class: 'npi-financial' }), 'ok', 'pay stubs: TC metadata only'],
  [tc, 'download', thing({ class: 'npi-identity' }), 'MetadataOnly', 'ID: TC metadata only'],
  [admin, 'see-metadata', thing({ class: 'npi-financial' }), 'NotYourRole', 'pay stubs: admin N by default'],
  [agent, 'see', thing({ class: 'npi-financial' }), 'NotYourRole', 'pay stubs: own agent N by default'],
  [party('lender'), 'download', thing({ class: 'npi-financial' }), 'ok', 'pay stubs: lender Y'],
  [party('client'), 'see', thing({ class: 'npi-financial' }), 'NotYours', 'pay stubs: own uploads only'],
  [party('client'), 'upload', { type: 'upload', class: 'npi-financial' }, 'NotShared', 'lender papers defaulted out'],
  [agent, 'see', thing({ class: 'closing-disclosure' }), 'NeedsConsent', 'CD: only with logged consent'],
  [tc, 'see', thing({ class: 'settlement' }), 'NotShared', 'CD: TC if lender or title shares'],
  [tc, 'see', thing({ class: 'settlement', sharedBy: 'title' }), 'ok', 'CD: TC if lender or title shares'],
  [party('client'), 'see', thing({ class: 'settlement', side: 'seller' }), 'OtherSide', 'CD: own side'],
  [party('client'), 'see', thing({ class: 'settlement', side: 'both' }), 'OtherSide', 'CD: own side alone'],
  [party('other-agent'), 'see', thing({ class: 'settlement', side: 'seller' }), 'NotYourRole', 'CD: other side N'],
  [party('lender'), 'see', thing({ class: 'inspection' }), 'NotShared', 'inspection: lender if required'],
  [party('title'), 'see', thing({ class: 'inspection' }), 'NotYourRole', 'inspection: title N'],
  [party('client'), 'see', thing({ class: 'inspection', paidBySide: 'seller' }), 'OtherSide', 'paying side'],
  [party('other-principal'), 'see', thing({ class: 'inspection' }), 'NotShared', 'only when sent with request'],
  [party('title'), 'see', thing({ class: 'commission', isDisbursementAuthorization: true }), 'ok', 'title CDA'],
  [party('title'), 'see', thing({ class: 'commission' }), 'NotYourRole', 'title CDA'],
  [agent, 'see', { type: 'commission', agentId: 'm-agent' }, 'ok', 'commission: own'],
  [agent, 'see', { type: 'commission', agentId: 'm-other' }, 'NotYours', 'commission: own'],
  [party('client'), 'see', { type: 'commission', agentId: 'm-agent' }, 'NotYourRole', 'commission: client N'],
  [tc, 'edit', { type: 'audit', byId: 'm-owner' }, 'NotYourRole', 'a log is read, never edited'],
  [party('attorney'), 'see', { type: 'strategy' }, 'ok', 'strategy: own attorney'],
  [party('client'), 'see', { type: 'closing-step', task: { clientTitle: 'The keys' } }, 'ok', 'what blocks closing'],
  [party('client'), 'see', { type: 'closing-step', task: { clientTitle: '' } }, 'NotYourRole', 'the working steps: N'],
  [
    party('lender'),
    'see',
    { type: 'closing-step', task: { clientTitle: 'The keys' } },
    'NotYourRole',
    'own tasks only',
  ],
  [party('client'), 'see', { type: 'strategy' }, 'NotYourRole', 'strategy: client N'],
  [tc, 'see', thing({ class: 'wire-suspect' }), 'Held', 'held: shown to nobody'],
  [tc, 'approve', thing({ class: 'wire-suspect' }), 'ok', 'the coordinator lets it go after a call'],
  [agent, 'see-metadata', thing({ class: 'wire-suspect', uploadedBy: 'm-agent' }), 'Held', 'held: shown to nobody'],
  [agent, 'see-metadata', thing({ class: 'npi-financial', uploadedBy: 'm-agent' }), 'ok', 'the sender knows it came'],
  [party('client'), 'edit', { type: 'overview' }, 'NotYourRole', 'the coordinator edits'],
  [party('tc'), 'see', { type: 'overview' }, 'NotYourRole', 'team members work on their desktop'],
  [
    { kind: 'member', memberId: 'm-x', role: 'tc' },
    'see',
    { type: 'overview' },
    'NotOnDeal',
    'least privilege per deal',
  ],
  [{ kind: 'system' }, 'see', { type: 'overview' }, 'PeopleOnly', 'a job is shown nothing'],
];

describe('may', () => {
  test.each(CASES)('%o %s %o: %s (%s)', (actor, action, what, expected) => {
    const verdict = may(actor, action, what, context);
    expect(verdict.ok ? 'ok' : verdict.code).toBe(expected);
  });

  test('a link with downloads off still shows', () => {
    const off = { ...context, downloadsOffFor: ['p-client'] };
    expect(may(party('client'), 'see', thing({ side: 'both' }), off).ok).toBe(true);
    expect(may(party('client'), 'download', thing({ side: 'both' }), off)).toMatchObject({ code: 'NotShared' });
    expect(may(party('co-client'), 'download', thing({ side: 'both' }), off).ok).toBe(true);
  });

  test('an attorney of the other side is the other side', () => {
    const across: Actor = { kind: 'party', personId: 'p-attorney', role: 'attorney', side: 'seller' };
    expect(may(across, 'see', { type: 'strategy' }, context).ok).toBe(false);
    expect(may(across, 'see', { type: 'progress' }, context).ok).toBe(false);
  });

  test('every refusal is a sentence, and nobody sees or fetches a held or wire file', () => {
    const things: readonly Thing[] = [
      ...DOCUMENT_CLASSES.map((each) => thing({ class: each })),
      ...DOCUMENT_CLASSES.map((each): Thing => ({ type: 'upload', class: each })),
      ...(['overview', 'progress', 'price', 'internal', 'strategy', 'wire', 'date-evidence'] as const).map((type) => ({
        type,
      })),
    ];
    for (const actor of everybody)
      for (const action of ACTIONS)
        for (const what of things) {
          const verdict = may(actor, action, what, context);
          if (!verdict.ok) expect(verdict.reason).toMatch(/^[A-Z].*[.]$/);
          const isHeld = what.type === 'wire' || (what.type === 'document' && what.document.class === 'wire-suspect');
          if (isHeld && (action === 'see' || action === 'download')) expect(verdict.ok).toBe(false);
        }
  });

  test('the table is whole: every row is written and named, and wire is empty', () => {
    expect(Object.keys(MATRIX).sort()).toEqual([...MATRIX_ROWS].sort());
    expect(Object.keys(ROW_WORDS).sort()).toEqual([...MATRIX_ROWS].sort());
    expect(MATRIX.wire).toEqual({});
  });
});

describe('explainAccess', () => {
  const consents = [
    {
      id: 'c',
      byPersonId: 'p-client',
      toId: 'm-agent',
      covers: 'closing-disclosure',
      givenAt: '2026-06-03T10:00:00.000Z',
      withdrawnAt: null,
    },
  ] as const;
  const explained = explainAccess({
    context: { ...context, consents, downloadsOffFor: ['p-client'] },
    members: [
      { id: 'm-agent', name: 'Dana Reed', role: 'agent', email: '' },
      { id: 'm-elsewhere', name: 'Not Here', role: 'tc', email: '' },
    ],
    linkEndsOn: new Map([
      ['p-client', linkEndsOn(plainDate('2026-07-15'))],
      ['p-lender', linkEndsOn(null)],
    ]),
  });
  const textOf = (id: string) => explained.find((each) => each.id === id)?.sentences.join(' ') ?? '';

  test('says who, what, why and until when', () => {
    expect(textOf('p-client')).toContain('Name of client is the client on this deal.');
    expect(textOf('p-client')).toContain('pay stubs, returns, bank and identity papers that they sent themselves');
    expect(textOf('p-client')).toMatch(/Does not see .*notes and drafts of our side.*wire instructions/);
    expect(textOf('p-client')).toContain('Their link ends after August 14, 2026, or at once when you revoke it.');
    expect(textOf('p-client')).toContain('Their link shows files but does not hand them out.');
    expect(textOf('p-lender')).toContain('No closing day is set. Their link ends 30 days after closing.');
    expect(textOf('p-title')).toContain('They have no link now, so they see nothing until one is made.');
    expect(textOf('m-agent')).toContain(
      'Name of client agreed on June 3, 2026 that Dana Reed sees the closing disclosure.',
    );
    expect(textOf('p-tc')).toContain('sees nothing through a link');
    expect(textOf('m-elsewhere')).toBe('');
  });

  test('every sentence ends as one and names no condition by its code', () => {
    for (const { sentences } of explained)
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[A-Z].*[.]$/);
        expect(sentence).not.toMatch(/own-side|own-upload|team-member|undefined/);
      }
  });
});

describe('mayInvite', () => {
  test("a client's co-client waits for the coordinator; the coordinator's own goes out", () => {
    expect(mayInvite(party('client'), 'co-client')).toMatchObject({ ok: true, confirmation: 'coordinator' });
    expect(mayInvite(agent, 'other-agent')).toMatchObject({ ok: true, confirmation: 'coordinator' });
    expect(mayInvite(tc, 'co-client')).toMatchObject({ ok: true, confirmation: 'none' });
    expect(mayInvite(party('client'), 'admin').ok).toBe(false);
    for (const role of [
      'co-client',
      'lender',
      'title',
      'attorney',
      'other-agent',
      'other-principal',
      'tc',
      'admin',
    ] as const)
      expect(mayInvite(party(role), 'co-client').ok).toBe(false);
    expect(mayInvite({ kind: 'system' }, 'client').ok).toBe(false);
  });
});
