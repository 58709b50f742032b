import { randomBytes } from 'node:crypto';
import { codeOf } from './failures.ts';

/** Files being written carry the process that writes them, so that what a crash left can be told from work in hand. */
export interface TempNames {
  /** A name that nobody has: `.closeboard-<process>-<random>.part`. Hold it until `done`. */
  next(): string;
  done(name: string): void;
  /** True for a name of this form whose writer is gone. `ageMs`: since its last write. */
  isAbandoned(name: string, ageMs: number): boolean;
}

/** A process number is given again; after this long the writer is taken for another one. */
const LONGEST_WRITE_MS = 24 * 60 * 60 * 1000;

const held = new Set<string>();

export const tempNames: TempNames = {
  next() {
    const name = `.closeboard-${process.pid}-${randomBytes(8).toString('hex')}.part`;
    held.add(name);
    return name;
  },
  done: (name) => {
    held.delete(name);
  },
  isAbandoned(name, ageMs) {
    const pid = /^\.closeboard-(\d{1,10})-[0-9a-f]{16}\.part$/.exec(name)?.[1];
    if (pid === undefined || held.has(name)) return false;
    return Number(pid) === process.pid || ageMs > LONGEST_WRITE_MS || !isAlive(Number(pid));
  },
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}
