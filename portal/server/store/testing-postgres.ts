import { afterAll } from 'vitest';
import { type Postgres, type StorePlace, sqlitePlace, startPostgres } from './testing.ts';

/** PostgreSQL for the tests of one file, until they are over. Null where it does not start; the reason is said. */
export async function postgresForTests(): Promise<Postgres | null> {
  const started = await startPostgres();
  if ('reason' in started) {
    process.stderr.write(`PostgreSQL was not tested, since it does not start here: ${started.reason}\n`);
    return null;
  }
  afterAll(() => started.stop(), 30_000);
  return started;
}

/** A new store on that driver. Without PostgreSQL its tests are to be skipped. */
export async function placeOn(driver: 'sqlite' | 'postgres', postgres: Postgres | null): Promise<StorePlace> {
  if (driver === 'sqlite') return sqlitePlace();
  if (postgres === null) throw new Error('PostgreSQL does not run here, so its tests are skipped');
  return postgres.place();
}
