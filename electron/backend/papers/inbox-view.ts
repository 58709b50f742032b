import { chainOf } from '../../../core/commands/version-rules.ts';
import type { Deal, Id } from '../../../core/deals/model.ts';
import type { Proposal } from '../../../core/documents/propose/types.ts';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import { arrivalOf, blobOf, doneArrivals, openArrivalCount, openArrivals, partsOf } from '../../../db/read/files.ts';
import type { ArrivalState, InboxItem, InboxView, ProposalView } from '../../contract/papers.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { nextNumber } from './filing.ts';
import { isHidden } from './held.ts';
import type { PapersDeps } from './types.ts';
import { dayOfInstant, dealMark, dealOrNull, filedNameOf, shownOf } from './views.ts';

const MOST_OPEN = 300;
const MOST_DONE = 50;

/** The inbox as its screen shows it: what is held, what waits, what was decided lately. */
export function inboxView(deps: PapersDeps, since: string): InboxView {
  const { read } = deps.db;
  const open = openArrivals(read, MOST_OPEN).map((row) => inboxItem(deps, row));
  const done = doneArrivals(read, MOST_DONE);
  const of = (state: ArrivalRow['state']) => open.filter((item) => item.state === state);
  const came = (sql: string) => read.get<{ n: number }>(sql, since)?.n ?? 0;
  return {
    held: of('held'),
    reading: of('reading'),
    toConfirm: of('new').filter((item) => (item.proposal?.certainty ?? 'none') !== 'none'),
    noIdea: of('new').filter((item) => (item.proposal?.certainty ?? 'none') === 'none'),
    refused: of('refused'),
    done: done.map((row) => inboxItem(deps, row)),
    open: openArrivalCount(read),
    came: came(CAME),
    filed: came(FILED),
  };
}

export const CAME = "SELECT count(*) AS n FROM arrival WHERE at >= ? AND state <> 'opened'";
export const FILED =
  "SELECT count(*) AS n FROM arrival WHERE decided_at IS NOT NULL AND decided_at >= ? AND state = 'filed'";

export function inboxItem(deps: PapersDeps, row: ArrivalRow): InboxItem {
  const { read } = deps.db;
  const deals = (id: Id) => dealCacheOf(deps.db).get(read, id);
  const { shown, sentence } = shownOf(read, row.sha256);
  const blob = blobOf(read, row.sha256);
  const isHeld = row.state === 'held';
  const proposal = row.proposal as Proposal | null;
  const view = proposal === null ? null : proposalView(deps, row, proposal);
  return {
    id: row.id,
    at: row.at,
    from: fromWords(deps, row),
    fileName: row.fileName,
    kind: row.kind,
    extension: row.extension,
    bytes: row.bytes,
    pages: row.pages ?? blob?.pages ?? null,
    state: row.state as ArrivalState,
    sentence: row.sentence || (row.state === 'new' ? sentence : ''),
    shown: isHidden(read, row) ? null : shown,
    needsPassword: blob?.reading === 'password' && blob.openedSha256 === null,
    parts: row.kind === 'pdf' ? 0 : partsOf(read, row.id),
    proposal: view,
    filed: filedOf(row, dealOrNull(deals, row.dealId)),
    canUndo: row.state === 'filed' || row.state === 'set-aside' || (row.state === 'same' && row.parentId === null),
    previous: previousOf(deps, view),
    callFirst: isHeld ? callFirst(dealOrNull(deals, view?.deal?.dealId ?? null), row) : null,
  };
}

/** What core proposes, against the deal as it is now. */
export function proposalView(deps: PapersDeps, row: ArrivalRow, proposal: Proposal): ProposalView {
  const deals = (id: Id) => dealCacheOf(deps.db).get(deps.db.read, id);
  const deal = dealOrNull(deals, proposal.deal?.dealId ?? null);
  const line = deal?.lines.find((each) => each.id === proposal.line?.lineId);
  const lineTitle = line?.title ?? proposal.newLineTitle ?? '';
  const version = deal === null ? 1 : nextNumber(deal, line?.id ?? null);
  const documentOn = proposal.documentOn ?? dayOfInstant(row.at);
  const { suffix } = proposal;
  const named = { documentOn, suffix, number: version, extension: row.extension };
  const all = [...(proposal.deal?.reasons ?? []), ...proposal.reasons, ...proposal.doubts];
  const reasons = [...new Map(all.map((reason) => [reason.text, reason])).values()];
  return {
    deal: deal === null ? null : dealMark(deal),
    otherDeals: proposal.alternatives.flatMap(({ dealId }) => {
      const other = deals(dealId);
      return other === null ? [] : [dealMark(other)];
    }),
    lineId: line?.id ?? null,
    lineTitle,
    version,
    class: line?.class ?? proposal.class,
    suffix,
    documentOn,
    fileName: deal === null || lineTitle === '' ? '' : filedNameOf(deal, { title: lineTitle }, named),
    certainty: deal === null ? 'none' : proposal.certainty,
    reasons: reasons.map(({ text, for: isFor, page, quote }) => ({
      text,
      isFor,
      page: page ?? null,
      quote: quote ?? '',
    })),
  };
}

function filedOf(row: ArrivalRow, deal: Deal | null): InboxItem['filed'] {
  const version = deal?.versions.find((each) => each.id === row.versionId);
  if (row.state !== 'filed' || deal === null || version === undefined) return null;
  const line = deal.lines.find((each) => each.id === version.lineId);
  return {
    deal: dealMark(deal),
    lineId: version.lineId,
    lineTitle: line?.title ?? '',
    versionId: version.id,
    version: version.number,
    byRule: row.decidedBy === 'rule',
  };
}

function previousOf(deps: PapersDeps, view: ProposalView | null): InboxItem['previous'] {
  if (view === null || view.deal === null || view.lineId === null) return null;
  const deal = dealCacheOf(deps.db).get(deps.db.read, view.deal.dealId);
  const newest = deal === null ? undefined : chainOf(deal, view.lineId).at(-1);
  if (newest === undefined || newest.isHeld) return null;
  return { versionId: newest.id, number: newest.number, shown: shownOf(deps.db.read, newest.sha256).shown };
}

/** Whom to call before a held file is let go: the deal's title company or lender, on the number that is on file. */
function callFirst(deal: Deal | null, row: ArrivalRow): InboxItem['callFirst'] {
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
  sample: 'With the sample deals',
};

/** "E-mail from Kwame Boateng", "Out of scans.zip", "Watched folder Scans". */
function fromWords(deps: PapersDeps, row: ArrivalRow): string {
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
