/** Text that both databases can keep: without NUL, and no half characters. No desktop of ours sends other. */
export function isKeepableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Whether all text of a request is so, names and values. It was held to a depth before. */
export function isKeepable(value: unknown): boolean {
  if (typeof value === 'string') return isKeepableText(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, part]) => isKeepableText(key) && isKeepable(part));
}
