/** The fields of a form that are not as they were shown: only those are sent, so that nobody else's word is written over. */
export function changesOf<T extends object>(shown: T, written: T): Partial<T> {
  const changes: Partial<T> = {};
  for (const key of Object.keys(written) as (keyof T)[]) {
    if (written[key] !== shown[key]) changes[key] = written[key];
  }
  return changes;
}
