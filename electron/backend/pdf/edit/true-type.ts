/** A TrueType font file, read as far as a PDF needs it (OpenType 1.9: cmap formats 4 and 12, hmtx, glyf). */
export interface TrueType {
  /** Font units of one em; all measures below are in these. */
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  /** 0 when the font has no glyph for it. */
  glyphOf(codePoint: number): number;
  widthOf(glyph: number): number;
  /** The same font with the outlines of these glyphs only; glyph numbers stay. */
  subset(glyphs: ReadonlySet<number>): Uint8Array;
}

interface Table {
  readonly offset: number;
  readonly length: number;
}

/** What a reader of PDFs uses; the rest of the file is left out of a subset. */
const KEPT = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'];
const COMPOSITE = { wide: 0x0001, more: 0x0020, scale: 0x0008, twoScales: 0x0040, matrix: 0x0080 };

/** Throws on a file that is no TrueType font: the fonts are ours, so that is a broken installation. */
export function readTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = readTables(view);
  const table = (tag: string): Table => {
    const found = tables.get(tag);
    if (found === undefined) throw new Error(`font without a ${tag} table`);
    return found;
  };
  const head = table('head').offset;
  const hhea = table('hhea').offset;
  const hmtx = table('hmtx').offset;
  const measured = view.getUint16(hhea + 34);
  return {
    unitsPerEm: view.getUint16(head + 18),
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    box: [view.getInt16(head + 36), view.getInt16(head + 38), view.getInt16(head + 40), view.getInt16(head + 42)],
    glyphOf: createGlyphOf(view, table('cmap').offset),
    widthOf: (glyph) => view.getUint16(hmtx + 4 * Math.min(glyph, measured - 1)),
    subset: (glyphs) => subset(bytes, view, table, glyphs),
  };
}

function readTables(view: DataView): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (let at = 12; at < 12 + 16 * view.getUint16(4); at += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    tables.set(tag, { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) });
  }
  return tables;
}

function createGlyphOf(view: DataView, cmap: number): (codePoint: number) => number {
  const subtables = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, at) => cmap + view.getUint32(cmap + 8 + at * 8),
  );
  const full = subtables.find((at) => view.getUint16(at) === 12);
  if (full !== undefined) return (codePoint) => glyphInGroups(view, full, codePoint);
  const basic = subtables.find((at) => view.getUint16(at) === 4);
  if (basic === undefined) throw new Error('font without a Unicode map');
  return (codePoint) => (codePoint > 0xffff ? 0 : glyphInSegments(view, basic, codePoint));
}

function glyphInGroups(view: DataView, at: number, codePoint: number): number {
  for (let group = at + 16; group < at + 16 + 12 * view.getUint32(at + 12); group += 12) {
    const first = view.getUint32(group);
    if (codePoint >= first && codePoint <= view.getUint32(group + 4))
      return view.getUint32(group + 8) + codePoint - first;
  }
  return 0;
}

function glyphInSegments(view: DataView, at: number, codePoint: number): number {
  const size = view.getUint16(at + 6);
  for (let segment = 0; segment < size; segment += 2) {
    if (view.getUint16(at + 14 + segment) < codePoint) continue;
    const first = view.getUint16(at + 16 + size + segment);
    if (codePoint < first) return 0;
    const delta = view.getUint16(at + 16 + 2 * size + segment);
    const rangeAt = at + 16 + 3 * size + segment;
    const range = view.getUint16(rangeAt);
    const glyph = range === 0 ? codePoint : view.getUint16(rangeAt + range + 2 * (codePoint - first));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

function subset(
  bytes: Uint8Array,
  view: DataView,
  table: (tag: string) => Table,
  glyphs: ReadonlySet<number>,
): Uint8Array {
  const isLong = view.getInt16(table('head').offset + 50) === 1;
  const loca = table('loca');
  const glyf = table('glyf').offset;
  const count = loca.length / (isLong ? 4 : 2) - 1;
  const startOf = (glyph: number) =>
    isLong ? view.getUint32(loca.offset + glyph * 4) : view.getUint16(loca.offset + glyph * 2) * 2;
  const wanted = withParts(view, [...glyphs, 0], (glyph) => {
    const start = startOf(glyph);
    return startOf(glyph + 1) > start ? glyf + start : null;
  });

  const offsets = new DataView(new ArrayBuffer((count + 1) * 4));
  const outlines: Uint8Array[] = [];
  let size = 0;
  for (let glyph = 0; glyph < count; glyph += 1) {
    offsets.setUint32(glyph * 4, size);
    if (!wanted.has(glyph)) continue;
    const outline = bytes.subarray(glyf + startOf(glyph), glyf + startOf(glyph + 1));
    outlines.push(outline);
    size += outline.length;
  }
  offsets.setUint32(count * 4, size);
  const head = Uint8Array.from(whole(bytes, table('head')));
  new DataView(head.buffer).setInt16(50, 1);
  const parts = new Map<string, Uint8Array>([
    ['glyf', Buffer.concat(outlines)],
    ['loca', new Uint8Array(offsets.buffer)],
    ['head', head],
  ]);
  return assemble(KEPT.map((tag) => [tag, parts.get(tag) ?? whole(bytes, table(tag))] as const));
}

function whole(bytes: Uint8Array, { offset, length }: Table): Uint8Array {
  return bytes.subarray(offset, offset + length);
}

/** A letter with an accent is often made of two other glyphs. */
function withParts(
  view: DataView,
  glyphs: readonly number[],
  outlineOf: (glyph: number) => number | null,
): ReadonlySet<number> {
  const wanted = new Set<number>();
  const open = [...glyphs];
  for (let glyph = open.pop(); glyph !== undefined; glyph = open.pop()) {
    if (wanted.has(glyph)) continue;
    wanted.add(glyph);
    let at = outlineOf(glyph);
    if (at === null || view.getInt16(at) >= 0) continue;
    at += 10;
    for (let flags = COMPOSITE.more; flags & COMPOSITE.more; ) {
      flags = view.getUint16(at);
      open.push(view.getUint16(at + 2));
      at += flags & COMPOSITE.wide ? 8 : 6;
      at += flags & COMPOSITE.matrix ? 8 : flags & COMPOSITE.twoScales ? 4 : flags & COMPOSITE.scale ? 2 : 0;
    }
  }
  return wanted;
}

function assemble(parts: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const start = 12 + 16 * parts.length;
  const padded = (length: number) => (length + 3) & ~3;
  const out = Buffer.alloc(parts.reduce((size, [, data]) => size + padded(data.length), start));
  out.writeUInt32BE(0x00010000, 0);
  out.writeUInt16BE(parts.length, 4);
  let offset = start;
  for (const [at, [tag, data]] of parts.entries()) {
    out.write(tag, 12 + 16 * at, 'latin1');
    out.writeUInt32BE(offset, 12 + 16 * at + 8);
    out.writeUInt32BE(data.length, 12 + 16 * at + 12);
    out.set(data, offset);
    offset += padded(data.length);
  }
  return out;
}
