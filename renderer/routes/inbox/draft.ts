import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { DocumentClass, VersionSuffix } from '../../../core/documents/document.ts';
import { fileNameFor } from '../../../core/documents/file-name.ts';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { DealMark, LineView, ProposalView } from '../../../electron/contract/papers.ts';
import { SUFFIX_WORDS } from '../../data/papers.ts';

/** How an item would be filed if the person said so now: what was proposed, with what they changed. */
export interface Draft {
  readonly deal: DealMark | null;
  /** Null: a new document called `title`. */
  readonly lineId: string | null;
  readonly title: string;
  readonly version: number;
  readonly class: DocumentClass;
  readonly suffix: VersionSuffix | null;
  readonly documentOn: PlainDate;
  readonly toReview: boolean;
}

export function draftOf(proposal: ProposalView | null, cameOn: PlainDate): Draft {
  return {
    deal: proposal?.deal ?? null,
    lineId: proposal?.lineId ?? null,
    title: proposal?.lineTitle ?? '',
    version: proposal?.version ?? 1,
    class: proposal?.class ?? 'correspondence',
    suffix: proposal?.suffix ?? null,
    documentOn: proposal?.documentOn ?? cameOn,
    toReview: true,
  };
}

/** For another deal: what the person had changed by hand of the day, the signatures and what comes after stays. */
export function draftAgain(before: Draft, was: ProposalView | null, proposal: ProposalView): Draft {
  const next = draftOf(proposal, before.documentOn);
  const isOwnDay = was !== null && was.documentOn !== before.documentOn;
  const isOwnSuffix = was !== null && was.suffix !== before.suffix;
  return {
    ...next,
    toReview: before.toReview,
    documentOn: isOwnDay ? before.documentOn : next.documentOn,
    suffix: isOwnSuffix ? before.suffix : next.suffix,
  };
}

export function onLine(draft: Draft, line: LineView): Draft {
  return { ...draft, lineId: line.id, title: line.title, class: line.class, version: nextVersion(line) };
}

export function asNewDocument(draft: Draft, title: string): Draft {
  return { ...draft, lineId: null, title, version: 1 };
}

function nextVersion(line: LineView): number {
  return (line.versions.at(-1)?.number ?? 0) + 1;
}

/** Why it can not be filed yet; null when it can. */
export function whyNotYet(draft: Draft): string | null {
  if (draft.deal === null) return 'Choose the deal first.';
  if (draft.title.trim() === '') return 'Choose the document first, or name a new one.';
  return null;
}

export function filingOf(arrivalId: string, draft: Draft): CallInput<'inbox:file'> | null {
  const { deal, lineId, title, suffix, documentOn, toReview } = draft;
  if (deal === null || whyNotYet(draft) !== null) return null;
  const newTitle = lineId === null ? title.trim() : '';
  return { arrivalId, dealId: deal.dealId, lineId, newTitle, class: draft.class, suffix, documentOn, toReview };
}

/** The name it would get; empty while deal or document are not known. `street` is the deal's whole first line. */
export function nameOf(draft: Draft, street: string, extension: string): string {
  if (whyNotYet(draft) !== null) return '';
  const { documentOn: on, title: category, suffix, version } = draft;
  return fileNameFor({ on, street, category, suffix, version, extension });
}

/** "2, seller signed. Version 1 is kept" */
export function versionWords(draft: Pick<Draft, 'version' | 'suffix'>): string {
  const { version, suffix } = draft;
  const signed = suffix === null ? '' : `, ${SUFFIX_WORDS[suffix]}`;
  if (version === 1) return `1${signed === '' ? ', the first' : signed}`;
  const before = version === 2 ? 'Version 1 is kept' : `Versions 1 to ${version - 1} are kept`;
  return `${version}${signed}. ${before}`;
}
