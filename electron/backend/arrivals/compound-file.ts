import { err, ok, type Result } from '../../../core/result.ts';

/** One stream or folder of an OLE compound file. */
export interface CompoundEntry {
  readonly name: string;
  readonly kind: 'folder' | 'stream' | 'root';
  readonly bytes: number;
}

export interface CompoundDamage {
  readonly type: 'CompoundDamage';
  /** For the log: which rule of the format is broken. */
  readonly at: string;
}

interface Shape {
  readonly view: DataView;
  readonly sector: number;
  readonly sectors: number;
  readonly fat: readonly number[];
}

interface Node extends CompoundEntry {
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
}

const FREE = 0xfffffffa;
const NONE = 0xffffffff;
const END = 0xfffffffe;
const SMALL_LIMIT = 4096;
const SMALL_SECTOR = 64;
const MAX_ENTRIES = 50_000;
const MAX_DEPTH = 40;
const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

export function isCompoundFile(head: Uint8Array): boolean {
  return head.length >= 512 && SIGNATURE.every((byte, index) => head[index] === byte);
}

/**
 * Walks every chain and the whole tree of a compound file ([MS-CFB]) and says whether it is sound: chains end and are as
 * long as their streams say, streams fit into the file, the tree has no loop. The reader of .msg files follows all of
 * these without looking, so an unsound file would keep it busy for ever or have it ask for gigabytes.
 */
export function checkCompoundFile(bytes: Uint8Array): Result<readonly CompoundEntry[], CompoundDamage> {
  if (!isCompoundFile(bytes)) return damage('signature');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return damage('sector size');
  const sector = 1 << shift;
  const sectors = Math.ceil(bytes.byteLength / sector) - 1;
  const fat = readFat(view, sector, sectors);
  if (fat === null) return damage('sector table');
  const shape: Shape = { view, sector, sectors, fat };
  const nodes = readDirectory(shape);
  if (nodes === null) return damage('directory');
  if (!isTree(nodes)) return damage('tree');
  if (!areStreamsSound(shape, nodes)) return damage('streams');
  return ok(nodes.map(({ name, kind, bytes: length }) => ({ name, kind, bytes: length })));
}

function damage(at: string): Result<never, CompoundDamage> {
  return err({ type: 'CompoundDamage', at });
}

/** The sectors that hold the table of chains: 109 in the header, the rest in a chain of their own. */
function readFat(view: DataView, sector: number, sectors: number): number[] | null {
  const count = view.getUint32(44, true);
  if (count === 0 || count > sectors) return null;
  const fat: number[] = [];
  for (let index = 0; index < Math.min(count, 109); index += 1) fat.push(view.getUint32(76 + 4 * index, true));
  let next = view.getUint32(68, true);
  if (view.getUint32(72, true) > sectors) return null;
  for (let left = view.getUint32(72, true); left > 0; left -= 1) {
    const at = (next + 1) * sector;
    if (next >= sectors || at + sector > view.byteLength || fat.length > count) return null;
    for (let slot = 0; slot < sector / 4 - 1 && fat.length < count; slot += 1) {
      fat.push(view.getUint32(at + 4 * slot, true));
    }
    next = view.getUint32(at + sector - 4, true);
    if (next >= FREE) break;
  }
  if (fat.length !== count) return null;
  return fat.every((at) => at < sectors && (at + 2) * sector <= view.byteLength) ? fat : null;
}

/** The sectors of one chain, or null when it loops, leaves the file, or is longer than `most`. */
function chain(shape: Shape, start: number, most = shape.sectors): number[] | null {
  const found: number[] = [];
  let at = start;
  while (at < FREE) {
    if (at >= shape.sectors || found.length >= most) return null;
    found.push(at);
    const table = shape.fat[Math.floor((at * 4) / shape.sector)];
    if (table === undefined) return null;
    at = shape.view.getUint32((table + 1) * shape.sector + ((at * 4) % shape.sector), true);
  }
  return at === END ? found : null;
}

