import type { Desk } from './desk.ts';

/** One test: the same for every host. */
export interface Journey {
  readonly name: string;
  readonly limitMs?: number;
  run(desk: Desk): Promise<void>;
}
