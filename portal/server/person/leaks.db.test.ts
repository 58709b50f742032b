import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal, LineRow, PartyRole, VersionRow } from '../../../core/deals/model.ts';
import { DOCUMENT_CLASSES, type DocumentClass } from '../../../core/documents/document.ts';
import { mark, deal as marked, marksIn, ROLES, task } from '../../../core/permissions/testing.ts';
import type { PersonHome } from '../../api/person-home.ts';
import { portalRows, wantedLines } from '../leaks/testing-rows.ts';
import { accessHandlers } from '../routes/access.ts';
import { sqlitePlace } from '../store/testing.ts';
import { type Answer, browserOf, type Desk, openDesk } from './testing.ts';

/**
 * Every text column of a deal carries a mark of its place. What each role may be told is written down here by hand, from
 * the matrix of the roles: everything else that reaches a browser is a leak.
 */

const place = sqlitePlace();
let desk: Desk;

const line = (kind: DocumentClass, more: Partial<LineRow> = {}): LineRow => ({
  ...{ id: `line-${kind}`, dealId: 'd1', templateDocumentId: mark(`${kind}.template`), title: mark(`${kind}.title`) },
  ...{ clientTitle: mark(`${kind}.clientTitle`), stage: 'disclosures', ownerRole: 'tc', class: kind },
  ...{ condition: mark(`${kind}.condition`), isRequired: true, isLegal: false, position: 1, state: 'approved' },
  reason: mark(`${kind}.reason`),
  ...more,
});
const version = (kind: string, more: Partial<VersionRow> = {}): VersionRow => ({
  ...{ id: `ver-${kind}`, dealId: 'd1', lineId: `line-${kind}`, number: 1, suffix: null, sha256: mark(`${kind}.sha`) },
  ...{ bytes: 1, extension: 'pdf', originalName: mark(`${kind}.original`), documentOn: plainDate('2026-06-02') },
  ...{ receivedAt: '2026-06-02T10:00:00.000Z', sentBy: mark(`${kind}.sentBy`), isHeld: false, verdict: 'approved' },
  ...{ verdictReason: mark(`${kind}.verdict`), verdictOn: plainDate('2026-06-03') },
  ...more,
});

const unsigned = {
  ...line('contract'),
  id: 'line-unsigned',
  title: mark('unsigned.title'),
  clientTitle: mark('unsigned.client'),
};
const waiting = {
  ...line('title'),
  id: 'line-waiting',
  title: mark('waiting.title'),
  clientTitle: mark('waiting.client'),
};
const held = { ...line('disclosure'), id: 'line-held', title: mark('held.title'), clientTitle: mark('held.client') };

const deal: Deal = {
  ...marked,
  row: { ...marked.row, unit: mark('deal.unit'), ownerId: 'm-noor' },
  tasks: [
    ...marked.tasks.map((each) => ({ ...each, dependsOn: [] })),
    {
      ...task('title'),
      id: 't-finish',
      clientTitle: mark('finish.clientTitle'),
      title: mark('finish.title'),
      stage: 'closing',
    },
    { ...task('tc'), id: 't-inner', clientTitle: '', title: mark('inner.title'), stage: 'closing', dependsOn: [] },
  ],
  lines: [
    ...DOCUMENT_CLASSES.map((kind) => line(kind)),
    ...[unsigned, { ...waiting, state: 'needs-review' as const }, held],
    ...wantedLines(),
  ],
  versions: [
    ...DOCUMENT_CLASSES.map((kind) => version(kind, { suffix: kind === 'contract' ? 'FE' : null })),
    version('unsigned'),
    version('waiting', { verdict: null }),
    version('held', { isHeld: true }),
  ],
  ...portalRows('m-noor'),
};

beforeAll(async () => {
  desk = await openDesk(await place.open(), { hasMail: false });
  await desk.putDeal(deal);
});
afterAll(async () => {
  await desk.close();
  await place.remove();
});

