import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLog, type Log } from '../contract/log.ts';

const MAX_BYTES = 1_000_000;

/** The window's own log, `main.log` beside the backend's. Few lines come here, so it is set aside only at a start. */
export function createMainLog(dataFolder: string, now: () => Date): Log {
  const logs = join(dataFolder, 'logs');
  const file = join(logs, 'main.log');
  let isReady = false;
  const append = (text: string) => {
    if (!isReady) {
      mkdirSync(logs, { recursive: true });
      const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (bytes > MAX_BYTES) renameSync(file, join(logs, 'main.1.log'));
      isReady = true;
    }
    appendFileSync(file, text);
  };
  return createLog({ append }, () => now().toISOString());
}
