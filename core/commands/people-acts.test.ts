import { describe, expect, test } from 'vitest';
import type { Actor, PartyActor } from '../permissions/actor.ts';
import { type Bench, openDeal, run, TC } from './testing.ts';

/** What people do through the portal, and what answers it: by the very rules that desktop and server run. */

const AT_LATER = '2026-06-17T09:00:00.000Z';
const party = (personId: string, role: PartyActor['role'] = 'client'): PartyActor => ({
  kind: 'party',
  personId,
  role,
  side: role === 'other-principal' || role === 'other-agent' ? 'seller' : 'buyer',
});
const PRIYA = party('p-priya');
const DEV = party('p-dev', 'co-client');

function bench() {
  const made: Bench = openDeal();
  let n = 0;
  const act = (name: string, args: unknown, actor: Actor = TC) => run(made, { id: `c-${++n}`, name, args }, actor);
  const add = (personId: string, role: string, name: string) =>
    act('addPerson', { personId, name, role, company: '', email: `${personId}@example.com`, phone: '' });
  add('p-dev', 'co-client', 'Dev Raman');
  add('p-other', 'other-principal', 'Gloria Estévez');
  act('setAnchor', { name: 'closing', on: '2026-07-02', evidence: 'contract', expected: null });
  return { made, act, last: () => `c-${n}` };
}

