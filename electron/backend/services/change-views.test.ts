import { expect, test } from 'vitest';
import { changeViews } from './change-views.ts';
import { personActs } from './person-acts.ts';
import { at, by, dealOf, extension, later, names, newPhone, portalDeal, step, viewed } from './testing-portal.ts';
import { waitingOf } from './today-waiting.ts';

const price = { type: 'price', fromCents: 64_200_000, toCents: 63_000_000 };

function asked() {
  const bench = portalDeal();
  step(bench, 'askChange', later('r1'), by(bench, 'p-priya'));
  return bench;
}
const only = (bench: ReturnType<typeof portalDeal>) => {
  const [view] = changeViews(viewed(bench));
  if (view === undefined) throw new Error('there is no request');
  return view;
};
const review = (lineId: string, versionId: string) => ({
  ...{ lineId, act: 'approve', versionId, reason: '', on: '2026-06-02', at: at(20) },
});

test('a request shows who asked, what it would do, and who has agreed', () => {
  const view = only(asked());
  expect(view).toMatchObject({
    title: 'Move close of escrow',
    value: { type: 'day', from: '2026-07-02', to: '2026-07-10' },
    askedBy: 'Priya Raman',
    isByPerson: true,
    reason: 'The loan needs a week more.',
    preview: { name: 'setAnchor', args: { name: 'closing', on: '2026-07-10', evidence: '', expected: '2026-07-02' } },
    sentences: ['Close of escrow would move from July 2, 2026 to July 10, 2026.'],
    standing: { state: 'waiting', says: '2 to agree' },
    told: ['Aiko Bergström', 'title'],
    can: { approveAs: [], declineAs: null, send: true, withdraw: true, callBack: false, execute: true },
  });
  expect(view.slots.map(({ name, capacity, state }) => [name, capacity, state])).toEqual([
    ['Priya Raman', 'our client', 'agreed'],
    ['Daniel Achterberg', 'our client', 'asked'],
    ['Gloria Estévez', 'the other side', 'not-asked'],
  ]);
  expect(view.slots[0]?.at).toBe(at(17));
});

test('what the team does next: sends it on, waits, reviews its paper, puts it into effect', () => {
  const bench = asked();
  expect(only(bench).next?.kind).toBe('send');
  step(bench, 'sendChange', { changeId: 'r1', at: at(18) });
  expect(only(bench).next).toBeNull();
  expect(only(bench).slots.at(-1)?.state).toBe('asked');
  step(bench, 'approveChange', { changeId: 'r1', at: at(18), as: 'own-principal' }, by(bench, 'p-daniel'));
  expect(only(bench).standing.says).toBe('Gloria Estévez');
  step(bench, 'fileVersion', extension('early', 16));
  expect(only(bench).papers).toEqual([]);
  step(bench, 'fileVersion', extension('half', 18, 'BS'));
  expect(only(bench).papers[0]).toMatchObject({ fits: false, lacks: 'Not signed by everybody yet.' });
  step(bench, 'fileVersion', extension('v1', 19));
  expect(only(bench).next).toMatchObject({ kind: 'review', since: at(19) });
  expect(only(bench).papers[0]).toMatchObject({
    title: 'Extension of time, fully executed',
    fits: true,
    lacks: 'Not reviewed yet.',
  });
  step(bench, 'reviewLine', review('l-v1', 'v1'));
  expect(only(bench).next?.kind).toBe('execute');
  expect(only(bench).standing).toEqual({ state: 'review', says: 'The paper is here' });
  const put = { changeId: 'r1', at: at(21), versionId: 'v1', executedAt: at(19), delivery: null, on: '2026-06-02' };
  step(bench, 'executeChange', put);
  const done = only(bench);
  expect(done).toMatchObject({ standing: { state: 'done', says: 'In effect' }, next: null, papers: [] });
  expect(done.executedBy).toBe('Extension of time, fully executed');
  expect(done.log.at(-1)?.what).toBe(
    'In effect: Extension of time, fully executed was reviewed and changes the closing date.',
  );
  expect(dealOf(bench).anchors.find(({ name }) => name === 'closing')?.on).toBe('2026-07-10');
});

test('a reviewed paper waits for those of our side who have not said yes', () => {
  const bench = asked();
  step(bench, 'fileVersion', extension('v1', 19));
  step(bench, 'reviewLine', review('l-v1', 'v1'));
  expect(only(bench)).toMatchObject({ next: null, standing: { state: 'waiting', says: '2 to agree' } });
  step(bench, 'approveChange', { changeId: 'r1', at: at(21), as: 'own-principal' }, by(bench, 'p-daniel'));
  expect(only(bench)).toMatchObject({ next: { kind: 'execute' }, standing: { says: 'The paper is here' } });
});

