import type { ChangeKind } from '../../../../core/changes/rules.ts';
import { instantOf } from '../../../../core/deadlines/instant.ts';
import { addDays, type PlainDate } from '../../../../core/deadlines/plain-date.ts';
import type { ScheduledDeadline } from '../../../../core/deadlines/schedule.ts';
import { hasContract } from '../../../../core/deals/deal-schedule.ts';
import type { Deal } from '../../../../core/deals/model.ts';
import { filedAs } from '../../../../core/documents/document-facts.ts';
import { may } from '../../../../core/permissions/may.ts';
import type { AskableChanges } from '../../../api/person-home.ts';
import { type Eye, isOurSide } from './eye.ts';

/** Ends of periods that a signed extension moves. Tested against the packs. */
export const CONTINGENCIES: ReadonlySet<string> = new Set([
  ...['investigation-contingency', 'appraisal-contingency', 'disclosure-contingency', 'title-contingency'],
  ...['loan-contingency', 'third-party-financing', 'title-termination', 'attorney-review', 'inspection', 'appraisal'],
  ...['loan-commitment', 'loan-approval', 'repair-negotiation', 'hoa-documents', 'title', 'objection', 'resolution'],
  ...['termination', 'condo-cancellation', 'hoa-cancellation'],
]);
export const OPTIONS: ReadonlySet<string> = new Set(['option-period']);

/** What a contract is changed by, on either side of it. */
const CONTRACT_KINDS: readonly ChangeKind[] = [
  ...(['closing-date', 'possession-date', 'price', 'credit', 'contingency-extension', 'repairs'] as const),
  ...(['add-party', 'remove-party', 'power-of-attorney', 'entity'] as const),
  ...(['replace-document', 'form-correction', 'cancellation'] as const),
];
/** Before a contract, and on a lease, papers are corrected and a deal is ended. */
const OTHER_KINDS: readonly ChangeKind[] = ['replace-document', 'form-correction', 'cancellation'];

const NOTHING: AskableChanges = {
  ...{ kinds: [], closingOn: null, possessionOn: null, priceCents: null, creditCents: 0 },
  ...{ people: [], deadlines: [], papers: [] },
};

/** What this person may ask to change, and from what. Lender, title and the other side ask through their own. */
export function askableOf(eye: Eye): AskableChanges {
  const { kept, view, actor, context, person, isOver } = eye;
  const change = {
    ...{ side: kept.deal.row.side, requestedBy: person.id, sentToOtherSide: false, notifiedRoles: [] },
    ...{ askedOf: [], isAgreedByUs: false, termTypes: [] },
  };
  if (isOver || !isOurSide(eye) || !may(actor, 'add', { type: 'change', change }, context).ok) return NOTHING;
  const closingOn = view.anchors.find(({ name }) => name === 'closing')?.on ?? null;
  const deadlines = extendableOf(eye).flatMap(({ id, on }) => {
    const title = view.deadlines.find((seen) => seen.id === id)?.title ?? '';
    return title === '' || on === null ? [] : [{ id, title, on }];
  });
  const papers = papersOf(eye);
  const kinds = hasContract(kept.deal) && kept.deal.row.scenario !== 'rent' ? CONTRACT_KINDS : OTHER_KINDS;
  const hasPart: Partial<Record<ChangeKind, boolean>> = {
    ...{ 'closing-date': closingOn !== null, 'contingency-extension': deadlines.length > 0 },
    ...{ 'replace-document': papers.length > 0, 'form-correction': papers.length > 0 },
  };
  return {
    ...{ kinds: kinds.filter((kind) => hasPart[kind] ?? true), closingOn, deadlines, papers },
    possessionOn: possessionOf(eye),
    priceCents: view.deal.priceCents ?? null,
    creditCents: creditOf(kept.deal),
    people: sidePeopleOf(eye),
  };
}

/** The day that a request for possession moves: the agreed one. */
export function possessionOf({ view }: Pick<Eye, 'view'>): PlainDate | null {
  return view.anchors.find(({ name }) => name === 'possession')?.on ?? null;
}

export function creditOf({ row }: Pick<Deal, 'row'>): number {
  const cents = row.facts.creditCents;
  return typeof cents === 'number' ? cents : 0;
}

/** The principals and helpers of their own side. Agents and coordinators are no parties of the contract. */
function sidePeopleOf({ view, person }: Eye): AskableChanges['people'] {
  return view.people.flatMap(({ id, name, role }) =>
    id !== undefined && name !== undefined && (role === 'client' || role === 'co-client' || role === 'attorney')
      ? [{ id, name, role, isYou: id === person.id }]
      : [],
  );
}

/** Open ends of periods that are not over yet: afterwards no extension helps. */
export function extendableOf({ counted, view }: Eye): readonly ScheduledDeadline[] {
  const seen = new Set(view.deadlines.map(({ id }) => id));
  return counted.deadlines.filter((deadline) => {
    if (!CONTINGENCIES.has(deadline.id) && !OPTIONS.has(deadline.id)) return false;
    const end = endOf(deadline);
    return seen.has(deadline.id) && deadline.state === 'open' && end !== null && end >= counted.now;
  });
}

/** The last instant at which both sides can still agree. */
export function endOf({ on, at, zone }: ScheduledDeadline): string | null {
  if (on === null) return null;
  return at === '24:00' ? instantOf({ on: addDays(on, 1), at: '00:00', zone }) : instantOf({ on, at, zone });
}

/** Papers that are there for this person and could be replaced, once each. */
function papersOf({ view, kept }: Eye): AskableChanges['papers'] {
  const papers = new Map<string, string>();
  for (const { id, title } of view.documents) {
    const filed = id === undefined ? null : filedAs(kept.deal, id);
    if (filed !== null && title !== undefined && title !== '') papers.set(filed.line.id, title);
  }
  return [...papers].map(([lineId, title]) => ({ lineId, title }));
}
