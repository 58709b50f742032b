import { foldText } from '../../deals/fold-text.ts';
import type { Arrival, FilingRule } from './types.ts';
import { apart } from './words.ts';

/** The first rule whose conditions all hold. A rule without any condition holds for every file. */
export function matchRule(rules: readonly FilingRule[], arrival: Arrival): FilingRule | null {
  const name = foldText(`${arrival.fileName} ${apart(arrival.fileName)}`);
  const folder = foldText(`${arrival.folderPath} ${apart(arrival.folderPath)}`);
  const from = foldText(arrival.sender?.address ?? '');
  const holds = ({ when }: FilingRule): boolean => {
    const conditions = [
      when.from === undefined ? null : from !== '' && matchesGlob(foldText(when.from), from),
      when.nameHas === undefined ? null : name.includes(foldText(when.nameHas)),
      when.folderHas === undefined ? null : folder.includes(foldText(when.folderHas)),
    ].filter((condition) => condition !== null);
    // no condition at all is every file of the folder; blank ones are a mistake, and hold for nothing
    const isBlank =
      conditions.length > 0 && [when.from, when.nameHas, when.folderHas].every((text) => (text ?? '').trim() === '');
    return !isBlank && conditions.every(Boolean);
  };
  return rules.find(holds) ?? null;
}

/** Whether `*` in the pattern, standing for any letters, makes it the text. Takes time in proportion to both. */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
