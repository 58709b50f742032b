/** Compares by value, or a text by a pattern. Says what was compared. */
export function expect<T>(actual: T, wanted: T | RegExp, what: string): void {
  const isSame =
    wanted instanceof RegExp ? wanted.test(String(actual)) : JSON.stringify(actual) === JSON.stringify(wanted);
  if (!isSame) throw new Error(`${what}: wanted ${show(wanted)}, got ${show(actual)}`);
}

function show(value: unknown): string {
  return value instanceof RegExp ? String(value) : JSON.stringify(value);
}

/** Asks until the answer is as wanted, for what no element on the page tells. */
export async function until<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  what: string,
  limitMs = 15_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (performance.now() > end) throw new Error(`${what}: still ${show(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
