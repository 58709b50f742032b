import type { FolderRule } from '../../../electron/contract/papers.ts';

export const MAX_RULES = 50;

/** What is wrong with a rule, as a sentence beside its field; `rule` is about the rule as a whole. */
export interface RuleWrong {
  readonly from?: string;
  readonly rule?: string;
  /** What `from` most likely means, to be clicked. */
  readonly useFrom?: string;
}

/** Null when the rule can be kept. `others` are the rules of the same folder, without this one. */
export function wrongWith(rule: FolderRule, others: readonly FolderRule[]): RuleWrong | null {
  const from = rule.from.trim();
  if (from !== '' && !from.includes('@')) {
    return /^[^\s@*]+\.[^\s@*]+$/.test(from)
      ? { from: 'Write it as an address.', useFrom: `*@${from}` }
      : { from: 'Write an address, such as *@lender.com.' };
  }
  if (/\s/.test(from)) return { from: 'One address for each rule. The sign * stands for any letters.' };
  if (rule.nameHas.trim() === '' && /^[*@.]*$/.test(from) && from !== '')
    return { from: 'This is everybody. Leave the field empty for any sender.' };
  if (saysNothing(rule))
    return { rule: 'Say what to do with these files: the deal, the document, or that they may file themselves.' };
  const isSame = (other: FolderRule) => sameFiles(other) === sameFiles(rule);
  if (others.some(isSame))
    return { rule: 'Another rule is for the same files, and only the first one is used. Change that one.' };
  return null;
}

function saysNothing({ dealId, lineTitle, mayFileAlone }: FolderRule): boolean {
  return dealId === null && lineTitle.trim() === '' && !mayFileAlone;
}

function sameFiles({ from, nameHas }: FolderRule): string {
  return JSON.stringify([from, nameHas].map((text) => text.trim().toLowerCase()));
}

/** Which files a rule is for: `From *@lender.com, with "appraisal" in the name`. */
export function whichFiles({ from, nameHas }: Pick<FolderRule, 'from' | 'nameHas'>): string {
  const name = nameHas === '' ? '' : `with "${nameHas}" in the name`;
  if (from === '') return name === '' ? 'Every other file' : `Files ${name}`;
  return ['From', [from, name].filter(Boolean).join(', ')].join(' ');
}

/** What is done with them; `deal` is how the deal is called, null for whichever fits. */
export function whatIsDone(
  { lineTitle, mayFileAlone }: Pick<FolderRule, 'lineTitle' | 'mayFileAlone'>,
  deal: string | null,
): string {
  const where = `${deal === null ? 'Whichever deal fits' : `Deal ${deal}`}, ${lineTitle === '' ? 'whichever document fits' : lineTitle}.`;
  return `${where} ${mayFileAlone ? 'Certain ones file themselves.' : 'They wait for you in the inbox.'}`;
}

/** The rule one place further up. */
export function movedUp(rules: readonly FolderRule[], id: string): FolderRule[] {
  const at = rules.findIndex((rule) => rule.id === id);
  const moved = rules[at];
  if (at < 1 || moved === undefined) return [...rules];
  const rest = rules.filter((rule) => rule.id !== id);
  return [...rest.slice(0, at - 1), moved, ...rest.slice(at - 1)];
}

/** "1847 Marlowe Ave"; a deal without an address is called by its clients. */
export function dealText(deal: { readonly plate: string; readonly streetName: string } | undefined): string {
  return deal === undefined ? '' : `${deal.plate} ${deal.streetName}`.trim();
}
