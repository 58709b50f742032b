import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLog, type Log } from '../contract/log.ts';

const MAX_BYTES = 1_000_000;
const KEPT = 3;

/**
 * The backend's log: `logs/backend.log` in the data folder, with `backend.1.log` (newest) to `backend.3.log` before it.
 * Written at once, so that the line that explains a crash is there after it.
 */
export function createFileLog(folder: string, now: () => Date, maxBytes: number = MAX_BYTES): Log {
  const logs = join(folder, 'logs');
  const file = join(logs, 'backend.log');
  let bytes = -1;
  const append = (text: string) => {
    if (bytes < 0) {
      mkdirSync(logs, { recursive: true });
      bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (bytes > maxBytes) {
      rotate(logs, file);
      bytes = 0;
    }
    appendFileSync(file, text);
    bytes += Buffer.byteLength(text);
  };
  return createLog({ append }, () => now().toISOString());
}

function rotate(logs: string, file: string): void {
  for (let number = KEPT; number >= 1; number -= 1) {
    const from = number === 1 ? file : join(logs, `backend.${number - 1}.log`);
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, join(logs, `backend.${number}.log`));
  }
}
