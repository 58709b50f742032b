import type { Id, Instant } from '../deals/model.ts';
import { err, ok, type Result } from '../result.ts';
import type { LineState, VersionSuffix } from './document.ts';

/** One file of a document line. Versions are only ever added: a rename, a rejection or a new file leaves the chain whole. */
export interface DocumentVersion {
  readonly id: Id;
  /** Whole, from 1, in the order of arrival; never reused. */
  readonly number: number;
  readonly suffix: VersionSuffix | null;
  readonly sha256: string;
  readonly originalName: string;
  readonly receivedAt: Instant;
  /** Looks like wire instructions and waits for a call; such a version is reviewed by nobody. */
  readonly isHeld: boolean;
}

/** A line of a deal's checklist: what is wanted, what came, and what a reviewer said about the newest. */
export interface DocumentLine {
  readonly state: LineState;
  /** Oldest first. */
  readonly versions: readonly DocumentVersion[];
  /** Why it was rejected or waived; empty in the other states. */
  readonly reason: string;
}

export type LineAction =
  | { readonly type: 'receive'; readonly version: Omit<DocumentVersion, 'number'> }
  | { readonly type: 'submit' | 'approve' | 'ask-again' }
  | { readonly type: 'reject' | 'waive'; readonly reason: string }
  | { readonly type: 'let-go' };

export type LineRefusal = { readonly sentence: string } & (
  | { readonly type: 'NotFromHere'; readonly state: LineState }
  | { readonly type: 'NoReason' }
  | { readonly type: 'SameContent'; readonly number: number }
  | { readonly type: 'Held' }
  | { readonly type: 'NotHeld' }
);

/** The one table of what may follow what. `let-go` releases a held version and keeps the state. */
export const LINE_TRANSITIONS: Readonly<Record<LineState, Readonly<Partial<Record<LineAction['type'], LineState>>>>> = {
  requested: { receive: 'received', waive: 'waived' },
  received: { receive: 'received', submit: 'needs-review', waive: 'waived', 'let-go': 'received' },
  'needs-review': {
    receive: 'received',
    approve: 'approved',
    reject: 'rejected',
    waive: 'waived',
  },
  // a newer version of an approved document is reviewed again; the approved one stays in the chain
  approved: { receive: 'received', 'ask-again': 'requested' },
  rejected: { receive: 'received', 'ask-again': 'requested', waive: 'waived' },
  waived: { receive: 'received', 'ask-again': 'requested' },
};

/** A line that nobody has answered yet. */
export const REQUESTED: DocumentLine = { state: 'requested', versions: [], reason: '' };

/**
 * One step of a document line. Refused by `NotFromHere`, `NoReason` (a rejection or waiver says why), `SameContent`
 * (the very same bytes are in the chain already), `Held` and `NotHeld`.
 */
export function moveLine(line: DocumentLine, action: LineAction): Result<DocumentLine, LineRefusal> {
  const next = LINE_TRANSITIONS[line.state][action.type];
  if (next === undefined) return err(notFromHere(line.state));
  switch (action.type) {
    case 'receive':
      return receive(line, action.version, next);
    case 'let-go':
      return letGo(line);
    case 'reject':
    case 'waive':
      if (action.reason.trim() === '')
        return err({
          type: 'NoReason',
          sentence: 'Say why in a few words: the client reads it, and the file keeps it.',
        });
      return ok({ ...line, state: next, reason: action.reason.trim() });
    default:
      if (action.type !== 'ask-again' && newest(line)?.isHeld)
        return err({
          type: 'Held',
          sentence: 'Held: looks like wire instructions. Call the sender on a known number before it is let go.',
        });
      return ok({ ...line, state: next, reason: '' });
  }
}

/** The version that the line's state speaks of. */
export function newest(line: DocumentLine): DocumentVersion | undefined {
  return line.versions.at(-1);
}

/** The suffix of a paper by who has signed it (domain.md section 10 [O11]). */
export function suffixOf(signed: { readonly buyer: boolean; readonly seller: boolean }): VersionSuffix | null {
  if (signed.buyer) return signed.seller ? 'FE' : 'BS';
  return signed.seller ? 'SS' : null;
}

function receive(
  line: DocumentLine,
  version: Omit<DocumentVersion, 'number'>,
  next: LineState,
): Result<DocumentLine, LineRefusal> {
  const same = line.versions.find(({ sha256 }) => sha256 === version.sha256);
  if (same !== undefined)
    return err({
      type: 'SameContent',
      number: same.number,
      sentence: `This is the same file as version ${same.number}. Nothing was added, nothing is lost.`,
    });
  const number = (newest(line)?.number ?? 0) + 1;
  return ok({ state: next, versions: [...line.versions, { ...version, number }], reason: '' });
}

function letGo(line: DocumentLine): Result<DocumentLine, LineRefusal> {
  const held = newest(line);
  if (held === undefined || !held.isHeld)
    return err({ type: 'NotHeld', sentence: 'This file is not held. Review it as usual.' });
  return ok({ ...line, versions: [...line.versions.slice(0, -1), { ...held, isHeld: false }] });
}

const NOT_FROM_HERE: Readonly<Record<LineState, string>> = {
  requested: 'Nothing has come for this yet. File a document here first, or say why it is not needed.',
  received: 'This has come and is not in review yet. Send it to review first.',
  'needs-review': 'This waits for a review. Approve it, or reject it with a reason.',
  approved: 'This is approved. Ask again if you need a newer one.',
  rejected: 'This was rejected. Ask again, or file the corrected document.',
  waived: 'This was marked as not needed. Ask again if it is.',
};

function notFromHere(state: LineState): LineRefusal {
  return { type: 'NotFromHere', state, sentence: NOT_FROM_HERE[state] };
}
