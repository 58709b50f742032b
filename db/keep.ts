interface Kept {
  readonly id: string;
  readonly kind: 'rolling' | 'migration';
  readonly takenAt: string;
}

const LAST = 12;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Which backups stay: the last 12, the newest of each hour for a day, the newest of each day for 30 days, and every
 * one taken before a migration. `now` and `takenAt` are ISO instants.
 */
export function keptBackups<B extends Kept>(backups: readonly B[], now: string): readonly B[] {
  const at = Date.parse(now);
  const rolling = backups
    .filter((backup) => backup.kind === 'rolling')
    .toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
  const kept = new Set<B>(rolling.slice(0, LAST));
  keepNewest(rolling, kept, { since: at - DAY, length: 'YYYY-MM-DDTHH'.length });
  keepNewest(rolling, kept, { since: at - 30 * DAY, length: 'YYYY-MM-DD'.length });
  return backups.filter((backup) => backup.kind === 'migration' || kept.has(backup));
}

function keepNewest<B extends Kept>(
  newestFirst: readonly B[],
  kept: Set<B>,
  { since, length }: { readonly since: number; readonly length: number },
): void {
  const seen = new Set<string>();
  for (const backup of newestFirst) {
    const span = backup.takenAt.slice(0, length);
    if (Date.parse(backup.takenAt) < since || seen.has(span)) continue;
    seen.add(span);
    kept.add(backup);
  }
}
