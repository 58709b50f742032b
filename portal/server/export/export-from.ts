import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../core/result.ts';
import { createDiskBlobs } from '../blobs/disk.ts';
import { configFileOf, loadConfig } from '../load-config.ts';
import { storeFailureOf } from '../store/failures.ts';
import { openPostgresStore } from '../store/postgres.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { openSqliteForReading } from '../store/sqlite-reading.ts';
import type { Store } from '../store/types.ts';
import { exportDeal } from './export-deal.ts';
import type { Manifest } from './format.ts';

export interface ExportFrom {
  /** The data folder of a portal server, absolute. */
  readonly data: string;
  /** `postgres://...` instead of the records in the folder. */
  readonly database?: string | undefined;
  readonly dealId: string;
  /** Where the zip goes, absolute. Must not be there yet. */
  readonly out: string;
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ExportedTo {
  readonly manifest: Manifest;
}

export interface NotExported {
  readonly type: string;
  readonly message: string;
}

const SILENT = { info: () => {}, warn: () => {} };
/** One workspace a server today. */
const WORKSPACE = 'main';

/**
 * Exports a deal for whoever runs the server, past its routes: with the lock free the export is written into the trail;
 * where a server process holds SQLite's records they are read beside it, and the export says that the trail lacks it.
 */
export async function exportFrom(ask: ExportFrom): Promise<Result<ExportedTo, NotExported>> {
  const places = await placesOf(ask);
  if (!places.ok) return places;
  const opened = await openFor(ask, places.value.database);
  if (!opened.ok) return opened;
  const { store, writer } = opened.value;
  const part = `${ask.out}.${randomUUID().slice(0, 8)}.part`;
  try {
    const exported = await exportDeal({
      store,
      writer,
      blobs: await createDiskBlobs(places.value.blobs),
      ...{ workspaceId: WORKSPACE, dealId: ask.dealId, now: ask.now },
      by: {
        actor: 'system',
        name: 'whoever runs the portal server',
        rights: { kind: 'member', memberId: 'server', role: 'admin' },
      },
      where: 'command-line',
    });
    if (!exported.ok) return exported;
    try {
      // Never half an export under the name of a whole one.
      await exported.value.writeTo(createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }));
      await rename(part, ask.out);
    } finally {
      await exported.value.remove();
    }
    return ok({ manifest: exported.value.manifest });
  } catch (error) {
    return notWritten(error, ask.out);
  } finally {
    await rm(part, { force: true });
    await store.close();
  }
}

/** A disk or a database that refuses, as a sentence; anything else is a defect and thrown. */
function notWritten(error: unknown, out: string): Result<never, NotExported> {
  const code = (error as NodeJS.ErrnoException).code;
  if (
    code !== undefined &&
    ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EISDIR'].includes(code)
  )
    return err({
      type: 'NotWritten',
      message: `The export could not be written to ${out}. Check that its folder exists, may be written to and has room.`,
    });
  const failure = storeFailureOf(error);
  if (failure === null) throw error;
  return err({ type: 'RecordsAway', message: failure.sentence });
}

interface Places {
  readonly database: string | null;
  readonly blobs: string;
}

/** As the server itself would find them: words given here, the environment, `portal.json` of the folder. */
async function placesOf({ data, database, env }: ExportFrom): Promise<Result<Places, NotExported>> {
  const file = configFileOf(data);
  const text = existsSync(file) ? await readFile(file, 'utf8') : null;
  const config = loadConfig({ data, ...(database === undefined ? {} : { database }) }, env, text);
  if (!config.ok) return err({ type: 'BadSettings', message: config.error.join(' ') });
  return ok({ database: config.value.database, blobs: config.value.blobs ?? join(data, 'blobs') });
}

interface OpenFor {
  readonly store: Pick<Store, 'read' | 'close'>;
  readonly writer: Store | null;
}

async function openFor({ data, now }: ExportFrom, database: string | null): Promise<Result<OpenFor, NotExported>> {
  const shared = { now: () => now().toISOString(), log: SILENT };
  if (database !== null) {
    const opened = await openPostgresStore({ url: database, ...shared });
    return opened.ok ? ok({ store: opened.value, writer: opened.value }) : err(refusal(opened.error));
  }
  const file = join(data, 'portal.db');
  if (!existsSync(file)) {
    const message = `There are no records of a portal in ${data}. Name the folder that holds portal.db, or the data folder of a desktop.`;
    return err({ type: 'NoRecords', message });
  }
  const opened = await openSqliteStore({ file, ...shared });
  if (opened.ok) return ok({ store: opened.value, writer: opened.value });
  if (opened.error.type !== 'locked') return err(refusal(opened.error));
  const reading = await openSqliteForReading({ file });
  return reading.ok ? ok({ store: reading.value, writer: null }) : err(refusal(reading.error));
}

function refusal({ type, sentence }: { readonly type: string; readonly sentence: string }): NotExported {
  return { type: `Records-${type}`, message: sentence };
}
