import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseFeed, isSafeFeed, packagedFeed } from './update-feed.ts';

describe('the update address', () => {
  const all = {
    env: { CLOSEBOARD_UPDATE_FEED: 'https://env.test/' },
    setting: 'https://set.test/',
    packaged: 'https://own.test/',
  };

  test('is the environment’s, else the setting, else the installer’s own, else none', () => {
    expect(chooseFeed(all)).toBe('https://env.test/');
    expect(chooseFeed({ ...all, env: {} })).toBe('https://set.test/');
    expect(chooseFeed({ ...all, env: { CLOSEBOARD_UPDATE_FEED: '' }, setting: '' })).toBe('https://own.test/');
    expect(chooseFeed({ env: {}, setting: null, packaged: null })).toBeNull();
  });

  test.each(['https://updates.test/closeboard', 'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:80/'])(
    '%s is safe',
    (url) => {
      expect(isSafeFeed(url)).toBe(true);
    },
  );

  test.each([
    'http://updates.test/',
    'http://127.0.0.1.test/',
    'http://localhost.test/',
    'file:///tmp',
    'ftp://localhost/',
    'updates',
    '',
  ])('"%s" is not safe', (url) => {
    expect(isSafeFeed(url)).toBe(false);
  });
});

describe('the installer’s own address', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'closeboard-feed-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('is read from the package', () => {
    writeFileSync(join(folder, 'app-update.yml'), "provider: generic\nurl: 'https://updates.test/closeboard'\n");
    expect(packagedFeed(folder)).toBe('https://updates.test/closeboard');
  });

  test('is none under .invalid, and none without a package', () => {
    expect(packagedFeed(folder)).toBeNull();
    writeFileSync(join(folder, 'app-update.yml'), 'provider: generic\nurl: https://updates.invalid/\n');
    expect(packagedFeed(folder)).toBeNull();
  });
});
