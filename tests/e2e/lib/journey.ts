import type { Desk } from './desk.ts';

/** One test: the same for every host. */
export interface Journey {
  readonly name: string;
  readonly limitMs?: number;
  /** What is looked at cannot differ between hosts: it runs on one of those that are here. */
  readonly runsOnce?: boolean;
  run(desk: Desk): Promise<void>;
}
