import type { ChangeView } from '../../../electron/contract/portal-views.ts';

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

/** One document may carry several requests: what it put into effect already, and what else is on its way. Empty for neither. */
export function besideWords({ papers, alsoOpen }: Pick<ChangeView, 'papers' | 'alsoOpen'>, versionId: string): string {
  const carried = papers.find((paper) => paper.versionId === versionId)?.carried ?? [];
  const quoted = (titles: readonly string[]) => listed(titles.map((title) => `“${title}”`));
  const before = carried.length === 0 ? '' : `This document already put ${quoted(carried)} into effect.`;
  const others =
    alsoOpen.length === 0
      ? ''
      : `${quoted(alsoOpen)} ${alsoOpen.length === 1 ? 'is' : 'are'} still open on this deal: if the document says so too, put ${alsoOpen.length === 1 ? 'it' : 'each'} into effect by itself.`;
  return [before, others].filter((part) => part !== '').join(' ');
}

/** "today, 9:00 AM" inside a sentence. */
export function lowered(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
