import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PartyRole } from '../deals/model.ts';
import { type Actor, partyActor } from './actor.ts';
import { COLUMN_CLASSES } from './columns.ts';
import { deal, doc, documents, everybody, input, mark, marksIn, on, party, ROLES, tc } from './testing.ts';
import { viewFor } from './view.ts';

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

  test('e-mail addresses go with phones, and how a date is known stays with who argues for our side', () => {
    for (const actor of everybody) {
      const marks = [...marksIn(viewFor(actor, input))];
      const addresses = marks.filter((place) => place.endsWith('.email')).map((place) => place.slice(0, -6));
      expect(addresses).toEqual(marks.filter((place) => place.endsWith('.phone')).map((place) => place.slice(0, -6)));
      const argues = actor.kind === 'member' || (actor.kind === 'party' && ['agent', 'attorney'].includes(actor.role));
      expect(marks.includes('anchor.closing.evidence')).toBe(argues);
    }
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

  test('once our side has agreed, the other side reads the terms of what was sent to it, and the lender no repairs', () => {
    const agreed = {
      ...input,
      beside: { ...input.beside, requests: input.beside.requests.map((row) => ({ ...row, isAgreedByUs: true })) },
    };
    for (const role of ['other-agent', 'other-principal'] as const) {
      const marks = marksIn(viewFor(party(role), agreed));
      expect(marks).toContain('request.sent.terms');
      expect(marks).not.toContain('request.kept.terms');
    }
    for (const role of ['lender', 'title'] as const)
      expect(marksIn(viewFor(party(role), agreed))).not.toContain('request.sent.terms');
  });
});

describe('scope', () => {
  test('for the compiler too, a party has no internal columns', () => {
    const row = viewFor(party('lender'), input)?.tasks[0];
    expect(row?.dueOn).toBe(on);
    // @ts-expect-error: the reason of a waiver never leaves the team
    expect(row?.waiverReason).toBeUndefined();
  });

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
