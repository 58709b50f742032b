import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packAtRevision } from '../core/deadlines/pack.ts';
import type { Pack } from '../core/deadlines/pack-schema.ts';
import { err, ok, type Result } from '../core/result.ts';
import { type Answer, refusal } from './answer.ts';

const PACKS = fileURLToPath(new URL('../resources/packs/', import.meta.url));

/**
 * The rule packs that come with Closeboard, by file name. Their JSON is taken as it is: the tests put every one of
 * them through `parsePack`, so a start of the command line need not load the schemas.
 */
export function loadPacks(folder: string = PACKS): readonly Pack[] {
  return packIds(folder).map((id) => readPack(folder, id));
}

export function loadPack(id: string, revision?: string, folder: string = PACKS): Result<Pack, Answer> {
  const ids = packIds(folder);
  if (!ids.includes(id)) {
    return err(
      refusal({ type: 'UnknownPack', message: `There is no rule pack ${id}. Use one of: ${ids.join(', ')}.` }),
    );
  }
  const pack = readPack(folder, id);
  const at = packAtRevision(pack, revision ?? pack.revision);
  return at.ok ? ok(at.value) : err(refusal(at.error));
}

function packIds(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

function readPack(folder: string, id: string): Pack {
  return JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')) as Pack;
}
