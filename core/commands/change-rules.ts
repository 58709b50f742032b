import { z } from 'zod';
import type { ChangeContext } from '../changes/approvals.ts';
import type { ChangeRefusal } from '../changes/refusals.ts';
import type { ChangeRequest } from '../changes/request.ts';
import { CHANGE_RULES } from '../changes/rules.ts';
import type { ChangeRow, Deal } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, type Result } from '../result.ts';
import { update } from './changes.ts';
import { IdArg, InstantArg } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';

/** What the commands on requests for change share. */

export const OnChange = z.strictObject({ changeId: IdArg, at: InstantArg });

/** Requests of a deal as rules on them read it. Whoever can run a command at all is on the deal. */
export function changeContext({ deal, workspace }: Pick<Scope, 'deal' | 'workspace'>): ChangeContext | null {
  if (deal === null) return null;
  return { deal, teamIds: workspace.members.map(({ id }) => id), others: deal.changes };
}

/** Who reviews: also for taking such a step back, which moves dates and terms as it does itself. */
export function coordinatorsOnly(actor: Actor): Verdict {
  return actor.kind === 'member' && actor.role !== 'agent'
    ? YES
    : no(
        'NotYourRole',
        'The coordinator does this, after reading the paper or calling. Send the coordinator a message.',
      );
}

/** A rule on one request of this deal. */
export function onChange(
  scope: Scope,
  changeId: string,
  rule: (row: ChangeRow, deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const row = scope.deal?.changes.find(({ id }) => id === changeId);
  if (scope.deal === null || row === undefined)
    return err({
      type: 'ChangeNotAvailable',
      message: 'That request is not on this deal, or not for you. Nothing was changed. Look at the list of requests.',
    });
  return rule(row, scope.deal);
}

export function written(row: ChangeRow, request: ChangeRequest): readonly Change[] {
  const { id: _id, dealId: _dealId, ...columns } = request;
  return update('change', row, columns);
}

export function wordsOf({ deal }: Scope, changeId: string): string {
  const row = deal?.changes.find(({ id }) => id === changeId);
  return row === undefined ? 'something' : CHANGE_RULES[row.kind].words;
}

export function refusalOf({ type, sentence, ...details }: ChangeRefusal): Refusal {
  return Object.keys(details).length === 0 ? { type, message: sentence } : { type, message: sentence, details };
}
