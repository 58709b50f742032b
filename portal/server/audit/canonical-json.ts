/**
 * JSON with one spelling: keys in the order of their UTF-16 units, no spaces, members that are `undefined` left out as
 * JSON itself does. Two values that are equal as JSON give the same text on every machine, so a hash of it can be
 * compared. Throws a TypeError for what JSON has no word for (functions, numbers that are not finite, cycles): such a
 * value would be another one after reading it back.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** Deeper than any value of ours; a cycle ends here instead of in a full stack. */
const DEEPEST = 200;

function write(value: unknown, depth: number): string {
  if (depth > DEEPEST) throw new TypeError('not JSON: nested too deep');
  if (value === null) return 'null';
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return writeNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item ?? null, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return writeObject(value as Readonly<Record<string, unknown>>, depth);
  throw new TypeError(`not JSON: a ${typeof value}`);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('not JSON: a number that is not finite');
  // -0 reads back as 0 from a database, so both are written as 0.
  return JSON.stringify(value === 0 ? 0 : value);
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not JSON: an object of a class');
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((key) => `${JSON.stringify(key)}:${write(value[key], depth + 1)}`);
  return `{${members.join(',')}}`;
}
