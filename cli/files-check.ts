import { join } from 'node:path';
import type { Finding } from '../db/doctor.ts';
import type { Db } from '../db/handles.ts';
import { createVault } from '../electron/backend/vault/vault.ts';

/** Every content that a filed version names, read whole and held against its hash. Some seconds for some gigabytes. */
export async function filesFinding(db: Db, folder: string): Promise<Finding> {
  const silent = { info: () => {}, warn: () => {}, defect: () => {} };
  const vault = createVault({ folder: join(folder, 'vault'), log: silent, now: () => new Date() });
  const named = db.read.all<{ sha256: string }>('SELECT DISTINCT sha256 FROM version ORDER BY sha256');
  let [missing, damaged] = [0, 0];
  for (const { sha256 } of named) {
    const sound = await vault.check(sha256);
    if (sound.ok) continue;
    if (sound.error.type === 'Missing') missing += 1;
    else damaged += 1;
  }
  return { check: 'files', isGood: missing + damaged === 0, sentence: sentenceOf(named.length, missing, damaged) };
}

function sentenceOf(all: number, missing: number, damaged: number): string {
  if (missing + damaged === 0) return `All ${all} filed files are here, and each is as it came.`;
  const gone = missing === 0 ? '' : ` ${missing} are not here: copy the folder "vault" from where the records were.`;
  const bad =
    damaged === 0 ? '' : ` ${damaged} are not as they came: file them again from where they came; they heal by that.`;
  return `Of ${all} filed files${gone}${bad}`;
}
