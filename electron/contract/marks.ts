/** The moments of a start, in this order. */
export const MARKS = ['app/start', 'backend/ready', 'window/shown', 'board/painted'] as const;

export interface Marks {
  /** The first time counts. Marks of other names are left out. */
  mark(name: string, atMs: number): void;
}

/** Prints one line when all moments have come: `{"marks":{"app/start":1700000000000.5,...}}`, milliseconds since 1970. */
export function createMarks(print: ((line: string) => void) | null): Marks {
  const seen = new Map<string, number>();
  return {
    mark(name, atMs) {
      if (print === null || seen.has(name) || !MARKS.some((known) => known === name)) return;
      seen.set(name, atMs);
      if (seen.size < MARKS.length) return;
      const marks = Object.fromEntries(MARKS.map((known) => [known, seen.get(known)]));
      print(JSON.stringify({ marks }));
    },
  };
}
