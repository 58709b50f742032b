import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { STAGES, type Stage } from '../../../core/deals/model.ts';
import type { DocumentClass } from '../../../core/documents/document.ts';
import { LINE_TRANSITIONS } from '../../../core/documents/line.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import { newestOf } from '../../data/papers.ts';
import { shortDay } from '../../ui/days.ts';
import type { MarkState } from '../../ui/marks.tsx';

/** What a line says of itself: silhouette, colour and word. */
export interface LineFace {
  readonly state: MarkState;
  readonly shape: string;
  readonly says: string;
}

export const FILTERS = ['all', 'missing', 'to-review', 'approved'] as const;
export type Filter = (typeof FILTERS)[number];

export function lineFace(line: LineView, today: PlainDate): LineFace {
  const newest = newestOf(line);
  if (newest?.isHeld) return { state: 'late', shape: 'shield', says: 'Held' };
  switch (line.state) {
    case 'requested':
      if (line.isMetadataOnly) return { state: 'none', shape: 'lock', says: 'Lender keeps it' };
      return newest === null
        ? { state: 'waiting', shape: 'waiting', says: 'Requested' }
        : { state: 'none', shape: 'back', says: 'Asked again' };
    case 'received':
      return { state: 'review', shape: 'inbox', says: 'Received' };
    case 'needs-review':
      return { state: 'review', shape: 'review', says: 'To review' };
    case 'approved': {
      const on = newest?.verdictOn ?? null;
      if (line.isMetadataOnly) return { state: 'done', shape: 'done', says: 'With the lender' };
      return { state: 'done', shape: 'done', says: on === null ? 'Approved' : `Approved ${shortDay(on, today)}` };
    }
    case 'rejected':
      return { state: 'none', shape: 'back', says: 'Sent back' };
    case 'waived':
      return { state: 'none', shape: 'nn', says: 'Not needed' };
  }
}

export function isIn(filter: Filter, line: LineView): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'missing':
      return line.state === 'requested' || line.state === 'rejected';
    case 'to-review':
      return line.state === 'received' || line.state === 'needs-review';
    case 'approved':
      return line.state === 'approved';
  }
}

export function isSettledLine(line: LineView): boolean {
  return line.state === 'approved' || line.state === 'waived';
}

/** In the order of the stages; within one, as the checklist has them. */
export function inStages(lines: readonly LineView[]): readonly LineView[] {
  return STAGES.flatMap((stage) => lines.filter((line) => line.stage === stage));
}

/** What one lands on: what waits for a review, else the first that is missing in this stage, else the first. */
export function firstToDo(lines: readonly LineView[], stage: Stage): LineView | null {
  const missing = lines.filter((line) => isIn('missing', line));
  return (
    lines.find((line) => isIn('to-review', line)) ??
    missing.find((line) => line.stage === stage) ??
    missing[0] ??
    lines[0] ??
    null
  );
}

export function mayAskAgain(line: LineView): boolean {
  return LINE_TRANSITIONS[line.state]['ask-again'] !== undefined;
}

export function mayWaive(line: LineView): boolean {
  return LINE_TRANSITIONS[line.state].waive !== undefined;
}

/** Files stay out of a packet by themselves that are the office's own business. */
const OFFICE_ONLY: ReadonlySet<DocumentClass> = new Set(['internal', 'commission', 'wire-suspect']);

/** A file that can be put into a packet or a merged file. */
export interface Choosable {
  readonly line: LineView;
  readonly version: VersionView;
  readonly isPicked: boolean;
  /** Why it is not ticked by itself; empty when it is. */
  readonly note: string;
}

/** The newest file of each document, in the order of the checklist; what was approved is picked. Held ones are left out. */
export function packetChoices(lines: readonly LineView[]): readonly Choosable[] {
  return inStages(lines).flatMap((line) => {
    const version = newestOf(line);
    if (version === null || version.isHeld) return [];
    const note = OFFICE_ONLY.has(line.class) ? 'For the office only' : line.state === 'approved' ? '' : 'Not approved';
    return [{ line, version, isPicked: note === '', note }];
  });
}

/** The row moved one place up or down; the same list at the ends. */
export function shifted<T>(rows: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const to = at + by;
  const row = rows[at];
  const other = rows[to];
  if (row === undefined || other === undefined) return rows;
  return rows.map((one, index) => (index === at ? other : index === to ? row : one));
}

/** The row taken from one place and put at another. */
export function moved<T>(rows: readonly T[], from: number, to: number): readonly T[] {
  const row = rows[from];
  if (row === undefined || from === to || to < 0 || to >= rows.length) return rows;
  const rest = rows.filter((_, index) => index !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}
