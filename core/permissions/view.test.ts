import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import type { Deal, PartyRole, PersonRow, TaskRow } from '../deals/model.ts';
import { DOCUMENT_CLASSES, type DocumentClass, type DocumentFacts } from '../documents/document.ts';
import { type Actor, partyActor } from './actor.ts';
import { COLUMN_CLASSES } from './columns.ts';
import type { Consent } from './consent.ts';
import { type ViewInput, viewFor } from './view.ts';

/** Every text of the sample deal names its own place, so a leak says what leaked. */
const mark = (place: string): string => `<<${place}>>`;
const on = plainDate('2026-06-02');

const ROLES: readonly PartyRole[] = [
  'client',
  'co-client',
  'agent',
  'lender',
  'title',
  'attorney',
  'other-agent',
  'other-principal',
];
const people: readonly PersonRow[] = ROLES.map((role, position) => ({
  id: `p-${role}`,
  dealId: 'd1',
  name: mark(`person.${role}.name`),
  role,
  company: mark(`person.${role}.company`),
  email: mark(`person.${role}.email`),
  phone: mark(`person.${role}.phone`),
  position,
}));

function task(assigneeRole: PartyRole): TaskRow {
  return {
    id: `t-${assigneeRole}`,
    dealId: 'd1',
    stage: 'disclosures',
    title: mark(`task.${assigneeRole}.title`),
    clientTitle: mark(`task.${assigneeRole}.clientTitle`),
    assigneeRole,
    assigneeId: null,
    dueOn: on,
    dueRule: null,
    isRequired: true,
    dependsOn: [mark(`task.${assigneeRole}.dependsOn`)],
    position: 1,
    templateTaskId: mark(`task.${assigneeRole}.templateTaskId`),
    doneOn: null,
    doneBy: mark(`task.${assigneeRole}.doneBy`),
    waivedOn: null,
    waiverReason: mark(`task.${assigneeRole}.waiverReason`),
  };
}

function doc(name: string, documentClass: DocumentClass, more: Partial<DocumentFacts> = {}): DocumentFacts {
  return {
    id: `doc-${name}`,
    class: documentClass,
    title: mark(`doc.${name}.title`),
    fileName: mark(`doc.${name}.file`),
    originalName: mark(`doc.${name}.original`),
    sha256: mark(`doc.${name}.hash`),
    version: 1,
    suffix: null,
    state: 'approved',
    receivedOn: on,
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
    ...more,
  };
}

const both = ['p-client', 'p-co-client'];
const documents: readonly DocumentFacts[] = [
  doc('executed', 'contract', { suffix: 'FE', side: 'both' }),
  doc('half-signed', 'contract', { suffix: 'BS' }),
  doc('draft', 'contract'),
  doc('pay-stub', 'npi-financial', { uploadedBy: 'p-client', aboutPersonIds: ['p-client'], state: 'needs-review' }),
  doc('spouse-stub', 'npi-financial', { uploadedBy: 'p-co-client', aboutPersonIds: ['p-client'] }),
  doc('own-id', 'npi-identity', { uploadedBy: 'p-co-client', aboutPersonIds: ['p-co-client'] }),
  doc('cd', 'closing-disclosure', { sharedBy: 'lender', aboutPersonIds: both }),
  doc('cd-unshared', 'closing-disclosure', { aboutPersonIds: both }),
  doc('seller-settlement', 'settlement', { side: 'seller', sharedBy: 'title', aboutPersonIds: ['p-other-principal'] }),
  doc('inspection', 'inspection', { paidBySide: 'buyer' }),
  doc('inspection-sent', 'inspection', { paidBySide: 'buyer', sentWithRequestId: 'r1', requiredByLender: true }),
  doc('internal', 'internal'),
  doc('letter', 'correspondence'),
  doc('disclosure', 'disclosure', { sharedWithOtherSide: true }),
  doc('disclosure-own', 'disclosure'),
  doc('prelim', 'title'),
  doc('binder', 'insurance'),
  doc('cda', 'commission', { isDisbursementAuthorization: true, aboutPersonIds: ['p-agent'] }),
  doc('referral', 'commission', { aboutPersonIds: ['m-agent'] }),
  doc('wire', 'wire-suspect', { uploadedBy: 'p-client' }),
];

