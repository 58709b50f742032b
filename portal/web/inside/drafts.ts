/** Words that were typed and not sent, kept on this device until they are. */
const PREFIX = 'draft ';

/** What was kept under a name; null for nothing, or where the browser keeps nothing. */
export function readDraft(name: string): unknown {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? null : (JSON.parse(kept) as unknown);
  } catch {
    // A private window, or something of an older page: the field is empty then, and nothing else is lost.
    return null;
  }
}

export function keepDraft(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without room, or in a private window, the words live as long as the page.
  }
}

export function dropDraft(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // There was nothing kept either.
  }
}

/** All of them: whoever signs out leaves nothing behind. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // There was nothing kept either.
  }
}
