import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The import table and the folders' own tsconfigs must bite: every file here that is not named `ok` or imported breaks a row. */
const PLANTED = {
  'core/a.ts': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
  'core/b.ts': "import type { Db } from '../db/x.ts';\nexport type B = Db;\n",
  'core/c.ts': 'export const c = [process.pid, window];\n',
  'renderer/a.ts': "import { x } from '../db/x.ts';\nexport const a = x;\n",
  'electron/backend/a.ts': "import { app } from 'electron';\nexport const a = app;\n",
  'electron/browser-host/a.ts': "import type { App } from 'electron';\nexport type A = App;\n",
  'electron/browser-host/b.ts': "import { b } from '../backend/b.ts';\nexport const c = b;\n",
  'electron/main/a.ts': "export const a = () => import('../../db/x.ts');\n",
  'electron/main/b.ts': "import { d } from '../../core/d.ts';\nexport const b = d;\n",
  'electron/main/ok.ts':
    "import { app } from 'electron';\nimport type { D } from '../../core/d.ts';\nexport const ok: D = app;\n",
  'core/d.ts': 'export const d = 1;\nexport type D = unknown;\n',
  'db/x.ts': 'export const x = 1;\nexport interface Db {\n  readonly x: number;\n}\n',
  'electron/backend/b.ts': 'export const b = 1;\n',
  // The root tsconfig wants something to include.
  'tests/none.ts': 'export {};\n',
} as const;

const repository = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-imports-'));
  for (const [path, text] of Object.entries(PLANTED)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const settings = [
    '.dependency-cruiser.cjs',
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'core/tsconfig.json',
  ];
  for (const file of settings) cpSync(join(repository, file), join(folder, file));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}

test('every breach of the import table is told, and nothing else', () => {
  const program = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
  const said = run([
    program,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'core',
    'db',
    'electron',
    'renderer',
  ]);
  const { summary } = JSON.parse(said) as {
    summary: { violations: readonly { from: string; rule: { name: string } }[] };
  };
  expect(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).toSorted()).toEqual([
    'core/a.ts: core may not import node:',
    'core/b.ts: core imports what its row does not name',
    'electron/backend/a.ts: electron/backend may not import electron',
    'electron/browser-host/a.ts: electron/browser-host may not import electron',
    'electron/browser-host/b.ts: electron/browser-host imports what its row does not name',
    'electron/main/a.ts: electron/main imports what its row does not name',
    'electron/main/b.ts: electron/main may take only types from there',
    'renderer/a.ts: renderer imports what its row does not name',
  ]);
});

test('core can name neither Node nor the window', () => {
  const said = run(['node_modules/ts7/bin/tsc', '-p', 'core/tsconfig.json']);
  for (const name of ['node:fs', 'process', 'window']) expect(said).toContain(`Cannot find name '${name}'`);
});
