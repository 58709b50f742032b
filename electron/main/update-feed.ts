import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a feed address can come from, in this order; an empty text counts as none. */
export interface FeedSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly setting: string | null;
  /** The address that the installer was built with, see `packagedFeed`. */
  readonly packaged: string | null;
}

/** The update address: CLOSEBOARD_UPDATE_FEED, else the setting, else the installer's own. Null: look for no updates. */
export function chooseFeed({ env, setting, packaged }: FeedSources): string | null {
  return env.CLOSEBOARD_UPDATE_FEED || setting || packaged || null;
}

/**
 * The address that electron-builder wrote into the package (`app-update.yml` in the resources folder), or null.
 * An address under `.invalid` stands for "none": electron-updater needs the file, and RFC 6761 keeps that name free.
 */
export function packagedFeed(resourcesPath: string): string | null {
  let text: string;
  try {
    text = readFileSync(join(resourcesPath, 'app-update.yml'), 'utf8');
  } catch {
    return null; // run from its sources: there is no package to ask
  }
  const url = /^url: *['"]?([^'"\s]+)/m.exec(text)?.[1] ?? null;
  return url && URL.canParse(url) && !new URL(url).hostname.endsWith('.invalid') ? url : null;
}

/**
 * Whether updates may come from there. The feed names both the file and its hash, so whoever can change the answer
 * on the way can replace the app: only https, or this computer itself.
 */
export function isSafeFeed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}
