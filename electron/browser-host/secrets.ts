import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { SecretKeeper } from '../contract/secret-desk.ts';

const NOT_SAVED = 'Closeboard could not write its secrets file. Look whether the disk is full, then try again.';

const Kept = z.record(z.string(), z.string());

/**
 * Secrets in a file that only this user may read. A browser gives no way to the system's password store, so they lie as
 * they are, with the same protection as the records beside them: whoever reads this file reads all that the key opens.
 * That is why keeping them is no problem to tell a person about.
 */
export function createSecretFile(file: string): SecretKeeper {
  return {
    get: async (name) => ({ secret: read(file).get(name) ?? null, problem: '' }),
    async keep(name, secret) {
      const kept = read(file);
      if (secret !== null) kept.set(name, secret);
      // Nothing to forget: no file is made for that.
      else if (!kept.delete(name)) return { problem: '' };
      return { problem: write(file, kept) ? '' : NOT_SAVED };
    },
  };
}

function read(file: string): Map<string, string> {
  try {
    return new Map(Object.entries(Kept.parse(JSON.parse(readFileSync(file, 'utf8')))));
  } catch {
    return new Map(); // no file yet, or damaged: either way there is no secret to be had from it
  }
}

function write(file: string, kept: ReadonlyMap<string, string>): boolean {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
    return true;
  } catch {
    return false;
  }
}
