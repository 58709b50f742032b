import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../../core/result.ts';
import { createLog } from '../../contract/log.ts';
import type { VaultIo } from './io.ts';
import { createVault, type Vault } from './vault.ts';

export const quietLog = createLog({ append: () => undefined }, () => '');

export interface TestVault {
  readonly folder: string;
  /** The vault's own folder, inside `folder`. */
  readonly inside: string;
  readonly vault: Vault;
  /** What the vault takes for the time. */
  readonly clock: { now: Date };
  remove(): void;
}

/** A vault in a temp folder of its own. */
export function makeVault(io?: VaultIo): TestVault {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-vault-'));
  const inside = join(folder, 'vault');
  const clock = { now: new Date('2026-06-02T12:00:00Z') };
  const vault = createVault({ folder: inside, log: quietLog, now: () => clock.now, io });
  return { folder, inside, vault, clock, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The type of a refusal, `ok` when there was none. */
export function typeOf(result: Result<unknown, { readonly type: string }>): string {
  return result.ok ? 'ok' : result.error.type;
}

/** Every name under a folder that looks half-written. */
export function tempFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'));
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
