import { chainOf } from '../../../core/commands/version-rules.ts';
import { dayText } from '../../../core/deadlines/day-text.ts';
import { type PlainDate, parsePlainDate, yearOf } from '../../../core/deadlines/plain-date.ts';
import type { Deal, Id, LineRow, Member, PaperRow, PersonRow, VersionRow } from '../../../core/deals/model.ts';
import type { DocumentClass } from '../../../core/documents/document.ts';
import { dealContextOf, documentFacts, isFigures, nothingSaid } from '../../../core/documents/document-facts.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import type { DealContext } from '../../../core/permissions/conditions.ts';
import { may } from '../../../core/permissions/may.ts';
import type {
  NamedPerson,
  PaperQuestion,
  PaperSaid,
  PaperView,
  ReadingView,
  Sight,
} from '../../contract/portal-rows.ts';

/** What is said of the files of a deal, who reads them through their page, and who read them. */

export interface PapersOf {
  readonly deal: Deal;
  readonly members: readonly Member[];
  readonly today: PlainDate;
}

/** Every file, in the order of the checklist. */
export function paperViews(of: PapersOf): readonly PaperView[] {
  const { deal } = of;
  const context = dealContextOf(deal, []);
  return deal.lines.flatMap((line) =>
    chainOf(deal, line.id).map((version) => paperView(of, { line, version, context })),
  );
}

interface Filed {
  readonly line: LineRow;
  readonly version: VersionRow;
  readonly context: DealContext;
}

function paperView(of: PapersOf, filed: Filed): PaperView {
  const { deal } = of;
  const { line, version } = filed;
  const row = deal.papers.find(({ id }) => id === version.id) ?? nothingSaid(version.id, deal.row.id);
  const sees = sightOf(deal, filed);
  // In the order of the people; who has left stands last.
  const rank = (personId: Id) => deal.people.findIndex(({ id }) => id === personId) >>> 0;
  const readings = deal.readings
    .filter(({ versionId }) => versionId === version.id)
    .toSorted((one, other) => rank(one.personId) - rank(other.personId));
  const sender = deal.people.find(({ id }) => id === row.sentById);
  return {
    versionId: version.id,
    sentBy: sender === undefined ? null : named(sender),
    asks: [...QUESTIONS_OF[line.class]],
    said: saidOf(row),
    sees,
    readings: readings.map((reading) => readingView(of, reading)),
    mayAsk: sees.now.filter(({ personId }) => !readings.some((reading) => reading.personId === personId)),
    consents: isFigures(line) ? consentSentences(of, line.class) : [],
  };
}

/** What can be said of each kind of paper: only what opens it to somebody, or closes it. */
const QUESTIONS_OF: Readonly<Record<DocumentClass, readonly PaperQuestion[]>> = {
  contract: [],
  disclosure: ['other-side', 'lender'],
  'npi-financial': [],
  'npi-identity': [],
  'closing-disclosure': ['figures'],
  settlement: ['figures'],
  inspection: ['payer', 'lender'],
  title: ['other-side'],
  insurance: [],
  commission: ['figures', 'disbursement'],
  internal: [],
  correspondence: [],
  'wire-suspect': [],
};

function saidOf(row: PaperRow): PaperSaid {
  const { aboutPersonIds, paidBySide, isWithOtherSide, isRequiredByLender, isDisbursementAuthorization } = row;
  return {
    aboutPersonIds: [...aboutPersonIds],
    ...{ paidBySide, isWithOtherSide, isRequiredByLender, isDisbursementAuthorization },
  };
}

/** Who would read a file if this were said of it. Null: there is no such file. Nothing is kept. */
export function sightIf(deal: Deal, versionId: Id, said: PaperSaid): Sight | null {
  const version = deal.versions.find(({ id }) => id === versionId);
  const line = deal.lines.find(({ id }) => id === version?.lineId);
  if (version === undefined || line === undefined) return null;
  const there = deal.papers.find(({ id }) => id === versionId) ?? nothingSaid(versionId, deal.row.id);
  const papers = [...deal.papers.filter(({ id }) => id !== versionId), { ...there, ...said }];
  const as: Deal = { ...deal, papers };
  return sightOf(as, { line, version, context: dealContextOf(as, []) });
}

/** The people whose page shows the file: its newest version, and the newest approved one while that is older. */
function sightOf(deal: Deal, { line, version, context }: Filed): Sight {
  if (version.isHeld || !isOnPages(deal, line, version)) return { now: [], onceApproved: [] };
  const document = documentFacts(deal, { line, version });
  const sees = (person: PersonRow, state: typeof document.state) =>
    !isBlind(person, line) &&
    may(partyActor(person, deal.row), 'see', { type: 'document', document: { ...document, state } }, context).ok;
  const outside = deal.people.filter(({ role }) => role !== 'tc' && role !== 'admin');
  const now = outside.filter((person) => sees(person, document.state));
  const later = outside.filter((person) => !now.includes(person) && sees(person, 'approved'));
  return { now: now.map(named), onceApproved: later.map(named) };
}

function isOnPages(deal: Deal, line: LineRow, version: VersionRow): boolean {
  const chain = chainOf(deal, line.id);
  const approved = chain.findLast(({ verdict, isHeld }) => verdict === 'approved' && !isHeld);
  return version.id === chain.at(-1)?.id || version.id === approved?.id;
}

/** A line without words for clients is not a client's. */
function isBlind({ role }: PersonRow, line: LineRow): boolean {
  return (role === 'client' || role === 'co-client') && line.clientTitle === '';
}

function readingView({ deal, members }: PapersOf, row: Deal['readings'][number]): ReadingView {
  const { id, personId, askedAt, acknowledgedAt } = row;
  const name = nameOf(deal.people, personId) ?? 'Somebody who has left the deal';
  const askedBy = row.askedBy === personId ? '' : (nameOf(members, row.askedBy) ?? 'Closeboard');
  return { id, personId, name, askedAt, askedBy, acknowledgedAt };
}

/** "Priya Raman lets Marisol Quintero read closing disclosures, since June 20." */
function consentSentences({ deal, members, today }: PapersOf, covers: DocumentClass): string[] {
  return deal.consents
    .filter((consent) => consent.covers === covers && consent.withdrawnAt === null)
    .map(({ byPersonId, toId, givenAt }) => {
      const who = nameOf(deal.people, byPersonId) ?? 'Somebody who has left the deal';
      const whom = nameOf(deal.people, toId) ?? nameOf(members, toId) ?? 'an agent';
      const what = covers === 'settlement' ? 'settlement statements' : 'closing disclosures';
      const day = parsePlainDate(givenAt.slice(0, 10));
      return `${who} lets ${whom} read ${what}${day === null ? '' : `, since ${dayText(day, yearOf(today))}`}.`;
    });
}

function named({ id, name }: Pick<PersonRow, 'id' | 'name'>): NamedPerson {
  return { personId: id, name };
}

function nameOf(among: readonly { readonly id: Id; readonly name: string }[], id: Id): string | undefined {
  return among.find((one) => one.id === id)?.name;
}
