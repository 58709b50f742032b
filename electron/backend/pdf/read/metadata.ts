const MAX_LENGTH = 300;

/** A title or producer as one clean line; null when there is none. */
export function metadataText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, 4 * MAX_LENGTH)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
  return text === '' ? null : text;
}

/**
 * The day of a PDF date (`D:20231204153000-06'00'`, ISO 32000 7.9.4) as `YYYY-MM-DD`, in the writer's own time zone.
 * Null for one that names no day, or a day that is none.
 */
export function createdOnOf(value: unknown): string | null {
  const match = typeof value === 'string' ? /^(?:D:)?(\d{4})-?(\d{2})-?(\d{2})/.exec(value.trim()) : null;
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = year >= 1980 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay ? `${match[1]}-${match[2]}-${match[3]}` : null;
}
