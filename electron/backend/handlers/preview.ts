import { applyToDeal } from '../../../core/commands/apply.ts';
import { dealNotAvailable } from '../../../core/commands/refusals.ts';
import { decideCommand } from '../../../core/commands/registry.ts';
import type { Change, Command, Refusal } from '../../../core/commands/types.ts';
import { impactOf } from '../../../core/deals/impact.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { NewDatesReply, PreviewReply } from '../../contract/impact.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { dayIn } from '../services/deal-dates.ts';
import { scopeOf } from '../services/run-command.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';
import { refused, withVersion } from './deals.ts';

/**
 * What a step would do to the dates and tasks of its deal, decided as it would be decided now and written nowhere. The
 * step itself is decided again when it is sent: what it saw travels with it, so a change meanwhile is refused there.
 */
export function previewCommand(open: Open, { dealId, name, args }: ParsedInput<'deals:preview'>): PreviewReply {
  const before = dealCacheOf(open.db).get(open.db.read, dealId);
  if (before === null) return refusal(open, dealNotAvailable);
  const decided = decideDry(open, { dealId, name, args }, before);
  if (!decided.ok) return refusal(open, decided.error);
  const { after, label } = decided.value;
  if (after === null) return refusal(open, takesAway);
  const impact = impactOf({ before, after, library: open.resources, dayIn, today: open.today() });
  return { outcome: 'impact', impact, label };
}

/** The dates that a new deal would open with, each with its reason, while its form is still being filled in. */
export function previewNewDeal(open: Open, input: ParsedInput<'deals:preview-new'>): NewDatesReply {
  const args = {
    ...input,
    anchors: input.anchors.map((anchor) => ({ ...anchor, evidence: '' })),
    // No date depends on these, and they may not be written yet.
    ...{ street: 'Not written yet', unit: '', city: '', zip: '', priceCents: null, people: [] },
    ownerId: open.office.profile().memberId,
    at: open.deps.now().toISOString(),
  };
  const dealId = 'not-opened-yet';
  const decided = decideDry(open, { dealId, name: 'createDeal', args: withVersion(open, args) }, null);
  if (!decided.ok) return refusal(open, decided.error);
  const { after } = decided.value;
  if (after === null) return refusal(open, takesAway);
  const dates = [...open.datesOf(after).dates(open.today())];
  return { outcome: 'dates', dates, tasks: after.tasks.length, documents: after.lines.length };
}

const takesAway: Refusal = {
  type: 'NothingLeft',
  message:
    'This takes the whole deal away, so there are no dates left to show. Undo it from its own line if you mean that.',
};

interface Dry {
  readonly after: Deal | null;
  readonly label: string;
}

function decideDry(
  { db, runner }: Open,
  command: Pick<Command, 'dealId' | 'name' | 'args'>,
  deal: Deal | null,
): Result<Dry, Refusal> {
  const decided = decideCommand(scopeOf(runner, db.read, command.dealId, deal), command, runner.actor());
  if (!decided.ok) return err(decided.error);
  const changes: readonly Change[] = decided.value.changes;
  return ok({ after: changes.length === 0 ? deal : applyToDeal(deal, changes), label: decided.value.label });
}

function refusal(open: Open, why: Refusal): { outcome: 'refused'; refusal: ReturnType<typeof refused> } {
  return { outcome: 'refused', refusal: refused(open, why) };
}
