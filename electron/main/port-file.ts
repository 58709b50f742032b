import { readFileSync, writeFileSync } from 'node:fs';
import { createKeptPort } from '../contract/kept-port.ts';
import type { KeptPort } from '../contract/supervise-portal.ts';

/** The port in this file, for this user only. */
export function portFile(file: string): KeptPort {
  return createKeptPort({
    read: () => readFileSync(file, 'utf8'),
    write: (text) => writeFileSync(file, text, { mode: 0o600 }),
  });
}
