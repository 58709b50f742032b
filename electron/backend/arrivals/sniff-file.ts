import type { FileHandle } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { ok, type Result } from '../../../core/result.ts';
import { isCompoundFile } from './compound-file.ts';
import { endingOf, type FileKind, isDangerousEnding, KINDS } from './kinds.ts';
import { latin1, readAt, withFile } from './read-file.ts';
import { sniffCompound, sniffZip } from './sniff-office.ts';
import { sniffText } from './sniff-text.ts';
import type { ReadFailure } from './types.ts';

export interface Sniffed {
  readonly kind: FileKind;
  /** Without a dot, from the content; 'bin' where nothing is known. */
  readonly extension: string;
  readonly mime: string;
  /** Opening it outside can run something, by its content or by the ending it came with. */
  readonly isDangerous: boolean;
  /** An Office file with macros. Nothing here runs them, and the person is told. */
  readonly hasMacros: boolean;
  /** A sentence when the ending says something else than the content, or ''. */
  readonly mismatch: string;
}

interface Found {
  readonly kind: FileKind;
  readonly extension: string;
  readonly mime?: string;
  readonly hasMacros?: boolean;
}

/** Enough for every magic number we look for, for the header of a late PDF and for the headers of a mail. */
const HEAD = 65_536;
/** A PDF may have up to this many bytes before its header (ISO 32000-1, annex H.3.4.1). */
const LATE_PDF = 1024;
const ISO_MARK = 32_769;

/**
 * What a file is, from its content: at most 64 KB of its head, the list of names of a zip, the directory of an OLE file.
 * The name it came with is only compared. A file that the disk does not give is 'other', and `mismatch` says so.
 */
export async function sniffFile(path: string, claimedName: string): Promise<Sniffed> {
  const ending = endingOf(claimedName);
  const sniffed = await withFile(path, async (file, bytes): Promise<Result<Sniffed, ReadFailure>> => {
    const head = await readAt(file, 0, Math.min(HEAD, bytes));
    return ok(describe(await find({ path, file, head, ending }), ending));
  });
  if (sniffed.ok) return sniffed.value;
  return { ...describe({ kind: 'other', extension: 'bin' }, ending), mismatch: sniffed.error.sentence };
}

interface Look {
  readonly path: string;
  readonly file: FileHandle;
  readonly head: Uint8Array;
  readonly ending: string;
}

async function find({ path, file, head, ending }: Look): Promise<Found> {
  if (head.length === 0) return { kind: 'empty', extension: 'bin' };
  const latin = latin1(head.subarray(0, LATE_PDF + 5));
  if (latin.startsWith('%PDF-')) return { kind: 'pdf', extension: 'pdf' };
  if (isCompoundFile(head)) return await sniffCompound(file, head, ending);
  if (latin.startsWith('PK\x03\x04') || latin.startsWith('PK\x05\x06')) return await sniffZip(path);
  const program = programOf(latin);
  if (program !== null) return { kind: 'program', extension: program };
  const text = sniffText(head, ending);
  const isLatePdf = latin.indexOf('%PDF-') !== -1;
  if (text !== null && (text.kind !== 'text' || !isLatePdf)) return text;
  const magic = await byMagic(head);
  // A picture that names a PDF in a comment is a picture; anything else with a late header opens as a PDF.
  if (magic === null || magic.kind === 'other') {
    if (isLatePdf) return { kind: 'pdf', extension: 'pdf' };
    return magic ?? (await byMark(file)) ?? { kind: 'other', extension: 'bin' };
  }
  return magic;
}

/** First bytes of what runs: Windows, Linux, macOS (both ways round), shortcut, compiled help, Flash, WebAssembly. */
const PROGRAMS: readonly { readonly start: string; readonly extension: string }[] = [
  { start: 'MZ', extension: 'exe' },
  { start: '\x7fELF', extension: 'elf' },
  { start: '\xfe\xed\xfa', extension: 'macho' },
  { start: '\xce\xfa\xed\xfe', extension: 'macho' },
  { start: '\xcf\xfa\xed\xfe', extension: 'macho' },
  { start: '\xca\xfe\xba\xbe', extension: 'macho' },
  { start: 'L\0\0\0\x01\x14\x02\0', extension: 'lnk' },
  { start: 'ITSF', extension: 'chm' },
  { start: 'FWS', extension: 'swf' },
  { start: 'CWS', extension: 'swf' },
  { start: '\0asm', extension: 'wasm' },
];

/** Text that happens to begin with such letters is text: a program has bytes that no text has. */
function programOf(latin: string): string | null {
  const found = PROGRAMS.find(({ start }) => latin.startsWith(start));
  const isText = found !== undefined && !latin.split('').some((letter) => letter < '\t');
  return isText ? null : (found?.extension ?? null);
}

const BY_EXTENSION: Readonly<Record<string, FileKind>> = {
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  heic: 'heic',
  avif: 'other',
  tif: 'tiff',
  gif: 'gif',
  webp: 'webp',
};

async function byMagic(head: Uint8Array): Promise<Found | null> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found === undefined) return null;
  const kind = BY_EXTENSION[found.ext] ?? 'other';
  if (kind !== 'other') return { kind, extension: KINDS[kind].extension, mime: found.mime };
  const extension = /^[a-z0-9]{1,8}$/.test(found.ext) ? found.ext : 'bin';
  return { kind: isDangerousEnding(extension) ? 'program' : 'other', extension, mime: found.mime };
}

/** A disk image says so 32 KB in. */
async function byMark(file: FileHandle): Promise<Found | null> {
  const mark = latin1(await readAt(file, ISO_MARK, 5));
  return mark === 'CD001' ? { kind: 'program', extension: 'iso' } : null;
}

function describe({ kind, extension, mime, hasMacros = false }: Found, ending: string): Sniffed {
  const runs = kind === 'html' || kind === 'svg' || kind === 'xml' || kind === 'program';
  return {
    kind,
    extension,
    mime: mime ?? MIME_BY_ENDING[extension] ?? KINDS[kind].mime,
    isDangerous: runs || mayRunAs(kind, ending),
    hasMacros,
    mismatch: mismatchOf(kind, extension, ending),
  };
}

/** "Offer from larkmoor.com" is a PDF without an ending, not a DOS program: .com alone counts only over loose content. */
function mayRunAs(kind: FileKind, ending: string): boolean {
  return isDangerousEnding(ending) && (ending !== 'com' || kind === 'text' || kind === 'other');
}

const MIME_BY_ENDING: Readonly<Record<string, string>> = {
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  json: 'application/json',
};

const KNOWN_ENDINGS = new Set(Object.values(KINDS).flatMap(({ endings }) => endings));

function mismatchOf(kind: FileKind, extension: string, ending: string): string {
  if (kind === 'empty' || ending === '' || ending === extension || KINDS[kind].endings.includes(ending)) return '';
  if (kind === 'program') return `It is called .${ending}, but it is a program. Do not open it.`;
  if (mayRunAs(kind, ending) && !KNOWN_ENDINGS.has(ending))
    return `It is called .${ending}, which the system would run as a program.`;
  if (!KNOWN_ENDINGS.has(ending)) return '';
  if (kind === 'other') return `It is called .${ending}, but it does not begin like one. It may be damaged.`;
  return `It is called .${ending}, but it is ${KINDS[kind].words}.`;
}
