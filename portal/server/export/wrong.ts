import { err, ok, type Result } from '../../../core/result.ts';
import { jsonLines, NotLines } from './lines.ts';
import type { NotIntact, OpenZip } from './read-zip.ts';

/** The first thing that does not fit, on its way out of the loops that look for it; `caught` makes it a value again. */
export class Wrong extends Error {
  readonly problem: NotIntact;
  constructor(entry: string, sentence: string) {
    super(sentence);
    this.problem = { entry, sentence };
  }
}

export async function linesOf(zip: OpenZip, path: string): Promise<AsyncIterable<readonly unknown[]>> {
  return jsonLines((await zip.read(path)) as AsyncIterable<Uint8Array>);
}

/** A `Wrong` as a value. Bytes that do not read as lines are a fault of the entry; anything else is a defect of ours. */
export async function caught<T>(entry: string, work: () => Promise<T>): Promise<Result<T, NotIntact>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof Wrong) return err(error.problem);
    if (error instanceof NotLines) return err({ entry, sentence: 'It does not read as lines of JSON.' });
    throw error;
  }
}
