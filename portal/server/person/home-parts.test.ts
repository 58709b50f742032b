import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal, LineRow, PartyRole } from '../../../core/deals/model.ts';
import { nothingSaid } from '../../../core/documents/document-facts.ts';
import { createLibrary } from '../../../resources/library.ts';
import type { PersonHome } from '../../api/person-home.ts';
import { countDeal, type KeptDeal } from './deal-facts.ts';
import { CONTINGENCIES, OPTIONS } from './home/askable.ts';
import { homeOf } from './home.ts';
import { DEAL_ID, deal } from './testing-deal.ts';

const library = createLibrary();
const NOW = new Date('2026-06-17T16:00:00.000Z');
const member = (memberId: string, name: string, role: 'tc' | 'agent') => ({
  ...{ workspaceId: 'w', memberId, name, role, email: `${memberId}@office.example` },
  ...{ addedAt: '', revokedAt: null, accessHead: 1 },
});
const members = [member('m-noor', 'Noor Haddad', 'tc'), member('m-ana', 'Ana Diaz', 'agent')];

function home(role: PartyRole, from: Partial<Deal> = {}, now: Date = NOW): PersonHome {
  const kept: KeptDeal = { deal: { ...deal, ...from }, members, teamIds: ['m-noor', 'm-ana'] };
  const person = kept.deal.people.find((each) => each.role === role);
  if (person === undefined) throw new Error(`nobody is ${role}`);
  const beside = { pageId: 'page-1', otherDeals: [], hasCalendar: false };
  const said = { mayDownload: true, isPreview: false, endsOn: plainDate('2026-08-01'), beside };
  const seen = homeOf({
    ...said,
    kept,
    person,
    counted: countDeal(kept, library, now),
    questions: library.questions(),
  });
  if (seen === null) throw new Error(`${role} sees nothing`);
  return seen;
}

const changed = (id: string, more: Partial<LineRow>) =>
  deal.lines.map((line) => (line.id === id ? { ...line, ...more } : line));

test('the two clients answer for each other, with the reason why it came back', () => {
  const lines = changed('l-binder', { state: 'rejected', reason: 'The policy number is missing' });
  for (const role of ['client', 'co-client'] as const)
    expect(home(role, { lines }).wanted).toEqual([
      { lineId: 'l-binder', title: 'Your home insurance binder', why: 'again', reason: 'The policy number is missing' },
    ]);
  expect(home('agent', { lines }).wanted).toEqual([]);
});

test('what somebody sent is theirs to follow, also where they may not read it', () => {
  const version = { ...deal.versions[0], id: 'v-1', lineId: 'l-binder', receivedAt: '2026-06-10T10:00:00.000Z' };
  const sent = (more: object) => ({ ...version, verdict: null, ...more }) as Deal['versions'][number];
  const papers = ['v-1', 'v-2'].map((id) => ({ ...nothingSaid(id, DEAL_ID), sentById: 'p-priya' }));
  const first = sent({ verdict: 'rejected', verdictReason: 'Page 2 is dark' });
  expect(home('client', { versions: [first], papers }).sent).toMatchObject([
    { versionId: 'v-1', title: 'Your home insurance binder', state: 'rejected', reason: 'Page 2 is dark' },
  ]);
  const second = sent({ id: 'v-2', number: 2, receivedAt: '2026-06-11T10:00:00.000Z', isHeld: true });
  expect(
    home('client', { versions: [first, second], papers }).sent.map(({ state, reason }) => [state, reason]),
  ).toEqual([
    ['waiting', ''],
    ['replaced', ''],
  ]);
  expect(home('co-client', { versions: [first, second], papers }).sent).toEqual([]);
});

