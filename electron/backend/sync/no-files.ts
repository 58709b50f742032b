import type { FileQueue } from './types.ts';

/** Moves nothing: for records whose files never leave this computer. */
export const noFiles: FileQueue = {
  followed: () => {},
  start: () => {},
  stop: () => {},
  state: () => ({ up: 0, down: 0, bytesLeft: 0, current: null, isPaused: false, cap: null, problem: '' }),
  watch: () => {},
  set: () => {},
  close: async () => {},
};
