import type { ChangeKind } from '../../../core/changes/rules.ts';
import type { AskableChanges } from '../../api/person-home.ts';

/** What somebody chooses to ask for. Both kinds of extension are one choice: which it is follows from the deadline. */
export type Choice = Exclude<ChangeKind, 'option-extension'>;

/** In the order of the list, in groups that belong together. */
export const CHOICE_GROUPS = {
  dates: ['closing-date', 'possession-date', 'contingency-extension'],
  home: ['repairs', 'price', 'credit'],
  people: ['add-party', 'remove-party', 'power-of-attorney', 'entity'],
  papers: ['replace-document', 'form-correction'],
  reach: ['contact-info', 'bank-info'],
  end: ['cancellation'],
} as const satisfies Record<string, readonly Choice[]>;
export type ChoiceGroup = keyof typeof CHOICE_GROUPS;

export interface Choices {
  readonly group: ChoiceGroup;
  readonly choices: readonly Choice[];
}

/** The choices of one person, without those that have nothing to choose from. */
export function choicesOf(askable: AskableChanges): readonly Choices[] {
  return (Object.keys(CHOICE_GROUPS) as ChoiceGroup[])
    .map((group) => ({ group, choices: CHOICE_GROUPS[group].filter((choice) => isOffered(choice, askable)) }))
    .filter(({ choices }) => choices.length > 0);
}

export function isOffered(choice: Choice, askable: AskableChanges): boolean {
  const { kinds, deadlines, papers, people } = askable;
  const isExtension = choice === 'contingency-extension';
  if (!kinds.includes(choice) && !(isExtension && kinds.includes('option-extension'))) return false;
  if (isExtension) return deadlines.length > 0;
  if (choice === 'replace-document' || choice === 'form-correction') return papers.length > 0;
  if (choice === 'contact-info' || choice === 'bank-info') return people.some(({ isYou }) => isYou);
  if (choice === 'remove-party' || choice === 'power-of-attorney' || choice === 'entity') return people.length > 0;
  return true;
}

/** The kind that a choice is sent as. */
export function kindOf(choice: Choice, deadlineId: string, { kinds }: Pick<AskableChanges, 'kinds'>): ChangeKind {
  if (choice !== 'contingency-extension') return choice;
  const isOption = /option|due-?diligence/i.test(deadlineId) && kinds.includes('option-extension');
  return isOption || !kinds.includes(choice) ? 'option-extension' : choice;
}

/** A choice by its name in the history of the browser, which may be of an older page. */
export function isChoice(name: string | undefined): name is Choice {
  return Object.values(CHOICE_GROUPS).some((choices) => (choices as readonly string[]).includes(name ?? ''));
}
