import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { ChangeRow, Deal, FormRow, PartyRole } from '../../../core/deals/model.ts';
import type { PersonCallName } from '../../api/person-calls.ts';
import type { StorePlace } from '../store/testing.ts';
import { placeOn, postgresForTests } from '../store/testing-postgres.ts';
import { FRESH_MS } from './acting.ts';
import { type Answer, type Desk, openDesk } from './testing.ts';
import { deal as base, DEAL_ID } from './testing-deal.ts';
import { comeIn, keptDeal, lookAs, type Party, trailOf, versionOf } from './testing-parties.ts';

const postgres = await postgresForTests();

const AT = '2026-06-10T16:00:00.000Z';

const change: ChangeRow = {
  ...{ id: 'c-price', dealId: DEAL_ID, kind: 'price', state: 'open', requestedBy: 'm-noor', side: 'buyer' },
  terms: [{ type: 'price', fromCents: 73_100_000, toCents: 72_400_000 }],
  facts: { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
  ...{ reason: 'Appraised low', openedAt: AT, expiresAt: null, periodEndsAt: null, approvals: [], callBack: null },
  ...{ executedBy: null, log: [], sentToOtherSideAt: AT },
};
const form: FormRow = {
  ...{ id: 'f-1', dealId: DEAL_ID, personId: 'p-priya', title: 'About the loan', state: 'asked', answers: {} },
  questionIds: ['financing', 'giftFunds', 'price'],
  ...{ askedBy: 'm-noor', askedAt: AT, sentAt: null, decidedAt: null, reason: '' },
};
const deal: Deal = {
  ...base,
  changes: [
    change,
    { ...change, id: 'c-kept', kind: 'credit', sentToOtherSideAt: null, terms: [CREDIT()] },
    {
      ...{ ...change, id: 'c-over', kind: 'repairs', sentToOtherSideAt: null },
      ...{ terms: [REPAIR()], requestedBy: 'p-priya', expiresAt: '2026-06-11T16:00:00.000Z' },
    },
    {
      ...{ ...change, id: 'c-work', kind: 'repairs', sentToOtherSideAt: null, terms: [REPAIR(), CREDIT()] },
      approvals: base.people
        .filter(({ role }) => role === 'client' || role === 'co-client')
        .map(({ id }) => ({ approver: 'own-principal' as const, byId: id, at: AT })),
    },
  ],
  forms: [form],
  readings: [
    {
      ...{ id: 'v-disclosures.read.p-priya', dealId: DEAL_ID, lineId: 'l-disclosures', versionId: 'v-disclosures' },
      ...{ sha256: base.versions[1]?.sha256 ?? '', personId: 'p-priya', askedAt: AT, askedBy: 'm-noor' },
      acknowledgedAt: null,
    },
  ],
};

function REPAIR() {
  return { type: 'repair', taskId: 't-roof', title: 'Mend the roof', clientTitle: '', by: 'other-agent' } as const;
}

function CREDIT() {
  return { type: 'credit', fromCents: 0, toCents: 500_000 } as const;
}

let place: StorePlace;
let desk: Desk;

const errorIn = ({ body }: Answer) => body.error ?? {};
const inBy = (role: PartyRole): Promise<Party> => {
  const person = deal.people.find((each) => each.role === role);
  return comeIn(desk, { dealId: DEAL_ID, personId: person?.id ?? '' });
};
const now = () => keptDeal(desk, DEAL_ID);
const lastOf = async () => (await trailOf(desk, DEAL_ID)).at(-1);
const WORDS: Readonly<Partial<Record<PersonCallName, object>>> = {
  'complete-task': { taskId: 't-binder', isDone: true },
  acknowledge: { versionId: 'v-disclosures' },
  'send-form': { formId: 'f-1', answers: { financing: 'cash', price: '650,000' } },
  'write-message': { aboutType: 'task', aboutId: 't-binder', body: 'Which insurer do people use?' },
  'ask-change': {
    ...{ kind: 'closing-date', reason: 'Our lease ends later' },
    terms: [{ type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-09' }],
  },
  'answer-change': { changeId: 'c-price', answer: 'approve', as: 'own-principal', reason: '' },
  'withdraw-change': { changeId: 'c-price' },
  'propose-person': {
    role: 'attorney',
    name: 'Ida Falk',
    company: '',
    email: 'ida@mail.example',
    phone: '',
    words: '',
  },
  'give-consent': { toId: 'p-marisol', covers: 'closing-disclosure' },
  'withdraw-consent': { consentId: 'nothing' },
};
const ACTS = Object.keys(WORDS) as readonly PersonCallName[];

describe.each(['sqlite', 'postgres'] as const)('what people do, on %s', (driver) => {
  const when = driver === 'postgres' && postgres === null ? test.skip : test;
  beforeEach(async () => {
    place = await placeOn(driver, postgres);
    desk = await openDesk(await place.open());
    await desk.putDeal(deal);
  });
  afterEach(async () => {
    await desk.close();
    await place.remove();
  });

  when('a task is done, and open again, by whom it is; nobody else’s, and not what waits', async () => {
    const [priya, daniel, agent] = [await inBy('client'), await inBy('co-client'), await inBy('other-agent')];
    expect((await priya.act('complete-task', WORDS['complete-task'] ?? {})).status).toBe(200);
    expect((await now()).tasks.find(({ id }) => id === 't-binder')).toMatchObject({
      doneBy: 'p-priya',
      doneOn: '2026-06-17',
    });
    expect((await priya.home()).tasks.map(({ id }) => id)).not.toContain('t-binder');
    expect(await lastOf()).toMatchObject({ kind: 'view' });
    await priya.act('complete-task', { taskId: 't-binder', isDone: false });
    expect((await now()).tasks.find(({ id }) => id === 't-binder')?.doneOn).toBeNull();
    for (const party of [daniel, agent])
      expect(errorIn(await party.act('complete-task', WORDS['complete-task'] ?? {}))).toMatchObject({
        type: 'refused',
      });
    const title = await inBy('title');
    const waits = errorIn(await title.act('complete-task', { taskId: 't-close', isDone: true }));
    expect(waits).toMatchObject({ type: 'refused', message: expect.stringMatching(/waits for/) });
  });

  when('what they read is acknowledged with its bytes, once, with a fresh second step', async () => {
    const priya = await inBy('client');
    expect((await priya.home()).toRead).toMatchObject([
      { versionId: 'v-disclosures', version: 1, acknowledgedAt: null },
    ]);
    desk.wait(FRESH_MS + 1);
    const actId = randomUUID();
    const before = await versionOf(desk, DEAL_ID);
    const again = errorIn(await priya.act('acknowledge', { versionId: 'v-disclosures' }, actId));
    expect(again).toMatchObject({ type: 'confirm-again', second: { step: 'word' } });
    expect(await versionOf(desk, DEAL_ID)).toBe(before);
    await priya.sure();
    expect((await priya.act('acknowledge', { versionId: 'v-disclosures' }, actId)).status).toBe(200);
    const [row] = (await now()).readings;
    expect(row).toMatchObject({ acknowledgedAt: desk.context.now().toISOString(), sha256: base.versions[1]?.sha256 });
    expect(await lastOf()).toMatchObject({
      ...{ actor: 'party:p-priya', kind: 'command-accepted' },
      details: {
        label: expect.stringMatching(/^Acknowledged “Seller disclosure packet”, version 1$/),
        linkId: priya.linkId,
      },
    });
    // Answered as then, though the step is old again.
    desk.wait(FRESH_MS + 1);
    expect((await priya.act('acknowledge', { versionId: 'v-disclosures' }, actId)).status).toBe(200);
    expect((await now()).readings).toHaveLength(1);
  });

  when('nobody acknowledges what they may not see', async () => {
    const priya = await inBy('client');
    for (const versionId of ['v-strategy', 'v-prelim', 'v-cd', 'nothing']) {
      const { status } = await priya.act('acknowledge', { versionId });
      expect([versionId, status === 404 || status === 409]).toEqual([versionId, true]);
    }
    expect((await now()).readings).toHaveLength(1);
  });

  when('answers are checked one by one, kept in cents, and can be sent again after they came back', async () => {
    const priya = await inBy('client');
    const send = (answers: object) => priya.act('send-form', { formId: 'f-1', answers });
    expect(errorIn(await send({ financing: 'cash', price: 'a lot' }))).toMatchObject({
      ...{ type: 'bad-request', questionId: 'price', message: expect.stringMatching(/dollars/) },
    });
    expect(errorIn(await send({ price: '1' }))).toMatchObject({ questionId: 'financing' });
    expect(errorIn(await send({ financing: 'cash', price: '1', vesting: 'x' }))).toMatchObject({
      questionId: 'vesting',
    });
    expect((await send({ financing: 'conventional', giftFunds: 'yes', price: '650,000.50' })).status).toBe(200);
    expect((await now()).forms).toMatchObject([
      { state: 'sent', answers: { financing: 'conventional', giftFunds: true, price: 65_000_050 } },
    ]);
    const [own] = (await priya.home()).forms;
    expect(own?.answers).toEqual({ financing: 'conventional', giftFunds: true, price: '650000.50' });
    expect((await send(own?.answers ?? {})).status).toBe(200);
    expect((await now()).forms[0]?.answers.price).toBe(65_000_050);
    const daniel = await inBy('co-client');
    expect(errorIn(await daniel.act('send-form', WORDS['send-form'] ?? {}))).toMatchObject({ type: 'not-available' });
    expect((await daniel.home()).forms).toEqual([]);
  });

  when('a message is about what they see, in a thread of their own', async () => {
    const [priya, daniel] = [await inBy('client'), await inBy('co-client')];
    expect((await priya.act('write-message', WORDS['write-message'] ?? {})).status).toBe(200);
    expect((await priya.home()).messages).toMatchObject([
      { aboutType: 'task', aboutTitle: 'Choose your home insurance and send us the binder', isMine: true },
    ]);
    expect((await daniel.home()).messages).toEqual([]);
    for (const about of [
      { aboutType: 'task', aboutId: 't-cda' },
      { aboutType: 'document', aboutId: 'l-strategy' },
      { aboutType: 'date', aboutId: 'nothing' },
      { aboutType: 'change', aboutId: 'nothing' },
    ])
      expect(errorIn(await priya.act('write-message', { ...about, body: 'Hm' }))).toMatchObject({
        type: 'not-available',
      });
    const bank = { aboutType: 'deal', aboutId: '', body: 'Wire it to account 123456789, routing 021000021 please' };
    expect(errorIn(await priya.act('write-message', bank))).toMatchObject({ type: 'refused' });
    expect((await now()).messages).toHaveLength(1);
  });

  when('a change is asked for from what the deal says, with ids of the server', async () => {
    const priya = await inBy('client');
    expect((await priya.act('ask-change', WORDS['ask-change'] ?? {})).status).toBe(200);
    const asked = (await now()).changes.at(-1);
    expect((await now()).changes).toHaveLength(5);
    const own = (await now()).changes.find(({ kind }) => kind === 'closing-date');
    expect(own).toMatchObject({ state: 'open', requestedBy: 'p-priya', approvals: [{ byId: 'p-priya' }] });
    expect(own?.facts).toMatchObject({ isFinanced: null });
    expect(asked).toBeDefined();
    const stale = {
      kind: 'closing-date',
      reason: '',
      terms: [{ type: 'anchor', name: 'closing', from: '2026-07-01', to: '2026-07-09' }],
    };
    expect(errorIn(await priya.act('ask-change', stale))).toMatchObject({
      type: 'refused',
      message: expect.stringMatching(/July 2/),
    });
    const price = { kind: 'price', reason: '', terms: [{ type: 'price', fromCents: 1, toCents: 70_000_000 }] };
    await priya.act('ask-change', price);
    const repair = {
      ...{ kind: 'repairs', reason: '' },
      terms: [
        {
          type: 'repair',
          taskId: 't-cda',
          title: 'Mend the roof',
          clientTitle: 'Mend the roof',
          by: 'other-principal',
        },
      ],
    };
    await priya.act('ask-change', repair);
    const all = (await now()).changes;
    expect(all.find(({ kind, id }) => kind === 'price' && id !== 'c-price')?.terms).toMatchObject([
      { fromCents: 73_100_000 },
    ]);
    const roof = all.find(({ kind, id }) => kind === 'repairs' && id !== 'c-over' && id !== 'c-work')?.terms[0];
    expect(roof?.type === 'repair' ? roof.taskId : 't-cda').not.toBe('t-cda');
    for (const party of [await inBy('lender'), await inBy('title'), await inBy('other-agent')])
      expect(errorIn(await party.act('ask-change', price))).toMatchObject({ type: 'not-allowed' });
    const bank = { kind: 'bank-info', reason: '', terms: [{ type: 'bank', personId: 'p-priya' }] };
    expect(errorIn(await priya.act('ask-change', bank))).toMatchObject({ type: 'not-allowed' });
  });

  when('an extension ends with its period, where the property is', async () => {
    const priya = await inBy('client');
    const { askable } = await priya.home();
    const loan = askable.deadlines.find(({ id }) => id === 'appraisal-contingency');
    if (loan === undefined) throw new Error('no such deadline');
    const terms = [{ type: 'override', deadlineId: loan.id, from: loan.on, to: '2026-07-01' }];
    const asked = await priya.act('ask-change', { kind: 'contingency-extension', reason: '', terms });
    expect(asked.body).toMatchObject({ ok: true });
    const row = (await now()).changes.find(({ kind }) => kind === 'contingency-extension');
    // The local end of the day in California, a day later in UTC.
    expect(row?.periodEndsAt).toMatch(/T0[67]:\d\d:00\.000Z$/);
    const strange = [{ type: 'override', deadlineId: 'deposit', from: null, to: '2026-07-01' }];
    expect(
      errorIn(await priya.act('ask-change', { kind: 'contingency-extension', reason: '', terms: strange })),
    ).toMatchObject({ type: 'not-available' });
  });

  when('a change is answered by those who are asked, with a fresh second step; others do not know of it', async () => {
    const [priya, seller, lender] = [await inBy('client'), await inBy('other-principal'), await inBy('lender')];
    const yes = (changeId: string, as: string) => ({ changeId, answer: 'approve', as, reason: '' });
    expect((await priya.home()).changes.find(({ id }) => id === 'c-price')).toMatchObject({
      ...{ approveAs: 'own-principal', terms: [expect.stringMatching(/\$724,000/)], reason: 'Appraised low' },
      waitsFor: expect.arrayContaining(['our client Daniel Okafor', 'the other side']),
    });
    expect((await priya.act('answer-change', yes('c-price', 'own-principal'))).status).toBe(200);
    expect((await priya.home()).changes.find(({ id }) => id === 'c-price')?.approveAs).toBeNull();
    expect((await seller.home()).changes).toMatchObject([
      { id: 'c-price', approveAs: 'other-principal', terms: [], reason: '', log: [], waitsFor: ['Wen Zhao'] },
    ]);
    // That it is asked of them is told once it was sent; before, as if it were not there.
    const kept = errorIn(await seller.act('answer-change', yes('c-kept', 'other-principal')));
    expect(kept).toEqual(errorIn(await seller.act('answer-change', yes('nothing', 'other-principal'))));
    expect(kept).toMatchObject({ type: 'not-available' });
    expect(errorIn(await priya.act('answer-change', yes('c-price', 'own-agent')))).toMatchObject({ type: 'refused' });
    expect(errorIn(await lender.act('answer-change', yes('c-price', 'lender')))).toMatchObject({
      type: 'not-available',
    });
    desk.wait(FRESH_MS + 1);
    expect(errorIn(await seller.act('answer-change', yes('c-price', 'other-principal')))).toMatchObject({
      type: 'confirm-again',
    });
  });

  when('the other side reads what is asked once our side has agreed, and nothing of why or by whom', async () => {
    const [priya, daniel, seller] = [await inBy('client'), await inBy('co-client'), await inBy('other-principal')];
    const yes = { changeId: 'c-price', answer: 'approve', as: 'own-principal', reason: '' };
    expect((await priya.act('answer-change', yes)).status).toBe(200);
    expect((await seller.home()).changes).toMatchObject([{ id: 'c-price', terms: [] }]);
    expect((await daniel.act('answer-change', yes)).status).toBe(200);
    expect((await seller.home()).changes).toMatchObject([
      { id: 'c-price', terms: [expect.stringMatching(/\$724,000/)], isPartOnly: false, reason: '', log: [] },
    ]);
  });

  when('the lender reads the credit that is asked of them, and neither the work nor why', async () => {
    const lender = await inBy('lender');
    const told = await lender.act('home', {});
    expect((await lender.home()).changes.find(({ id }) => id === 'c-work')).toMatchObject({
      ...{ approveAs: 'lender', terms: [expect.stringMatching(/\$5,000/)], isPartOnly: true, reason: '', log: [] },
    });
    expect(told.text).not.toContain('Mend the roof');
  });

  when('a request whose time ran out stands as expired and asks nobody; whoever made it may take it away', async () => {
    const [priya, daniel] = [await inBy('client'), await inBy('co-client')];
    for (const each of [priya, daniel])
      expect((await each.home()).changes.find(({ id }) => id === 'c-over')).toMatchObject({
        ...{ state: 'expired', approveAs: null, waitsFor: [], mayWithdraw: each === priya },
      });
    const late = { changeId: 'c-over', answer: 'approve', as: 'own-principal', reason: '' };
    expect(errorIn(await daniel.act('answer-change', late))).toMatchObject({ type: 'refused' });
    expect((await priya.act('withdraw-change', { changeId: 'c-over' })).status).toBe(200);
    expect((await priya.home()).changes.find(({ id }) => id === 'c-over')?.state).toBe('withdrawn');
  });

  when('of two who answer at once, both are heard; one no ends it', async () => {
    const [priya, daniel] = [await inBy('client'), await inBy('co-client')];
    const words = { changeId: 'c-price', as: 'own-principal', reason: '' };
    const both = await Promise.all([
      priya.act('answer-change', { ...words, answer: 'approve' }),
      daniel.act('answer-change', { ...words, answer: 'decline', reason: 'Too much' }),
    ]);
    const row = (await now()).changes.find(({ id }) => id === 'c-price');
    expect(row?.state).toBe('declined');
    expect(both[1]?.status).toBe(200);
    // Whoever came second was told how it stands.
    expect([200, 409]).toContain(both[0]?.status);
    expect(row?.approvals.length).toBe(both[0]?.status === 200 ? 1 : 0);
  });

  when('two who do the same task at once do it once', async () => {
    const priya = await inBy('client');
    const second = await inBy('client');
    const both = await Promise.all(
      [priya, second].map((each) => each.act('complete-task', WORDS['complete-task'] ?? {})),
    );
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const rows = await trailOf(desk, DEAL_ID);
    const done = rows.filter(({ details }) => (details as { name?: string }).name === 'completeTask');
    expect(done.map(({ details }) => (details as { changes?: number }).changes).toSorted()).toEqual([0, 1]);
  });

  when('a request is withdrawn by whoever asked', async () => {
    const [priya, daniel] = [await inBy('client'), await inBy('co-client')];
    await priya.act('ask-change', WORDS['ask-change'] ?? {});
    const own = (await priya.home()).changes.find(({ mayWithdraw }) => mayWithdraw);
    if (own === undefined) throw new Error('nothing was asked');
    expect(errorIn(await daniel.act('withdraw-change', { changeId: own.id }))).toMatchObject({ type: 'refused' });
    expect((await priya.act('withdraw-change', { changeId: own.id })).status).toBe(200);
    expect((await now()).changes.find(({ id }) => id === own.id)?.state).toBe('withdrawn');
  });

  when('people are proposed in the roles that a role may propose; consents are a client’s', async () => {
    const [priya, lender, agent] = [await inBy('client'), await inBy('lender'), await inBy('agent')];
    expect((await priya.act('propose-person', WORDS['propose-person'] ?? {})).status).toBe(200);
    expect((await priya.home()).proposals).toMatchObject([{ name: 'Ida Falk', role: 'attorney', state: 'open' }]);
    expect(errorIn(await lender.act('propose-person', WORDS['propose-person'] ?? {}))).toMatchObject({
      type: 'refused',
    });
    expect(
      errorIn(await priya.act('propose-person', { ...WORDS['propose-person'], role: 'other-agent' })),
    ).toMatchObject({ type: 'refused' });
    const { consents } = await priya.home();
    expect(consents).toEqual([
      { toId: 'p-marisol', name: 'Marisol Quintero', covers: 'closing-disclosure', consentId: null },
    ]);
    expect((await priya.act('give-consent', WORDS['give-consent'] ?? {})).status).toBe(200);
    const [given] = (await priya.home()).consents;
    expect(given?.consentId).not.toBeNull();
    expect(errorIn(await agent.act('give-consent', WORDS['give-consent'] ?? {}))).toMatchObject({ type: 'refused' });
    const daniel = await inBy('co-client');
    const taken = errorIn(await daniel.act('withdraw-consent', { consentId: given?.consentId }));
    expect(taken).toMatchObject({ type: 'refused' });
    expect((await priya.act('withdraw-consent', { consentId: given?.consentId })).status).toBe(200);
    expect((await priya.home()).consents[0]?.consentId).toBeNull();
  });

  when('an act that comes again is answered as then and done once; under other words it is refused', async () => {
    const priya = await inBy('client');
    for (const name of ACTS) {
      const actId = randomUUID();
      const first = await priya.act(name, WORDS[name] ?? {}, actId);
      const version = await versionOf(desk, DEAL_ID);
      const rows = (await trailOf(desk, DEAL_ID)).length;
      desk.wait(1_000);
      const again = await priya.act(name, WORDS[name] ?? {}, actId);
      expect([name, again.status, again.body]).toEqual([name, first.status, first.body]);
      expect([await versionOf(desk, DEAL_ID), (await trailOf(desk, DEAL_ID)).length]).toEqual([version, rows]);
      const other = await priya.act('write-message', { aboutType: 'deal', aboutId: '', body: `Not ${name}` }, actId);
      expect([name, errorIn(other)]).toMatchObject([name, { type: 'refused' }]);
    }
  });

  when('nothing is done in a look as somebody else, with another deal’s ids, or on a deal that is over', async () => {
    const look = await lookAs(desk, DEAL_ID, 'p-priya');
    await desk.putDeal({ ...base, row: { ...base.row, id: 'deal-2' }, ...OTHER_DEAL });
    const version = await versionOf(desk, DEAL_ID);
    for (const name of ACTS)
      expect(errorIn(await look.act(name, WORDS[name] ?? {}))).toMatchObject({ type: 'not-allowed' });
    const priya = await inBy('client');
    for (const [name, words] of [
      ['complete-task', { taskId: 'x-task', isDone: true }],
      ['acknowledge', { versionId: 'x-version' }],
      ['send-form', { formId: 'x-form', answers: {} }],
      ['withdraw-change', { changeId: 'x-change' }],
      ['answer-change', { changeId: 'x-change', answer: 'approve', as: 'own-principal', reason: '' }],
      ['give-consent', { toId: 'x-agent', covers: 'settlement' }],
      ['withdraw-consent', { consentId: 'x-consent' }],
    ] as const)
      expect((await priya.act(name, words)).body.ok).toBe(false);
    expect(await versionOf(desk, DEAL_ID)).toBe(version);
    expect(await versionOf(desk, 'deal-2')).toBe(1);
    const over = { closedOn: plainDate('2026-06-16'), outcome: 'closed' } as const;
    await desk.putDeal({ ...deal, row: { ...deal.row, ...over } });
    const closed = await priya.act('complete-task', WORDS['complete-task'] ?? {});
    expect(errorIn(closed)).toMatchObject({ type: 'refused', message: expect.stringMatching(/^This deal is over/) });
    expect(await priya.home()).toMatchObject({ askable: { kinds: [] }, mayPropose: [] });
  });

  when('too much of it waits, and a link that is revoked does nothing more', async () => {
    const priya = await inBy('client');
    const words = { taskId: 'nothing', isDone: true };
    for (let n = 0; n < 120; n += 1) expect((await priya.act('complete-task', words)).status).toBe(409);
    expect(errorIn(await priya.act('complete-task', words))).toMatchObject({ type: 'too-often' });
    const daniel = await inBy('co-client');
    await desk.context.store.transaction('main', (tx) => tx.links.revoke('main', daniel.linkId, AT));
    expect((await daniel.act('write-message', WORDS['write-message'] ?? {})).status).toBe(401);
  });
});

const OTHER_DEAL: Partial<Deal> = {
  tasks: base.tasks.slice(0, 1).map((task) => ({ ...task, id: 'x-task', dealId: 'deal-2' })),
  versions: base.versions.slice(0, 1).map((version) => ({ ...version, id: 'x-version', dealId: 'deal-2' })),
  changes: [{ ...change, id: 'x-change', dealId: 'deal-2' }],
  forms: [{ ...form, id: 'x-form', dealId: 'deal-2' }],
  consents: [],
  people: base.people.map((person) => ({
    ...person,
    id: person.role === 'agent' ? 'x-agent' : `x-${person.id}`,
    dealId: 'deal-2',
  })),
};
