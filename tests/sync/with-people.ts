import type { Deal } from '../../core/deals/model.ts';
import type { Random } from './random.ts';

/** What members and people of a deal do with each other: requests for change, messages, papers, questions, consents. */
export interface Said {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Seat {
  readonly random: Random;
  readonly deal: Deal;
  readonly newId: () => string;
  readonly at: string;
}
type Make = (seat: Seat) => readonly Said[];

const DAYS = ['2026-06-03', '2026-06-20', '2026-07-02', '2026-07-03'];
const FACTS = { isFinanced: null, hasCostOrCredit: null, hasDeposit: null, wasSigned: null };
const SHA = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64));

/** What a member might do at their desktop beside their own work. */
export function nextOfMember(seat: Seat): Said {
  return seat.random.pick(seat.random.pick(OF_MEMBERS)(seat));
}

/** What a person of the deal might do on their page. */
export function nextOfPerson(seat: Seat & { readonly personId: string }): Said {
  const said = seat.random.pick(seat.random.pick(OF_PEOPLE)(seat, seat.personId));
  // A page offers what is there; now and then it is gone when the answer comes.
  const isOfNothing = Object.values(said.args).includes('x-missing') && seat.random.chance(0.9);
  return isOfNothing ? ask(seat) : said;
}

function anyOf<T extends { readonly id: string }>({ random }: Seat, rows: readonly T[]): string {
  return rows.length === 0 || random.chance(0.05) ? 'x-missing' : random.pick(rows).id;
}

/** The one that came first, mostly: those behind it wait. */
function aRequest(seat: Seat): string {
  const { random, deal } = seat;
  const first = deal.changes.find(({ state }) => state === 'open' || state === 'approved');
  return first !== undefined && random.chance(0.8) ? first.id : anyOf(seat, deal.changes);
}

function ask({ random, deal, newId, at }: Seat): Said {
  const closing = deal.anchors.find(({ name }) => name === 'closing')?.on ?? null;
  const on = deal.milestones.find(({ deadlineId }) => deadlineId === 'deposit')?.on ?? null;
  const person = random.pick(['p-priya', 'p-marisol']);
  const [kind, term] = random.pick<readonly [string, object]>([
    ['closing-date', { type: 'anchor', name: 'closing', from: closing, to: random.pick(DAYS) }],
    ['price', { type: 'price', fromCents: deal.row.priceCents, toCents: random.pick([100, 200]) }],
    ['contingency-extension', { type: 'override', deadlineId: 'deposit', from: on, to: random.pick(DAYS) }],
    ['contact-info', { type: 'contact', personId: person, field: 'email', to: `${random.int(100)}@example.com` }],
  ]);
  const ends = { expiresAt: null, periodEndsAt: kind === 'contingency-extension' ? '2027-06-20T07:00:00.000Z' : null };
  return { name: 'askChange', args: { changeId: newId(), kind, terms: [term], facts: FACTS, reason: '', at, ...ends } };
}

function answers(seat: Seat, as: string): readonly Said[] {
  const { at } = seat;
  const on = { changeId: aRequest(seat), at };
  return [
    { name: 'approveChange', args: { ...on, as } },
    { name: 'approveChange', args: { ...on, as } },
    { name: 'declineChange', args: { ...on, as, reason: 'no' } },
    { name: 'withdrawChange', args: on },
  ];
}

const effects: Make = (seat) => {
  const { random, deal, at } = seat;
  const on = { changeId: aRequest(seat), at };
  const execute = { ...on, executedAt: at, delivery: null, on: random.pick(DAYS) };
  return [
    { name: 'sendChange', args: on },
    { name: 'callBackChange', args: { ...on, channel: 'phone', number: 'known-before' } },
    { name: 'executeChange', args: { ...execute, versionId: null } },
    { name: 'executeChange', args: { ...execute, versionId: anyOf(seat, deal.versions) } },
  ];
};

/** What the people of a deal told the coordinator, and that they did not. */
const told: Make = (seat) => {
  const { random, deal, at } = seat;
  const [personId, as] = random.pick([
    ['p-priya', 'own-principal'],
    ['p-marisol', 'own-agent'],
  ]);
  const changeId = aRequest(seat);
  const on = { changeId, at, personId, as };
  const answer = random.chance(0.8) ? 'yes' : 'no';
  const kind = deal.changes.find(({ id }) => id === changeId)?.kind;
  const other = deal.changes.find((row) => row.id !== changeId && row.kind === kind && row.state === 'open');
  return [
    { name: 'recordAnswer', args: { ...on, answer, by: 'phone', saidAt: at, reason: '' } },
    { name: 'takeBackAnswer', args: on },
    { name: 'keepChange', args: { changeId, at, overId: other?.id ?? 'x-missing', reason: 'signed first' } },
  ];
};

function write(seat: Seat, personId: string): Said {
  const body = `said ${seat.random.int(100_000)}`;
  return {
    name: 'writeMessage',
    args: { messageId: seat.newId(), personId, aboutType: 'deal', aboutId: '', body, at: seat.at },
  };
}

