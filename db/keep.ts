interface Kept {
  readonly id: string;
  readonly kind: 'rolling' | 'migration';
  readonly takenAt: string;
}

const LAST = 12;
const HOURS = 24;
const DAYS = 30;

/**
 * Which backups stay: the last 12, the newest of each of the last 24 hours and of each of the last 30 days in which any
 * were taken, and every one taken before a migration. Hours and days are counted and not measured from now: a clock that
 * once ran years ahead would make everything else too old. `justTaken` stays whatever the clock said when it was taken.
 */
export function keptBackups<B extends Kept>(backups: readonly B[], justTaken: string): readonly B[] {
  const rolling = backups
    .filter((backup) => backup.kind === 'rolling')
    .toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
  const kept = new Set<B>([
    ...rolling.slice(0, LAST),
    ...newestOfEach(rolling, 'YYYY-MM-DDTHH'.length).slice(0, HOURS),
    ...newestOfEach(rolling, 'YYYY-MM-DD'.length).slice(0, DAYS),
  ]);
  return backups.filter((backup) => backup.kind === 'migration' || backup.id === justTaken || kept.has(backup));
}

/** The newest backup of each span of time that its instant begins with, newest first. */
function newestOfEach<B extends Kept>(newestFirst: readonly B[], length: number): readonly B[] {
  const bySpan = new Map<string, B>();
  for (const backup of newestFirst) {
    const span = backup.takenAt.slice(0, length);
    if (!bySpan.has(span)) bySpan.set(span, backup);
  }
  return [...bySpan.values()];
}
