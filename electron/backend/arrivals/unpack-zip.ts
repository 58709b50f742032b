import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { err, ok, type Result } from '../../../core/result.ts';
import { withFile } from './read-file.ts';
import { notKept, type ReadFailure, type Refused, STOPPED } from './types.ts';
import {
  LOCKED_FILE,
  tooLargeWords,
  tooManyFiles,
  type UnpackedFile,
  type UnpackedZip,
  type UnpackZip,
  ZIP_LIMITS,
  type ZipFailure,
  type ZipLimits,
  zipDamaged,
  zipLocked,
  zipSwells,
} from './zip-model.ts';
import { entryText, isArchiveName, isArchiveStart, placeOf, type ZipName, zipName } from './zip-names.ts';

/**
 * Unpacks a zip: every file streamed through `sink`, never whole in memory. Names are words, not paths. What cannot be
 * taken (locked, damaged, too large, an archive inside, a link) is listed in `refused`; a zip that lies about its size
 * beyond the limits is a failure as a whole, and what was kept of it so far has no owner.
 */
export async function unpackZip(path: string, options: UnpackZip): Promise<Result<UnpackedZip, ZipFailure>> {
  // Only its length: that it is an ordinary file is known before the unpacker opens it by itself.
  const size = await withFile(path, async (_file, bytes): Promise<Result<number, ReadFailure>> => ok(bytes));
  if (!size.ok) return size;
  if (size.value === 0) return err({ type: 'Empty', sentence: 'This zip is empty. Ask the sender to send it again.' });
  let zip: ZipFile;
  try {
    zip = await openPromise(path, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      // One entry with a wrong size would end the whole zip; sizes are counted here, per entry.
      validateEntrySizes: false,
    });
  } catch (failure) {
    return err(zipDamaged(failure));
  }
  // A file that cannot be closed has no one left to tell; without a listener it would end the process.
  zip.on('error', () => {});
  try {
    return await unpackEntries({ zip, zipBytes: size.value, limits: options.limits ?? ZIP_LIMITS, options });
  } finally {
    zip.close();
  }
}

interface Run {
  readonly zip: ZipFile;
  readonly zipBytes: number;
  readonly limits: ZipLimits;
  readonly options: UnpackZip;
}

interface Tally {
  readonly files: UnpackedFile[];
  readonly refused: Refused[];
  /** Bytes unpacked so far, kept or not. */
  total: number;
}

type EntryEnd = { readonly end: 'done' } | { readonly end: 'over'; readonly failure: ZipFailure };
const DONE: EntryEnd = { end: 'done' };

async function unpackEntries(run: Run): Promise<Result<UnpackedZip, ZipFailure>> {
  const { zip, limits, options } = run;
  if (zip.entryCount > limits.maxEntries) return err(tooManyFiles(zip.entryCount, limits.maxEntries));
  const tally: Tally = { files: [], refused: [], total: 0 };
  const entries = zip.eachEntry();
  for (let done = 0; ; done += 1) {
    if (options.signal?.aborted) return err(STOPPED);
    const next = await entries.next().catch((failure: unknown) => zipDamaged(failure));
    if ('type' in next) {
      // The list of entries breaks off: what was readable before is still good.
      if (tally.files.length === 0) return err(next);
      tally.refused.push({ name: 'The rest of the zip', sentence: 'The rest of this zip is damaged or cut off.' });
      break;
    }
    if (next.done) break;
    const result = await takeEntry(run, next.value, tally);
    if (result.end === 'over') return err(result.failure);
    options.onEntry?.(done + 1, zip.entryCount);
  }
  const isLocked = tally.refused.length > 0 && tally.refused.every(({ sentence }) => sentence === LOCKED_FILE);
  return isLocked && tally.files.length === 0 ? err(zipLocked()) : ok({ files: tally.files, refused: tally.refused });
}

async function takeEntry(run: Run, entry: Entry, tally: Tally): Promise<EntryEnd> {
  const text = entryText(entry);
  const place = placeOf(entry, text);
  if (place === 'folder' || place === 'litter') return DONE;
  const name = zipName(text);
  const why = place === 'file' ? refusalBefore(entry, name.name, run.limits) : 'This is a link, not a file.';
  if (why !== null) {
    tally.refused.push({ name: name.name, sentence: why });
    return DONE;
  }
  return await keepEntry(run, { entry, name }, tally);
}

