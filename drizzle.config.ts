import { defineConfig } from 'drizzle-kit';

/** By name, since the tests lie in the same folder. */
const SCHEMA = [
  'deal',
  'task',
  'person',
  'note',
  'anchor',
  'milestone',
  'document',
  'portal',
  'summary',
  'journal',
  'workspace',
  'files',
  'sync',
];

/** Writes SQL into db/migrations; db/migrate/runner.ts runs it. After `npm run generate`: `node db/migrate/pin.ts`. */
export default defineConfig({
  dialect: 'sqlite',
  schema: SCHEMA.map((name) => `./db/schema/${name}.ts`),
  out: './db/migrations',
  migrations: { prefix: 'timestamp' },
});
