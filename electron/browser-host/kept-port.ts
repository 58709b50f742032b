import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'browser-port';

/** The port that this data folder was served on the last time; 0 for none. */
export function readPort(data: string): number {
  try {
    const port = Number(readFileSync(join(data, FILE), 'utf8'));
    return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0;
  } catch {
    return 0; // the first start, or a folder that can't be read: the records will say so
  }
}

export function keepPort(data: string, port: number): void {
  try {
    writeFileSync(join(data, FILE), String(port), { mode: 0o600 });
  } catch {
    // Only a warm start is lost by it.
  }
}
