import PostalMime, { type Address, type Attachment, addressParser, decodeWords, type Email } from 'postal-mime';
import { err, ok, type Result } from '../../../core/result.ts';
import type { MailAddress, MailFailure, MailPart, ParsedMail } from './mail-model.ts';
import { headerWords, htmlToPlainText, tidyText } from './mail-text.ts';
import { latin1 } from './read-file.ts';

/** Multiparts inside multiparts; real mail has four or five. */
const MAX_DEPTH = 50;
const MAX_HEADERS = 2 << 20;
const MAX_ADDRESSES = 500;
const MAX_ADDRESS_HEADER = 100_000;
const COMMON_HEADERS =
  /^(from|to|cc|subject|date|message-id|mime-version|received|return-path|content-type|delivered-to)$/;

/**
 * Reads an Internet message (RFC 5322, MIME) from bytes. Messages inside stay whole. Charsets and broken encodings are read
 * as far as they go; only a message without a single known header, or one nested beyond reason, is a failure.
 */
export async function parseEml(bytes: Uint8Array): Promise<Result<ParsedMail, MailFailure>> {
  let email: Email;
  try {
    const parser = new PostalMime({
      forceRfc822Attachments: true,
      maxNestingDepth: MAX_DEPTH,
      maxHeadersSize: MAX_HEADERS,
    });
    email = await withQuickJoin(withOwnWords(parser)).parse(withoutMboxLine(bytes));
  } catch {
    // The parser throws for its two limits, and has no other answer for a message it cannot follow.
    return err({ type: 'MailTangled', sentence: TANGLED });
  }
  if (!email.headers.some(({ key }) => COMMON_HEADERS.test(key))) {
    return err({ type: 'NotMail', sentence: 'This does not read like a mail. It is kept as it came.' });
  }
  const html = email.html ?? '';
  return ok({
    from: mailboxes(email.from ? [email.from] : [])[0] ?? null,
    to: mailboxes(email.to ?? []),
    cc: mailboxes(email.cc ?? []),
    replyTo: mailboxes(email.replyTo ?? []),
    subject: headerWords(email.subject ?? ''),
    date: isoInstant(email.date),
    text: bodyText(email.text ?? '', html),
    parts: email.attachments.map((attachment) => eml(attachment, html)),
    warnings: [],
  });
}

/** The addresses of one raw header, as Outlook keeps them in a .msg. */
export function addressesIn(headers: string, name: string): readonly MailAddress[] {
  const value = headerIn(headers, name).slice(0, MAX_ADDRESS_HEADER);
  return value === '' ? [] : mailboxes(addressParser(value));
}

/** The unfolded value of the first header of a name in a block of headers, or ''. */
function headerIn(headers: string, name: string): string {
  const wanted = `${name.toLowerCase()}:`;
  const lines = headers.split(/\r?\n/);
  const first = lines.findIndex((line) => line.slice(0, wanted.length).toLowerCase() === wanted);
  if (first === -1) return '';
  let value = (lines[first] ?? '').slice(wanted.length);
  for (let next = first + 1; /^[ \t]/.test(lines[next] ?? ''); next += 1) value += ` ${(lines[next] ?? '').trim()}`;
  return value.trim();
}

/** An ISO instant in UTC, or null when the text is no date or one no calendar of ours has. */
export function isoInstant(text: string | undefined): string | null {
  const time = Date.parse(text ?? '');
  if (Number.isNaN(time)) return null;
  const year = new Date(time).getUTCFullYear();
  return year >= 1970 && year <= 2200 ? new Date(time).toISOString() : null;
}

/** The plain text, or the words of the HTML where the plain part says nothing. */
export function bodyText(plain: string, html: string): string {
  const text = tidyText(plain);
  return text === '' && html !== '' ? htmlToPlainText(html) : text;
}

/** Whether the HTML shows the part with this content id. */
export function isShownBy(html: string, contentId: string | null): boolean {
  return contentId !== null && contentId !== '' && html.includes(`cid:${contentId}`);
}

const TANGLED =
  'This mail is built in a way that cannot be read safely. It is kept as it came. Open it in your mail program and save the attachments from there.';