test('a request to read gives way to a newer version, unless it was read', () => {
  const row = (versionId: string, acknowledgedAt: string | null) => ({
    ...{ id: `${versionId}.read.p-priya`, dealId: DEAL_ID, lineId: 'l-disclosures', versionId, sha256: 'x' },
    ...{ personId: 'p-priya', askedAt: '2026-06-04T10:00:00.000Z', askedBy: 'm-noor', acknowledgedAt },
  });
  const newer = { ...deal.versions[1], id: 'v-new', number: 2 } as Deal['versions'][number];
  const versions = [...deal.versions, newer];
  const readings = [row('v-disclosures', null), row('v-new', null)];
  expect(home('client', { readings }).toRead.map(({ versionId }) => versionId)).toEqual(['v-disclosures']);
  expect(home('client', { readings, versions }).toRead.map(({ versionId }) => versionId)).toEqual(['v-new']);
  const read = [row('v-disclosures', '2026-06-05T10:00:00.000Z'), row('v-new', null)];
  expect(home('client', { readings: read, versions }).toRead.map(({ version }) => version)).toEqual([2, 1]);
});

test('closing is laid out once it is near, in words for clients, with the final papers', () => {
  const [close] = home('client').closing;
  expect(home('client').closing).toHaveLength(1);
  expect(close).toMatchObject({ title: 'The sale is paid for and recorded', who: 'Tomas Lindqvist', isDone: false });
  expect(home('client', {}, new Date('2026-06-03T16:00:00.000Z')).closing).toEqual([]);
  expect(home('lender').closing).toEqual([]);
  expect(home('agent').closing).toMatchObject([{ title: 'Closed and recorded' }]);
  const lines = [
    ...deal.lines,
    {
      ...deal.lines[0],
      id: 'l-deed',
      stage: 'closing',
      clientTitle: 'The recorded deed',
      state: 'approved',
    } as LineRow,
  ];
  const deed = { ...deal.versions[0], id: 'v-deed', lineId: 'l-deed' } as Deal['versions'][number];
  const finals = home('client', { lines, versions: [...deal.versions, deed] }).documents.filter(
    ({ isFinal }) => isFinal,
  );
  expect(finals.map(({ title }) => title)).toEqual(['The recorded deed']);
  expect(home('title').documents.find(({ title }) => title === 'Closing disclosure')?.isFinal).toBe(true);
});

test('our agent reads what the stage still needs; private papers of the client are not named to them', () => {
  const line = (id: string, more: Partial<LineRow>) =>
    ({ ...deal.lines[3], id, stage: 'milestones', isRequired: true, state: 'requested', ...more }) as LineRow;
  const lines = [
    ...deal.lines,
    line('l-stubs', { title: 'Pay stubs', class: 'npi-financial', ownerRole: 'client' }),
    line('l-hoa', { title: 'HOA papers', class: 'disclosure', ownerRole: 'title' }),
  ];
  const { missing } = home('agent', { lines });
  expect(missing.map(({ what }) => what)).toContain('Send “HOA papers”');
  expect(missing.some(({ what }) => what.includes('Pay stubs'))).toBe(false);
  expect(missing.map(({ who }) => who)).toContain('Aiko Bergström');
  for (const role of ['client', 'lender', 'attorney', 'other-agent'] as const)
    expect(home(role, { lines }).missing).toEqual([]);
});

test('each side asks for what it may, from what the deal has', () => {
  const { askable } = home('client');
  expect(askable).toMatchObject({ closingOn: '2026-07-02', priceCents: 73_100_000, creditCents: 0 });
  expect(askable.kinds).toEqual(
    expect.arrayContaining(['closing-date', 'contingency-extension', 'repairs', 'cancellation']),
  );
  expect(askable.kinds).not.toContain('bank-info');
  expect(askable.deadlines.map(({ id }) => id)).toContain('appraisal-contingency');
  expect(askable.papers).toEqual([
    { lineId: 'l-contract', title: 'The signed contract' },
    { lineId: 'l-disclosures', title: 'The seller’s disclosures' },
  ]);
  expect(askable.people.map(({ id, isYou }) => [id, isYou])).toEqual([
    ['p-priya', true],
    ['p-daniel', false],
    ['p-ruth', false],
  ]);
  // The last instant of the day, in California, is the last to agree.
  const over = home('client', {}, new Date('2026-06-23T07:00:00.000Z')).askable;
  expect(over.kinds).not.toContain('contingency-extension');
  expect(home('client', {}, new Date('2026-06-23T06:58:00.000Z')).askable.kinds).toContain('contingency-extension');
  for (const role of ['lender', 'title', 'other-agent', 'other-principal'] as const)
    expect(home(role).askable).toMatchObject({ kinds: [], papers: [], people: [], priceCents: null, closingOn: null });
  const listing = { ...deal.row, templateId: 'seller-onboarding/sell/seller/CA', side: 'seller' as const };
  expect(home('client', { row: listing }).askable.kinds).toEqual([
    'replace-document',
    'form-correction',
    'cancellation',
  ]);
});

