import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readShellState, type ShellState } from './window-state.ts';

export interface ShellFile {
  get(): ShellState;
  /** Written to a temporary name and renamed. A disk that refuses costs the window's place, nothing else. */
  set(part: Partial<ShellState>): void;
}

export function createShellFile(path: string): ShellFile {
  let state = readShellState(readText(path));
  return {
    get: () => state,
    set(part) {
      state = { ...state, ...part };
      try {
        writeFileSync(`${path}.new`, JSON.stringify(state));
        renameSync(`${path}.new`, path);
      } catch {
        // Kept in memory until the next start; there is nothing a person could do about it here.
      }
    },
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the first start, or unreadable: both open the window in the middle
  }
}
