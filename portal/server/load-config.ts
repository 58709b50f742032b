import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { err, ok, type Result } from '../../core/result.ts';
import { PortalConfig } from './config.ts';

/** What can be set, by its name in `portal.json`; `publicUrl` is `--public-url` and CLOSEBOARD_PORTAL_PUBLIC_URL. */
const SETTINGS = [
  'data',
  'listen',
  'publicUrl',
  'filesUrl',
  'database',
  'blobs',
  'smtp',
  'mailFrom',
  'quotaBytes',
  'maxFileBytes',
  'proxies',
] as const;
export type Setting = (typeof SETTINGS)[number];
export type Words = Readonly<Partial<Record<Setting, string>>>;

const DEFAULT_LISTEN = '127.0.0.1:7420';
const GIB = 1024 ** 3;
const QUOTA_BYTES = 100 * GIB;
const MAX_FILE_BYTES = GIB / 2;

/**
 * How a portal server runs: the command line over the environment over the text of `portal.json` (null when there is
 * none). An error is one sentence for each thing that has to be put right.
 */
export function loadConfig(
  flags: Words,
  env: Readonly<Record<string, string | undefined>>,
  file: string | null,
): Result<PortalConfig, readonly string[]> {
  const kept = wordsOfFile(file);
  if (!kept.ok) return kept;
  const words = { ...kept.value, ...wordsOfEnv(env), ...flags };
  const problems: string[] = [];
  const config = configOf(words, (sentence) => problems.push(sentence));
  if (config === null || problems.length > 0) return err(problems);
  return ok(PortalConfig.parse(config));
}

/** The portal of one computer. Port 0 lets the system choose; an address with port 0 takes the one that was chosen. */
export function embeddedConfig(data: string, port: number): PortalConfig {
  return {
    data,
    host: '127.0.0.1',
    port,
    publicUrl: `http://portal.localhost:${port}`,
    filesUrl: `http://files.localhost:${port}`,
    ...{ database: null, blobs: null, smtp: null, mailFrom: null, isEmbedded: true, proxies: 0 },
    quotaBytes: QUOTA_BYTES,
    maxFileBytes: MAX_FILE_BYTES,
  };
}

/** The same configuration once it is known which port was chosen. */
export function withPort(config: PortalConfig, port: number): PortalConfig {
  const settled = (url: string) => (new URL(url).port === '0' ? url.replace(/:0$/, `:${port}`) : url);
  return { ...config, port, publicUrl: settled(config.publicUrl), filesUrl: settled(config.filesUrl) };
}

export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function wordsOfFile(text: string | null): Result<Words, readonly string[]> {
  if (text === null) return ok({});
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err(['portal.json is not valid JSON. Put it right or take it away, then start again.']);
  }
  const read = z.record(z.string(), z.union([z.string(), z.number()])).safeParse(json);
  if (!read.success) return err(['portal.json is to hold settings with a text or a number each, and nothing else.']);
  const unknown = Object.keys(read.data).filter((name) => !SETTINGS.includes(name as Setting));
  if (unknown.length > 0)
    return err([`portal.json has settings that are not known: ${unknown.join(', ')}. Known: ${SETTINGS.join(', ')}.`]);
  return ok(Object.fromEntries(Object.entries(read.data).map(([name, value]) => [name, String(value)])));
}

function wordsOfEnv(env: Readonly<Record<string, string | undefined>>): Words {
  const found = SETTINGS.map((name) => {
    const upper = name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    return [name, env[`CLOSEBOARD_PORTAL_${upper}`]] as const;
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== ''));
}

type Tell = (sentence: string) => void;

function configOf(words: Words, tell: Tell): PortalConfig | null {
  const data = words.data ?? '';
  if (data === '') tell('Say where the portal keeps its records with --data DIR.');
  const listen = listenOf(words.listen ?? DEFAULT_LISTEN);
  if (listen === null) {
    tell(`--listen is to be ADDRESS:PORT, such as ${DEFAULT_LISTEN}.`);
    return null;
  }
  const addresses = addressesOf(words, listen, tell);
  if (addresses === null) return null;
  const whole = (name: Setting, fallback: number) => numberOf(words, name, fallback, tell);
  return {
    ...{ data: resolve(data), ...listen, ...addresses, isEmbedded: false },
    ...placesOf(words, tell),
    ...mailOf(words, tell),
    quotaBytes: whole('quotaBytes', QUOTA_BYTES),
    maxFileBytes: whole('maxFileBytes', MAX_FILE_BYTES),
    proxies: whole('proxies', 0),
  };
}