function refusalBefore(entry: Entry, name: string, { maxFileBytes }: ZipLimits): string | null {
  if (entry.isEncrypted()) return LOCKED_FILE;
  if (isArchiveName(name)) return 'An archive inside a zip is not unpacked. Save it from the zip and add it by itself.';
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return 'This file is packed in a way that cannot be read here. Unpack the zip on your computer and add the file.';
  }
  return entry.uncompressedSize > maxFileBytes ? tooLargeWords(maxFileBytes) : null;
}

async function keepEntry(
  run: Run,
  { entry, name }: { readonly entry: Entry; readonly name: ZipName },
  tally: Tally,
): Promise<EntryEnd> {
  let stream: Readable;
  try {
    stream = await run.zip.openReadStreamPromise(entry);
  } catch {
    tally.refused.push({ name: name.name, sentence: DAMAGED_FILE });
    return DONE;
  }
  const stop: { at: Stop | null } = { at: null };
  try {
    const kept = await run.options.sink(measured(stream, { run, entry, tally, stop }));
    // A keeper may answer anything after its bytes broke off; what broke them off counts.
    if (stop.at === null && kept.ok) tally.files.push({ ...name, ...kept.value });
    else if (stop.at === null && !kept.ok) return { end: 'over', failure: notKept(kept.error) };
  } catch (failure) {
    // A keeper that throws by itself is a defect, not a damaged zip.
    if (stop.at === null) throw failure;
  } finally {
    stream.destroy();
  }
  if (stop.at?.failure !== undefined) return { end: 'over', failure: stop.at.failure };
  if (stop.at !== null) tally.refused.push({ name: name.name, sentence: stop.at.sentence });
  return DONE;
}

/** Why the bytes of an entry end early: a refusal of the entry, or with `failure` of the whole zip. */
interface Stop {
  readonly sentence: string;
  readonly failure?: ZipFailure;
}

interface Watch {
  readonly run: Run;
  readonly entry: Entry;
  readonly tally: Tally;
  readonly stop: { at: Stop | null };
}

/** The entry's bytes, counted and checked as they pass; throws where they have to end, with the reason in `stop`. */
async function* measured(stream: Readable, watch: Watch): AsyncGenerator<Uint8Array> {
  const { entry, stop } = watch;
  let bytes = 0;
  let sum = 0;
  const source = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    const piece = await source.next().catch(() => null);
    if (piece === null) throw broken(stop, { sentence: DAMAGED_FILE });
    if (piece.done) break;
    const chunk = piece.value;
    if (bytes === 0 && isArchiveStart(chunk)) {
      throw broken(stop, {
        sentence: 'An archive inside a zip is not unpacked. Save it from the zip and add it by itself.',
      });
    }
    bytes += chunk.byteLength;
    watch.tally.total += chunk.byteLength;
    sum = crc32(chunk, sum);
    const why = reasonToStop(watch, bytes);
    if (why !== null) throw broken(stop, why);
    yield chunk;
  }
  if (bytes !== entry.uncompressedSize || sum !== entry.crc32) throw broken(stop, { sentence: DAMAGED_FILE });
}

function reasonToStop({ run, entry, tally }: Watch, bytes: number): Stop | null {
  const { limits, zipBytes, options } = run;
  if (options.signal?.aborted) return { sentence: STOPPED.sentence, failure: STOPPED };
  if (tally.total > limits.maxTotalBytes) return { sentence: '', failure: zipSwells(limits) };
  if (tally.total > limits.freeBytes && tally.total > limits.maxRatio * zipBytes) {
    return { sentence: '', failure: zipSwells(limits) };
  }
  if (bytes > limits.maxFileBytes) return { sentence: tooLargeWords(limits.maxFileBytes) };
  return bytes > entry.uncompressedSize ? { sentence: DAMAGED_FILE } : null;
}

function broken(stop: { at: Stop | null }, why: Stop): Error {
  stop.at = why;
  return new Error('The bytes of this entry end here.');
}

const DAMAGED_FILE = 'This file is damaged inside the zip. Ask the sender to send it again.';
