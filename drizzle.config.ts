import { defineConfig } from 'drizzle-kit';

/** Writes SQL into db/migrations; db/migrate/runner.ts runs it. After `npm run generate`: `node db/migrate/pin.ts`. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './db/schema/*.ts',
  out: './db/migrations',
  migrations: { prefix: 'timestamp' },
});
