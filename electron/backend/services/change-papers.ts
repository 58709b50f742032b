import { isLive } from '../../../core/changes/conflicts.ts';
import { CHANGE_RULES } from '../../../core/changes/rules.ts';
import { changeTitle, type TermNames } from '../../../core/changes/words.ts';
import type { ChangeRow, Deal, Id, LineRow, VersionRow } from '../../../core/deals/model.ts';
import type { ChangePaper } from '../../contract/portal-views.ts';

const SUFFIXES = { BS: 'buyer signed', SS: 'seller signed', FE: 'fully executed' } as const;

/**
 * The files that came after a request and are of a kind that may carry it, newest first. None for a request that has
 * ended or that a call confirms. Which of them does is decided by core/changes/execute.ts when one is chosen; `lacks`
 * says the same beforehand.
 */
export function papersOf(deal: Deal, row: ChangeRow, names: TermNames): readonly ChangePaper[] {
  const { evidence } = CHANGE_RULES[row.kind];
  const { openedAt } = row;
  if (!isLive(row) || evidence === 'call-back' || openedAt === null) return [];
  const lines = new Map(deal.lines.map((line) => [line.id, line]));
  return deal.versions
    .filter((version) => version.receivedAt >= openedAt && !version.isHeld && version.verdict !== 'rejected')
    .flatMap((version) => {
      const line = lines.get(version.lineId);
      return line !== undefined && mayCarry(row, line) ? [paper({ deal, names }, row, { line, version })] : [];
    })
    .toSorted((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1));
}

/** "Extension addendum, version 2, fully executed"; of a version that is not there any more, only that. */
export function paperTitle(deal: Deal, versionId: Id): string {
  const version = deal.versions.find(({ id }) => id === versionId);
  const line = deal.lines.find(({ id }) => id === version?.lineId);
  return version === undefined || line === undefined ? 'a document that is not here any more' : titleOf(line, version);
}

interface Filed {
  readonly line: LineRow;
  readonly version: VersionRow;
}

function titleOf(line: LineRow, { number, suffix }: VersionRow): string {
  const version = number === 1 ? '' : `, version ${number}`;
  return `${line.title}${version}${suffix === null ? '' : `, ${SUFFIXES[suffix]}`}`;
}

/** Of a class that can carry the request. A request for one document is carried by that document and no other. */
function mayCarry({ kind, terms }: ChangeRow, line: LineRow): boolean {
  if (CHANGE_RULES[kind].evidence === 'executed-contract') return line.class === 'contract';
  const lineIds = terms.flatMap((term) => ('lineId' in term ? [term.lineId] : []));
  return lineIds.length === 0 || lineIds.includes(line.id);
}

interface Named {
  readonly deal: Deal;
  readonly names: TermNames;
}

function paper({ deal, names }: Named, row: ChangeRow, { line, version }: Filed): ChangePaper {
  const { id: versionId, lineId, documentOn, receivedAt, suffix } = version;
  const isReviewed = version.verdict === 'approved' || (version.verdict === null && line.state === 'approved');
  const isSigned = suffix === 'FE' || !needsSignatures(row);
  const lacks = !isSigned ? 'Not signed by everybody yet.' : isReviewed ? '' : 'Not reviewed yet.';
  const isOfOneLine = row.terms.some((term) => 'lineId' in term);
  const fits = isSigned && (CHANGE_RULES[row.kind].evidence === 'executed-contract' || isOfOneLine);
  const isTaken = deal.changes.some((other) => other.executedBy === versionId) || isOfAnother(deal, row, line.title);
  return {
    ...{ versionId, lineId, documentOn, receivedAt, isReviewed, lacks },
    title: titleOf(line, version),
    fits: fits && !isTaken,
    carried: deal.changes
      .filter((other) => other.executedBy === versionId)
      .map((other) => changeTitle(other, names).title),
  };
}

/** What the title of a paper speaks of, by kind; the others are called anything. */
const SPEAKS: Readonly<Partial<Record<ChangeRow['kind'], RegExp>>> = {
  'closing-date': /exten|clos|escrow|time/i,
  'possession-date': /possess|occup|rent.?back/i,
  'contingency-extension': /exten|contingenc|time/i,
  'option-extension': /exten|option|time/i,
  price: /price|amend/i,
  credit: /credit|concession|repair/i,
  repairs: /repair|inspection/i,
  cancellation: /cancel|terminat|release/i,
};

/** Its title speaks of another request on its way and not of this one. Only a suggestion is lost by it. */
function isOfAnother(deal: Deal, row: ChangeRow, title: string): boolean {
  const speaksOf = ({ kind }: ChangeRow) => SPEAKS[kind]?.test(title) === true;
  return !speaksOf(row) && deal.changes.some((other) => other.id !== row.id && isLive(other) && speaksOf(other));
}

/** As core/changes/execute.ts asks for them: nobody knows whether pages were signed means that they were. */
function needsSignatures({ kind, facts }: ChangeRow): boolean {
  if (CHANGE_RULES[kind].evidence === 'executed-contract') return true;
  return kind === 'power-of-attorney' || kind === 'entity' ? false : facts.wasSigned !== false;
}
