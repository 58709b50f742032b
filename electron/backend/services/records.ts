import { listBackups, takeBackup } from '../../../db/backup.ts';
import { checkTable } from '../../../db/check.ts';
import type { OpenRefusal } from '../../../db/failures.ts';
import type { Db } from '../../../db/handles.ts';
import { openDatabase } from '../../../db/open.ts';
import { restoreBackup } from '../../../db/restore.ts';
import type { RecordsState } from '../../contract/values.ts';
import type { BackendDeps } from '../types.ts';

/** The records of the data folder: open, or closed with a reason and what can be done about it. */
export interface Records {
  state(): RecordsState;
  /** The open records, or null. */
  db(): Db | null;
  /** Tries again what could not be opened. */
  retry(): RecordsState;
  /** Sets the present files aside, puts the backup in their place and opens it. */
  restore(backupId: string): RecordsState;
  close(): Promise<void>;
}

/** A backup at least this often while there is something new, in milliseconds. */
const BACKUP_EVERY_MS = 15 * 60_000;
const NEVER = -1;
/** A large file is looked at once the board stands, in slices. */
const FIRST_LOOK_MS = 3_000;
const NEXT_LOOK_MS = 100;

export function openRecords(deps: BackendDeps, onOpen: (db: Db) => void, onClose: () => void): Records {
  let db: Db | null = null;
  let refusal: OpenRefusal | null = null;
  let backing: Promise<void> = Promise.resolve();
  let backedUpAt = 0;

  const open = (): RecordsState => {
    const opened = openDatabase({
      folder: deps.folder,
      now: () => deps.now().toISOString(),
      log: deps.log,
      ...(deps.migrationsFolder === undefined ? {} : { migrationsFolder: deps.migrationsFolder }),
    });
    if (opened.ok) {
      db = opened.value;
      refusal = null;
      backedUpAt = isInBackup(db) ? changesOf(db) : NEVER;
      onOpen(db);
      checkLater(db, db.unchecked);
    } else {
      refusal = opened.error;
    }
    return state();
  };
  /** One table at a time, with time in between for whoever waits for an answer. */
  const checkLater = (opened: Db, [table, ...rest]: readonly string[]) => {
    if (table === undefined) return;
    const timer = setTimeout(
      () => {
        if (db !== opened) return;
        const found = checkTable(opened, table);
        if (found === null) checkLater(opened, rest);
        else giveUp(found);
      },
      rest.length + 1 === opened.unchecked.length ? FIRST_LOOK_MS : NEXT_LOOK_MS,
    );
    timer.unref();
  };
  /** Damage that was found while working: nothing more is read from it or written to it. */
  const giveUp = (found: OpenRefusal) => {
    deps.log.warn('records are damaged', { detail: found.detail });
    refusal = found;
    onClose();
    db?.close();
    db = null;
    deps.emit({ type: 'records:changed', state: state() });
  };
  const state = (): RecordsState => (refusal === null ? { kind: 'open' } : closedState(deps.folder, refusal));
  const backUp = () => {
    const open = db;
    if (open === null || changesOf(open) === backedUpAt) return;
    const changes = changesOf(open);
    backing = takeBackup(open).then(
      () => {
        backedUpAt = changes;
      },
      (error) => deps.log.warn('no backup', { error: error instanceof Error ? error.name : 'thrown' }),
    );
  };
  const timer = setInterval(backUp, BACKUP_EVERY_MS);
  timer.unref();

  const letGo = async () => {
    await backing;
    if (db === null) return;
    onClose();
    db.close();
    db = null;
  };
  open();
  return {
    state,
    db: () => db,
    retry: () => (db === null ? open() : state()),
    restore: (backupId) => {
      if (db !== null) return state();
      const restored = restoreBackup(deps.folder, backupId, deps.now().toISOString());
      if (restored.ok) return open();
      refusal = { ...(refusal as OpenRefusal), message: restored.error.message };
      return state();
    },
    close: async () => {
      clearInterval(timer);
      backUp();
      await letGo();
    },
  };
}

/** Whether a backup holds the last command: after an end that was not in order none may. */
function isInBackup(db: Db): boolean {
  const last = db.raw.prepare('SELECT at FROM command_log ORDER BY seq DESC LIMIT 1').pluck().get();
  return last === undefined || listBackups(db.folder).some(({ takenAt }) => takenAt >= String(last));
}

/** Grows with every commit of this connection. */
function changesOf(db: Db): number {
  return (db.raw.prepare('SELECT total_changes() AS n').get() as { n: number }).n;
}

function closedState(folder: string, refusal: OpenRefusal): RecordsState {
  return {
    kind: 'closed',
    reason: refusal.type,
    headline: refusal.headline,
    sentence: refusal.message,
    folder,
    backups: listBackups(folder).map(({ id, takenAt, bytes, deals, isChecked }) => ({
      id,
      takenAt,
      bytes,
      deals,
      isChecked,
    })),
  };
}
