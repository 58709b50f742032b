import { statfsSync } from 'node:fs';
import type { Deal, Id } from '../core/deals/model.ts';
import type { SummaryRow } from '../core/deals/summary.ts';
import { listBackups } from './backup.ts';
import { sizeOf } from './files.ts';
import { type Db, inRead, type Read } from './handles.ts';
import { loadMigrations } from './migrate/load.ts';
import { judgePlace, type PlaceProbe, systemProbe } from './place.ts';
import { readDeal } from './read/deal.ts';
import { readSummary } from './read/summary.ts';
import { searchGaps } from './search/index-deal.ts';

export interface Finding {
  readonly check:
    | 'integrity'
    | 'links'
    | 'summaries'
    | 'search'
    | 'room'
    | 'place'
    | 'schema'
    | 'mode'
    | 'backups'
    | 'files';
  readonly isGood: boolean;
  /** What was found, and what to do when it is not good. */
  readonly sentence: string;
}

export interface DoctorOptions {
  readonly summarise: (deal: Deal) => SummaryRow;
  readonly migrationsFolder?: string;
  readonly place?: PlaceProbe;
}

/** Looks at everything and changes nothing. Takes seconds on large records: the long check reads every page. */
export function examine(db: Db, options: DoctorOptions): readonly Finding[] {
  return [
    integrity(db),
    links(db),
    summaries(db, options.summarise),
    search(db),
    room(db),
    place(db, options.place ?? systemProbe()),
    schema(db, options.migrationsFolder),
    mode(db),
    backups(db),
  ];
}

function integrity(db: Db): Finding {
  const said = String(db.raw.pragma('integrity_check(1)', { simple: true }));
  return said === 'ok'
    ? good('integrity', 'Every page of the records can be read.')
    : bad('integrity', 'The records are damaged. Restore the newest backup.');
}

function links(db: Db): Finding {
  const broken = (db.raw.pragma('foreign_key_check') as readonly unknown[]).length;
  return broken === 0
    ? good('links', 'Every task, person, note and date belongs to a deal.')
    : bad('links', `${rows(broken)} belong to a deal that is not there. Restore the newest backup.`);
}

function summaries(db: Db, summarise: DoctorOptions['summarise']): Finding {
  const wrong = inRead(db, (read) => wrongSummaries(read, summarise));
  return wrong === 0
    ? good('summaries', 'The board shows what the deals say.')
    : bad(
        'summaries',
        `The board is behind on ${wrong === 1 ? '1 deal' : `${wrong} deals`}. The deal's own page is right; the next change to it sets the board right.`,
      );
}

function search(db: Db): Finding {
  const { missing, extra } = inRead(db, searchGaps);
  return missing + extra === 0
    ? good('search', 'The search knows every deal, person, note and document.')
    : bad(
        'search',
        `The search is behind on ${rows(missing + extra)}. Start Closeboard: it sets the search right by itself.`,
      );
}

/** Deals whose stored summary is not the one their rows give, and summaries without a deal. */
function wrongSummaries(read: Read, summarise: DoctorOptions['summarise']): number {
  const ids = read.all<{ id: Id }>('SELECT id FROM deal UNION SELECT deal_id FROM summary');
  return ids.filter(({ id }) => {
    const deal = readDeal(read, id);
    const stored = readSummary(read, id);
    return deal === null || stored === null || !isSame(stored, summarise(deal));
  }).length;
}

function isSame(a: SummaryRow, b: SummaryRow): boolean {
  return (Object.keys(b) as (keyof SummaryRow)[]).every((key) => a[key] === b[key]);
}

function room(db: Db): Finding {
  const { bavail, bsize } = statfsSync(db.folder);
  const free = bavail * bsize;
  // The next backup needs as much again as the records take, and a write-ahead log comes on top.
  const needed = 2 * sizeOf(db.file) + 64 * 1024 * 1024;
  const megabytes = Math.floor(free / (1024 * 1024));
  return free >= needed
    ? good('room', `${megabytes} MB are free on the disk.`)
    : bad('room', `Only ${megabytes} MB are free on the disk. Make room, or the next backup will fail.`);
}

function place(db: Db, probe: PlaceProbe): Finding {
  const found = judgePlace(db.folder, probe);
  return found === null ? good('place', 'The records are on a disk of this computer.') : bad('place', found.message);
}

function schema(db: Db, folder: string | undefined): Finding {
  const known = loadMigrations(folder).map((migration) => migration.name);
  const done = db.raw.prepare('SELECT name FROM schema_migration').all() as { name: string }[];
  const isSameSet = known.length === done.length && done.every(({ name }) => known.includes(name));
  return isSameSet
    ? good('schema', `The records have the form this version knows (${known.at(-1)}).`)
    : bad('schema', 'The records have another form than this version knows. Update Closeboard.');
}

function mode(db: Db): Finding {
  const isRight =
    db.raw.pragma('journal_mode', { simple: true }) === 'wal' &&
    db.raw.pragma('synchronous', { simple: true }) === 2 &&
    db.raw.pragma('foreign_keys', { simple: true }) === 1;
  return isRight
    ? good('mode', 'Every change is on the disk before it is acknowledged.')
    : bad('mode', 'Changes may be lost when the power goes. Restart Closeboard.');
}

function backups(db: Db): Finding {
  const newest = listBackups(db.folder).find((backup) => backup.isChecked);
  return newest
    ? good('backups', `The newest checked backup is of ${newest.takenAt}.`)
    : bad('backups', 'There is no checked backup yet. Take one with "closeboard backup".');
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function good(check: Finding['check'], sentence: string): Finding {
  return { check, isGood: true, sentence };
}

function bad(check: Finding['check'], sentence: string): Finding {
  return { check, isGood: false, sentence };
}