const EVERYBODY = ['deal.street', 'deal.city', 'deal.unit'];
const cards = ROLES.flatMap((role) => [`person.${role}.name`, `person.${role}.company`]);
const contacts = (...roles: readonly PartyRole[]) =>
  roles.flatMap((role) => [`person.${role}.email`, `person.${role}.phone`]);
const PROFESSIONALS = contacts('agent', 'lender', 'title', 'attorney', 'other-agent');
const titles = (...kinds: readonly DocumentClass[]) => kinds.map((kind) => `${kind}.title`);
const words = (...kinds: readonly DocumentClass[]) => kinds.map((kind) => `${kind}.clientTitle`);
const ourSide = contacts('client', 'co-client');
const CLIENT = [
  ...EVERYBODY,
  ...cards,
  ...PROFESSIONALS,
  ...words('contract', 'disclosure', 'title', 'insurance'),
  ...['finish.clientTitle', 'need-insurance.clientTitle'],
];
/** A request for change with what our side asks and why. Others who are asked learn that it is there. */
const REQUESTS = [
  ...['ch-sent', 'ch-kept', 'ch-repair', 'ch-unsent'].flatMap((id) => [`${id}.term`, `${id}.reason`, `${id}.log`]),
  ...['ch-join', 'ch-draft', 'ch-over'].flatMap((id) => [`${id}.name`, `${id}.reason`, `${id}.log`]),
];
const thread = (role: PartyRole) => [`message.${role}.1`, `message.${role}.2`];
const form = (role: PartyRole) => [`form.${role}.title`, `form.${role}.answer`, `form.${role}.reason`];
const proposal = (role: PartyRole) => [`proposal.${role}.name`, `proposal.${role}.reason`];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  client: [
    ...[...CLIENT, ...contacts('client'), 'task.client.clientTitle', 'correspondence.clientTitle'],
    ...[...REQUESTS, ...thread('client'), ...form('client'), ...proposal('client')],
  ],
  'co-client': [
    ...[...CLIENT, ...contacts('co-client'), 'task.co-client.clientTitle'],
    ...[...REQUESTS, ...thread('co-client')],
  ],
  agent: [
    ...[...REQUESTS, ...proposal('agent'), 'need-insurance.title'],
    ...EVERYBODY,
    ...cards,
    ...PROFESSIONALS,
    ...ourSide,
    ...['task.agent.title', 'finish.title', 'inner.title', 'unsigned.title'],
    ...titles('contract', 'disclosure', 'title', 'insurance', 'inspection', 'correspondence', 'internal'),
  ],
  lender: [
    ...EVERYBODY,
    ...cards,
    ...PROFESSIONALS,
    ...ourSide,
    ...['task.lender.title', ...thread('lender'), ...form('lender'), 'ch-join.name'],
    ...titles('contract', 'title', 'insurance', 'closing-disclosure', 'settlement', 'npi-financial', 'npi-identity'),
  ],
  title: [
    ...EVERYBODY,
    ...cards,
    ...PROFESSIONALS,
    ...ourSide,
    ...contacts('other-principal'),
    ...['task.title.title', 'finish.title', 'ch-join.name'],
    ...titles('contract', 'title', 'insurance', 'disclosure', 'closing-disclosure', 'settlement'),
  ],
  attorney: [
    ...REQUESTS,
    ...EVERYBODY,
    ...cards,
    ...PROFESSIONALS,
    ...ourSide,
    ...['task.attorney.title', 'unsigned.title'],
    ...titles('contract', 'title', 'insurance', 'disclosure', 'inspection', 'correspondence', 'internal'),
  ],
  'other-agent': [
    ...EVERYBODY,
    ...['agent', 'lender', 'title', 'attorney', 'other-agent'].flatMap((role) => [
      `person.${role}.name`,
      `person.${role}.company`,
    ]),
    ...PROFESSIONALS,
    ...['contract.title', 'ch-repair.term'],
  ],
  'other-principal': [
    ...EVERYBODY,
    ...['agent', 'lender', 'title', 'attorney', 'other-agent', 'other-principal'].flatMap((role) => [
      `person.${role}.name`,
      `person.${role}.company`,
    ]),
    ...PROFESSIONALS,
    ...contacts('other-principal'),
    ...['contract.title', 'ch-repair.term'],
  ],
};

