import { safeSegment } from '../../../core/documents/file-name.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { isCompoundFile } from './compound-file.ts';
import {
  MAIL_LIMITS,
  type MailAttachment,
  type MailFailure,
  type MailPart,
  type ParsedMail,
  type UnpackedMail,
  type UnpackMail,
} from './mail-model.ts';
import { parseEml } from './parse-eml.ts';
import { parseMsg } from './parse-msg.ts';
import { readWhole } from './read-file.ts';
import { notKept, STOPPED } from './types.ts';

/** Pictures up to this many bytes that the text shows are decoration; a photo of a page has more. */
const MAX_DECORATION = 100_000;

/**
 * Takes a mail apart (.eml, or .msg by its content): who, when, what it says, and every attachment kept through `sink`, in
 * order. The message itself is left as it is. Messages inside are kept whole as attachments (`isMail`), never opened here:
 * they are arrivals of their own. Reading is one stretch of work without a pause (about 3 s for 100 MB), so it belongs in
 * a worker. A failure leaves what was already kept without an owner.
 */
export async function unpackMail(
  path: string,
  { sink, limits = MAIL_LIMITS, signal }: UnpackMail,
): Promise<Result<UnpackedMail, MailFailure>> {
  const whole = await readWhole(path, { max: limits.maxBytes, signal });
  if (!whole.ok) return whole;
  const parsed = isCompoundFile(whole.value) ? await parseMsg(whole.value) : await parseEml(whole.value);
  if (!parsed.ok) return parsed;
  const { parts, ...mail } = parsed.value;
  if (parts.length > limits.maxAttachments) return err(tooMany(parts.length, limits.maxAttachments));
  const kept = await keepParts(parts, { sink, signal });
  if (!kept.ok) return kept;
  const warnings = [...mail.warnings, ...senderWarnings(mail), ...kept.value.warnings];
  return ok({ ...mail, attachments: kept.value.attachments, warnings });
}

interface KeptParts {
  readonly attachments: readonly MailAttachment[];
  readonly warnings: readonly string[];
}

async function keepParts(
  parts: readonly MailPart[],
  { sink, signal }: Pick<UnpackMail, 'sink' | 'signal'>,
): Promise<Result<KeptParts, MailFailure>> {
  const attachments: MailAttachment[] = [];
  const warnings: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (signal?.aborted) return err(STOPPED);
    const name = partName(part, index + 1);
    const bytes = part.read();
    if (bytes.byteLength === 0) {
      warnings.push(`${name} came without content. Ask the sender to send it again.`);
      continue;
    }
    const stored = await sink(bytes);
    if (!stored.ok) return err(notKept(stored.error));
    const isInline = part.isReferenced && part.mime.startsWith('image/') && bytes.byteLength <= MAX_DECORATION;
    const { mime, contentId, isMail } = part;
    attachments.push({ name, mime, ...stored.value, isInline, contentId, isMail });
    const note = noteOn(part, name);
    if (note !== null) warnings.push(note);
  }
  return ok({ attachments, warnings });
}

/** The sender's name for it, made safe; a part without one is named after what it says it is. */
function partName({ name, mime, isMail }: MailPart, number: number): string {
  // A name may be as long as a header; what is looked at is its start and its ending.
  const whole = name?.trim() ?? '';
  const given = whole.length > 400 ? `${whole.slice(0, 300)}${whole.slice(-40)}` : whole;
  if (given !== '') return isMail && !/\.(eml|msg)$/i.test(given) ? safeSegment(`${given}.eml`) : safeSegment(given);
  return `Attachment ${number}.${EXTENSION[mime] ?? 'bin'}`;
}

const EXTENSION: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/tiff': 'tif',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/enriched': 'txt',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
};

function noteOn({ mime }: MailPart, name: string): string | null {
  if (mime === 'application/ms-tnef' || /^winmail\.dat$/i.test(name)) {
    return 'The attachments are packed in winmail.dat, which only Outlook opens. Ask the sender to send them again as files.';
  }
  if (
    mime === 'application/pkcs7-mime' ||
    mime === 'application/x-pkcs7-mime' ||
    mime === 'application/pgp-encrypted'
  ) {
    return 'This mail is encrypted. Open it in your mail program and save the attachments from there.';
  }
  return null;
}

/** A name that shows another address than the mail came from, and answers that would go elsewhere. */
function senderWarnings({ from, replyTo }: Pick<ParsedMail, 'from' | 'replyTo'>): string[] {
  if (from === null) return ['This mail does not say who sent it.'];
  const warnings: string[] = [];
  const shown = /[^\s<>()"',;:@]+@[^\s<>()"',;:@]+\.[a-z]{2,}/i.exec(from.name)?.[0];
  if (shown !== undefined && shown.toLowerCase() !== from.address.toLowerCase()) {
    warnings.push(`The sender's name shows ${shown}, but it came from ${from.address}.`);
  }
  const elsewhere = replyTo.find(({ address }) => domainOf(address) !== domainOf(from.address));
  if (elsewhere) warnings.push(`Answers would go to ${elsewhere.address}, not to ${from.address}.`);
  return warnings;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function tooMany(found: number, max: number): MailFailure {
  const sentence = `This mail has ${found} attachments; up to ${max} can be taken out. It is kept as it came.`;
  return { type: 'TooManyParts', sentence };
}
