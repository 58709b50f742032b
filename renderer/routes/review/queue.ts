import type { ReviewItem, VersionView } from '../../../electron/contract/papers.ts';

export interface UnderReview {
  readonly version: VersionView;
  readonly previous: VersionView | null;
}

/** The version that is judged and the one before it. Null: it was taken out meanwhile. */
export function underReview(item: ReviewItem): UnderReview | null {
  const { versions } = item.line;
  const at = versions.findIndex((version) => version.id === item.versionId);
  const version = versions[at];
  return version === undefined ? null : { version, previous: versions[at - 1] ?? null };
}

/**
 * What is selected in a queue that changes: the same document while it waits, else whatever took its place, the one
 * that stood at the end last when it was the end.
 */
export function stay(queue: readonly ReviewItem[], selected: string | null, lastAt: number): number {
  const at = queue.findIndex((item) => item.line.id === selected);
  return at >= 0 ? at : Math.max(0, Math.min(lastAt, queue.length - 1));
}

/** Commonest first; each can be changed before it is sent. */
export const SEND_BACK_REASONS: readonly string[] = [
  'A signature is missing.',
  'Initials are missing.',
  'A date is missing.',
  'Pages are missing.',
  'It cannot be read.',
  'This is another document.',
  'It is of another property.',
  'It is out of date.',
];

/** A reason chosen from the list is added to what was written, once. */
export function withReason(text: string, reason: string): string {
  if (text.includes(reason)) return text.replace(reason, '').replace(/ {2,}/g, ' ').trim();
  return text.trim() === '' ? reason : `${text.trim()} ${reason}`;
}