function eml(attachment: Attachment, html: string): MailPart {
  const { content } = attachment;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const contentId = attachment.contentId ? headerWords(attachment.contentId.replace(/^\s*<|>\s*$/g, '')) : null;
  const isMail = attachment.mimeType === 'message/rfc822';
  return {
    name: attachment.filename ?? (isMail ? nestedName(bytes) : null),
    mime: headerWords(attachment.mimeType).toLowerCase() || 'application/octet-stream',
    contentId,
    isMail,
    isReferenced: attachment.related === true || isShownBy(html, contentId),
    read: () => bytes,
  };
}

interface BodyPart {
  readonly type: string;
  readonly value: unknown;
}

interface Bodies {
  readonly textMap: ReadonlyMap<unknown, { readonly plain?: readonly BodyPart[]; readonly html?: readonly BodyPart[] }>;
  textContent: Record<string, string>;
}

/**
 * The parser turns HTML into text, and text into HTML, with patterns that take minutes over a megabyte of open tags. Its
 * last step is replaced with ours: of each place in the message its plain text, else the words of its HTML.
 */
function withOwnWords(parser: PostalMime): PostalMime {
  return Object.assign(parser, {
    renderTextContent(this: Bodies) {
      const plain: string[] = [];
      const html: string[] = [];
      for (const bodies of this.textMap.values()) {
        const own = textsOf(bodies.plain);
        const marked = textsOf(bodies.html);
        html.push(...marked);
        plain.push(...(own.length > 0 ? own : marked.map(htmlToPlainText)));
      }
      this.textContent = { plain: plain.join('\n'), html: html.join('\n') };
    },
  });
}

interface Decoder {
  readonly chunks: readonly unknown[];
  readonly flushRemainder?: () => void;
  readonly flushBuffer?: () => void;
  finalize: () => Promise<ArrayBuffer>;
}

interface Lines {
  readonly currentNode: { readonly contentDecoder?: Decoder | null };
  readonly processLine: (line: Uint8Array, isFinal: boolean) => Promise<void>;
}

/**
 * The parser joins unencoded lines through a Blob with a part per line: 13 s for 200,000 lines, which a forwarded message
 * with one scan has. The join is done here in one go.
 */
function withQuickJoin(parser: PostalMime): PostalMime {
  const lines = parser as unknown as Lines;
  const processLine = lines.processLine.bind(parser);
  return Object.assign(parser, {
    processLine(line: Uint8Array, isFinal: boolean) {
      const decoder = lines.currentNode.contentDecoder;
      if (decoder && !Object.hasOwn(decoder, 'finalize')) {
        decoder.finalize = async () => {
          decoder.flushRemainder?.();
          decoder.flushBuffer?.();
          return joined(decoder.chunks);
        };
      }
      return processLine(line, isFinal);
    },
  });
}

function joined(chunks: readonly unknown[]): ArrayBuffer {
  const whole = Buffer.concat(chunks.map(bytesOf));
  return new Uint8Array(whole).buffer;
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}

function textsOf(parts: readonly BodyPart[] = []): string[] {
  return parts.flatMap(({ type, value }) => (type === 'text' && typeof value === 'string' ? [value] : []));
}

/** A message inside is named after its subject. */
function nestedName(bytes: Uint8Array): string {
  const head = new TextDecoder().decode(bytes.subarray(0, 65_536)).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const subject = headerWords(decodeWords(headerIn(head, 'subject').slice(0, 2000)));
  return `${subject === '' ? 'Message' : subject}.eml`;
}

function mailboxes(addresses: readonly Address[]): readonly MailAddress[] {
  const flat = addresses.flatMap((entry) => (entry.group === undefined ? [entry] : entry.group));
  return flat
    .slice(0, MAX_ADDRESSES)
    .map(({ name, address }) => ({ name: headerWords(name), address: headerWords(address) }))
    .filter(({ address }) => address !== '');
}

/** Mailbox files put "From sender date" before the headers, Apple Mail the length of the message. */
function withoutMboxLine(bytes: Uint8Array): Uint8Array {
  const hasLine = /^(From |\d{1,12} *\r?\n)/.test(latin1(bytes.subarray(0, 20)));
  const end = bytes.indexOf(10);
  return hasLine && end !== -1 ? bytes.subarray(end + 1) : bytes;
}
