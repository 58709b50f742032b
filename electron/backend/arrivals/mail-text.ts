/** Most text kept of one mail, in characters. */
const MAX_MAIL_TEXT = 200_000;
/** HTML looked at for text; a mail that says nothing in its first two million characters says nothing. */
const MAX_HTML = 2_000_000;

const BLOCK = /^(p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote|hr|section|article|header|footer|pre)$/;
const HIDDEN = /^(style|script|head|title|noscript|template|svg)$/;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
  copy: '©',
};

/** The words of an HTML mail, for finding and for clues; never shown as HTML. One pass, whatever the tags look like. */
export function htmlToPlainText(source: string): string {
  const html = source.slice(0, MAX_HTML);
  const kept: string[] = [];
  let hiddenBy = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const text = html.slice(at, open === -1 ? html.length : open);
    if (hiddenBy === '') kept.push(text);
    if (open === -1) break;
    const close = html.startsWith('<!--', open) ? html.indexOf('-->', open) + 2 : html.indexOf('>', open);
    // A tag or comment that never ends takes the rest with it, as it does in a browser.
    if (close <= open) break;
    const tag = /^<(\/?)([a-z][a-z0-9]{0,20})/i.exec(html.slice(open, open + 24));
    const name = tag?.[2]?.toLowerCase() ?? '';
    if (hiddenBy === '' && HIDDEN.test(name) && tag?.[1] === '') hiddenBy = name;
    else if (hiddenBy === name && tag?.[1] === '/') hiddenBy = '';
    if (hiddenBy === '' && BLOCK.test(name)) kept.push('\n');
    at = close + 1;
  }
  return tidyText(decodeEntities(kept.join('')));
}

/** Plain text with even line ends, no runs of blank lines, no invisible controls, cut at the cap. */
export function tidyText(text: string): string {
  return text
    .slice(0, MAX_MAIL_TEXT * 2)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, (letter) =>
      letter === '\n' || letter === '\t' ? letter : '',
    )
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, MAX_MAIL_TEXT);
}

/** One line of a header: no controls, no direction marks, at most 1,000 characters. */
export function headerWords(text: string): string {
  return text
    .slice(0, 4000)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1000);
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const isHex = name[1] === 'x' || name[1] === 'X';
    const code = isHex ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
