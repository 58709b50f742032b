import { chainOf } from '../../../core/commands/version-rules.ts';
import { type PlainDate, parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import { ownerOf } from '../../../core/deals/definition-of-done.ts';
import type { Deal, Id, LineRow, Member, VersionRow } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import { isMetadataOnly } from '../../../core/documents/document.ts';
import { fileNameFor } from '../../../core/documents/file-name.ts';
import type { BlobRow } from '../../../db/files-tables.ts';
import type { Read } from '../../../db/handles.ts';
import { blobOf } from '../../../db/read/files.ts';
import type { DealMark, LineView, Shown, VersionView } from '../../contract/papers.ts';

/** Documents and files as the window shows them. */

const IMAGES: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'webp']);
const TEXTS: ReadonlySet<string> = new Set(['text', 'csv']);

export function dealMark(deal: Deal): DealMark {
  return { dealId: deal.row.id, plate: nameplateOf(deal).plate, street: dealName(deal), side: deal.row.side };
}

/** Every line of the deal's checklist with its files, in the order of the checklist. */
export function lineViews(read: Read, deal: Deal, members: readonly Member[]): readonly LineView[] {
  return deal.lines.map((line) => lineView(read, deal, line, members));
}

export function lineView(read: Read, deal: Deal, line: LineRow, members: readonly Member[]): LineView {
  const asked = { assigneeRole: line.ownerRole, assigneeId: null };
  return {
    id: line.id,
    title: line.title,
    clientTitle: line.clientTitle,
    stage: line.stage,
    ownerRole: line.ownerRole,
    who: ownerOf(deal, asked, members).ownerName,
    class: line.class,
    condition: line.condition,
    isRequired: line.isRequired,
    isLegal: line.isLegal,
    isMetadataOnly: isMetadataOnly(line.class),
    state: line.state,
    reason: line.reason,
    versions: chainOf(deal, line.id).map((version) => versionView(read, deal, line, version)),
  };
}

/** The name a version is filed under, by the convention (domain.md section 10). */
export function filedNameOf(
  deal: { readonly row: Pick<Deal['row'], 'street'> },
  line: Pick<LineRow, 'title'>,
  version: NamedVersion,
): string {
  const { documentOn: on, suffix, number, extension } = version;
  return fileNameFor({ on, street: deal.row.street, category: line.title, suffix, version: number, extension });
}
type NamedVersion = Pick<VersionRow, 'documentOn' | 'suffix' | 'number' | 'extension'>;

interface ShownOf {
  readonly shown: Shown | null;
  readonly sentence: string;
}

/** What the viewer opens of a content: itself, or the opened copy of one behind a password. Null: nothing. */
export function shownOfBlob(blob: BlobRow | null, sha256: string): ShownOf {
  if (blob === null) return { shown: null, sentence: ON_ITS_WAY };
  if (IMAGES.has(blob.kind)) return { shown: { sha256, kind: 'image' }, sentence: blob.sentence };
  if (TEXTS.has(blob.kind)) return { shown: { sha256, kind: 'text' }, sentence: blob.sentence };
  if (blob.kind !== 'pdf') return { shown: null, sentence: blob.sentence || NOT_SHOWN };
  if (blob.openedSha256 !== null) return { shown: { sha256: blob.openedSha256, kind: 'pdf' }, sentence: '' };
  const isShut = blob.reading === 'password' || blob.reading === 'empty';
  return { shown: isShut ? null : { sha256, kind: 'pdf' }, sentence: blob.sentence };
}

/** A row names bytes that are not here: somebody else filed them, and they travel apart. */
export const ON_ITS_WAY = 'This file is still on its way from the portal.';
const NOT_SHOWN = 'Closeboard does not draw this kind of file. Save a copy to open it in its own program.';

function versionView(read: Read, deal: Deal, line: LineRow, version: VersionRow): VersionView {
  const blob = blobOf(read, version.sha256);
  const { shown, sentence } = shownOfBlob(blob, version.sha256);
  const { id, number, suffix, sha256, bytes, extension, originalName, documentOn, receivedAt, sentBy } = version;
  return {
    ...{ id, number, suffix, sha256, bytes, extension, originalName, documentOn, receivedAt, sentBy },
    fileName: filedNameOf(deal, line, version),
    isFromPage: sentBy !== '' && isSentByPerson(deal, id),
    isHeld: version.isHeld,
    verdict: version.verdict,
    verdictReason: version.verdictReason,
    verdictOn: version.verdictOn,
    pages: blob?.pages ?? null,
    isHere: blob !== null,
    shown: version.isHeld ? null : shown,
    sentence: version.isHeld
      ? 'Held: looks like wire instructions. Call the sender on a number you knew before.'
      : sentence,
  };
}

/** A person of the deal sent it through their page; what the team files names no sender's id. */
function isSentByPerson({ papers, people }: Deal, versionId: Id): boolean {
  const sender = papers.find(({ id }) => id === versionId)?.sentById ?? null;
  return sender !== null && people.some(({ id }) => id === sender);
}

export function dayOfInstant(at: string): PlainDate {
  return parsePlainDate(at.slice(0, 10)) as PlainDate;
}
