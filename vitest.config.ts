import { defineConfig } from 'vitest/config';

/** Unit and database tests sit beside the source; the suffix names the environment. End to end runs by itself (tests/e2e). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{core,db,electron,portal,cli,scripts,renderer,bench}/**/*.test.ts',
            'tests/{unit,sync,e2e}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.dom.test.tsx', '**/*.db.test.ts'],
          environment: 'node',
          // Properties run thousands of times; a busy machine must not fail them.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['{db,electron,portal,cli}/**/*.db.test.ts', 'tests/{db,files,sync}/**/*.db.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'dom',
          include: ['{renderer,portal}/**/*.dom.test.tsx'],
          environment: 'happy-dom',
          testTimeout: 30_000,
        },
      },
    ],
  },
});
