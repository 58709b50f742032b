import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { embeddedConfig, isLoopback, loadConfig, type Words, withPort } from './load-config.ts';

const DATA = resolve('/srv/closeboard');
const shared: Words = {
  data: DATA,
  listen: '0.0.0.0:8443',
  publicUrl: 'https://portal.fennimore.example/',
  filesUrl: 'https://files.fennimore.example',
};

/** The sentences of a refused configuration. */
function sentences(flags: Words, env: Record<string, string> = {}, file: string | null = null): string {
  const loaded = loadConfig(flags, env, file);
  return loaded.ok ? '' : loaded.error.join('\n');
}

describe('a portal server is configured by', () => {
  test('its folder alone, for this computer', () => {
    expect(loadConfig({ data: DATA }, {}, null)).toMatchObject({
      ok: true,
      value: {
        ...{ data: DATA, host: '127.0.0.1', port: 7420, database: null, blobs: null, smtp: null, proxies: 0 },
        ...{ publicUrl: 'http://portal.localhost:7420', filesUrl: 'http://files.localhost:7420', isEmbedded: false },
      },
    });
  });

  test('flags over the environment over the file', () => {
    const env = {
      CLOSEBOARD_PORTAL_LISTEN: '127.0.0.1:2',
      CLOSEBOARD_PORTAL_QUOTA_BYTES: '5',
      CLOSEBOARD_PORTAL_BLOBS: '',
    };
    const file = JSON.stringify({ listen: '127.0.0.1:1', quotaBytes: 7, maxFileBytes: 3, blobs: '/b' });
    const loaded = loadConfig({ data: DATA, listen: '127.0.0.1:3' }, env, file);
    expect(loaded).toMatchObject({ value: { port: 3, quotaBytes: 5, maxFileBytes: 3, blobs: resolve('/b') } });
  });

  test('addresses for others, with mail and a database', () => {
    const more: Words = {
      ...{ smtp: 'smtps://user:word@mail.example', mailFrom: 'Fennimore <portal@fennimore.example>', proxies: '1' },
      ...{ database: 'postgres://u:p@db/portal', blobs: 'file:///srv/blobs' },
    };
    expect(loadConfig({ ...shared, ...more }, {}, null)).toMatchObject({
      value: { publicUrl: 'https://portal.fennimore.example', host: '0.0.0.0', proxies: 1, blobs: '/srv/blobs' },
    });
    expect(loadConfig({ ...shared, listen: '[::]:8443' }, {}, null)).toMatchObject({ value: { host: '::' } });
  });
});

test.each<[string, Words, string]>([
  ['no folder', {}, '--data DIR'],
  ['no address to listen at', { data: DATA, listen: 'somewhere' }, 'ADDRESS:PORT'],
  ['a port that is none', { data: DATA, listen: '127.0.0.1:70000' }, 'ADDRESS:PORT'],
  ['others without an address for them', { data: DATA, listen: '0.0.0.0:80' }, '--public-url'],
  ['plain http for others', { ...shared, publicUrl: 'http://portal.fennimore.example' }, 'https address'],
  ['a path', { ...shared, publicUrl: 'https://fennimore.example/portal' }, 'without a path'],
  ['a user in the address', { ...shared, publicUrl: 'https://u:p@fennimore.example' }, 'without a path'],
  ['no address for files', { ...shared, filesUrl: undefined as never }, '--files-url'],
  ['one address for both', { ...shared, filesUrl: 'https://portal.fennimore.example' }, 'another address'],
  ['files that open here only', { ...shared, filesUrl: 'http://files.localhost' }, 'on this computer only'],
  ['files by plain http', { ...shared, filesUrl: 'http://files.fennimore.example' }, 'https address'],
  ['another kind of database', { ...shared, database: 'mysql://x' }, 'PostgreSQL'],
  ['blobs that are no folder', { ...shared, blobs: 's3://bucket' }, 'folder of this computer'],
  ['mail without a sender', { ...shared, smtp: 'smtp://mail.example' }, 'mailFrom'],
  ['mail that is no address', { ...shared, smtp: 'mail.example', mailFrom: 'a@b.example' }, 'mail server'],
  ['a quota in words', { ...shared, quotaBytes: 'much' }, 'quotaBytes'],
  ['more proxies than anybody has', { ...shared, proxies: '9' }, 'proxies'],
])('refused with a sentence: %s', (_what, words, sentence) => {
  expect(sentences(words)).toContain(sentence);
});

test('a file with something else in it is refused by name', () => {
  expect(sentences({ data: DATA }, {}, '{')).toContain('not valid JSON');
  expect(sentences({ data: DATA }, {}, '[]')).toContain('and nothing else');
  expect(sentences({ data: DATA }, {}, '{"publicURL":"x","quota":1}')).toContain('publicURL, quota');
});

test('a chosen port settles both addresses', () => {
  const config = withPort(embeddedConfig(DATA, 0), 4321);
  expect(config).toMatchObject({ port: 4321, publicUrl: 'http://portal.localhost:4321' });
  expect(withPort(config, 4321).filesUrl).toBe('http://files.localhost:4321');
});

test('loopback is this computer and nothing that sounds like it', () => {
  for (const host of ['localhost', 'portal.localhost', '127.0.0.1', '127.8.9.1', '[::1]', '::1'])
    expect(isLoopback(host)).toBe(true);
  for (const host of ['localhost.example', '128.0.0.1', 'portal.example', '0.0.0.0', '::'])
    expect(isLoopback(host)).toBe(false);
});
