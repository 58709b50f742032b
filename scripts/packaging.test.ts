import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, matchesGlob } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from './lib/base.mjs';

/** electron-builder's own reader and schema: what it refuses, this test refuses. */
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const reader: BuilderConfig = builder('app-builder-lib/out/util/config/config.js');
const { minimatch }: { minimatch: (path: string, pattern: string, how: object) => boolean } = createRequire(
  builder.resolve('app-builder-lib/package.json'),
)('minimatch');
const { DebugLogger }: { DebugLogger: new (enabled: boolean) => unknown } = builder('builder-util');

interface BuilderConfig {
  getConfig(projectDir: string, configPath: string, options: null): Promise<Config>;
  validateConfiguration(config: unknown, log: unknown): Promise<void>;
}
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
interface Platform {
  readonly target: readonly string[];
  readonly icon: string;
}
interface Config {
  readonly asar: boolean;
  readonly asarUnpack: readonly string[];
  readonly npmRebuild: boolean;
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly files: readonly { readonly filter: readonly string[] }[];
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
  readonly publish: { readonly provider: string; readonly url: string };
  readonly win: Platform;
  readonly mac: Platform;
  readonly linux: Platform;
}

const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
let config: Config;
beforeAll(async () => {
  config = await reader.getConfig(root, 'electron-builder.yml', null);
});

describe('electron-builder.yml', () => {
  test('is what electron-builder accepts, and it refuses what it does not know', async () => {
    await reader.validateConfiguration(config, new DebugLogger(false));
    const wrong = { ...config, electronFuses: { ...config.electronFuses, runAsNodes: true } };
    await expect(reader.validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow(/electronFuses/);
  });

  test('sets every fuse to the safe side', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test('packs an archive, with native code beside it and no rebuild', () => {
    expect(config.asar).toBe(true);
    expect(config.asarUnpack).toEqual([
      '**/node_modules/better-sqlite3/prebuilds/**',
      '**/node_modules/@napi-rs/**',
      '**/node_modules/@node-rs/**',
    ]);
    expect(config.npmRebuild).toBe(false);
  });

  test('takes the built app and nothing of its sources', () => {
    expect(config.files.flatMap(({ filter }) => filter).filter((pattern) => !pattern.startsWith('!'))).toEqual([
      'out/**',
      'package.json',
    ]);
  });

  test('builds for the three systems, with the zip that the updater of macOS needs', () => {
    expect(config.win.target).toEqual(['nsis']);
    expect(config.mac.target).toEqual(['dmg', 'zip']);
    expect(config.linux.target).toEqual(['AppImage', 'deb']);
  });

  test('has one list of files: a list of a system would be read on its own and take everything', () => {
    for (const system of [config.win, config.mac, config.linux]) expect(system).not.toHaveProperty('files');
  });

  test('leaves out the Node that only the tools run on', () => {
    const node = Object.keys(manifest.optionalDependencies);
    const left = config.files.flatMap(({ filter }) => filter).filter((pattern) => pattern.startsWith('!'));
    expect(node.length).toBeGreaterThan(0);
    for (const name of node) {
      const path = `node_modules/${name}/bin/node`;
      expect(
        left.some((pattern) => matchesGlob(path, pattern.slice(1).replace('{,/**}', '/**'))),
        name,
      ).toBe(true);
    }
  });

  test('takes of the password hashing what it needs on the system it is packed for', () => {
    const left = config.files.flatMap(({ filter }) => filter).filter((pattern) => pattern.includes('@node-rs'));
    const isLeftOut = (name: string) => {
      const path = `node_modules/@node-rs/${name}/argon2.node`;
      const named = left.map((pattern) =>
        pattern
          .slice(1)
          .replaceAll(/\$\{platform\}/g, 'linux')
          .replaceAll(/\$\{arch\}/g, 'x64'),
      );
      return named.some((pattern) => minimatch(path, pattern, { dot: true }));
    };
    expect(['argon2', 'argon2-linux-x64-gnu', 'argon2-linux-x64-musl'].filter(isLeftOut)).toEqual([]);
    const foreign = ['argon2-linux-arm64-gnu', 'argon2-darwin-x64', 'argon2-win32-x64-msvc', 'argon2-android-arm64'];
    expect(foreign.filter(isLeftOut)).toEqual(foreign);
  });

  test('answers closeboard:// links and takes its updates from a feed that is set from outside', () => {
    expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual(['closeboard']);
    expect(config.publish.provider).toBe('generic');
    expect(config.publish.url).toMatch(/^\$\{env\.CLOSEBOARD_UPDATE_FEED\}$/);
  });
});

test('only what the bundler leaves out is a dependency of the packed app', () => {
  const bundler = readFileSync(join(root, 'electron.vite.config.ts'), 'utf8');
  const external = /const external = \[([^\]]*)\]/.exec(bundler)?.[1]?.match(/[@\w/-]+/g);
  expect(Object.keys(manifest.dependencies)).toEqual(external);
});

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

test('the lock file names no registry and pins every package by its hash', () => {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  expect(packages.filter(([, entry]) => entry.integrity === undefined)).toEqual([]);
});

test('the lock file lists what each system needs: `npm ci` refuses a list with holes', () => {
  const names = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const optional = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(optional.length).toBeGreaterThan(10);
  expect(optional.filter((name) => !names.has(name))).toEqual([]);
});
