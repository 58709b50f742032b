import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storeContract } from './contract/index.ts';
import { parityContract } from './contract/parity.ts';
import { postgresContract } from './contract/postgres.ts';
import { openPostgresStore } from './postgres.ts';
import { AT, SILENT, startPostgres } from './testing.ts';
import { postgresForTests } from './testing-postgres.ts';

// One server for this file, ended with it also when a test or the whole process fails.
const postgres = await postgresForTests();

const fresh = () => {
  if (postgres === null) throw new Error('PostgreSQL did not start');
  return postgres.place();
};

describe.skipIf(postgres === null)('PostgreSQL', () => {
  storeContract(fresh);
  describe('several processes', () => postgresContract(fresh));
  describe('parity', () => parityContract(fresh));
});

test('a database that cannot be reached is a refusal with a sentence', async () => {
  const url = 'postgres://nobody:nothing@127.0.0.1:9/none';
  const opened = await openPostgresStore({ url, now: () => AT, log: SILENT });
  expect(opened).toMatchObject({ ok: false, error: { type: 'unavailable' } });
  if (!opened.ok) expect(opened.error.detail).not.toContain('nothing');
});

test('where PostgreSQL cannot be started, the tests are told why', async () => {
  const nowhere = await startPostgres(join(tmpdir(), 'closeboard-is-not-there'));
  expect(nowhere).toMatchObject({ reason: expect.stringContaining('ENOENT') });
});
