import type { Command } from '../../../core/commands/types.ts';
import type { Answer } from '../../../core/sync/accept.ts';
import { DEFECT_TYPE } from '../../../core/sync/decide.ts';
import { judgeCommandId } from '../../../core/sync/seq.ts';
import { answerOf } from './command-answer.ts';
import { decideOn, type Kept, keepDecision, keepTaken, type On } from './decide-on.ts';

export interface Brought {
  readonly command: Command;
  readonly digest: string;
  /** Null for what came by no desktop. */
  readonly deviceId: string | null;
  /** What its rule did could not be written: it is refused without asking. */
  readonly isPoisoned: boolean;
}

export interface Judged {
  readonly answer: Answer;
  readonly isRepeat: boolean;
  /** To be remembered once the transaction is committed. */
  readonly kept: Kept | null;
  /** What a rule threw, for the log. */
  readonly thrown: readonly unknown[];
}

/** One command of anybody, in its transaction. One that came before is answered as then, under whatever number it comes. */
export async function judge(
  deps: Omit<On, 'command'>,
  { command, digest, deviceId, isPoisoned }: Brought,
): Promise<Judged> {
  const { context, tx, author } = deps;
  const known = await tx.commands.byId(context.workspaceId, command.id);
  // Nobody is told the answer to somebody else's command, even if they know its every word.
  const keptDigest = known === null || known.actor === author.name ? (known?.digest ?? null) : '';
  const verdict = judgeCommandId(digest, keptDigest);
  if (known !== null && verdict === 'repeat')
    return { answer: answerOf(known.reply), isRepeat: true, kept: null, thrown: [] };
  const on = { ...deps, command };
  const decision = await decideOn(on, isPoisoned ? defectRefusal : null);
  if (verdict === 'taken') return { answer: await keepTaken(on, decision), isRepeat: false, kept: null, thrown: [] };
  const kept = await keepDecision(on, decision, { deviceId, digest });
  return { answer: decision.accepted.answer, isRepeat: false, kept, thrown: decision.thrown };
}

const defectRefusal = {
  type: DEFECT_TYPE,
  message:
    'Closeboard could not carry this step out, and nothing was changed. Look at the deal and do it again; if it fails again, report it with the time of day.',
};
