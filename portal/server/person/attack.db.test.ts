import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deal, LineRow, TaskRow } from '../../../core/deals/model.ts';
import type { PersonCallName } from '../../api/person-calls.ts';
import { sqlitePlace } from '../store/testing.ts';
import { FRESH_MS } from './acting.ts';
import { type Answer, type Desk, openDesk, WORKSPACE } from './testing.ts';
import { deal as base, DEAL_ID } from './testing-deal.ts';
import { comeIn, keptDeal, lookAs, type Party } from './testing-parties.ts';

/** Somebody who is in, and tries what is not theirs: they change nothing, and learn not even whether it is there. */

const AT = '2026-06-10T16:00:00.000Z';
const OTHER = 'deal-other';

const hidden: readonly TaskRow[] = base.tasks.map((task) => ({ ...task, dependsOn: [] }));
const deal: Deal = {
  ...base,
  tasks: hidden,
  changes: [
    {
      ...{ id: 'c-kept', dealId: DEAL_ID, kind: 'credit', state: 'open', requestedBy: 'm-noor', side: 'buyer' },
      terms: [{ type: 'credit', fromCents: 0, toCents: 500_000 }],
      facts: { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
      ...{ reason: 'Roof', openedAt: AT, expiresAt: null, periodEndsAt: null, approvals: [], callBack: null },
      ...{ executedBy: null, log: [], sentToOtherSideAt: null },
    },
  ],
  forms: [
    {
      ...{ id: 'f-priya', dealId: DEAL_ID, personId: 'p-priya', title: 'About the loan', state: 'asked', answers: {} },
      ...{ questionIds: ['financing'], askedBy: 'm-noor', askedAt: AT, sentAt: null, decidedAt: null, reason: '' },
    },
  ],
  readings: [
    {
      ...{ id: 'v-disclosures.read.p-priya', dealId: DEAL_ID, lineId: 'l-disclosures', versionId: 'v-disclosures' },
      ...{ sha256: base.versions[1]?.sha256 ?? '', personId: 'p-priya', askedAt: AT, askedBy: 'm-noor' },
      acknowledgedAt: null,
    },
  ],
  consents: [
    {
      ...{ id: 'k-priya', dealId: DEAL_ID, byPersonId: 'p-priya', toId: 'p-marisol', covers: 'settlement' },
      ...{ givenAt: AT, withdrawnAt: null },
    },
  ],
};

/** The same with ids of its own. */
const other = JSON.parse(
  JSON.stringify(deal)
    .replaceAll(`"${DEAL_ID}"`, `"${OTHER}"`)
    .replaceAll(/"([tplvcfka]|[vk])-([a-z.-]+)"/g, '"$1-$2-other"'),
) as Deal;

let place: ReturnType<typeof sqlitePlace>;
let desk: Desk;
beforeEach(async () => {
  place = sqlitePlace();
  desk = await openDesk(await place.open());
  await desk.putDeal(deal);
  await desk.putDeal(other);
});
afterEach(async () => {
  await desk.close();
  await place.remove();
});

/** Each act on something by its id, with the ids of it that there are and are not theirs. */
const TRIES: readonly (readonly [PersonCallName, (id: string) => object, readonly string[]])[] = [
  [
    'complete-task',
    (taskId) => ({ taskId, isDone: true }),
    ['t-binder', 't-title', 't-cda', 't-close', 't-binder-other'],
  ],
  ['complete-task', (taskId) => ({ taskId, isDone: false }), ['t-disclosures', 't-disclosures-other']],
  ['acknowledge', (versionId) => ({ versionId }), ['v-disclosures', 'v-strategy', 'v-cd', 'v-disclosures-other']],
  ['send-form', (formId) => ({ formId, answers: { financing: 'cash' } }), ['f-priya', 'f-priya-other']],
  ['write-message', (aboutId) => ({ aboutType: 'task', aboutId, body: 'x' }), ['t-cda', 't-binder-other']],
  [
    'write-message',
    (aboutId) => ({ aboutType: 'document', aboutId, body: 'x' }),
    ['v-strategy', 'l-strategy', 'l-cd-other'],
  ],
  ['write-message', (aboutId) => ({ aboutType: 'change', aboutId, body: 'x' }), ['c-kept', 'c-kept-other']],
  [
    'answer-change',
    (changeId) => ({ changeId, answer: 'approve', as: 'lender', reason: '' }),
    ['c-kept', 'c-kept-other'],
  ],
  ['withdraw-change', (changeId) => ({ changeId }), ['c-kept', 'c-kept-other']],
  ['withdraw-consent', (consentId) => ({ consentId }), ['k-priya', 'k-priya-other']],
  ['give-consent', (toId) => ({ toId, covers: 'settlement' }), ['p-priya', 'p-seller', 'p-marisol-other']],
];

const told = ({ status, text }: Answer, id: string) => `${status} ${text.replaceAll(id, '…')}`;
const everything = async () => JSON.stringify([await keptDeal(desk, DEAL_ID), await keptDeal(desk, OTHER)]);

describe('by an id that is not theirs', () => {
  test.each(['p-daniel', 'p-aiko', 'p-tomas', 'p-hal', 'p-seller'])(
    '%s changes nothing, and hears what one does for no id at all',
    async (personId) => {
      const party = await comeIn(desk, { dealId: DEAL_ID, personId });
      const before = await everything();
      const own = new Set((await party.home()).tasks.map(({ id }) => id));
      for (const [name, words, ids] of TRIES) {
        const none = randomUUID();
        const nowhere = told(await party.act(name, words(none)), none);
        for (const id of ids) {
          if (own.has(id) || isTheirs(personId, id)) continue;
          expect([name, id, told(await party.act(name, words(id)), id)]).toEqual([name, id, nowhere]);
        }
      }
      expect(await everything()).toBe(before);
    },
  );

  /** What they are shown is theirs to know, and a paper that is shown may be said to be read. */
  function isTheirs(personId: string, id: string): boolean {
    if (id === 'c-kept') return personId === 'p-daniel';
    if (id === 'v-disclosures') return personId === 'p-daniel' || personId === 'p-tomas';
    return (personId === 'p-tomas' || personId === 'p-aiko') && id === 'v-cd';
  }
});

test('an act of somebody else under its own id is not told, done again or taken over', async () => {
  const [priya, daniel] = [
    await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' }),
    await comeIn(desk, { dealId: DEAL_ID, personId: 'p-daniel' }),
  ];
  const stranger = await comeIn(desk, { dealId: OTHER, personId: 'p-priya-other' });
  const actId = randomUUID();
  const words = { aboutType: 'deal', aboutId: '', body: 'Only for the office' };
  expect((await priya.act('write-message', words, actId)).status).toBe(200);
  const before = await everything();
  for (const party of [daniel, stranger]) {
    const answer = await party.act('write-message', words, actId);
    expect([answer.body.ok, answer.text.includes('Only for')]).toEqual([false, false]);
  }
  expect((await daniel.act('send-paper', { ...SENT, sendingId: 's', uploads: ['u'] }, actId)).body.ok).toBe(false);
  expect(await everything()).toBe(before);
});

const SENT = { lineId: 'l-binder', newTitle: null, as: 'file', name: 'x.pdf' };

test('a file that somebody else sends is not theirs to file, drop or see', async () => {
  const [priya, daniel] = [
    await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' }),
    await comeIn(desk, { dealId: DEAL_ID, personId: 'p-daniel' }),
  ];
  const { store } = desk.context;
  const row = { workspaceId: WORKSPACE, uploadId: 'up-1', dealId: DEAL_ID, actor: 'party:p-priya', fileName: 'a.pdf' };
  await store.transaction(WORKSPACE, async ({ files, parts }) => {
    await files.putUpload({ ...row, sha256: '', bytes: 9, madeAt: AT, expiresAt: '2027-01-01T00:00:00.000Z' });
    const part = { workspaceId: WORKSPACE, dealId: DEAL_ID, personId: 'p-priya', uploadId: 'up-1' };
    await parts.putPart({ ...part, sendingId: 's-1', place: 1 });
  });
  const sent = { ...SENT, sendingId: 's-1', uploads: ['up-1'] };
  const nowhere = await daniel.act('send-paper', { ...sent, sendingId: 's-9', uploads: ['up-9'] });
  expect(nowhere.body.error).toMatchObject({ type: 'not-available' });
  expect((await daniel.act('send-paper', sent)).text).toBe(nowhere.text);
  expect((await daniel.ask('drop-sending', { sendingId: 's-1' })).status).toBe(200);
  expect(await store.read(({ parts }) => parts.part(WORKSPACE, 'up-1'))).not.toBeNull();
  // Half of it is here: the one whose it is hears that.
  expect((await priya.act('send-paper', sent)).body.error).toMatchObject({ type: 'conflict' });
  const looking = await lookAs(desk, DEAL_ID, 'p-priya');
  expect((await looking.ask('drop-sending', { sendingId: 's-1' })).status).toBe(403);
});

describe('words that are strange', () => {
  const STRANGE = [
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    '\u202egnp.exe',
    '../../etc/passwd',
    '%00',
    '😀'.repeat(50),
  ];
  const calls = (party: Party, text: string): readonly Promise<Answer>[] => [
    party.act('write-message', { aboutType: 'task', aboutId: text, body: text || 'x' }),
    party.act('write-message', { aboutType: 'deal', aboutId: '', body: `x${text}` }),
    party.act('complete-task', { taskId: text, isDone: true }),
    party.act('acknowledge', { versionId: text }),
    party.act('send-form', { formId: 'f-priya', answers: { [text.slice(0, 60)]: text } }),
    party.act('propose-person', {
      role: 'attorney',
      name: `A${text}`,
      company: text,
      email: text,
      phone: text,
      words: text,
    }),
    party.act('give-consent', { toId: text, covers: 'settlement' }),
    party.act('send-paper', { ...SENT, sendingId: text, uploads: [text], name: text }),
    party.ask('document-ticket', { versionId: text }),
    party.ask('drop-sending', { sendingId: text }),
    party.ask('switch-deal', { linkId: text }),
    party.ask('open', { token: text }),
  ];

  test.each(STRANGE)('%j breaks nothing', async (text) => {
    const party = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
    for (const answer of await Promise.all(calls(party, text))) expect(answer.status).toBeLessThan(500);
    expect((await party.home()).person.name).toBe('Priya Raman');
  });
});

test('a link that is revoked while an act is on its way writes nothing after it', async () => {
  const { store } = desk.context;
  for (let time = 0; time < 10; time += 1) {
    const party = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
    const body = `on its way ${time}`;
    const [answer] = await Promise.all([
      party.act('write-message', { aboutType: 'deal', aboutId: '', body }),
      store.transaction(WORKSPACE, (tx) => tx.links.revoke(WORKSPACE, party.linkId, desk.context.now().toISOString())),
    ]);
    const isThere = (await keptDeal(desk, DEAL_ID)).messages.some((message) => message.body === body);
    expect(isThere).toBe(answer.body.ok);
    expect((await party.act('write-message', { aboutType: 'deal', aboutId: '', body })).status).toBe(401);
  }
});

test('whatever agrees or lets somebody read more asks for the second step again when it is old, and is then done', async () => {
  const party = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
  desk.wait(FRESH_MS + 1);
  const terms = [{ type: 'anchor', name: 'closing', from: '2026-07-02', to: '2026-07-09' }];
  const acts: readonly (readonly [PersonCallName, object])[] = [
    ['acknowledge', { versionId: 'v-disclosures' }],
    ['ask-change', { kind: 'closing-date', terms, reason: 'Our lease ends later' }],
    ['answer-change', { changeId: 'c-kept', answer: 'approve', as: 'own-principal', reason: '' }],
    ['give-consent', { toId: 'p-marisol', covers: 'closing-disclosure' }],
  ];
  const before = await everything();
  const ids = acts.map(() => randomUUID());
  for (const [at, [name, words]] of acts.entries())
    expect([name, (await party.act(name, words, ids[at])).body.error?.type]).toEqual([name, 'confirm-again']);
  expect(await everything()).toBe(before);
  await party.sure();
  for (const [at, [name, words]] of acts.entries())
    expect([name, (await party.act(name, words, ids[at])).body]).toEqual([name, { ok: true, value: { done: true } }]);
});

test('however often a session acts or files, there is an end to it', async () => {
  const party = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
  const filed = () => party.act('send-paper', { ...SENT, sendingId: 's-9', uploads: ['up-9'] });
  for (let time = 0; time < 60; time += 1) {
    expect((await filed()).status).toBe(404);
    expect((await party.ask('drop-sending', { sendingId: 's-9' })).status).toBe(200);
  }
  const refused = await filed();
  expect([refused.status, refused.body.error?.type]).toEqual([429, 'too-often']);
  for (const name of ['drop-sending', 'make-calendar', 'end-calendar', 'switch-deal'] as const) {
    const words = { 'drop-sending': { sendingId: 's-9' }, 'switch-deal': { linkId: 'l-9' } };
    expect((await party.ask(name, (words as Record<string, object>)[name] ?? {})).status).toBe(429);
  }
});

const line: LineRow | undefined = base.lines[0];
test('the deal of these tests has what they try', () => {
  expect(line?.id).toBe('l-contract');
  const ids = JSON.stringify([deal, other]);
  for (const [, , tried] of TRIES) for (const id of tried) expect(ids).toContain(`"${id}"`);
});
