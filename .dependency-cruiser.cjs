/**
 * The import table of docs/ARCHITECTURE.md, as rules. One entry a row: what a folder may import.
 * Anything a folder imports that is not on its row fails the run.
 */
const OWN = [
  'core',
  'db',
  'electron/contract',
  'electron/preload',
  'electron/main',
  'electron/backend',
  'electron/browser-host',
  'portal/api',
  'portal/server',
  'portal/web',
  'renderer',
  'cli',
  'resources',
];

/** folder -> { may: folders, types: folders by type only, entry: files, electron, node } */
const TABLE = {
  core: {},
  resources: { may: ['core'] },
  db: { may: ['core'], node: true },
  'electron/contract': { may: ['core'] },
  'electron/preload': { may: ['electron/contract'], types: ['core'], electron: true },
  'electron/main': { may: ['electron/contract'], types: ['core', 'electron/backend'], electron: true, node: true },
  'electron/backend': { may: ['core', 'resources', 'db', 'electron/contract', 'portal/api'], node: true },
  'electron/browser-host': {
    may: ['core', 'electron/contract'],
    entry: ['electron/backend/index.ts', 'portal/server/index.ts'],
    node: true,
  },
  'portal/api': { may: ['core'] },
  cli: {
    may: ['core', 'resources', 'db', 'electron/backend', 'portal/api'],
    entry: ['portal/server/index.ts'],
    node: true,
  },
  renderer: { may: ['core', 'electron/contract'] },
  'portal/web': { may: ['core', 'portal/api'] },
  'portal/server': { may: ['core', 'resources', 'portal/api'], entry: ['db/migrate/runner.ts'], node: true },
};

const forbidden = [
  {
    name: 'no-circular',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];
for (const [folder, row] of Object.entries(TABLE)) {
  // How a page is built is no part of the page: that runs in Node.
  const from = { path: `^${folder}/`, pathNot: ['\\.test\\.tsx?$', '/vite\\.config\\.ts$'] };
  const named = [...(row.may ?? []), ...(row.types ?? []), folder];
  const others = OWN.filter((other) => !named.includes(other));
  const entries = (row.entry ?? []).map((file) => `^${file.replaceAll('.', '\\.')}$`);
  // Packs and templates are data: tests of core read them. Only what runs counts as an import of resources.
  const to = { path: others.map((other) => (other === 'resources' ? '^resources/.*\\.ts$' : `^${other}/`)) };
  if (entries.length > 0) to.pathNot = entries;
  forbidden.push({ name: `${folder} imports what its row does not name`, severity: 'error', from, to });
  if (row.types) {
    forbidden.push({
      name: `${folder} may take only types from there`,
      severity: 'error',
      from,
      to: { path: row.types.map((other) => `^${other}/`), dependencyTypesNot: ['type-only'] },
    });
  }
  if (!row.electron)
    forbidden.push({
      name: `${folder} may not import electron`,
      severity: 'error',
      from,
      to: {
        path: '(^|node_modules/)electron(/|$)',
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'unknown', 'core'],
      },
    });
  if (!row.node)
    forbidden.push({
      name: `${folder} may not import node:`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    });
}

module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