const deal: Deal = {
  row: {
    id: 'd1',
    street: mark('deal.street'),
    unit: '',
    city: mark('deal.city'),
    state: 'CA',
    zip: '94601',
    side: 'buyer',
    scenario: 'buy',
    packId: mark('deal.packId'),
    packRevision: mark('deal.packRevision'),
    templateId: mark('deal.templateId'),
    templateVersion: 1,
    stage: 'milestones',
    stageSince: mark('deal.stageSince'),
    ownerId: mark('deal.ownerId'),
    priceCents: 73_100_000,
    facts: { divorce: mark('deal.facts') },
    openedAt: mark('deal.openedAt'),
    closedOn: null,
    outcome: null,
    outcomeReason: mark('deal.outcomeReason'),
    isSample: false,
  },
  tasks: (['client', 'co-client', 'agent', 'tc', 'lender', 'title', 'attorney', 'other-agent'] as const).map(task),
  people,
  notes: [{ id: 'n1', dealId: 'd1', body: mark('note.body'), authorId: 'm-tc', writtenAt: '2026-06-02T10:00:00.000Z' }],
  anchors: [
    { id: 'a1', dealId: 'd1', name: 'closing', on, evidence: mark('anchor.closing.evidence') },
    { id: 'a2', dealId: 'd1', name: 'listing', on, evidence: mark('anchor.listing.evidence') },
  ],
};

const deadline = (name: string, group: 'financing' | 'other', side: 'buyer' | 'seller', isShared = false) =>
  ({ id: `dl-${name}`, title: mark(`deadline.${name}`), on, state: 'open', group, side, isShared, why: '' }) as const;

const input: ViewInput = {
  deal,
  beside: {
    deadlines: [
      deadline('loan', 'financing', 'buyer'),
      deadline('inspection', 'other', 'buyer', true),
      deadline('seller-move', 'other', 'seller'),
    ],
    documents,
    commissions: [
      { id: 'c1', agentId: 'p-agent', amountCents: 1, split: mark('commission.p-agent') },
      { id: 'c2', agentId: 'm-agent', amountCents: 2, split: mark('commission.m-agent') },
    ],
    audit: ['m-tc', ...ROLES.map((role) => `p-${role}`)].map((byId) => ({
      id: `au-${byId}`,
      byId,
      at: '2026-06-02T10:00:00.000Z',
      what: mark(`audit.${byId}`),
    })),
    requests: [
      {
        id: 'r1',
        kind: 'repairs',
        title: mark('request.sent'),
        state: 'open',
        side: 'buyer',
        requestedBy: 'p-client',
        sentToOtherSide: true,
        notifiedRoles: ['lender'],
        terms: mark('request.sent.terms'),
      },
      {
        id: 'r2',
        kind: 'price',
        title: mark('request.kept'),
        state: 'open',
        side: 'buyer',
        requestedBy: 'p-client',
        sentToOtherSide: false,
        notifiedRoles: [],
        terms: mark('request.kept.terms'),
      },
    ],
  },
  context: {
    teamIds: ['m-tc', 'm-agent'],
    consents: [],
    isContractExecuted: true,
    takesNpi: false,
    downloadsOffFor: [],
  },
};

const party = (role: PartyRole): Actor => partyActor({ id: `p-${role}`, role }, deal.row);
const tc: Actor = { kind: 'member', memberId: 'm-tc', role: 'tc' };
const admin: Actor = { kind: 'member', memberId: 'm-admin', role: 'admin' };
const agent: Actor = { kind: 'member', memberId: 'm-agent', role: 'agent' };
const everybody: readonly Actor[] = [...ROLES.map(party), tc, admin, agent];

function marksIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') for (const hit of value.matchAll(/<<(.+?)>>/g)) found.add(hit[1] ?? '');
  else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) marksIn(part, found);
  return found;
}

/** Documents that a role reads, only knows of, in `name` form; written from domain.md section 8, not from the matrix. */
const ORACLE: Readonly<Record<string, { reads: string; knows: string }>> = {
  'p-client': {
    reads:
      'executed half-signed pay-stub cd cd-unshared inspection inspection-sent disclosure disclosure-own prelim binder',
    knows: '',
  },
  'p-co-client': {
    reads:
      'executed half-signed own-id cd cd-unshared inspection inspection-sent disclosure disclosure-own prelim binder',
    knows: 'spouse-stub',
  },
  'p-agent': {
    reads:
      'executed half-signed draft inspection inspection-sent internal letter disclosure disclosure-own prelim binder cda',
    knows: '',
  },
  'm-agent': {
    reads:
      'executed half-signed draft inspection inspection-sent internal letter disclosure disclosure-own prelim binder referral',
    knows: '',
  },
  'm-tc': {
    reads:
      'executed half-signed draft cd seller-settlement inspection inspection-sent internal letter disclosure disclosure-own prelim binder cda referral',
    knows: 'pay-stub spouse-stub own-id cd-unshared',
  },
  'm-admin': {
    reads:
      'executed half-signed draft cd cd-unshared seller-settlement inspection inspection-sent internal letter disclosure disclosure-own prelim binder cda referral',
    knows: '',
  },
  'p-lender': {
    reads: 'executed pay-stub spouse-stub own-id cd cd-unshared seller-settlement inspection-sent prelim binder',
    knows: '',
  },
  'p-title': {
    reads: 'executed cd cd-unshared seller-settlement disclosure disclosure-own prelim binder cda',
    knows: '',
  },
  'p-attorney': {
    reads:
      'executed half-signed draft cd cd-unshared inspection inspection-sent internal letter disclosure disclosure-own prelim binder',
    knows: '',
  },
  'p-other-agent': { reads: 'executed inspection-sent disclosure', knows: '' },
  'p-other-principal': { reads: 'executed inspection-sent disclosure', knows: '' },
};

