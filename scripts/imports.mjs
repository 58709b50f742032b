// Checks the import table of docs/ARCHITECTURE.md. A folder that has no file yet is not in a clone, and is left out.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath, root } from './lib/base.mjs';

const folders = ['core', 'resources', 'db', 'electron', 'renderer', 'portal', 'cli'].filter((name) =>
  existsSync(join(root, name)),
);
const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
const child = spawn(nodePath(), [program, '--config', '.dependency-cruiser.cjs', ...folders], {
  cwd: root,
  stdio: 'inherit',
});
child.on('exit', (code) => process.exit(code ?? 1));
