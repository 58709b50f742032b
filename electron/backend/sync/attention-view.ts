import { nameplateOf } from '../../../core/deals/summarise.ts';
import { viewConflict } from '../../../core/sync/conflicts.ts';
import type { Rows } from '../../../core/sync/rows.ts';
import type { Read } from '../../../db/handles.ts';
import { journalOfDeal, undoneByOf } from '../../../db/read/journal.ts';
import type { AttentionRow } from '../../../db/sync/tables.ts';
import { hasCommand } from '../../../db/write/apply-changes.ts';
import type { AttentionItem } from '../../contract/sync.ts';
import { columnWords, didWords, type FieldWords, fieldWords, type Naming, plainText } from './attention-words.ts';

export interface Viewing extends Naming {
  readonly read: Read;
  readonly myId: string;
}

/** One entry of "Needs attention" in finished sentences. */
export function attentionItem(row: AttentionRow, viewing: Viewing): AttentionItem {
  const { deal, workspace } = viewing;
  const { plate, street } = deal === null ? NOWHERE : nameplateOf(deal);
  return {
    ...{ id: row.id, kind: row.kind, dealId: row.dealId, plate, street, at: row.at },
    side: deal?.row.side ?? null,
    did: didWords(workspace, row, deal),
    ...bodyOf(row, viewing),
  };
}

const NOWHERE = { plate: '', street: '' };

type Body = Pick<AttentionItem, 'title' | 'detail' | 'conflict' | 'replaced' | 'can'>;

function bodyOf(row: AttentionRow, viewing: Viewing): Body {
  if (row.kind === 'conflict' && row.card !== null) return conflictBody(row, viewing);
  if (row.kind === 'overwrite') return overwriteBody(row, viewing);
  if (row.name === 'createDeal') return lostDealBody(row);
  const detail = `${row.sentence} ${row.by === 'server' ? 'The portal did not take this step, and' : 'This step was not sent, and'} the deal shows what the portal has.`;
  return { title: 'A step was not carried out', detail, conflict: null, replaced: [], can: ['again'] };
}

/** With its first step refused, nothing of the deal is left on the board: all of it can be sent again. */
function lostDealBody(row: AttentionRow): Body {
  const { street = '' } = (row.args ?? {}) as { readonly street?: string };
  return {
    title: `A new deal was not taken${street === '' ? '' : `: ${street}`}`,
    detail: `${row.sentence} The deal and everything done on it are not on the board any more. All its steps are kept here: try again, and they go out once more.`,
    conflict: null,
    replaced: [],
    can: ['again'],
  };
}

function conflictBody(row: AttentionRow, viewing: Viewing): Body {
  const { card } = row;
  const words = fieldWords(card?.field ?? '', viewing);
  const view = card === null ? null : viewConflict(card, viewing.deal, journalRows(viewing, row.dealId));
  const who = view?.by === null || view?.by === undefined ? 'A colleague' : nameOf(view.by.memberId, viewing);
  const theirs = view === null ? (card?.theirs ?? '') : words.text(view.actual);
  return {
    title: words.title,
    detail: detailOf(view, { who, words, theirs }),
    conflict: {
      ...{ field: words.field, input: words.input, options: [...words.options], isAgreed: view?.isAgreed ?? false },
      was: `It was ${words.text(card?.seen)}.`,
      mine: { who: 'You', at: row.at, text: words.text(card?.mine) },
      theirs: { who, at: view?.by?.at ?? null, text: theirs },
    },
    replaced: [],
    can: [],
  };
}

function detailOf(
  view: ReturnType<typeof viewConflict>,
  { who, words, theirs }: { readonly who: string; readonly words: FieldWords; readonly theirs: string },
): string {
  if (view === null)
    return 'The deal is not on this computer any more, so there is nothing left to choose. Put this away.';
  if (view.isAgreed) return `It holds what you wanted by now: ${theirs}. Nothing is left to choose.`;
  const looked = words.input === 'none' ? ' Open the deal and look at it before you decide again.' : '';
  return `${who} had changed it before yours came. It stands as ${theirs}, and yours was not written over it. Choose which is right.${looked}`;
}

function overwriteBody(row: AttentionRow, { read }: Viewing): Body {
  const isUndone = hasCommand(read, row.commandId) === null || undoneByOf(read, row.commandId) !== null;
  return {
    title: 'Your words replaced those of a colleague',
    detail:
      'You had not seen what a colleague wrote meanwhile. Yours stand now, and theirs are kept here: bring them back if they are the better ones.',
    conflict: null,
    replaced: (row.overwrites ?? []).map(({ table, column, replaced, wrote }) => ({
      field: columnWords(table, column),
      theirs: plainText(replaced),
      mine: plainText(wrote),
    })),
    can: isUndone ? [] : ['restore'],
  };
}

function nameOf(memberId: string, { memberName, myId }: Viewing): string {
  return memberId === myId ? 'You, on another computer,' : memberName(memberId);
}

/** The journal alone: all that a conflict is looked up in. */
function journalRows({ read }: Viewing, dealId: string): Rows {
  const rows = journalOfDeal(read, dealId).map((row) => {
    const key = `journal/${row.commandId}`;
    return [key, { table: 'journal' as const, rowId: row.commandId, version: row.number, row: { ...row } }] as const;
  });
  return new Map(rows);
}
