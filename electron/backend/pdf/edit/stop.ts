import type { EditOptions } from './refusals.ts';

/** Lets what else the thread has to do happen (a message that says "stop", above all) and says whether to go on. */
export async function isStopped({ signal }: EditOptions): Promise<boolean> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  return signal?.aborted === true;
}
