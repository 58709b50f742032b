import type { NotKept, ReadFailure, Sink } from './types.ts';

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What came with a mail, already kept. */
export interface MailAttachment {
  /** One safe path segment. */
  readonly name: string;
  /** As the mail claims; look at the content with `sniffFile` before believing it. */
  readonly mime: string;
  readonly sha256: string;
  readonly bytes: number;
  /** A small picture the text itself shows, such as a logo in a signature. */
  readonly isInline: boolean;
  /** Without angle brackets; null when the part has none. */
  readonly contentId: string | null;
  /** A whole message (.eml or .msg), which is an arrival of its own. */
  readonly isMail: boolean;
}

export interface UnpackedMail {
  /** Null when the mail names no sender. */
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  /** ISO 8601 in UTC as the sender's clock had it, or null. */
  readonly date: string | null;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
  /** Sentences for the person who files it. */
  readonly warnings: readonly string[];
}

export type MailFailure =
  | ReadFailure
  | NotKept
  | { readonly type: 'NotMail'; readonly sentence: string }
  | { readonly type: 'MailDamaged'; readonly sentence: string }
  | { readonly type: 'MailTangled'; readonly sentence: string }
  | { readonly type: 'TooManyParts'; readonly sentence: string };

export interface MailLimits {
  /** Bytes of the whole message. */
  readonly maxBytes: number;
  readonly maxAttachments: number;
}

export const MAIL_LIMITS: MailLimits = { maxBytes: 100_000_000, maxAttachments: 200 };

export interface UnpackMail {
  readonly sink: Sink;
  readonly limits?: MailLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One part before it is kept. `read` gives its bytes only when they are wanted. */
export interface MailPart {
  readonly name: string | null;
  readonly mime: string;
  readonly contentId: string | null;
  readonly isMail: boolean;
  /** The text shows it. */
  readonly isReferenced: boolean;
  readonly read: () => Uint8Array;
}

/** A message read, with its parts still in memory. */
export interface ParsedMail extends Omit<UnpackedMail, 'attachments'> {
  readonly parts: readonly MailPart[];
}