const idOf = (actor: Actor): string =>
  actor.kind === 'member' ? actor.memberId : actor.kind === 'party' ? actor.personId : '';
const names = (text: string): string[] =>
  text
    .split(' ')
    .filter((name) => name !== '')
    .sort();

describe('marked values, role by role', () => {
  for (const actor of everybody) {
    const id = idOf(actor);
    const marks = marksIn(viewFor(actor, input));
    const column = actor.kind === 'system' ? '' : actor.role;

    test(`${id} reads exactly the documents of the table`, () => {
      const read = documents.filter((d) => marks.has(d.fileName.slice(2, -2))).map((d) => d.id.slice(4));
      const known = documents.filter((d) => marks.has(d.title.slice(2, -2))).map((d) => d.id.slice(4));
      expect(read.sort()).toEqual(names(ORACLE[id]?.reads ?? ''));
      expect(known.filter((name) => !read.includes(name)).sort()).toEqual(names(ORACLE[id]?.knows ?? ''));
      for (const name of known.filter((each) => !read.includes(each)))
        for (const part of ['hash', 'original', 'file']) expect(marks).not.toContain(`doc.${name}.${part}`);
    });

    test(`${id} sees nothing of the wire file but, on the team, that one is held`, () => {
      expect([...marks].filter((place) => place.startsWith('doc.wire'))).toEqual([]);
      const held = viewFor(actor, input)?.documents.find((d) => d.id === 'doc-wire');
      if (column === 'tc' || column === 'admin')
        expect(held).toEqual({ id: 'doc-wire', class: 'wire-suspect', state: 'approved', receivedOn: on });
      else expect(held).toBeUndefined();
    });

    test(`${id} sees strategy, internals, commissions and the log as the table says`, () => {
      const isTeam = actor.kind === 'member';
      expect(marks.has('note.body')).toBe(isTeam || column === 'agent' || column === 'attorney');
      for (const place of [
        'deal.facts',
        'deal.packId',
        'deal.ownerId',
        'deal.outcomeReason',
        'task.client.waiverReason',
      ])
        expect([place, marks.has(place)]).toEqual([place, isTeam]);
      const isOffice = column === 'tc' || column === 'admin';
      expect(marks.has('commission.p-agent')).toBe(isOffice || id === 'p-agent');
      expect(marks.has('commission.m-agent')).toBe(isOffice || id === 'm-agent');
      const log = [...marks].filter((place) => place.startsWith('audit.'));
      if (isOffice || column === 'agent') expect(log).toHaveLength(ROLES.length + 1);
      else expect(log).toEqual(column.startsWith('other') ? [] : [`audit.${id}`]);
    });

    test(`${id} sees the tasks and dates of the table`, () => {
      const seen = viewFor(actor, input);
      const all = actor.kind === 'member' || column === 'agent';
      const own = column.startsWith('other') ? [] : [`t-${column}`];
      expect(seen?.tasks.map((row) => row.id)).toEqual(all ? deal.tasks.map((row) => row.id) : own);
      const dates = [...marks].filter((place) => place.startsWith('deadline.')).map((place) => place.slice(9));
      const expected: Record<string, string[]> = {
        lender: ['loan'],
        attorney: ['loan', 'inspection'],
        'other-agent': ['inspection'],
        'other-principal': ['inspection'],
      };
      expect(dates).toEqual(expected[column] ?? ['loan', 'inspection', 'seller-move']);
    });
  }

  test('clients read the client wording of a task and never the working title', () => {
    const marks = marksIn(viewFor(party('client'), input));
    expect(marks).toContain('task.client.clientTitle');
    expect(marks).not.toContain('task.client.title');
    expect(marksIn(viewFor(party('lender'), input))).toContain('task.lender.title');
  });

  test('contacts: a principal is reached by their own, professionals by all', () => {
    const phones = (role: PartyRole) => [...marksIn(viewFor(party(role), input))].filter((p) => p.endsWith('.phone'));
    expect(phones('client')).toContain('person.lender.phone');
    expect(phones('client')).not.toContain('person.other-principal.phone');
    expect(phones('co-client')).not.toContain('person.client.phone');
    expect(phones('other-agent')).not.toContain('person.client.phone');
    expect(phones('other-agent')).toContain('person.agent.phone');
    expect(phones('agent')).toContain('person.client.phone');
    expect(phones('agent')).not.toContain('person.other-principal.phone');
  });

  test('the price of a deal without an executed contract stays on our side', () => {
    const early = { ...input, context: { ...input.context, isContractExecuted: false } };
    for (const role of ['lender', 'title', 'other-agent', 'other-principal'] as const) {
      expect(viewFor(party(role), early)?.deal).not.toHaveProperty('priceCents');
      expect(viewFor(party(role), input)?.deal).toHaveProperty('priceCents');
    }
    expect(viewFor(party('client'), early)?.deal).toHaveProperty('priceCents');
  });

  test('a request that was not sent, and the terms of one that was, stay on our side', () => {
    const marks = marksIn(viewFor(party('other-agent'), input));
    expect(marks).toContain('request.sent');
    for (const place of ['request.kept', 'request.sent.terms']) expect(marks).not.toContain(place);
    expect(marksIn(viewFor(party('lender'), input))).not.toContain('request.kept');
  });
});

