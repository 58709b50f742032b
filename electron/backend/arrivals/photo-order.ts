/** A photo as it came: its name and, where known, when it was taken or written, in milliseconds since 1970. */
export interface PhotoFact {
  readonly name: string;
  readonly takenAt: number | null;
}

const TEN_MINUTES = 600_000;

/**
 * Photos in page order: by name with its numbers counted (IMG_2 before IMG_10), names that are the same by time, then as
 * they came. Case and the ending do not count.
 */
export function orderPhotos<T extends PhotoFact>(photos: readonly T[]): readonly T[] {
  return photos
    .map((photo, index) => ({ photo, index, key: pieces(photo.name) }))
    .sort(
      (one, other) =>
        compare(one.key, other.key) || (one.photo.takenAt ?? 0) - (other.photo.takenAt ?? 0) || one.index - other.index,
    )
    .map(({ photo }) => photo);
}

/**
 * Which photos of one drop are likely pages of one document, as groups in page order: the next one belongs when its number
 * follows (IMG_4 after IMG_3) or it was taken within ten minutes. A proposal for a person, nothing more.
 */
export function groupPhotos<T extends PhotoFact>(photos: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let last: T | null = null;
  for (const photo of orderPhotos(photos)) {
    const group = groups.at(-1);
    if (group !== undefined && last !== null && belongs(last, photo)) group.push(photo);
    else groups.push([photo]);
    last = photo;
  }
  return groups;
}

function belongs(before: PhotoFact, next: PhotoFact): boolean {
  const isSoon =
    before.takenAt !== null && next.takenAt !== null && Math.abs(next.takenAt - before.takenAt) <= TEN_MINUTES;
  if (isSoon) return true;
  const one = numbered(before.name);
  const other = numbered(next.name);
  return one !== null && other !== null && one.stem === other.stem && [0, 1].includes(other.number - one.number);
}

/** The last number of a name and what stands around it: "scan 3.jpg" is 3 of "scan ". */
function numbered(name: string): { readonly stem: string; readonly number: number } | null {
  const found = /^(.*?)(\d{1,15})(\D*)$/.exec(bare(name));
  return found === null ? null : { stem: `${found[1]}|${found[3]}`, number: Number(found[2]) };
}

function bare(name: string): string {
  return name
    .normalize('NFKC')
    .slice(0, 300)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .toLowerCase();
}

function pieces(name: string): readonly string[] {
  return bare(name).match(/\d+|\D+/g) ?? [];
}

function compare(one: readonly string[], other: readonly string[]): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const order = comparePiece(one[at] ?? '', other[at] ?? '');
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Numbers by value, however long; text by its letters. A number stands before text. */
function comparePiece(one: string, other: string): number {
  const [a, b] = [/^\d/.test(one), /^\d/.test(other)];
  if (a !== b) return a ? -1 : 1;
  if (!a) return one < other ? -1 : one > other ? 1 : 0;
  const [x, y] = [one.replace(/^0+(?=\d)/, ''), other.replace(/^0+(?=\d)/, '')];
  if (x.length !== y.length) return x.length - y.length;
  return x < y ? -1 : x > y ? 1 : 0;
}
