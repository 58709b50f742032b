import { type Entry, getFileNameLowLevel } from 'yauzl';
import { safeSegment } from '../../../core/documents/file-name.ts';
import { latin1 } from './read-file.ts';

/** What a zip calls an entry, taken as words only: a safe segment and the folders it was in. */
export interface ZipName {
  readonly name: string;
  /** Safe segments joined by "/", or ''. Never used as a path by itself. */
  readonly folder: string;
}

export type ZipPlace = 'file' | 'folder' | 'litter' | 'link' | 'device';

const MAX_FOLDERS = 10;
const ARCHIVE =
  /\.(zip|zipx|7z|rar|tar|gz|tgz|bz2|tbz2?|xz|txz|zst|lz|lzma|cab|arj|ace|iso|img|dmg|jar|war|apk|msix?)$/i;
const LITTER = /^(\.ds_store|thumbs\.db|desktop\.ini|\._.*|\.localized|icon\r)$/i;
/** The first name inside files that are zips but documents to people. */
const DOCUMENT_INSIDE = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|word\/|xl\/|ppt\/|mimetype)/;

/** Empty zip, 7-Zip, RAR, gzip, bzip2, xz, cabinet, Zstandard. */
const ARCHIVE_STARTS = [
  'PK\x05\x06',
  '7z\xBC\xAF\x27\x1C',
  'Rar!\x1A\x07',
  '\x1F\x8B\x08',
  'BZh9',
  '\xFD7zXZ\0',
  'MSCF\0\0\0\0',
  '\x28\xB5\x2F\xFD',
];

/** The raw text of an entry's name. Zips made on a Mac hold UTF-8 without saying so. */
export function entryText(entry: Entry): string {
  const { fileNameRaw: raw, generalPurposeBitFlag: flags, extraFields } = entry;
  const isMarked = (flags & 0x800) !== 0 || extraFields.some(({ id }) => id === 0x7075);
  if (!isMarked && raw.some((byte) => byte > 0x7f)) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(raw).replaceAll('\\', '/');
    } catch {
      // Not UTF-8: the old code page of the format, below.
    }
  }
  return getFileNameLowLevel(flags, raw, extraFields, false);
}

/** Splits an entry's text into safe words. ".." and drive letters mean nothing here, so they are left out. */
export function zipName(text: string): ZipName {
  const segments = text
    .slice(0, 4096)
    .split('/')
    .filter((segment) => !/^\s*\.*\s*$/.test(segment) && !/^[a-z]:$/i.test(segment));
  const name = safeSegment(segments.at(-1) ?? '');
  return { name, folder: segments.slice(0, -1).slice(-MAX_FOLDERS).map(safeSegment).join('/') };
}

/** What kind of thing an entry is. Unix kinds stand in the upper half of the attributes. */
export function placeOf(entry: Entry, text: string): ZipPlace {
  const segments = text.split('/');
  if (segments.includes('__MACOSX') || LITTER.test(segments.at(-1) ?? '')) return 'litter';
  const isUnix = [3, 19].includes(entry.versionMadeBy >>> 8);
  const mode = isUnix ? (entry.externalFileAttributes >>> 16) & 0xf000 : 0;
  if (mode === 0xa000) return 'link';
  if (text.endsWith('/') || mode === 0x4000) return 'folder';
  return mode === 0 || mode === 0x8000 ? 'file' : 'device';
}

export function isArchiveName(name: string): boolean {
  return ARCHIVE.test(name);
}

/** Whether the first bytes of a file are those of an archive. Word and Excel files are zips too, and are documents. */
export function isArchiveStart(head: Uint8Array): boolean {
  const text = latin1(head.subarray(0, 64));
  if (text.startsWith('PK\x03\x04')) return !DOCUMENT_INSIDE.test(text.slice(30));
  return ARCHIVE_STARTS.some((start) => text.startsWith(start));
}