function readDirectory(shape: Shape): Node[] | null {
  const found = chain(shape, shape.view.getUint32(48, true), Math.ceil((MAX_ENTRIES * 128) / shape.sector));
  if (found === null || found.length === 0) return null;
  const nodes: Node[] = [];
  for (const at of found) {
    const start = (at + 1) * shape.sector;
    if (start + shape.sector > shape.view.byteLength) return null;
    for (let offset = start; offset < start + shape.sector; offset += 128) nodes.push(readNode(shape.view, offset));
  }
  return nodes[0]?.kind === 'root' ? nodes : null;
}

function readNode(view: DataView, offset: number): Node {
  const type = view.getUint8(offset + 66);
  const length = Math.min(32, Math.floor(view.getUint16(offset + 64, true) / 2));
  let name = '';
  for (let index = 0; index < length; index += 1) {
    const code = view.getUint16(offset + 2 * index, true);
    if (code === 0) break;
    name += String.fromCharCode(code);
  }
  return {
    name,
    kind: type === 5 ? 'root' : type === 1 ? 'folder' : 'stream',
    // Types other than folder, stream and root are unused places; they are never reached from the tree.
    bytes: type === 1 || type === 2 || type === 5 ? view.getUint32(offset + 120, true) : 0,
    left: view.getUint32(offset + 68, true),
    right: view.getUint32(offset + 72, true),
    child: view.getUint32(offset + 76, true),
    start: view.getUint32(offset + 116, true),
  };
}

/** Every entry is reached at most once, and folders nest no deeper than a person could have made them. */
function isTree(nodes: readonly Node[]): boolean {
  const seen = new Set<number>();
  const open: { readonly at: number; readonly depth: number }[] = [{ at: 0, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = nodes[next.at];
    if (node === undefined || seen.has(next.at) || next.depth > MAX_DEPTH) return false;
    seen.add(next.at);
    if (next.at !== 0) {
      for (const at of [node.left, node.right]) if (at !== NONE) open.push({ at, depth: next.depth });
    }
    if (node.kind !== 'stream' && node.child !== NONE) open.push({ at: node.child, depth: next.depth + 1 });
  }
  return true;
}

function areStreamsSound(shape: Shape, nodes: readonly Node[]): boolean {
  const small = chain(shape, endOrStart(nodes[0]?.start ?? NONE));
  const smallTable = chain(shape, endOrStart(shape.view.getUint32(60, true)));
  if (small === null || smallTable === null) return false;
  let total = 0;
  for (const node of nodes) {
    if (node.kind !== 'stream' || node.bytes === 0) continue;
    total += node.bytes;
    // Streams do not share sectors: together they cannot be longer than the file.
    if (total > shape.view.byteLength) return false;
    const isSound =
      node.bytes < SMALL_LIMIT
        ? isSmallChainSound(shape, { table: smallTable, room: small.length * shape.sector, node })
        : isChainSound(shape, node);
    if (!isSound) return false;
  }
  return true;
}

/** Makers write a missing chain as END, as free, or as unused. */
function endOrStart(start: number): number {
  return start >= FREE ? END : start;
}

/** As many sectors as the stream needs; what the chain says after them is never read. */
function isChainSound(shape: Shape, node: Node): boolean {
  let at = node.start;
  for (let left = Math.ceil(node.bytes / shape.sector); left > 0; left -= 1) {
    const table = shape.fat[Math.floor((at * 4) / shape.sector)];
    if (at >= shape.sectors || table === undefined) return false;
    at = shape.view.getUint32((table + 1) * shape.sector + ((at * 4) % shape.sector), true);
  }
  return true;
}

interface SmallChain {
  readonly table: readonly number[];
  /** Bytes of the stream that holds all small sectors. */
  readonly room: number;
  readonly node: Node;
}

function isSmallChainSound(shape: Shape, { table, room, node }: SmallChain): boolean {
  const wanted = Math.ceil(node.bytes / SMALL_SECTOR);
  let at = node.start;
  for (let count = 0; count < wanted; count += 1) {
    if (at >= FREE || (at + 1) * SMALL_SECTOR > room) return false;
    const holder = table[Math.floor((at * 4) / shape.sector)];
    if (holder === undefined) return false;
    const place = (holder + 1) * shape.sector + ((at * 4) % shape.sector);
    if (place + 4 > shape.view.byteLength) return false;
    at = shape.view.getUint32(place, true);
  }
  return at === END;
}
