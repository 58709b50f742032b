import type { FieldsData } from '@kenjiuno/msgreader';
import * as msgreader from '@kenjiuno/msgreader';
import { err, ok, type Result } from '../../../core/result.ts';
import { checkCompoundFile } from './compound-file.ts';
import type { MailAddress, MailFailure, MailPart, ParsedMail } from './mail-model.ts';
import { headerWords } from './mail-text.ts';
import { addressesIn, bodyText, isoInstant, isShownBy } from './parse-eml.ts';

type Reader = InstanceType<typeof msgreader.default>;

/**
 * Reads an Outlook message (.msg, [MS-OXMSG]) from bytes. The container is checked first: the reader itself follows
 * whatever it is told. Messages inside are written out again as .msg files of their own.
 */
export async function parseMsg(bytes: Uint8Array<ArrayBuffer>): Promise<Result<ParsedMail, MailFailure>> {
  const checked = checkCompoundFile(bytes);
  if (!checked.ok) return err(DAMAGED);
  if (!checked.value.some(({ name }) => name === '__properties_version1.0')) {
    return err({ type: 'NotMail', sentence: 'This does not read like an Outlook mail. It is kept as it came.' });
  }
  try {
    const reader = new (readerClass())(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const fields = reader.getFileData();
    if (fields.error !== undefined) return err(DAMAGED);
    return ok(mailOf(reader, fields));
  } catch {
    // The reader throws whatever a broken property makes it run into; the file is kept either way.
    return err(DAMAGED);
  }
}

const DAMAGED: MailFailure = {
  type: 'MailDamaged',
  sentence: 'This Outlook mail is damaged or cut off. It is kept as it came. Ask the sender to send it again.',
};

/** CommonJS: Node hands out the module as the default, a bundler the class itself. */
function readerClass(): typeof msgreader.default {
  const found: unknown = msgreader.default;
  const inner = typeof found === 'object' && found !== null && 'default' in found ? found.default : found;
  return inner as typeof msgreader.default;
}

function mailOf(reader: Reader, fields: FieldsData): ParsedMail {
  const headers = words(fields.headers, 2 << 20);
  const html = htmlOf(fields);
  const text = bodyText(words(fields.body, 4 << 20), html);
  const isRtfOnly = text === '' && fields.compressedRtf !== undefined;
  return {
    from: senderOf(fields) ?? addressesIn(headers, 'from')[0] ?? null,
    to: recipients(fields, 'to'),
    cc: recipients(fields, 'cc'),
    replyTo: addressesIn(headers, 'reply-to'),
    subject: headerWords(words(fields.subject, 4000)),
    date: isoInstant(fields.clientSubmitTime ?? fields.messageDeliveryTime ?? fields.creationTime),
    text,
    parts: (fields.attachments ?? []).map((attachment) => part(reader, attachment, html)),
    warnings: isRtfOnly ? ['The text of this mail could not be read here. Open it in Outlook to see it.'] : [],
  };
}

/** Inside a company Outlook keeps a directory path in place of the address; the real one has other homes. */
function senderOf(fields: FieldsData): MailAddress | null {
  const found = [
    fields.senderSmtpAddress,
    fields.sentRepresentingSmtpAddress,
    fields.creatorSMTPAddress,
    fields.senderEmail,
  ].find((text) => typeof text === 'string' && text.includes('@'));
  return found === undefined
    ? null
    : { name: headerWords(words(fields.senderName, 1000)), address: headerWords(found) };
}

function recipients(fields: FieldsData, kind: 'to' | 'cc'): readonly MailAddress[] {
  return (fields.recipients ?? [])
    .filter(({ recipType }) => recipType === kind)
    .slice(0, 500)
    .map(({ name, smtpAddress, email }) => ({
      name: headerWords(words(name, 1000)),
      address: headerWords(words(smtpAddress, 1000) || words(email, 1000)),
    }))
    .filter(({ address }) => address !== '');
}

function htmlOf({ html, bodyHtml }: FieldsData): string {
  if (typeof bodyHtml === 'string' && bodyHtml !== '') return bodyHtml;
  if (!(html instanceof Uint8Array)) return '';
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    return utf8.decode(html);
  } catch {
    return new TextDecoder('windows-1252').decode(html);
  }
}

function part(reader: Reader, attachment: FieldsData, html: string): MailPart {
  const isMail = attachment.innerMsgContent === true;
  const name = [attachment.fileName, attachment.name, attachment.fileNameShort].find(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  const contentId = typeof attachment.pidContentId === 'string' ? headerWords(attachment.pidContentId) : null;
  const claimed = typeof attachment.attachMimeTag === 'string' ? attachment.attachMimeTag : '';
  return {
    name: isMail ? `${name ?? 'Message'}.msg` : (name ?? null),
    mime: isMail ? 'application/vnd.ms-outlook' : headerWords(claimed).toLowerCase() || mimeByName(name),
    contentId,
    isMail,
    isReferenced: isShownBy(html, contentId),
    read: () => contentOf(reader, attachment),
  };
}

/** No bytes for an attachment that is only a link to a file elsewhere, or that cannot be read. */
function contentOf(reader: Reader, attachment: FieldsData): Uint8Array {
  if (attachment.innerMsgContent !== true && attachment.dataId === undefined) return new Uint8Array(0);
  try {
    return reader.getAttachment(attachment).content;
  } catch {
    return new Uint8Array(0);
  }
}

function mimeByName(name: string | undefined): string {
  const ending = /\.(png|jpe?g|gif|bmp)$/i.exec(name ?? '')?.[1]?.toLowerCase();
  if (ending === undefined) return 'application/octet-stream';
  return `image/${ending === 'jpg' ? 'jpeg' : ending}`;
}

function words(value: unknown, max: number): string {
  return typeof value === 'string' ? value.slice(0, max) : '';
}
