import { createHash } from 'node:crypto';
import { isAbsolute, join, resolve } from 'node:path';

export interface Folders {
  readonly data: string;
  /** Where the window keeps its own things; null leaves it where the system puts it. */
  readonly profile: string | null;
}

/**
 * The data folder: `--data DIR` or `--data=DIR`, else CLOSEBOARD_DATA, else `data` beside the window's own files.
 * A data folder that was chosen gets a profile of its own, so that two of them can be open at once. It lies with the
 * system's own files and not in the data folder, which may be a place that cannot hold it. `--user-data-dir` (which
 * Electron reads itself) goes before that.
 */
export function chooseFolders(
  args: readonly string[],
  env: { readonly CLOSEBOARD_DATA?: string | undefined },
  { userData, cwd }: { readonly userData: string; readonly cwd: string },
): Folders {
  const chosen = optionOf(args, '--data') ?? (env.CLOSEBOARD_DATA || null);
  if (chosen === null) return { data: join(userData, 'data'), profile: null };
  const data = isAbsolute(chosen) ? chosen : resolve(cwd, chosen);
  if (optionOf(args, '--user-data-dir') !== null) return { data, profile: null };
  const name = createHash('sha256').update(data).digest('hex').slice(0, 16);
  return { data, profile: join(userData, 'profiles', name) };
}

function optionOf(args: readonly string[], name: string): string | null {
  for (const [index, word] of args.entries()) {
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1) || null;
    if (word === name) return args[index + 1] ?? null;
  }
  return null;
}