function listenOf(text: string): Pick<PortalConfig, 'host' | 'port'> | null {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:\s[\]]+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) return null;
  return { host: (match[1] ?? '').replaceAll(/[[\]]/g, ''), port };
}

function addressesOf(
  words: Words,
  { host, port }: Pick<PortalConfig, 'host' | 'port'>,
  tell: Tell,
): Pick<PortalConfig, 'publicUrl' | 'filesUrl'> | null {
  if (words.publicUrl === undefined && !isLoopback(host)) {
    tell('Others reach this server, so say how: --public-url https://portal.example.com.');
    return null;
  }
  const publicUrl = originOf(words.publicUrl ?? `http://portal.localhost:${port}`);
  if (publicUrl === null) {
    tell('--public-url is to be an https address without a path, such as https://portal.example.com.');
    return null;
  }
  const isShared = !isLoopback(new URL(publicUrl).hostname);
  if (words.filesUrl === undefined && isShared) {
    tell(
      'Files need an address of their own, so that nothing in a file can act as the portal: --files-url https://files.example.com.',
    );
    return null;
  }
  const filesUrl = originOf(words.filesUrl ?? `http://files.localhost:${port}`);
  if (filesUrl === null) tell('--files-url is to be an https address without a path.');
  else if (new URL(filesUrl).host === new URL(publicUrl).host)
    tell('--files-url is to be another address than --public-url. Use another host name for the same server.');
  else if (isShared && isLoopback(new URL(filesUrl).hostname))
    tell('--files-url opens on this computer only, while --public-url is for others. Use an address that they reach.');
  return { publicUrl, filesUrl: filesUrl ?? publicUrl };
}

/** The origin of an address; null when there is more to it, or when it is neither https nor on this computer. */
function originOf(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || text.replace(/\/$/, '').toLowerCase() !== plainOf(url)) return null;
  if (url.protocol === 'https:') return plainOf(url);
  return url.protocol === 'http:' && isLoopback(url.hostname) ? plainOf(url) : null;
}

/** As `origin`, which leaves out a port 0. */
function plainOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function placesOf({ database, blobs }: Words, tell: Tell): Pick<PortalConfig, 'database' | 'blobs'> {
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database))
    tell('--database is to be the address of a PostgreSQL database: postgres://user:password@host/name.');
  const isUrl = blobs !== undefined && /^[a-z][a-z0-9+.-]+:\/\//i.test(blobs);
  if (isUrl && !blobs.startsWith('file:///')) {
    tell('--blobs is to be a folder of this computer.');
    return { database: database ?? null, blobs: null };
  }
  const folder = isUrl ? fileURLToPath(blobs) : blobs;
  return { database: database ?? null, blobs: folder === undefined ? null : resolve(folder) };
}

function mailOf({ smtp, mailFrom }: Words, tell: Tell): Pick<PortalConfig, 'smtp' | 'mailFrom'> {
  if (smtp !== undefined && !(/^smtps?:\/\//.test(smtp) && URL.canParse(smtp)))
    tell('The mail server is to be an address such as smtps://user:password@mail.example.com.');
  if (smtp !== undefined && mailFrom === undefined) tell('Say who mails come from (mailFrom).');
  return { smtp: smtp ?? null, mailFrom: mailFrom ?? null };
}

function numberOf(words: Words, name: Setting, fallback: number, tell: Tell): number {
  const text = words[name];
  if (text === undefined) return fallback;
  const least = name === 'proxies' ? 0 : 1;
  const most = name === 'proxies' ? 5 : Number.MAX_SAFE_INTEGER;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  tell(`${name} is to be a whole number from ${least} on.`);
  return fallback;
}

/** Where `portal.json` of a data folder lies. */
export function configFileOf(data: string): string {
  return join(isAbsolute(data) ? data : resolve(data), 'portal.json');
}
