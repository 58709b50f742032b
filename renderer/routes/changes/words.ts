/** "Aiko Bergström and title are", "Title is": who is told, with the verb that fits. */
export function listedRoles(told: readonly string[]): string {
  const names = listed(told);
  return `${names.charAt(0).toUpperCase()}${names.slice(1)} ${told.length === 1 ? 'is' : 'are'}`;
}

/** "Priya, Daniel and the lender" */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** "today, 9:00 AM" inside a sentence. */
export function lowered(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