const papers: Make = (seat) => {
  const { random, deal, at } = seat;
  const versionId = anyOf(seat, deal.versions);
  const personId = anyOf(seat, deal.people);
  return [
    { name: 'askToRead', args: { versionId, personIds: [personId], at } },
    { name: 'dropReading', args: { readingId: anyOf(seat, deal.readings) } },
    { name: 'describeVersion', args: { versionId, aboutPersonIds: [personId], isWithOtherSide: random.chance(0.5) } },
  ];
};

const forms: Make = (seat) => {
  const { random, deal, newId, at } = seat;
  const form = deal.forms.find(({ state }) => state === 'sent') ?? deal.forms.at(-1) ?? null;
  const on = { formId: form?.id ?? 'x-missing', at };
  const questions = { title: 'About the home', questionIds: ['hoa', 'financing'] };
  return [
    {
      name: 'askForm',
      args: { formId: newId(), at, personId: random.pick(['p-priya', 'p-priya', 'p-marisol']), ...questions },
    },
    { name: 'takeForm', args: { ...on, sentAt: form?.sentAt ?? null } },
    { name: 'returnForm', args: { ...on, reason: 'again' } },
    { name: 'withdrawForm', args: on },
  ];
};

const arrivals: Make = (seat) => {
  const { random, deal, newId, at } = seat;
  const proposalId = anyOf(seat, deal.proposals);
  const person = { id: newId(), name: 'Kai New', role: 'lender', company: '', email: '', phone: '' };
  const taken = { fromDealId: 'd-other', people: [person], facts: { hoa: true }, noteId: newId(), note: 'came in', at };
  return [
    { name: 'acceptProposal', args: { proposalId, personId: newId(), at } },
    { name: 'declineProposal', args: { proposalId, reason: 'no answer', at } },
    { name: 'takeIn', args: taken },
    { name: 'acceptLead', args: { at } },
    // A deal that is over takes little more.
    ...(random.chance(0.2)
      ? [
          { name: 'declineLead', args: { at, on: '2026-06-20', reason: 'not ours' } },
          { name: 'mergeLead', args: { at, on: '2026-06-20', intoDealId: 'd-other', intoName: '12 Oak St' } },
        ]
      : []),
  ];
};

const OF_MEMBERS: readonly Make[] = [
  ...[
    (seat: Seat) => [ask(seat)],
    (seat: Seat) => answers(seat, 'reviewer'),
    effects,
    effects,
    told,
    told,
    papers,
    forms,
  ],
  ...[arrivals, (seat: Seat) => [write(seat, anyOf(seat, seat.deal.people))]],
  (seat: Seat) => [{ name: 'settleMessages', args: { personId: anyOf(seat, seat.deal.people) } }],
];

function sendPaper(seat: Seat): Said {
  const { random, deal, newId, at } = seat;
  const file = { bytes: 1200, extension: 'pdf', originalName: 'Photo.pdf', on: random.pick(DAYS), at };
  const isNew = random.chance(0.4);
  const where = isNew ? { lineId: newId(), newTitle: 'A letter' } : { lineId: anyOf(seat, deal.lines) };
  return { name: 'sendDocument', args: { versionId: newId(), sha256: random.pick(SHA), ...where, ...file } };
}

function reads(seat: Seat): Said {
  const { random, deal, at } = seat;
  const version = deal.versions.length === 0 ? null : random.pick(deal.versions);
  return {
    name: 'acknowledge',
    args: { versionId: version?.id ?? 'x-missing', sha256: version?.sha256 ?? SHA[0], at },
  };
}

const OF_PEOPLE: readonly ((seat: Seat, personId: string) => readonly Said[])[] = [
  (seat) => [ask(seat)],
  (seat, personId) => answers(seat, personId === 'p-priya' ? 'own-principal' : 'own-agent'),
  (seat, personId) => [write(seat, personId)],
  (seat) => [sendPaper(seat)],
  (seat) => [reads(seat)],
  (seat, personId) => {
    const mine = seat.deal.forms.filter((form) => form.personId === personId && form.state !== 'taken');
    const given = seat.random.pick([{ hoa: true }, { hoa: false, financing: 'fha' }, { financing: 'cash' }]);
    return [{ name: 'sendForm', args: { formId: anyOf(seat, mine), at: seat.at, answers: given } }];
  },
  (seat) => {
    const { deal, newId, at } = seat;
    const who = { role: 'lender', name: 'Kai Lender', company: '', email: 'kai@example.com', phone: '', words: '' };
    return [
      { name: 'proposePerson', args: { proposalId: newId(), ...who, at } },
      { name: 'giveConsent', args: { consentId: newId(), toId: 'p-marisol', covers: 'settlement', at } },
      { name: 'withdrawConsent', args: { consentId: anyOf(seat, deal.consents), at } },
    ];
  },
];
