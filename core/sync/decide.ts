import { applyToDeal } from '../commands/apply.ts';
import { type Decided, decideCommand } from '../commands/registry.ts';
import type { Command, Refusal, Scope } from '../commands/types.ts';
import type { Deal } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';

export interface Outcome extends Decided {
  /** The deal with the changes; null when there is none. */
  readonly after: Deal | null;
}

export const DEFECT_TYPE = 'Defect';

/**
 * Decides and applies one command. A rule that throws is refused as a defect, so that one poisoned command never
 * stops those behind it: the one place where a thrown failure becomes a value. `onThrow` is told, for the log.
 */
export function decideSafely(
  scope: Scope,
  { command, actor }: { readonly command: Pick<Command, 'name' | 'args'>; readonly actor: Actor },
  onThrow: (thrown: unknown) => void = () => {},
): Result<Outcome, Refusal> {
  try {
    const decided = decideCommand(scope, command, actor);
    if (!decided.ok) return decided;
    return ok({ ...decided.value, after: applyToDeal(scope.deal, decided.value.changes) });
  } catch (thrown) {
    onThrow(thrown);
    return err({
      type: DEFECT_TYPE,
      message:
        'Closeboard could not carry this step out, and nothing was changed. Look at the deal and do it again; if it fails again, report it with the time of day.',
    });
  }
}
