import { isOwnLine } from '../../../../core/commands/paper-commands.ts';
import { chainOf } from '../../../../core/commands/version-rules.ts';
import type { LineRow, VersionRow } from '../../../../core/deals/model.ts';
import { documentFacts, filedAs, isFigures } from '../../../../core/documents/document-facts.ts';
import { may } from '../../../../core/permissions/may.ts';
import { isExecuted } from '../../../../core/permissions/things.ts';
import type { SentPaper, SharedDocument, ToRead, WantedPaper } from '../../../api/person-home.ts';
import { isClient } from '../deal-facts.ts';
import type { Eye } from './eye.ts';

/** Papers that this person owes and may send. Private ones are asked for by the lender, so they are not listed. */
export function wantedOf({ kept, person, actor, context }: Eye): WantedPaper[] {
  return kept.deal.lines
    .filter((line) => isOwnLine(actor, line) && (line.state === 'requested' || line.state === 'rejected'))
    .filter((line) => may(actor, 'upload', { type: 'upload', class: line.class }, context).ok)
    .map((line) => ({
      lineId: line.id,
      title: lineTitle(person.role, line),
      why: line.state === 'rejected' ? ('again' as const) : ('asked' as const),
      reason: line.state === 'rejected' ? line.reason : '',
    }))
    .filter(({ title }) => title !== '');
}

/** What this person sent, newest first. Whoever sent a paper knows that it came, and what became of it. */
export function sentOf({ kept, person }: Eye): SentPaper[] {
  const { deal } = kept;
  const own = new Set(deal.papers.filter(({ sentById }) => sentById === person.id).map(({ id }) => id));
  return deal.versions
    .filter(({ id }) => own.has(id))
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    .map((version) => {
      const line = deal.lines.find(({ id }) => id === version.lineId);
      const title = line === undefined ? '' : lineTitle(person.role, line);
      const isNewest = chainOf(deal, version.lineId).at(-1)?.id === version.id;
      const state = isNewest ? stateOfSent(version) : 'replaced';
      return {
        ...{ versionId: version.id, title: title === '' ? version.originalName : title, version: version.number },
        ...{ sentAt: version.receivedAt, state, reason: state === 'rejected' ? version.verdictReason : '' },
      };
    });
}

function stateOfSent({ verdict }: VersionRow): SentPaper['state'] {
  return verdict ?? 'waiting';
}

/** Versions that this person is asked to read, and may; a newer one takes the place of one that was not read. */
export function toReadOf({ kept, person, actor, context }: Eye): ToRead[] {
  const { deal } = kept;
  const rows = deal.readings.flatMap((reading): ToRead[] => {
    const filed = reading.personId === person.id ? filedAs(deal, reading.versionId) : null;
    if (filed === null) return [];
    const title = lineTitle(person.role, filed.line);
    const thing = { type: 'document', document: documentFacts(deal, filed) } as const;
    if (title === '' || !may(actor, 'see', thing, context).ok) return [];
    const { acknowledgedAt, askedAt, versionId } = reading;
    const isReplaced = chainOf(deal, filed.line.id).some(
      ({ number, verdict }) => number > filed.version.number && verdict === 'approved',
    );
    if (acknowledgedAt === null && isReplaced) return [];
    return [{ versionId, title, version: filed.version.number, askedAt, acknowledgedAt }];
  });
  const isRead = ({ acknowledgedAt }: ToRead) => acknowledgedAt !== null;
  return [...rows.filter((row) => !isRead(row)), ...rows.filter(isRead)];
}

export function documentsOf({ view, actor, context, kept, documents }: Eye): SharedDocument[] {
  return view.documents.flatMap((seen): SharedDocument[] => {
    const document = documents.get(seen.id ?? '');
    if (document === undefined || seen.title === undefined || seen.state === undefined) return [];
    const thing = { type: 'document', document } as const;
    // Whoever may read it opens it on the page, also where the link hands out no files.
    const mayOpen = may(actor, 'see', thing, context).ok;
    const line = filedAs(kept.deal, document.id)?.line;
    return [
      {
        versionId: mayOpen ? document.id : null,
        title: seen.title,
        version: seen.version ?? null,
        state: seen.state,
        receivedOn: seen.receivedOn ?? null,
        isFullySigned: seen.suffix !== undefined && isExecuted(document),
        isFinal: line !== undefined && (isFigures(line) || (line.stage === 'closing' && seen.state === 'approved')),
      },
    ];
  });
}

/** What a line is called for this role; empty where it is not there for them. */
export function lineTitle(role: Eye['person']['role'], { title, clientTitle }: LineRow): string {
  return isClient(role) ? clientTitle : title;
}