/**
 * Rows that are named by their id, since this person may do something with them: own tasks and rows, papers to send, and for
 * our side the requests for change, the people of the side and the papers that could be replaced.
 */
function idsOf(role: PartyRole): readonly string[] {
  const isClients = role === 'client' || role === 'co-client';
  const isOurs = isClients || role === 'agent' || role === 'attorney';
  const known = ALLOWED[role] ?? [];
  const kinds = [...DOCUMENT_CLASSES, 'unsigned'].filter((kind) =>
    known.some((place) => place === `${kind}.title` || place === `${kind}.clientTitle`),
  );
  return [
    ...(role.startsWith('other') ? [] : [`t-${role}`]),
    ...(role === 'title' ? ['t-finish'] : []),
    ...(isOurs ? [...kinds.map((kind) => `line-${kind}`), 'p-client', 'p-co-client', 'p-attorney'] : []),
    // Those who are asked know that a request is there, repairs the lender and joining people both of them; the other side what was sent.
    ...(isOurs ? ['ch-kept', 'ch-unsent'] : []),
    ...(role === 'title' ? [] : ['ch-sent', 'ch-repair']),
    ...(role.startsWith('other') ? [] : ['ch-join', 'ch-draft', 'ch-over']),
    ...(isClients ? ['line-need-insurance', 'p-agent'] : []),
    ...(role === 'client' ? ['consent-1'] : []),
    ...[...deal.messages, ...deal.forms].filter(({ personId }) => personId === `p-${role}`).map(({ id }) => id),
    ...deal.proposals.filter(({ proposedBy }) => proposedBy === `p-${role}`).map(({ id }) => id),
  ];
}

async function answersFor(role: PartyRole): Promise<readonly Answer[]> {
  const ask = {
    dealId: 'd1',
    personId: `p-${role}`,
    secondStep: 'word',
    word: 'heron',
    mayDownload: true,
    expiresAt: null,
  } as const;
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, ask);
  if (!made.ok) throw new Error(made.error.message);
  const browser = browserOf(desk);
  const answers = [await browser.ask('open', { token: made.value.url.split('/').at(-1) })];
  answers.push(await browser.ask('home'), await browser.ask('confirm', { answer: 'wrong' }));
  answers.push(
    await browser.ask('confirm', { answer: 'heron' }),
    await browser.ask('where'),
    await browser.ask('home'),
  );
  for (const { id } of [...deal.versions, ...deal.lines, ...deal.tasks, ...deal.notes, ...deal.people])
    for (const use of ['read', 'download']) answers.push(await browser.ask('document-ticket', { versionId: id, use }));
  return answers;
}

test.each(ROLES)('as %s the whole of what reaches a browser has nothing that the matrix forbids', async (role) => {
  const answers = await answersFor(role);
  const home = answers[5];
  if (home === undefined) throw new Error('no home');
  expect(home.status).toBe(200);
  const told = [...marksIn(answers.map(({ body }) => body))].toSorted();
  expect(told).toEqual([...new Set(ALLOWED[role])].toSorted());
  // Files are named that may be opened, and those they sent themselves.
  const { documents, sent } = home.body.value as PersonHome;
  const papers = new Set([...documents, ...sent].map(({ versionId }) => versionId));
  const rows = [deal.tasks, deal.people, deal.notes, deal.anchors, deal.lines, deal.milestones, deal.changes];
  const own = [deal.messages, deal.readings, deal.proposals, deal.forms, deal.leads, deal.consents];
  const ids = [...rows, ...own].flat().map(({ id }) => id);
  const named = [...ids, 'm-noor', 'd1'].filter((id) => home.text.includes(`"${id}"`));
  expect(named.toSorted()).toEqual([...new Set(idsOf(role))].toSorted());
  for (const { id } of deal.versions) if (!papers.has(id)) expect(home.text).not.toContain(id);
});

test('the marks are there to be found', () => {
  expect(marksIn(deal).size).toBeGreaterThan(150);
});