describe('scope', () => {
  test('a forbidden column is absent, not null', () => {
    const row = viewFor(party('other-agent'), input)?.deal ?? {};
    expect(Object.keys(row).sort()).toEqual([
      'city',
      'id',
      'priceCents',
      'scenario',
      'side',
      'state',
      'street',
      'unit',
      'zip',
    ]);
  });

  test('somebody who is not on the deal, changed role, or is a job, sees no deal at all', () => {
    expect(viewFor(partyActor({ id: 'p-stranger', role: 'client' }, deal.row), input)).toBeNull();
    expect(viewFor(partyActor({ id: 'p-client', role: 'lender' }, deal.row), input)).toBeNull();
    expect(viewFor({ kind: 'member', memberId: 'm-other-tc', role: 'tc' }, input)).toBeNull();
    expect(viewFor({ kind: 'system' }, input)).toBeNull();
    expect(viewFor([], input)).toBeNull();
  });

  test('an unreviewed paper is seen by its sender and the team only', () => {
    const fresh = { ...doc('fresh', 'disclosure'), state: 'needs-review' as const, uploadedBy: 'p-client' };
    const withFresh = { ...input, beside: { ...input.beside, documents: [fresh] } };
    expect(viewFor(party('client'), withFresh)?.documents).toHaveLength(1);
    expect(viewFor(tc, withFresh)?.documents).toHaveLength(1);
    for (const role of ['co-client', 'title', 'other-agent', 'agent'] as const)
      expect(viewFor(party(role), withFresh)?.documents).toEqual([]);
  });
});

const consent = fc.record({
  id: fc.uuid(),
  byPersonId: fc.constantFrom('p-client', 'p-co-client', 'p-other-principal', 'p-lender'),
  toId: fc.constantFrom('p-agent', 'm-agent', 'p-other-agent', 'p-client'),
  covers: fc.constantFrom('closing-disclosure' as const, 'settlement' as const),
  givenAt: fc.constant('2026-06-03T10:00:00.000Z'),
  withdrawnAt: fc.constantFrom(null, '2026-06-04T10:00:00.000Z'),
});
const hats = fc.subarray([...everybody], { minLength: 1 });
const anyDocument: fc.Arbitrary<DocumentFacts> = fc
  .record({
    class: fc.constantFrom(...DOCUMENT_CLASSES),
    suffix: fc.constantFrom(null, 'BS' as const, 'FE' as const),
    state: fc.constantFrom('approved' as const, 'needs-review' as const),
    side: fc.constantFrom('buyer' as const, 'seller' as const, 'both' as const),
    uploadedBy: fc.constantFrom(null, 'p-client', 'p-lender', 'm-tc'),
    aboutPersonIds: fc.subarray(['p-client', 'p-co-client', 'p-other-principal']),
    sharedBy: fc.constantFrom(null, 'lender' as const),
    paidBySide: fc.constantFrom(null, 'buyer' as const, 'seller' as const),
    requiredByLender: fc.boolean(),
    sharedWithOtherSide: fc.boolean(),
  })
  .map((more) => doc('any', more.class, more));

