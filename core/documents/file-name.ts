import type { PlainDate } from '../deadlines/plain-date.ts';
import type { VersionSuffix } from './document.ts';

export interface NameParts {
  /** The day of the document: its last signature, else the day it came. */
  readonly on: PlainDate;
  readonly street: string;
  /** The checklist line: "Purchase contract". */
  readonly category: string;
  readonly suffix: VersionSuffix | null;
  /** Whole, from 1. */
  readonly version: number;
  /** With or without its dot; taken from the content, not from what the sender called it. */
  readonly extension: string;
}

/** Longest name in bytes: leaves room in 255 for a copy mark and for a sync tool's own ending. */
export const MAX_SEGMENT_BYTES = 200;
const MAX_STREET = 40;
const MAX_CATEGORY = 60;

/**
 * The name of a filed document (domain.md section 10): `2026-06-02_123-Main-St_Purchase-Contract_FE_v3.pdf`. Always one
 * path segment of plain letters, digits, `-`, `_` and one dot, safe on Windows, macOS and Linux.
 */
export function fileNameFor({ on, street, category, suffix, version, extension }: NameParts): string {
  const parts = [on, plainWords(street, MAX_STREET) || 'Property', titleWords(category, MAX_CATEGORY) || 'Document'];
  if (suffix !== null) parts.push(suffix);
  return `${[...parts, `v${version}`].join('_')}.${plainExtension(extension)}`;
}

/**
 * A name from outside as one path segment that every system takes, as close to what it was as that allows: NFC, no
 * control, invisible or reserved character, no trailing dot or space, no device name, at most 200 bytes, ending kept.
 */
export function safeSegment(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\uFFFD]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[ .]+|[ .]+$/g, '');
  const named = plain === '' ? 'file' : plain;
  const free = DEVICE.test(named) ? `_${named}` : named;
  return shorten(free, MAX_SEGMENT_BYTES).normalize('NFC');
}

/**
 * The same segment, or the first "name (2).pdf" that is free, so that nothing is ever overwritten. `taken` holds names as
 * `nameKey` writes them: file systems that ignore case must not meet two names they think are one.
 */
export function freeSegment(name: string, taken: ReadonlySet<string>): string {
  const segment = safeSegment(name);
  if (!taken.has(nameKey(segment))) return segment;
  const { stem, ending } = split(segment);
  for (let count = 2; ; count += 1) {
    const mark = ` (${count})`;
    const next = `${cut(stem, MAX_SEGMENT_BYTES - utf8Length(mark + ending))}${mark}${ending}`;
    if (!taken.has(nameKey(next))) return next;
  }
}

/** What two names share when some file system takes them for one. */
export function nameKey(segment: string): string {
  return segment.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** Names that Windows gives to devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00B9\u00B2\u00B3])[ ]*(\.|$)/i;

/** Letters that do not come apart into a letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

function plainWords(text: string, max: number): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’'`]/g, '')
    .replace(/[^\x20-\x7E]/gu, (letter) => LETTERS[letter] ?? ' ')
    .replace(/[^A-Za-z0-9]+/g, '-');
  return ascii
    .slice(0, max + 1)
    .replace(/^-+|-+$/g, '')
    .slice(0, max)
    .replace(/-+$/, '');
}

/** "Purchase contract" becomes "Purchase-Contract". */
function titleWords(text: string, max: number): string {
  return plainWords(text, max)
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('-');
}

function plainExtension(extension: string): string {
  const plain = extension.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain === '' || plain.length > 8 ? 'bin' : plain;
}

function split(segment: string): { readonly stem: string; readonly ending: string } {
  const dot = segment.lastIndexOf('.');
  const isEnding = dot > 0 && segment.length - dot <= 9;
  return isEnding ? { stem: segment.slice(0, dot), ending: segment.slice(dot) } : { stem: segment, ending: '' };
}

function shorten(segment: string, bytes: number): string {
  if (utf8Length(segment) <= bytes) return segment;
  const { stem, ending } = split(segment);
  return `${cut(stem, bytes - utf8Length(ending))}${ending}`;
}

/** The first bytes of a text, never through a character, never ending in a dot or space. */
function cut(text: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += utf8Length(character);
    if (used > bytes) break;
    kept += character;
  }
  return kept.replace(/[ .]+$/, '');
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
