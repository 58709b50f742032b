import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { nameKey } from '../../../core/documents/file-name.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { ENTRY, FILES } from './format.ts';

/** The first thing of an export that does not fit: which entry, and what is wrong with it as a sentence. */
export interface NotIntact {
  readonly entry: string;
  readonly sentence: string;
}

export interface OpenZip {
  /** In the order of the zip, by name. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** The bytes of an entry, unpacked. The sizes that the zip names were summed up and are held to. */
  read(path: string): Promise<Readable>;
  close(): void;
}

const MOST_ENTRIES = 50_010;
/** Unpacked bytes for each byte of the zip, once there are more than `FREE_BYTES`: an honest trail packs to a fifth. */
const MOST_RATIO = 60;
const FREE_BYTES = 64 * 1024 * 1024;

/** The whole zip, or what only this one file is not. */
const WHOLE = 'the zip';
const OWN: ReadonlySet<string> = new Set(Object.values(ENTRY));

/**
 * Opens a zip from outside: names that lead nowhere but into the export, each once, nothing locked, nothing that swells.
 * Nothing of it is written anywhere.
 */
export async function openZip(file: string, bytes: number): Promise<Result<OpenZip, NotIntact>> {
  let zip: ZipFile;
  try {
    zip = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch {
    return err({ entry: WHOLE, sentence: 'This is not a zip, or its end is missing. Export the deal again.' });
  }
  // Without a listener a file that breaks while it is closed would end the process.
  zip.on('error', () => {});
  const entries = await listOf(zip, bytes);
  if (!entries.ok) {
    zip.close();
    return entries;
  }
  return ok({
    entries: entries.value,
    read: async (path) => {
      const entry = entries.value.get(path);
      if (entry === undefined) throw new Error(`no entry ${path}`);
      return await zip.openReadStreamPromise(entry);
    },
    close: () => zip.close(),
  });
}

async function listOf(zip: ZipFile, zipBytes: number): Promise<Result<ReadonlyMap<string, Entry>, NotIntact>> {
  if (zip.entryCount > MOST_ENTRIES)
    return err({ entry: WHOLE, sentence: `It lists ${zip.entryCount} entries, more than any export has.` });
  const entries = new Map<string, Entry>();
  const keys = new Set<string>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      const wrong = faultOf(entry, keys);
      if (wrong !== null) return err({ entry: shown(name), sentence: wrong });
      total += entry.uncompressedSize;
      if (total > FREE_BYTES && total > MOST_RATIO * zipBytes)
        return err({ entry: shown(name), sentence: 'It unpacks to far more than an export of this size holds.' });
      keys.add(nameKey(name));
      entries.set(name, entry);
    }
  } catch {
    return err({ entry: WHOLE, sentence: 'Its list of entries is damaged, or one has a name that leads out of it.' });
  }
  return ok(entries);
}

function faultOf(entry: Entry, keys: ReadonlySet<string>): string | null {
  const name = entry.fileName;
  if (!OWN.has(name) && !isFileName(name)) return 'No export has an entry of this name.';
  if (keys.has(nameKey(name))) return 'Two entries have this name.';
  if (entry.isEncrypted()) return 'It is locked with a password, which no export is.';
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) return 'It is packed in a way that no export is.';
  // Sizes of whole numbers only: a size beyond what counts exactly is a lie.
  return Number.isSafeInteger(entry.uncompressedSize) ? null : 'It names a size that cannot be.';
}

/** One plain segment under `files/`. */
function isFileName(name: string): boolean {
  if (!name.startsWith(FILES)) return false;
  const segment = name.slice(FILES.length);
  return segment.length > 0 && segment.length <= 255 && !/[/\\\p{Cc}]/u.test(segment) && !/^\.+$/.test(segment);
}

/** A name from outside, fit for a line of text. */
function shown(name: string): string {
  const line = name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}
