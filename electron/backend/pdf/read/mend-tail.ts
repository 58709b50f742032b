/** More pages than this were never listed in one flat list by a program that a person used. */
const MAX_PAGES = 20_000;
const OBJECT = /(?:^|[\s>])(\d{1,9})\s+(\d{1,5})\s+obj\b/g;

/**
 * The bytes with an end made for them, for a file that was cut off: pdf.js finds the objects of such a file, but not
 * where they begin. Points to the catalog that is there, or else lists the pages that are. Null when neither is (a cut
 * file whose objects are packed, ISO 32000 7.5.7), or when it was encrypted: its key went with its end.
 */
export function mendTail(bytes: Uint8Array): Uint8Array | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (/\/Filter\s*\/Standard\b/.test(text)) return null;
  const found = namedObjects(text);
  const root = found.catalog ?? (found.pages.length > 0 ? `${found.next} 0 R` : null);
  if (root === null) return null;
  const list = found.catalog === null ? pageList(found) : '';
  const end = Buffer.from(`\nendobj\n${list}trailer\n<< /Root ${root} >>\nstartxref\n0\n%%EOF\n`);
  const mended = new Uint8Array(bytes.byteLength + end.byteLength);
  mended.set(bytes);
  mended.set(end, bytes.byteLength);
  return mended;
}

interface NamedObjects {
  /** `N G R`. */
  readonly catalog: string | null;
  readonly pages: readonly string[];
  /** A free object number. */
  readonly next: number;
}

function namedObjects(text: string): NamedObjects {
  let catalog: string | null = null;
  const pages = new Set<string>();
  let next = 1;
  for (const match of text.matchAll(OBJECT)) {
    next = Math.max(next, Number(match[1]) + 1);
    const from = match.index + match[0].length;
    const dict = dictionaryAt(text, from);
    const type = /\/Type\s*\/(Catalog|Page)\b/.exec(dict)?.[1];
    const ref = `${match[1]} ${match[2]} R`;
    // The later one counts: an edited file carries its older versions before it.
    if (type === 'Catalog' && /\/Pages\b/.test(dict)) catalog = ref;
    if (type === 'Page' && pages.size < MAX_PAGES) pages.add(ref);
  }
  return { catalog, pages: [...pages], next };
}

/** The object's own text, without what its stream holds. */
function dictionaryAt(text: string, from: number): string {
  const part = text.slice(from, from + 4_000);
  const end = part.search(/\bendobj\b|\bstream\b/);
  return end < 0 ? part : part.slice(0, end);
}

function pageList({ pages, next }: NamedObjects): string {
  const list = `${next + 1} 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [${pages.join(' ')}] >>\nendobj\n`;
  return `${next} 0 obj\n<< /Type /Catalog /Pages ${next + 1} 0 R >>\nendobj\n${list}`;
}
