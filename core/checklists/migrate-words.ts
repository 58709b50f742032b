/** The sentences of a migration's preview. */

export function countOf(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Why a line goes, from the condition it stood on: "it no longer holds that the home was built before 1978." */
export function reasonGone(condition: string): string {
  const because = condition.replace(/^(Because|Until somebody says otherwise:) /, '').replace(/\.$/, '');
  return because === '' ? 'the new version has it no longer.' : `it no longer holds that ${because}.`;
}

/** A line that a law may ask for never goes without saying so. */
export function documentGoes(title: string, isLegal: boolean, reason: string): string {
  return isLegal
    ? `"${title}" is asked for by law in some deals. It goes from this one: ${reason}`
    : `"${title}" goes from the list: ${reason}`;
}

export interface MigrationCounts {
  readonly tasks: { readonly added: number; readonly removed: number; readonly moved: number; readonly kept: number };
  readonly documents: { readonly added: number; readonly removed: number };
}

/** "1 task is added, 1 goes, 2 change and 0 stay untouched. 1 document is added. Nothing has changed yet." */
export function summaryOf({ tasks, documents }: MigrationCounts): string {
  const { added, removed, moved, kept } = tasks;
  const sentences: string[] = [];
  if (added + removed + moved > 0)
    sentences.push(
      `${countOf(added, 'task')} ${isOrAre(added)} added, ${removed} ${removed === 1 ? 'goes' : 'go'}, ` +
        `${moved} ${moved === 1 ? 'changes' : 'change'} and ${kept} ${kept === 1 ? 'stays' : 'stay'} untouched.`,
    );
  if (documents.added > 0) sentences.push(`${countOf(documents.added, 'document')} ${isOrAre(documents.added)} added.`);
  if (documents.removed > 0)
    sentences.push(
      `${countOf(documents.removed, 'document')} ${documents.removed === 1 ? 'goes' : 'go'} from the list.`,
    );
  return sentences.length === 0 ? 'Nothing would change.' : `${sentences.join(' ')} Nothing has changed yet.`;
}

function isOrAre(number: number): string {
  return number === 1 ? 'is' : 'are';
}