test('two requests for the same wait for a decision, and each names the other', () => {
  const bench = asked();
  step(bench, 'askChange', later('r2', 18, '2026-07-15'));
  const [first, second] = changeViews(viewed(bench));
  expect(first?.conflicts).toMatchObject([{ changeId: 'r2', askedBy: 'Noor Haddad', cameFirst: false }]);
  expect(second?.conflicts).toMatchObject([{ changeId: 'r1', askedBy: 'Priya Raman', cameFirst: true }]);
  expect(first?.next?.kind).toBe('send');
  expect(second).toMatchObject({ next: { kind: 'settle-conflict' }, standing: { state: 'blocked' } });
  expect(second?.log[0]?.what).toContain('It waits for “Move close of escrow”, which came first.');
  step(bench, 'withdrawChange', { changeId: 'r2', at: at(19) });
  expect(changeViews(viewed(bench)).map(({ id, conflicts }) => [id, conflicts.length])).toEqual([
    ['r1', 0],
    ['r2', 0],
  ]);
});

test('of two requests one is kept, and its log names the other', () => {
  const bench = asked();
  step(bench, 'askChange', later('r2', 18, '2026-07-15'));
  expect(changeViews(viewed(bench)).every(({ can }) => can.keep)).toBe(true);
  step(bench, 'keepChange', { changeId: 'r2', overId: 'r1', reason: 'The lender gave this day', at: at(19) });
  const [kept, dropped] = changeViews(viewed(bench));
  expect(kept).toMatchObject({ id: 'r2', state: 'open', conflicts: [] });
  expect(dropped).toMatchObject({ id: 'r1', state: 'declined', standing: { says: 'Declined' } });
  expect(kept?.log.at(-1)?.what).toContain('Kept over “Move close of escrow”');
});

test('an answer that was told stands as told, and whoever wrote it down may take it back', () => {
  const bench = asked();
  expect(only(bench).answerers).toEqual([
    { personId: 'p-daniel', as: 'own-principal', name: 'Daniel Achterberg', capacity: 'our client' },
    { personId: 'p-gloria', as: 'other-principal', name: 'Gloria Estévez', capacity: 'the other side' },
  ]);
  const told = { changeId: 'r1', personId: 'p-daniel', as: 'own-principal', answer: 'yes', by: 'phone', reason: '' };
  const changes = step(bench, 'recordAnswer', { ...told, saidAt: at(18), at: at(19) });
  const slot = (actor?: Parameters<typeof viewed>[1]) => changeViews(viewed(bench, actor))[0]?.slots[1];
  expect(slot()).toMatchObject({
    ...{ name: 'Daniel Achterberg', state: 'agreed', at: at(18) },
    told: { to: 'Noor Haddad', by: 'phone', mayTakeBack: true },
  });
  expect(slot({ kind: 'member', memberId: 'm-theo', role: 'tc' })?.told?.mayTakeBack).toBe(false);
  expect(slot({ kind: 'member', memberId: 'm-lee', role: 'agent' })?.told?.mayTakeBack).toBe(false);
  expect(only(bench).answerers.map(({ personId }) => personId)).toEqual(['p-gloria']);
  // It is the coordinator's act: nobody is told that Daniel did something.
  expect(personActs(dealOf(bench), changes, names(bench))).toEqual([]);
  step(bench, 'takeBackAnswer', { changeId: 'r1', personId: 'p-daniel', as: 'own-principal', at: at(20) });
  expect(slot()).toMatchObject({ state: 'asked', told: null });
});

test('a request whose time is over stands as expired, holds up nothing, and still takes a paper that was signed in time', () => {
  const bench = portalDeal();
  step(bench, 'askChange', { ...later('r1'), expiresAt: at(19) }, by(bench, 'p-priya'));
  step(bench, 'askChange', later('r2', 18, '2026-07-15'), by(bench, 'p-priya'));
  const viewAt = (hour: number, id: string) =>
    changeViews(viewed(bench, undefined, at(hour))).find((view) => view.id === id);
  expect(viewAt(19, 'r1')).toMatchObject({ state: 'open', can: { askAgain: false, withdraw: true } });
  expect(viewAt(19, 'r2')).toMatchObject({ standing: { state: 'blocked' }, conflicts: [{ changeId: 'r1' }] });
  expect(viewAt(20, 'r1')).toMatchObject({
    ...{ state: 'expired', standing: { state: 'none', says: 'Ran out' }, next: null, conflicts: [] },
    can: { askAgain: true, withdraw: true, approveAs: [], send: false, keep: false, execute: true },
  });
  expect(viewAt(20, 'r2')).toMatchObject({ standing: { state: 'waiting' }, conflicts: [], next: { kind: 'send' } });
  expect(changeViews(viewed(bench)).map(({ id }) => id)).toEqual(['r2', 'r1']);
  step(bench, 'approveChange', { changeId: 'r1', at: at(19), as: 'own-principal' }, by(bench, 'p-daniel'));
  step(bench, 'fileVersion', extension('v1', 19));
  step(bench, 'reviewLine', review('l-v1', 'v1'));
  expect(viewAt(20, 'r1')?.next?.kind).toBe('execute');
});

