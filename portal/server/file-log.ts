import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PortalLog } from './log.ts';
import { createLineLog } from './log-lines.ts';

const MAX_BYTES = 1_000_000;
const KEPT = 3;

/** The log of an embedded portal: a file, and before it `.1` (newest) to `.3`. Written at once, for after a crash. */
export function createFileLog(file: string, now: () => Date, maxBytes: number = MAX_BYTES): PortalLog {
  let bytes = -1;
  return createLineLog((line) => {
    if (bytes < 0) {
      mkdirSync(dirname(file), { recursive: true });
      bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (bytes > maxBytes) {
      rotate(file);
      bytes = 0;
    }
    appendFileSync(file, line);
    bytes += Buffer.byteLength(line);
  }, now);
}

function rotate(file: string): void {
  for (let number = KEPT; number >= 1; number -= 1) {
    const from = number === 1 ? file : `${file}.${number - 1}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${file}.${number}`);
  }
}