/** Every path to a leaf, so "wider" means: more paths, the same values. */
function leaves(value: unknown, path = '', found: Set<string> = new Set()): Set<string> {
  if (value === null || typeof value !== 'object') found.add(`${path}=${String(value)}`);
  else if (Array.isArray(value)) for (const part of value) leaves(part, `${path}[${String(part?.id)}]`, found);
  else for (const [key, part] of Object.entries(value)) leaves(part, `${path}.${key}`, found);
  return found;
}
const beyond = (one: Set<string>, other: Set<string>): string[] => [...one].filter((leaf) => !other.has(leaf));
const viewLeaves = (actors: readonly Actor[], given: ViewInput): Set<string> => leaves(viewFor(actors, given) ?? {});
const withConsents = (consents: readonly Consent[], documentsNow: readonly DocumentFacts[] = documents): ViewInput => ({
  ...input,
  beside: { ...input.beside, documents: documentsNow },
  context: { ...input.context, consents },
});

describe('laws', () => {
  test('removing a role never widens a view, and the view of several is the union of each', () => {
    fc.assert(
      fc.property(hats, fc.array(consent, { maxLength: 4 }), anyDocument, (held, consents, any) => {
        const given = withConsents(consents, [...documents, any]);
        const all = viewLeaves(held, given);
        const union = new Set(held.flatMap((hat) => [...viewLeaves([hat], given)]));
        expect(all).toEqual(union);
        for (const gone of held) {
          const fewer = held.filter((hat) => hat !== gone);
          expect(beyond(viewLeaves(fewer, given), all)).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('taking a person off the deal never widens anybody else', () => {
    fc.assert(
      fc.property(hats, fc.constantFrom(...people), fc.array(consent, { maxLength: 4 }), (held, gone, consents) => {
        const before = withConsents(consents);
        const after = { ...before, deal: { ...deal, people: people.filter((person) => person.id !== gone.id) } };
        expect(beyond(viewLeaves(held, after), viewLeaves(held, before))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('adding a consent never narrows a view', () => {
    fc.assert(
      fc.property(hats, fc.array(consent, { maxLength: 4 }), consent, anyDocument, (held, consents, added, any) => {
        const before = viewLeaves(held, withConsents(consents, [...documents, any]));
        const after = viewLeaves(held, withConsents([...consents, added], [...documents, any]));
        expect(beyond(before, after)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("the buyer's agent reads the closing disclosure with everybody's consent, and not a day after it is withdrawn", () => {
    const of = (byPersonId: string, withdrawnAt: string | null = null): Consent => ({
      id: byPersonId,
      byPersonId,
      toId: 'm-agent',
      covers: 'closing-disclosure',
      givenAt: '2026-06-03T10:00:00.000Z',
      withdrawnAt,
    });
    const reads = (consents: readonly Consent[]) => marksIn(viewFor(agent, withConsents(consents))).has('doc.cd.file');
    expect(reads([of('p-client')])).toBe(false);
    expect(reads([of('p-client'), of('p-co-client')])).toBe(true);
    expect(reads([of('p-client'), of('p-co-client', '2026-06-05T10:00:00.000Z')])).toBe(false);
  });
});

describe('classification', () => {
  test('every column of every row type of the model is classified', () => {
    const source = readFileSync(new URL('../deals/model.ts', import.meta.url), 'utf8');
    const tables = [
      ...source
        .slice(source.indexOf('interface DealRows'))
        .split('}')[0]!
        .matchAll(/readonly (\w+): (\w+);/g),
    ];
    expect(tables.length).toBeGreaterThanOrEqual(5);
    for (const [, table, type] of tables) {
      const body = source.slice(source.indexOf(`interface ${type} `)).split('\n}')[0] ?? '';
      const columns = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((hit) => hit[1]);
      const classified = Object.keys(COLUMN_CLASSES[table as keyof typeof COLUMN_CLASSES] ?? {});
      expect([table, columns.filter((column) => !classified.includes(column ?? ''))]).toEqual([table, []]);
    }
  });

  test("a column that nobody classified is in nobody's view, the admin included", () => {
    const grown = { ...deal, row: { ...deal.row, bankAccount: mark('deal.bankAccount') } };
    for (const actor of everybody)
      expect(marksIn(viewFor(actor, { ...input, deal: grown }))).not.toContain('deal.bankAccount');
  });
});