test('every deadline that can be extended is in a pack', () => {
  const ids = ['ca-car-rpa', 'co-cbs', 'fl-farbar-asis', 'generic', 'nj-broker', 'tx-trec-1-4', 'wa-nwmls-21'];
  const known = new Set(ids.flatMap((id) => library.pack(id)?.deadlines.map((deadline) => deadline.id) ?? []));
  for (const id of [...CONTINGENCIES, ...OPTIONS]) expect(known).toContain(id);
});

test('both agents may be let read the figures, each by name', () => {
  expect(home('client').consents.map(({ toId, name, covers }) => [toId, name, covers])).toEqual([
    ['p-marisol', 'Marisol Quintero', 'closing-disclosure'],
    ['m-ana', 'Ana Diaz', 'closing-disclosure'],
  ]);
  expect(home('client', { lines: deal.lines.filter(({ id }) => id !== 'l-cd') }).consents).toEqual([]);
  expect(home('attorney').consents).toEqual([]);
});

test('who may propose whom', () => {
  expect(home('client').mayPropose).toEqual(['co-client', 'lender', 'title', 'attorney']);
  expect(home('agent').mayPropose).toContain('other-agent');
  expect(home('lender').mayPropose).toEqual([]);
});

test('what a request would change is said in the words that this person reads elsewhere, and names nothing else', () => {
  const day = (text: string) => plainDate(text);
  const ask = (kind: Deal['changes'][number]['kind'], ...terms: Deal['changes'][number]['terms']) => ({
    ...{
      id: kind,
      dealId: DEAL_ID,
      kind,
      state: 'open' as const,
      requestedBy: 'p-priya',
      side: 'buyer' as const,
      terms,
    },
    facts: { isFinanced: true, hasCostOrCredit: false, hasDeposit: null, wasSigned: null },
    ...{ reason: 'Two weeks more', openedAt: '2026-06-16T17:00:00.000Z', expiresAt: null, periodEndsAt: null },
    ...{ approvals: [], callBack: null, executedBy: null, log: [], sentToOtherSideAt: null },
  });
  const changes = [
    ask('closing-date', { type: 'anchor', name: 'closing', from: day('2026-07-02'), to: day('2026-07-16') }),
    ask('contingency-extension', {
      ...{ type: 'override', deadlineId: 'loan-contingency', from: day('2026-06-23'), to: day('2026-06-30') },
    }),
    ask('replace-document', { type: 'new-version', lineId: 'l-contract' }),
    ask('form-correction', { type: 'new-version', lineId: 'l-strategy' }),
    ask('remove-party', { type: 'remove-party', personId: 'p-daniel' }),
  ];
  const told = (role: PartyRole) => home(role, { changes }).changes.flatMap(({ terms }) => terms);
  const client = told('client');
  expect(client).toHaveLength(5);
  expect(client).toEqual(
    expect.arrayContaining([
      'Closing would move from July 2, 2026 to July 16, 2026.',
      expect.stringMatching(/^(?!loan-contingency).+ would move from June 23, 2026 to June 30, 2026\.$/),
      'A new version of “The signed contract” would count; the old one is kept.',
      'A new version of a document would count; the old one is kept.',
      'Daniel Okafor would leave the deal, and their link would end.',
    ]),
  );
  expect(told('agent')).toContain('A new version of “Purchase contract” would count; the old one is kept.');
  expect(told('lender')).toEqual([]);
});
