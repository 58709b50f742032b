import type { Refusal } from '../commands/types.ts';

export interface SeqFacts {
  /** The last number that the server answered for this device; 0 when none. */
  readonly lastSeq: number;
  readonly seq: number;
  readonly digest: string;
  /** The digest under which the server keeps this number; null when it keeps none. */
  readonly keptDigest: string | null;
}

export type SeqVerdict =
  | { readonly type: 'next' }
  /** Answer with the reply that is kept. */
  | { readonly type: 'repeat' }
  /** The same number for another command: the device was set back to an older copy of itself. It takes a new id. */
  | { readonly type: 'DeviceRewound' }
  | { readonly type: 'SeqGap'; readonly expected: number };

/** Where a command stands in the row of its device. Numbers are gapless from 1; each is answered exactly once. */
export function judgeSeq({ lastSeq, seq, digest, keptDigest }: SeqFacts): SeqVerdict {
  if (seq === lastSeq + 1) return { type: 'next' };
  if (seq > lastSeq) return { type: 'SeqGap', expected: lastSeq + 1 };
  return keptDigest === digest ? { type: 'repeat' } : { type: 'DeviceRewound' };
}

export type IdVerdict = 'new' | 'repeat' | 'taken';

/**
 * Whether the server holds a command under this id, whoever brought it and by whichever device: `repeat` is answered as
 * before and runs nothing, `taken` is refused (`commandIdTaken`) and kept with its number only. For commands of the
 * portal and of jobs, which have no number, this is all there is.
 */
export function judgeCommandId(digest: string, keptDigest: string | null): IdVerdict {
  if (keptDigest === null) return 'new';
  return keptDigest === digest ? 'repeat' : 'taken';
}

export const commandIdTaken: Refusal = {
  type: 'CommandIdTaken',
  message: 'Another step was already kept under the same number, so this one was not carried out. Do it again.',
};

export interface DeviceFacts {
  /** The highest number this desktop ever gave out under its device id. */
  readonly givenSeq: number;
  /** The highest number it holds an answer for. */
  readonly answeredSeq: number;
  readonly storeId: string | null;
}

export type HelloVerdict = { readonly type: 'Fine' | 'DeviceRewound' | 'StoreChanged' };

/**
 * What a desktop learns when the server says how far it is: a server that knows more of us than we do means that we
 * were set back; one that knows less than it answered was itself set back, whatever it says of its store.
 */
export function judgeHello(
  ours: DeviceFacts,
  theirs: { readonly storeId: string; readonly lastSeq: number },
): HelloVerdict {
  if (ours.storeId !== null && ours.storeId !== theirs.storeId) return { type: 'StoreChanged' };
  if (theirs.lastSeq > ours.givenSeq) return { type: 'DeviceRewound' };
  if (theirs.lastSeq < ours.answeredSeq) return { type: 'StoreChanged' };
  return { type: 'Fine' };
}
