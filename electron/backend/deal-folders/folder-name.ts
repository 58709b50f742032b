import { safeSegment } from '../../../core/documents/file-name.ts';

export interface FolderNameParts {
  /** House number, initials, or "–" when there is nothing. */
  readonly plate: string;
  /** What stands beside the plate: "Marlowe Ave". May be empty, or the same as the plate. */
  readonly street: string;
  readonly clientNames: readonly string[];
  readonly state: 'open' | 'closed' | 'withdrawn';
  /** `2026-06-02`; of a closed deal. */
  readonly closedOn?: string | null | undefined;
}

const MAX_PART = 60;

/** "1847 Marlowe Ave - Estévez & Park", "... (closed 2026-06-02)": one segment that every system takes. */
export function dealFolderName({ plate, street, clientNames, state, closedOn }: FolderNameParts): string {
  const place = [...new Set([plate, street].map((part) => part.trim()))].filter((part) => part !== '' && part !== '–');
  const parts = [place.join(' '), families(clientNames)].map((part) => cut(part)).filter((part) => part !== '');
  const named = parts.length === 0 ? 'Deal' : parts.join(' - ');
  const on = closedOn === null || closedOn === undefined ? '' : ` ${closedOn}`;
  return safeSegment(state === 'open' ? named : `${named} (${state}${state === 'closed' ? on : ''})`);
}

/** Endings of a person's name, and of a company's, which is not cut. */
const PERSONAL = /^(jr|sr|ii|iii|iv|md|phd|esq)\.?$/i;
const COMPANY = /\b(llc|l\.l\.c|inc|corp|co|ltd|lp|llp|trust|estate|bank|holdings|partners)\b\.?/i;

function families(names: readonly string[]): string {
  const all = [...new Set(names.map(family).filter((name) => name !== ''))];
  return all.length > 2 ? `${all.slice(0, 2).join(', ')} & others` : all.join(' & ');
}

function family(name: string): string {
  const plain = name.trim().replace(/\s+/g, ' ');
  if (COMPANY.test(plain)) return plain;
  const words = plain.split(' ').filter((word) => !PERSONAL.test(word));
  return (words.at(-1) ?? plain).replace(/,+$/, '');
}

function cut(text: string): string {
  return [...text].slice(0, MAX_PART).join('').trim();
}