const file = (versionId: string, sha: string, more: object = {}) => ({
  ...{ versionId, lineId: 'd1.doc-contract', sha256: sha.repeat(64), bytes: 1200, extension: 'pdf' },
  ...{ originalName: 'Extension.pdf', suffix: 'FE', documentOn: '2026-06-17', receivedAt: AT_LATER },
  ...{ sentBy: '', isHeld: false, toReview: true, ...more },
});
const approve = (lineId: string, versionId: string) => ({
  ...{ lineId, act: 'approve', versionId, reason: '', on: '2026-06-17', at: AT_LATER },
});
const UNKNOWN = { isFinanced: null, hasCostOrCredit: null, hasDeposit: null, wasSigned: null };
const later = {
  ...{ changeId: 'ch1', kind: 'closing-date', facts: UNKNOWN, reason: 'Our lender needs a week.' },
  terms: [{ type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-10' }],
  ...{ expiresAt: null, periodEndsAt: null, at: '2026-06-16T10:00:00.000Z' },
};
const execute = (versionId: string) => ({
  ...{ changeId: 'ch1', versionId, executedAt: AT_LATER, delivery: null, on: '2026-06-17', at: AT_LATER },
});

describe('a request for change', () => {
  test('asking is agreeing, terms move only with the reviewed executed document, and undo takes all of it back', () => {
    const { made, act, last } = bench();
    expect(act('askChange', later, PRIYA)).toBeNull();
    expect(made.deal?.changes[0]).toMatchObject({ state: 'open', approvals: [{ approver: 'own-principal' }] });
    expect(act('executeChange', execute('v1'))?.type).toBe('DocumentNotAvailable');
    act('fileVersion', file('v1', 'a'));
    expect(act('executeChange', execute('v1'))?.type).toBe('NotReviewed');
    act('reviewLine', approve('d1.doc-contract', 'v1'));
    expect(act('executeChange', execute('v1'))).toMatchObject({
      type: 'ApprovalsMissing',
      message: expect.stringContaining('Dev Raman'),
    });
    expect(act('approveChange', { changeId: 'ch1', as: 'own-principal', at: AT_LATER }, DEV)).toBeNull();
    expect(made.deal?.anchors.find(({ name }) => name === 'closing')?.on).toBe('2026-07-02');
    expect(act('executeChange', execute('v1'))).toBeNull();
    expect(made.deal?.anchors.find(({ name }) => name === 'closing')).toMatchObject({
      on: '2026-07-10',
      evidence: 'The doc-contract, fully signed and reviewed',
    });
    expect(made.deal?.changes[0]).toMatchObject({ state: 'executed', executedBy: 'v1' });
    expect(made.deal?.tasks.filter(({ title }) => title.startsWith('Tell ')).map(({ title }) => title)).toEqual([
      'Tell the lender what was agreed: The doc-contract',
      'Tell title what was agreed: The doc-contract',
    ]);
    expect(act('undo', { commandId: last() })).toBeNull();
    expect(made.deal?.anchors.find(({ name }) => name === 'closing')?.on).toBe('2026-07-02');
    expect(made.deal?.changes[0]?.state).toBe('open');
  });

  test('a contract that was here before the request evidences nothing, and a closing that moved meanwhile is told', () => {
    const { act } = bench();
    act('fileVersion', file('v1', 'a', { receivedAt: '2026-06-15T09:00:00.000Z' }));
    act('reviewLine', approve('d1.doc-contract', 'v1'));
    act('askChange', later, PRIYA);
    act('approveChange', { changeId: 'ch1', as: 'own-principal', at: AT_LATER }, DEV);
    expect(act('executeChange', execute('v1'))?.type).toBe('WrongDocument');
    act('fileVersion', file('v2', 'b'));
    act('reviewLine', approve('d1.doc-contract', 'v2'));
    act('setAnchor', { name: 'closing', on: '2026-07-06', evidence: 'call', expected: '2026-07-02' });
    expect(act('executeChange', execute('v2'))).toMatchObject({ type: 'Moved' });
  });

  test('moves nothing by a file that was sent back, whatever lies over it on its line', () => {
    const { made, act } = bench();
    act('askChange', later, PRIYA);
    act('approveChange', { changeId: 'ch1', as: 'own-principal', at: AT_LATER }, DEV);
    act('fileVersion', file('v1', 'a'));
    act('reviewLine', { ...approve('d1.doc-contract', 'v1'), act: 'reject', reason: 'The last page is missing' });
    act('fileVersion', file('v2', 'b'));
    act('reviewLine', approve('d1.doc-contract', 'v2'));
    expect(act('executeChange', execute('v1'))?.type).toBe('NotReviewed');
    expect(made.deal?.anchors.find(({ name }) => name === 'closing')?.on).toBe('2026-07-02');
    expect(act('executeChange', execute('v2'))).toBeNull();
  });

  test('moves no credit and no set day that stand otherwise than it saw', () => {
    const { made, act } = bench();
    act('fileVersion', file('v1', 'a'));
    act('reviewLine', approve('d1.doc-contract', 'v1'));
    const ask = (changeId: string, kind: string, term: object, more: object = {}) => {
      expect(act('askChange', { ...later, changeId, kind, terms: [term], ...more }, PRIYA)).toBeNull();
      expect(act('approveChange', { changeId, as: 'own-principal', at: AT_LATER }, DEV)).toBeNull();
    };
    ask('c1', 'credit', { type: 'credit', fromCents: 0, toCents: 500_000 });
    act('answerFact', { name: 'creditCents', value: 200_000, expected: null });
    expect(act('executeChange', { ...execute('v1'), changeId: 'c1' })?.type).toBe('Moved');
    const term = { type: 'override', deadlineId: 'deposit', from: '2026-06-20', to: '2026-06-27' };
    ask('c2', 'contingency-extension', term, { periodEndsAt: '2026-06-21T07:00:00.000Z' });
    const expected = { days: null, on: null };
    act('setDeadline', { deadlineId: 'deposit', days: null, on: '2026-06-24', reason: 'box 3L', expected });
    expect(act('executeChange', { ...execute('v1'), changeId: 'c2' })?.type).toBe('Moved');
    expect(made.deal?.row.facts.creditCents).toBe(200_000);
    expect(made.deal?.milestones.find(({ deadlineId }) => deadlineId === 'deposit')?.on).toBe('2026-06-24');
  });

  test('what a person said for themselves is taken back by nobody else, and what took effect by coordinators alone', () => {
    const { made, act, last } = bench();
    const LEE: Actor = { kind: 'member', memberId: 'm-lee', role: 'agent' };
    act('askChange', later, PRIYA);
    expect(act('undo', { commandId: last() })?.type).toBe('NotYours');
    act('declineChange', { changeId: 'ch1', as: 'own-principal', reason: 'No', at: AT_LATER }, DEV);
    expect(act('undo', { commandId: last() })?.type).toBe('NotYours');
    expect(made.deal?.changes[0]?.state).toBe('declined');
    const words = { messageId: 'm1', personId: 'p-priya', aboutType: 'deal', aboutId: '', body: 'Hello', at: AT_LATER };
    act('writeMessage', words, PRIYA);
    expect(act('undo', { commandId: last() })?.type).toBe('NotYours');
    expect(made.deal?.messages).toHaveLength(1);
    act('askChange', { ...later, changeId: 'ch2' }, PRIYA);
    act('approveChange', { changeId: 'ch2', as: 'own-principal', at: AT_LATER }, DEV);
    act('fileVersion', file('v1', 'a'));
    act('reviewLine', approve('d1.doc-contract', 'v1'));
    expect(act('executeChange', { ...execute('v1'), changeId: 'ch2' }, LEE)?.type).toBe('NotYourRole');
    expect(act('executeChange', { ...execute('v1'), changeId: 'ch2' })).toBeNull();
    expect(act('undo', { commandId: last() }, LEE)?.type).toBe('NotYourRole');
    expect(made.deal?.anchors.find(({ name }) => name === 'closing')?.on).toBe('2026-07-10');
  });

  test('is not asked by the other side, nor answered by whom it does not ask', () => {
    const { act } = bench();
    expect(act('askChange', later, party('p-other', 'other-principal'))?.type).toBe('NotYourRole');
    act('askChange', later, PRIYA);
    const as = { changeId: 'ch1', as: 'own-principal', at: AT_LATER };
    expect(act('approveChange', as, party('p-marisol', 'agent'))?.type).toBe('NotAnApprover');
    expect(act('withdrawChange', { changeId: 'ch1', at: AT_LATER }, DEV)?.type).toBe('NotAllowed');
    expect(act('declineChange', { ...as, reason: 'No' }, DEV)).toBeNull();
    expect(act('approveChange', as, PRIYA)?.type).toBe('WrongState');
    expect(act('sendChange', { changeId: 'ch9', at: AT_LATER })?.type).toBe('ChangeNotAvailable');
  });

  test('price, override, repairs, people and an end: each effect is a row', () => {
    const { made, act } = bench();
    const ask = (changeId: string, kind: string, terms: readonly object[], more: object = {}) =>
      act('askChange', { ...later, changeId, kind, terms, ...more }, PRIYA);
    act('fileVersion', file('v1', 'a'));
    act('reviewLine', approve('d1.doc-contract', 'v1'));
    const put = (changeId: string) => {
      const agreed = act('approveChange', { changeId, as: 'own-principal', at: AT_LATER }, DEV);
      return agreed ?? act('executeChange', { ...execute('v1'), changeId });
    };
    ask('ch2', 'price', [{ type: 'price', fromCents: 64_200_000, toCents: 63_000_000 }]);
    expect(put('ch2')).toBeNull();
    expect(made.deal?.row.priceCents).toBe(63_000_000);
    ask(
      'ch3',
      'contingency-extension',
      [{ type: 'override', deadlineId: 'loan-contingency', from: '2026-06-23', to: '2026-06-30' }],
      { periodEndsAt: '2026-06-23T23:59:00.000Z' },
    );
    expect(put('ch3')).toBeNull();
    expect(made.deal?.milestones[0]).toMatchObject({ on: '2026-06-30', documentId: 'v1' });
    ask(
      'ch4',
      'repairs',
      [{ type: 'repair', taskId: 'r1', title: 'Mend the roof', clientTitle: '', by: 'other-principal' }],
      { facts: { ...UNKNOWN, isFinanced: false } },
    );
    expect(put('ch4')).toBeNull();
    expect(made.deal?.tasks.find(({ id }) => id === 'r1')).toMatchObject({ dueRule: { from: 'closing', offset: -5 } });
    ask('ch5', 'contact-info', [{ type: 'contact', personId: 'p-priya', field: 'phone', to: '(916) 555-0199' }]);
    const byPhone = { changeId: 'ch5', channel: 'phone', at: AT_LATER };
    expect(act('callBackChange', { ...byPhone, number: 'from-the-request' })?.type).toBe('NotACallBack');
    expect(act('callBackChange', { ...byPhone, number: 'known-before' })).toBeNull();
    expect(act('executeChange', { ...execute('v1'), changeId: 'ch5', versionId: null })).toBeNull();
    expect(made.deal?.people.find(({ id }) => id === 'p-priya')?.phone).toBe('+19165550199');
  });
});

describe('what the coordinator writes down about a request', () => {
  const THEO: Actor = { kind: 'member', memberId: 'm-theo', role: 'tc' };
  const on = { changeId: 'ch1', personId: 'p-dev', as: 'own-principal', at: AT_LATER };
  const told = { ...on, answer: 'yes', by: 'phone', saidAt: AT_LATER, reason: '' };

  test('an answer by telephone lets the paper move the terms; only who wrote it down takes it back', () => {
    const { made, act, last } = bench();
    act('askChange', later, PRIYA);
    expect(act('recordAnswer', told, DEV)?.type).toBe('NotYourRole');
    expect(act('recordAnswer', told)).toBeNull();
    expect(made.journal.at(-1)).toMatchObject({ name: 'recordAnswer', actorId: 'm-noor' });
    expect(made.deal?.changes[0]?.log.at(-1)?.what).toBe(
      'Told to Noor Haddad by phone: Dev Raman agrees as our client.',
    );
    const recorded = last();
    expect(act('undo', { commandId: recorded }, THEO)?.type).toBe('NotYours');
    expect(act('takeBackAnswer', on, THEO)?.type).toBe('NotAllowed');
    expect(act('takeBackAnswer', on)).toBeNull();
    expect(made.deal?.changes[0]?.approvals.map(({ byId }) => byId)).toEqual(['p-priya']);
    expect(act('undo', { commandId: last() })).toBeNull();
    act('fileVersion', file('v1', 'a'));
    act('reviewLine', approve('d1.doc-contract', 'v1'));
    expect(act('executeChange', execute('v1'))).toBeNull();
  });

  test('a no that was told ends it, and what reads like bank details is not written down', () => {
    const { made, act } = bench();
    act('askChange', later, PRIYA);
    const no = { ...told, answer: 'no', reason: 'Wire it to routing number 021000021, account number 1234567890' };
    expect(act('recordAnswer', no)?.type).toBe('BankNumber');
    expect(act('recordAnswer', { ...no, reason: 'Their lease ends' })).toBeNull();
    expect(made.deal?.changes[0]?.state).toBe('declined');
    expect(act('takeBackAnswer', on)?.type).toBe('WrongState');
  });

  test('of two requests for the same one is kept with a reason: both say so, and undo brings both back', () => {
    const { made, act, last } = bench();
    act('askChange', later, PRIYA);
    act('askChange', { ...later, changeId: 'ch2', at: AT_LATER }, DEV);
    const keep = { changeId: 'ch2', overId: 'ch1', reason: 'The lender gave this day', at: AT_LATER };
    expect(act('keepChange', keep, party('p-marisol', 'agent'))?.type).toBe('NotYourRole');
    expect(act('keepChange', { ...keep, reason: '' })?.type).toBe('NeedsReason');
    expect(act('keepChange', { ...keep, overId: 'ch2' })?.type).toBe('NoConflict');
    expect(act('keepChange', keep)).toBeNull();
    const [first, second] = made.deal?.changes ?? [];
    expect([first?.state, second?.state]).toEqual(['declined', 'open']);
    for (const row of [first, second]) expect(row?.log.at(-1)?.what).toContain('Reason: The lender gave this day');
    expect(act('undo', { commandId: last() })).toBeNull();
    expect(made.deal?.changes.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(act('keepChange', { ...keep, changeId: 'ch1', overId: 'ch2' })).toBeNull();
    expect(act('keepChange', keep)?.type).toBe('NoConflict');
  });
});

test('a request whose time ran out holds up no later one, and one request says one thing once', () => {
  const { made, act } = bench();
  const extend = (changeId: string, at: string, to: string, periodEndsAt: string) =>
    act(
      'askChange',
      {
        ...{ ...later, changeId, at, periodEndsAt, kind: 'contingency-extension' },
        terms: [{ type: 'override', deadlineId: 'loan-contingency', from: null, to }],
      },
      PRIYA,
    );
  expect(extend('ch1', '2026-06-10T10:00:00.000Z', '2026-06-20', '2026-06-12T23:59:00.000Z')).toBeNull();
  expect(extend('ch2', '2026-06-16T10:00:00.000Z', '2026-06-30', '2026-06-25T23:59:00.000Z')).toBeNull();
  expect(made.deal?.changes.find(({ id }) => id === 'ch2')?.log.at(-2)?.what).not.toContain('waits for');
  expect(act('approveChange', { changeId: 'ch2', as: 'own-principal', at: AT_LATER }, DEV)).toBeNull();
  expect(extend('ch3', '2026-06-17T10:00:00.000Z', '2026-07-01', '2026-06-26T23:59:00.000Z')).toBeNull();
  const agree = { changeId: 'ch3', as: 'own-principal', at: '2026-06-17T11:00:00.000Z' };
  expect(act('approveChange', agree, DEV)?.type).toBe('Blocked');
  const twice = [65_000_000, 66_000_000].map((toCents) => ({ type: 'price', fromCents: 64_200_000, toCents }));
  expect(act('askChange', { ...later, changeId: 'ch4', kind: 'price', terms: twice }, PRIYA)).toMatchObject({
    type: 'WrongTerms',
    message: expect.stringContaining('Say it once'),
  });
});

describe('reading', () => {
  const tds = { lineId: 'd1.doc-tds', suffix: 'SS' };
  function withDisclosure() {
    const deal = bench();
    deal.act('editLine', { lineId: 'd1.doc-tds', clientTitle: 'What the seller knows about the home' });
    deal.act('fileVersion', file('v1', 'a', tds));
    return deal;
  }

  test('an approved disclosure asks both clients; one says that they read it, of those bytes and no others', () => {
    const { made, act } = withDisclosure();
    const read = { versionId: 'v1', sha256: 'a'.repeat(64), at: AT_LATER };
    expect(act('acknowledge', read, PRIYA)?.type).toBe('DocumentNotAvailable');
    act('reviewLine', approve('d1.doc-tds', 'v1'));
    expect(made.deal?.readings.map(({ personId }) => personId)).toEqual(['p-dev', 'p-priya']);
    expect(act('acknowledge', { ...read, sha256: 'b'.repeat(64) }, PRIYA)?.type).toBe('Moved');
    expect(act('acknowledge', read, PRIYA)).toBeNull();
    expect(made.deal?.readings[1]).toMatchObject({ acknowledgedAt: AT_LATER, sha256: 'a'.repeat(64) });
    expect(act('acknowledge', read)?.type).toBe('PeopleOnly');
    expect(act('dropReading', { readingId: 'v1.read.p-priya' })?.type).toBe('WasRead');
    act('fileVersion', file('v2', 'c', tds));
    act('reviewLine', approve('d1.doc-tds', 'v2'));
    expect(made.deal?.readings.map(({ id }) => id)).toEqual(['v1.read.p-priya', 'v2.read.p-dev', 'v2.read.p-priya']);
  });

  test('nobody is asked to read what they cannot see', () => {
    const { act } = withDisclosure();
    const ask = { versionId: 'v1', personIds: ['p-other'], at: AT_LATER };
    act('reviewLine', approve('d1.doc-tds', 'v1'));
    expect(act('askToRead', ask)?.type).toBe('NotShared');
    expect(act('describeVersion', { versionId: 'v1', isWithOtherSide: true })).toBeNull();
    expect(act('askToRead', ask)).toBeNull();
  });
});

test('a file that a person sends waits for review under their name, on lines that are theirs', () => {
  const { made, act } = bench();
  const send = (more: object = {}) => ({
    ...{ versionId: 's1', lineId: 'd1.doc-contract', sha256: 'd'.repeat(64), bytes: 900, extension: 'pdf' },
    ...{ originalName: 'Photos.pdf', on: '2026-06-17', at: AT_LATER, ...more },
  });
  expect(act('sendDocument', send(), PRIYA)?.type).toBe('DocumentNotAvailable');
  act('editLine', { lineId: 'd1.doc-contract', clientTitle: 'The contract' });
  expect(act('sendDocument', send(), party('p-marisol', 'agent'))).toBeNull();
  expect(made.deal?.lines.find(({ id }) => id === 'd1.doc-contract')?.state).toBe('needs-review');
  expect(made.deal?.papers).toMatchObject([{ id: 's1', sentById: 'p-marisol' }]);
  expect(made.deal?.versions[0]).toMatchObject({ sentBy: 'Marisol Quintero', verdict: null });
  expect(act('sendDocument', send(), TC)?.type).toBe('PeopleOnly');
  const free = { versionId: 's2', lineId: 'l-free', newTitle: 'Letter of the HOA', sha256: 'e'.repeat(64) };
  expect(act('sendDocument', send(free), PRIYA)).toBeNull();
  expect(made.deal?.lines.at(-1)).toMatchObject({
    title: 'Letter of the HOA',
    state: 'needs-review',
    class: 'correspondence',
  });
  act('reviewLine', approve('d1.doc-contract', 's1'));
  const late = send({ versionId: 's4', sha256: '9'.repeat(64) });
  expect(act('sendDocument', late, party('p-marisol', 'agent'))).toMatchObject({
    type: 'AlreadyApproved',
    message: expect.stringContaining('send it as something else'),
  });
  act('reviewLine', { ...approve('d1.doc-contract', 's1'), act: 'ask-again' });
  expect(act('sendDocument', late, party('p-marisol', 'agent'))).toBeNull();
  const wire = { ...free, versionId: 's3', lineId: 'l-wire', originalName: 'Wire instructions routing number.pdf' };
  expect(act('sendDocument', send({ ...wire, sha256: 'f'.repeat(64) }), PRIYA)).toBeNull();
  expect(made.deal?.versions.find(({ id }) => id === 's3')?.isHeld).toBe(true);
});

test('a file whose words are wire instructions is held, unless somebody has judged it or called', () => {
  const { made, act } = bench();
  act('editLine', { lineId: 'd1.doc-contract', clientTitle: 'The contract' });
  const send = (versionId: string, sha: string) => ({
    ...{ versionId, lineId: 'd1.doc-contract', sha256: sha.repeat(64), bytes: 900, extension: 'pdf' },
    ...{ originalName: 'Photos.pdf', on: '2026-06-17', at: AT_LATER },
  });
  const agent = party('p-marisol', 'agent');
  const hold = (versionId: string) => ({ versionId, reason: 'It names a routing number.' });
  const line = () => made.deal?.lines.find(({ id }) => id === 'd1.doc-contract')?.state;
  const isHeld = (versionId: string) => made.deal?.versions.find(({ id }) => id === versionId)?.isHeld;
  expect(act('holdVersion', hold('nowhere'))?.type).toBe('DocumentNotAvailable');
  act('sendDocument', send('h1', 'a'), agent);
  expect(act('holdVersion', hold('h1'), agent)?.type).toBe('NotYourRole');
  expect(act('holdVersion', hold('h1'), { kind: 'system' })).toBeNull();
  expect([isHeld('h1'), line()]).toEqual([true, 'received']);
  expect(act('reviewLine', approve('d1.doc-contract', 'h1'))).not.toBeNull();
  const call = { ...approve('d1.doc-contract', 'h1'), act: 'let-go', reason: 'Called Marisol on her known number' };
  expect(act('reviewLine', call)).toBeNull();
  // Another desktop reads it later: the call stands.
  expect(act('holdVersion', hold('h1'))).toBeNull();
  expect(isHeld('h1')).toBe(false);
  act('sendDocument', send('h2', 'b'), agent);
  act('reviewLine', approve('d1.doc-contract', 'h2'));
  expect(act('holdVersion', hold('h2'))).toBeNull();
  expect([isHeld('h2'), line()]).toEqual([false, 'approved']);
});

test('messages: one thread a person, an answer settles it, account numbers are refused', () => {
  const { made, act } = bench();
  const write = (messageId: string, body: string, personId = 'p-priya') => ({
    ...{ messageId, personId, aboutType: 'deal', aboutId: '', body, at: AT_LATER },
  });
  expect(act('writeMessage', write('m1', 'May we close earlier?'), PRIYA)).toBeNull();
  expect(act('writeMessage', write('m2', 'Hello'), DEV)?.type).toBe('NotYours');
  expect(made.deal?.messages[0]?.isSettled).toBe(false);
  expect(act('writeMessage', write('m3', 'I will ask.'))).toBeNull();
  expect(made.deal?.messages.every(({ isSettled }) => isSettled)).toBe(true);
  const wire = 'Wire the funds to routing number 021000021 account number 1234567890';
  expect(act('writeMessage', write('m4', wire), PRIYA)?.type).toBe('BankNumber');
});

test('a proposed person comes on the deal when the coordinator takes them, and not before', () => {
  const { made, act } = bench();
  const propose = (more: object = {}) => ({
    ...{ proposalId: 'pp1', role: 'lender', name: 'Aiko Bergström', company: 'Wrenfield', email: 'a@w.example' },
    ...{ phone: '', words: '', at: AT_LATER, ...more },
  });
  expect(act('proposePerson', propose({ role: 'agent' }), PRIYA)?.type).toBe('NotYourRole');
  expect(act('proposePerson', propose({ email: '' }), PRIYA)?.type).toBe('NoReach');
  expect(act('proposePerson', propose(), PRIYA)).toBeNull();
  expect(made.deal?.people.some(({ role }) => role === 'lender')).toBe(false);
  expect(act('acceptProposal', { proposalId: 'pp1', personId: 'p-aiko', at: AT_LATER }, PRIYA)?.type).toBe(
    'NotYourRole',
  );
  expect(act('declineProposal', { proposalId: 'pp1', reason: '', at: AT_LATER })?.type).toBe('NeedsReason');
  expect(act('acceptProposal', { proposalId: 'pp1', personId: 'p-aiko', at: AT_LATER })).toBeNull();
  expect(made.deal?.people.find(({ id }) => id === 'p-aiko')).toMatchObject({ role: 'lender', company: 'Wrenfield' });
  expect(act('declineProposal', { proposalId: 'pp1', reason: 'No', at: AT_LATER })?.type).toBe('WasDecided');
});

test('answers become facts when they are taken; sent back they can be given again', () => {
  const { made, act } = bench();
  const on = { formId: 'f1', at: AT_LATER };
  act('askForm', { ...on, personId: 'p-priya', title: 'About the home', questionIds: ['hoa', 'financing'] });
  expect(act('takeForm', on)?.type).toBe('NotSent');
  expect(act('sendForm', { ...on, answers: { hoa: true } }, DEV)?.type).toBe('NotYours');
  expect(act('sendForm', { ...on, answers: { other: true } }, PRIYA)?.type).toBe('BadArgs');
  expect(act('sendForm', { ...on, answers: { hoa: true, financing: 'cash' } }, PRIYA)).toBeNull();
  expect(made.deal?.row.facts).toEqual({});
  expect(act('returnForm', { ...on, reason: 'Is it really cash?' })).toBeNull();
  expect(act('sendForm', { ...on, answers: { hoa: true, financing: 'fha' } }, PRIYA)).toBeNull();
  const again = { ...on, at: '2026-06-17T10:00:00.000Z', answers: { hoa: true, financing: 'fha' } };
  expect(act('sendForm', again, PRIYA)).toBeNull();
  act('sendForm', { ...again, answers: { hoa: false, financing: 'fha' } }, PRIYA);
  expect(act('takeForm', { ...on, sentAt: AT_LATER })?.type).toBe('Moved');
  act('sendForm', again, PRIYA);
  expect(act('takeForm', { ...on, sentAt: again.at })).toBeNull();
  expect(made.deal?.row.facts).toEqual({ hoa: true, financing: 'fha' });
  expect(act('sendForm', { ...on, answers: {} }, PRIYA)?.type).toBe('FormIsOver');
});

test('consent to closing figures is a client’s own, to an agent of the deal', () => {
  const { made, act } = bench();
  const give = { consentId: 'k1', toId: 'p-marisol', covers: 'closing-disclosure', at: AT_LATER };
  expect(act('giveConsent', give)?.type).toBe('NotYourRole');
  expect(act('giveConsent', { ...give, toId: 'p-other' }, PRIYA)?.type).toBe('PersonNotAvailable');
  expect(act('giveConsent', give, PRIYA)).toBeNull();
  expect(act('withdrawConsent', { consentId: 'k1', at: AT_LATER }, DEV)?.type).toBe('NotYours');
  expect(act('withdrawConsent', { consentId: 'k1', at: AT_LATER }, PRIYA)).toBeNull();
  expect(made.deal?.consents[0]?.withdrawnAt).toBe(AT_LATER);
});

test('account numbers are kept nowhere, whatever they are written into', () => {
  const { made, act } = bench();
  const bank = 'Wire it to routing number 021000021, account number 1234567890';
  act('askChange', later, PRIYA);
  act('askForm', { formId: 'f1', at: AT_LATER, personId: 'p-priya', title: 'Home', questionIds: ['hoa'] });
  const at = AT_LATER;
  const who = { role: 'lender', name: 'Kai', company: '', email: 'kai@example.com', phone: '' };
  const file = { ...{ sha256: 'a'.repeat(64), bytes: 1, extension: 'pdf', originalName: 'x.pdf' }, on: '2026-06-17' };
  const before = JSON.stringify(made.deal);
  const tries: readonly (readonly [string, object])[] = [
    ['declineChange', { changeId: 'ch1', as: 'own-principal', reason: bank, at }],
    ['proposePerson', { proposalId: 'pr', ...who, words: bank, at }],
    ['sendForm', { formId: 'f1', answers: { hoa: bank }, at }],
    ['sendDocument', { versionId: 'v9', lineId: 'l9', newTitle: bank, ...file, at }],
  ];
  for (const [name, args] of tries) expect([name, act(name, args, PRIYA)?.type]).toEqual([name, 'BankNumber']);
  expect(JSON.stringify(made.deal)).toBe(before);
});

test('a person whom somebody wrote to or asked is not undone from under it', () => {
  const { made, act, last } = bench();
  act('addPerson', { personId: 'p-new', name: 'Kai', role: 'lender', company: '', email: '', phone: '' });
  const added = last();
  act('askForm', { formId: 'f1', at: AT_LATER, personId: 'p-new', title: 'The loan', questionIds: ['financing'] });
  const asked = last();
  expect(act('undo', { commandId: added })?.type).toBe('ChangedSince');
  expect(made.deal?.people.some(({ id }) => id === 'p-new')).toBe(true);
  act('removePerson', { personId: 'p-new' });
  expect(act('undo', { commandId: last() })).toBeNull();
  expect(act('undo', { commandId: last() })).toBeNull();
  expect(made.deal?.people.some(({ id }) => id === 'p-new')).toBe(false);
  expect(act('undo', { commandId: last() })).toBeNull();
  expect(act('undo', { commandId: asked })).toBeNull();
  expect(act('undo', { commandId: added })).toBeNull();
});
