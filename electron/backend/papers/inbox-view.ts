import { NO_ADDRESS } from '../../../core/deals/summary.ts';
import type { Proposal } from '../../../core/documents/propose/types.ts';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import {
  arrivalOf,
  countsSince,
  doneArrivals,
  heldArrivals,
  openArrivalCount,
  openArrivals,
  partsOf,
} from '../../../db/read/files.ts';
import type { DealGlance } from '../../../db/read/glance.ts';
import type { ArrivalState, DealMark, InboxItem, InboxView, ProposalView } from '../../contract/papers.ts';
import { endingOf, isDangerousEnding } from '../arrivals/kinds.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { type Glances, glancesOf } from './glances.ts';
import { isFraud, isWithheld } from './held.ts';
import { type Looks, looksAt } from './looks.ts';
import type { PapersDeps } from './types.ts';
import { dayOfInstant, filedNameOf, shownOfBlob } from './views.ts';

type InboxDeps = Pick<PapersDeps, 'db'>;

const MOST_OPEN = 300;
const MOST_DONE = 50;

/** The inbox as its screen shows it: what is held, what waits, what was decided lately. */
export function inboxView(deps: InboxDeps, since: string): InboxView {
  const { read } = deps.db;
  const rows = { held: heldArrivals(read), open: openArrivals(read, MOST_OPEN), done: doneArrivals(read, MOST_DONE) };
  const looks = looksAt(deps, hashesOf(deps, [...rows.held, ...rows.open, ...rows.done]));
  const item = (row: ArrivalRow) => inboxItem(deps, row, looks);
  const open = rows.open.map(item);
  const of = (state: ArrivalRow['state']) => open.filter((item) => item.state === state);
  return {
    held: rows.held.map(item),
    reading: of('reading'),
    toConfirm: of('new').filter((item) => (item.proposal?.certainty ?? 'none') !== 'none'),
    noIdea: of('new').filter((item) => (item.proposal?.certainty ?? 'none') === 'none'),
    refused: of('refused'),
    done: rows.done.map(item),
    open: openArrivalCount(read),
    ...countsSince(read, since),
  };
}

/** The contents that a list names: its own, and the files before them. */
function hashesOf({ db }: InboxDeps, rows: readonly ArrivalRow[]): readonly string[] {
  const glances = glancesOf(db);
  return rows.flatMap(({ sha256, proposal }) => {
    const { deal, line } = (proposal as Proposal | null) ?? { deal: null, line: null };
    const before = deal && line ? glances.newest(deal.dealId, line.lineId) : null;
    return before === null ? [sha256] : [sha256, before.sha256];
  });
}

export function inboxItem(deps: InboxDeps, row: ArrivalRow, looks = looksAt(deps, [row.sha256])): InboxItem {
  const { read } = deps.db;
  const { glances } = looks;
  const blob = looks.blob(row.sha256);
  const isKept = isWithheld(read, row, looks.isSuspect);
  const { shown, sentence } = shownOfBlob(blob, row.sha256);
  const proposal = row.proposal as Proposal | null;
  const view = proposal === null ? null : viewOf({ row, proposal, glances });
  return {
    id: row.id,
    at: row.at,
    from: fromWords(deps, row),
    fileName: row.fileName,
    kind: row.kind,
    extension: row.extension,
    bytes: row.bytes,
    sha256: isKept || isProgram(row) ? null : row.sha256,
    pages: row.pages ?? blob?.pages ?? null,
    state: row.state as ArrivalState,
    sentence: row.sentence || (row.state === 'new' ? sentence : ''),
    shown: isKept || row.state === 'refused' ? null : shown,
    needsPassword: blob?.reading === 'password' && blob.openedSha256 === null,
    parts: row.kind === 'pdf' ? 0 : partsOf(read, row.id),
    proposal: view,
    filed: filedOf(row, glances),
    canUndo: mayUndo(row),
    previous: previousOf(view, looks),
    callFirst: row.state === 'held' ? callFirst(deps, view, row) : null,
  };
}

/** Programs and web pages are kept as they came; nothing here hands them on. */
function isProgram({ kind, fileName }: ArrivalRow): boolean {
  return kind === 'program' || isDangerousEnding(endingOf(fileName));
}

/** A fraud is set aside for good; what came out of a message is kept with that. */
function mayUndo(row: ArrivalRow): boolean {
  if (row.state === 'set-aside') return !isFraud(row);
  return row.state === 'filed' || (row.state === 'same' && row.parentId === null);
}

/** What core proposes, against the deal as it is now. */
export function proposalView({ db }: InboxDeps, row: ArrivalRow, proposal: Proposal): ProposalView {
  return viewOf({ row, proposal, glances: glancesOf(db) });
}

interface Proposed {
  readonly row: ArrivalRow;
  readonly proposal: Proposal;
  readonly glances: Glances;
}

