import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { openPromise } from 'yauzl';

/** What the portal keeps, by content: a name is never asked. */
export interface KeptKind {
  readonly mime: string;
}

/** So much of a file is looked at to know what it is. */
export const HEAD_BYTES = 65_536;
/** A PDF may have up to this many bytes before its header (ISO 32000-1, annex H.3.4.1). */
const LATE_PDF = 1024;
const MOST_NAMES = 3_000;

const PICTURES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/heic',
  'image/heif',
  'image/tiff',
  'image/gif',
  'image/webp',
]);
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OFFICE_PARTS: readonly (readonly [part: string, mime: string])[] = [
  ['word/document.xml', `${OFFICE}.wordprocessingml.document`],
  ['xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet`],
  ['xl/workbook.bin', 'application/vnd.ms-excel.sheet.binary.macroEnabled.12'],
  ['ppt/presentation.xml', `${OFFICE}.presentationml.presentation`],
];
/** Names in the directory of an OLE file, as they stand there: UTF-16. Older Office, Outlook mail, Office with a password. */
const COMPOUND_PARTS: readonly (readonly [name: string, mime: string])[] = [
  ['__properties_version1.0', 'application/vnd.ms-outlook'],
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
  ['EncryptedPackage', 'application/x-ole-storage'],
];

/** Whether the first bytes alone rule a file out. A zip or an OLE file is judged when all of it is there. */
export async function isRuledOut(path: string): Promise<boolean> {
  const head = await headOf(path);
  return (await byHead(head)) === null;
}

/** What a whole file is; null for what the portal does not keep: programs, web pages, drawings, archives, unknown bytes. */
export async function keptKindOf(path: string): Promise<KeptKind | null> {
  const found = await byHead(await headOf(path));
  if (found === 'zip') return await byNames(path);
  if (found === 'compound') return await byDirectory(path);
  return found;
}

async function byHead(head: Buffer): Promise<KeptKind | 'zip' | 'compound' | null> {
  const start = head.subarray(0, LATE_PDF + 5).toString('latin1');
  if (start.startsWith('%PDF-')) return { mime: 'application/pdf' };
  if (start.startsWith('PK\x03\x04')) return 'zip';
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'compound';
  const text = textOf(head);
  if (text !== null) return kindOfText(text);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined) return PICTURES.has(found.mime) ? { mime: found.mime } : null;
  return start.includes('%PDF-') ? { mime: 'application/pdf' } : null;
}

function textOf(head: Buffer): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return head.subarray(2).toString('utf16le');
  const isText = head.every(
    (byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27,
  );
  return isText ? head.toString('latin1') : null;
}

const MARKUP =
  /^\s*<(\?xml|!doctype|html|svg)|<(html|head|body|script|iframe|object|embed|meta|link|form|svg|style)[\s>/]/i;
const MAIL = /^(received|return-path|delivered-to|message-id|mime-version|from|date|subject):/im;

/** A mail may carry a page in it and is still a mail: its headers come first. */
function kindOfText(text: string): KeptKind | null {
  if (text.startsWith('#!')) return null;
  if (text.startsWith('{\\rtf')) return { mime: 'application/rtf' };
  const top = text.slice(0, 4_096);
  if (MAIL.test(top) && /^[!-9;-~]{1,60}:|^From /.test(top)) return { mime: 'message/rfc822' };
  return MARKUP.test(top) ? null : { mime: 'text/plain' };
}

/** Office files are zips of known parts. The list of names is read and nothing is unpacked. */
async function byNames(path: string): Promise<KeptKind | null> {
  const names = new Set<string>();
  try {
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false });
    zip.on('error', () => {});
    try {
      for await (const entry of zip.eachEntry()) {
        names.add(entry.fileNameRaw.toString('latin1'));
        if (names.size >= MOST_NAMES) break;
      }
    } finally {
      zip.close();
    }
  } catch {
    // One that breaks off is judged by the names before the break.
  }
  const part = OFFICE_PARTS.find(([name]) => names.has(name));
  return part !== undefined && names.has('[Content_Types].xml') ? { mime: part[1] } : null;
}

/** The directory of an OLE file may lie anywhere in it; its first sector says where. */
async function byDirectory(path: string): Promise<KeptKind | null> {
  const handle = await open(path, 'r');
  try {
    const header = Buffer.alloc(512);
    await handle.read(header, 0, 512, 0);
    const shift = header.readUInt16LE(30);
    if (shift !== 9 && shift !== 12) return null;
    const directory = Buffer.alloc(1 << (shift + 2));
    const { bytesRead } = await handle.read(
      directory,
      0,
      directory.length,
      (header.readUInt32LE(48) + 1) * (1 << shift),
    );
    const names = directory.subarray(0, bytesRead).toString('utf16le');
    const part = COMPOUND_PARTS.find(([name]) => names.includes(`${name}\0`));
    return part === undefined ? null : { mime: part[1] };
  } finally {
    await handle.close();
  }
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
