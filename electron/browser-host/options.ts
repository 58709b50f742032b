import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../core/result.ts';

export interface HostOptions {
  readonly data: string;
  readonly isOpening: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads `[--data DIR] [--no-open]`; without a folder CLOSEBOARD_DATA counts, else the one that the desktop app uses. */
export function readOptions(args: readonly string[], env: Env, platform: string): Result<HostOptions, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, 'no-open': { type: 'boolean' } },
    });
    const chosen = values.data || env.CLOSEBOARD_DATA;
    return ok({ data: chosen ? resolve(chosen) : defaultFolder(env, platform), isOpening: values['no-open'] !== true });
  } catch {
    return err('Use --data DIR to choose the data folder, and --no-open to open no window.');
  }
}

function defaultFolder(env: Env, platform: string): string {
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Closeboard', 'data');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Closeboard', 'data');
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'Closeboard', 'data');
}