test('a paper says what it put into effect already, and what else is on its way', () => {
  const bench = asked();
  step(bench, 'askChange', { ...later('r2', 18), kind: 'price', terms: [price] });
  for (const changeId of ['r1', 'r2'])
    for (const who of ['p-priya', 'p-daniel'])
      step(bench, 'approveChange', { changeId, at: at(18), as: 'own-principal' }, by(bench, who));
  step(bench, 'fileVersion', extension('v1', 19));
  step(bench, 'reviewLine', review('l-v1', 'v1'));
  const [first] = changeViews(viewed(bench));
  expect(first).toMatchObject({ id: 'r1', alsoOpen: ['Change the price'], papers: [{ carried: [] }] });
  const put = { changeId: 'r1', at: at(21), versionId: 'v1', executedAt: at(19), delivery: null, on: '2026-06-02' };
  step(bench, 'executeChange', put);
  expect(changeViews(viewed(bench))[0]).toMatchObject({
    ...{ id: 'r2', alsoOpen: [], papers: [{ versionId: 'v1', carried: ['Move close of escrow'] }] },
  });
});

test('a new phone number is flagged until somebody called the number that was here before', () => {
  const bench = portalDeal();
  step(bench, 'askChange', newPhone('r1'), by(bench, 'p-priya'));
  const view = only(bench);
  expect(view).toMatchObject({
    standing: { state: 'late', says: 'Call first' },
    callFirst: { name: 'Aiko Bergström', phone: '(916) 555-0199' },
    next: { kind: 'call-back' },
    can: { callBack: true, execute: false },
  });
  expect(view.fraud).toContain('Call them on a number you had before');
  step(bench, 'callBackChange', { changeId: 'r1', at: at(18), channel: 'phone', number: 'known-before' });
  expect(only(bench)).toMatchObject({ fraud: '', next: { kind: 'execute' }, can: { callBack: false, execute: true } });
});

test('Today has what waits for us, and nothing that waits for somebody else', () => {
  const bench = asked();
  const rows = () => waitingOf(viewed(bench)).map(({ title, detail, state }) => [title, detail, state]);
  expect(rows()).toEqual([['Send on: Move close of escrow', 'Priya Raman asked.', 'blocked']]);
  step(bench, 'sendChange', { changeId: 'r1', at: at(18) });
  expect(rows()).toEqual([]);
  const message = { messageId: 'm1', personId: 'p-priya', aboutType: 'deal', aboutId: '', at: at(19) };
  step(bench, 'writeMessage', { ...message, body: 'When do we get the keys?' }, by(bench, 'p-priya'));
  expect(rows()).toEqual([['Answer Priya Raman', '“When do we get the keys?”', 'blocked']]);
  const wish = {
    proposalId: 'w1',
    role: 'attorney',
    name: 'Ana Lim',
    company: '',
    email: 'ana@lim.example',
    phone: '',
    words: '',
  };
  step(bench, 'proposePerson', { ...wish, at: at(18) }, by(bench, 'p-priya'));
  expect(rows()[0]).toEqual([
    'Take or decline Ana Lim',
    'Priya Raman wants them on the deal, as the attorney.',
    'blocked',
  ]);
  step(bench, 'settleMessages', { personId: 'p-priya' });
  expect(rows().map(([title]) => title)).toEqual(['Take or decline Ana Lim']);
});

test('a paper is suggested to the request that its title speaks of', () => {
  const bench = asked();
  const repair = { type: 'repair', taskId: 't-roof', title: 'Fix the roof', clientTitle: '', by: 'other-agent' };
  step(bench, 'askChange', { ...later('r2', 18), kind: 'repairs', terms: [repair] });
  step(bench, 'fileVersion', extension('v1', 19));
  const fits = () => changeViews(viewed(bench)).map(({ id, papers }) => [id, papers[0]?.fits]);
  expect(fits()).toEqual([
    ['r1', true],
    ['r2', false],
  ]);
  step(bench, 'withdrawChange', { changeId: 'r1', at: at(20) });
  expect(fits()).toContainEqual(['r2', true]);
});
