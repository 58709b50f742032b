import type { FileKind } from './kinds.ts';
import { latin1 } from './read-file.ts';

export interface TextFound {
  readonly kind: FileKind;
  readonly extension: string;
}

const KEPT_ENDINGS = new Set(['txt', 'text', 'md', 'log', 'ics', 'vcf', 'json', 'tsv']);
const PLAIN_HEADER = /^(from|to|cc|subject|date|reply-to|sender|content-type|content-transfer-encoding)$/;
const MAIL_HEADER =
  /^(received|return-path|delivered-to|message-id|mime-version|x-original-to|dkim-signature|arc-seal)$/;

/**
 * What a file that holds text is, by its beginning; null when it holds no text. Mail is known by its headers, web pages
 * and drawings by their tags, wherever the name says otherwise.
 */
export function sniffText(head: Uint8Array, ending: string): TextFound | null {
  const text = decode(head);
  if (text === null) return null;
  if (text.startsWith('{\\rtf')) return { kind: 'rtf', extension: 'rtf' };
  if (text.startsWith('#!')) return { kind: 'program', extension: 'sh' };
  if (isMail(text, ending)) return { kind: 'eml', extension: 'eml' };
  const markup = markupOf(text);
  if (markup !== null) return { kind: markup, extension: markup };
  if (ending === 'csv') return { kind: 'csv', extension: 'csv' };
  return { kind: 'text', extension: KEPT_ENDINGS.has(ending) ? ending : 'txt' };
}

/** Text as UTF-16 or, byte by byte, as anything else; null when control bytes show that it is none. */
function decode(head: Uint8Array): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
  const isText = head.every(
    (byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27,
  );
  if (!isText) return null;
  const bytes = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
  return latin1(bytes);
}

/** Headers at the top, one of which only mail carries; with the ending of a mail, two ordinary ones are enough. */
function isMail(text: string, ending: string): boolean {
  let plain = 0;
  let sure = 0;
  for (const [index, line] of text.slice(0, 32_768).split(/\r?\n/).entries()) {
    if (line === '' && plain + sure > 0) break;
    if (index === 0 && line.startsWith('From ')) sure += 1;
    // Apple Mail puts the length of the message first.
    else if (index === 0 && ending === 'emlx' && /^\d+\s*$/.test(line)) sure += 1;
    else if (!/^[ \t]/.test(line)) {
      const name = /^([!-9;-~]{1,60}):/.exec(line)?.[1]?.toLowerCase();
      if (name === undefined) break;
      if (MAIL_HEADER.test(name)) sure += 1;
      else if (PLAIN_HEADER.test(name)) plain += 1;
    }
  }
  return (sure > 0 && plain > 0) || sure > 1 || (plain > 1 && /^(eml|emlx|mht|mhtml)$/.test(ending));
}

function markupOf(text: string): 'html' | 'svg' | 'xml' | null {
  const start = text.slice(0, 4096).trimStart().toLowerCase();
  const isXml = start.startsWith('<?xml');
  const body = skipProlog(start);
  if (/^<(svg|[a-z]+:svg)[\s>/]/.test(body)) return 'svg';
  if (/^<!doctype\s+html|^<html/.test(body)) return 'html';
  if (/^<!doctype\s+svg/.test(body)) return 'svg';
  if (isXml) return 'xml';
  if (/<(html|head|body|script|iframe|object|embed|meta|link|form|table|div|img|style|title|a)[\s>/]/.test(start))
    return 'html';
  return /<svg[\s>]/.test(start) ? 'svg' : null;
}

/** Past declarations and comments, so that a drawing behind a comment is still a drawing. */
function skipProlog(start: string): string {
  let rest = start;
  for (let turn = 0; turn < 50; turn += 1) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : null;
    const at = end === null ? -1 : rest.indexOf(end);
    if (end === null || at === -1) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
  return rest;
}