function viewOf({ row, proposal, glances }: Proposed): ProposalView {
  const deal = glances.deal(proposal.deal?.dealId ?? null);
  const lineId = proposal.line?.lineId ?? null;
  const line = deal === null || lineId === null ? null : glances.line(deal.dealId, lineId);
  const lineTitle = line?.title ?? proposal.newLineTitle ?? '';
  const newest = deal === null || line === null ? null : glances.newest(deal.dealId, line.id);
  const number = (newest?.number ?? 0) + 1;
  const documentOn = proposal.documentOn ?? dayOfInstant(row.at);
  const { suffix } = proposal;
  const naming = { documentOn, suffix, number, extension: row.extension };
  const all = [...(proposal.deal?.reasons ?? []), ...proposal.reasons, ...proposal.doubts];
  const reasons = [...new Map(all.map((reason) => [reason.text, reason])).values()];
  return {
    deal: deal === null ? null : glanceMark(deal),
    otherDeals: proposal.alternatives.flatMap(({ dealId }) => {
      const other = glances.deal(dealId);
      return other === null ? [] : [glanceMark(other)];
    }),
    lineId: line?.id ?? null,
    lineTitle,
    version: number,
    class: line?.class ?? proposal.class,
    suffix,
    documentOn,
    fileName: deal === null || lineTitle === '' ? '' : filedNameOf({ row: deal }, { title: lineTitle }, naming),
    certainty: deal === null ? 'none' : proposal.certainty,
    reasons: reasons.map(({ text, for: isFor, page, quote }) => ({
      text,
      isFor,
      page: page ?? null,
      quote: quote ?? '',
    })),
  };
}

function glanceMark({ dealId, plate, streetName, clientNames, side }: DealGlance): DealMark {
  return { dealId, plate, street: streetName || clientNames || NO_ADDRESS, side };
}

function filedOf(row: ArrivalRow, glances: Glances): InboxItem['filed'] {
  const deal = glances.deal(row.dealId);
  if (row.state !== 'filed' || deal === null || row.versionId === null) return null;
  const version = glances.version(deal.dealId, row.versionId);
  if (version === null) return null;
  return {
    deal: glanceMark(deal),
    lineId: version.lineId,
    lineTitle: glances.line(deal.dealId, version.lineId)?.title ?? '',
    versionId: version.id,
    version: version.number,
    byRule: row.decidedBy === 'rule',
  };
}

function previousOf(view: ProposalView | null, looks: Looks): InboxItem['previous'] {
  if (view === null || view.deal === null || view.lineId === null) return null;
  const newest = looks.glances.newest(view.deal.dealId, view.lineId);
  if (newest === null || newest.isHeld) return null;
  const { shown } = shownOfBlob(looks.blob(newest.sha256), newest.sha256);
  return { versionId: newest.id, number: newest.number, shown };
}

/** Whom to call before a held file is let go: the deal's title company or lender, on the number that is on file. */
function callFirst({ db }: InboxDeps, view: ProposalView | null, row: ArrivalRow): InboxItem['callFirst'] {
  const dealId = view?.deal?.dealId ?? null;
  const deal = dealId === null ? null : dealCacheOf(db).get(db.read, dealId);
  if (deal === null) return null;
  const people = deal.people.filter((person) => person.phone !== '');
  const named = people.find((person) => row.senderName !== '' && person.name === row.senderName);
  const chosen = named ?? people.find(({ role }) => role === 'title') ?? people.find(({ role }) => role === 'lender');
  return chosen === undefined ? null : { name: chosen.name || chosen.company, phone: chosen.phone };
}

const CAME_BY: Readonly<Record<string, string>> = {
  drop: 'Dropped here',
  paste: 'Pasted here',
  pick: 'Chosen from a folder',
  folder: "Put into the deal's folder",
  made: 'Made here',
  photos: 'Made of photos',
  sample: 'With the sample deals',
};

/** "E-mail from Kwame Boateng", "Out of scans.zip", "Watched folder Scans". */
function fromWords(deps: InboxDeps, row: ArrivalRow): string {
  const sender = row.senderName || row.senderAddress;
  if (row.source === 'mail' || row.kind === 'eml' || row.kind === 'msg')
    return sender === '' ? 'E-mail' : `E-mail from ${sender}`;
  const parent = row.parentId === null ? null : arrivalOf(deps.db.read, row.parentId);
  if (parent !== null) return `Out of ${parent.fileName}`;
  if (row.source !== 'watch') return CAME_BY[row.source] ?? 'Came in';
  const sql = 'SELECT path FROM watch_folder WHERE id = ?';
  const path = deps.db.read.get<{ path: string }>(sql, row.folderId ?? '')?.path ?? '';
  const name = path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  return name === '' ? 'Watched folder' : `Watched folder ${name}`;
}
