import { templateIdOf } from '../../../core/checklists/compose.ts';
import { workflowOf } from '../../../core/checklists/workflow-days.ts';
import { CreateDealArgs } from '../../../core/commands/create-deal.ts';
import type { Command, Refusal } from '../../../core/commands/types.ts';
import { isTakenBack } from '../../../core/commands/undo.ts';
import type { Missing } from '../../../core/deals/definition-of-done.ts';
import { writeFailureOf } from '../../../db/failures.ts';
import { type ActivityRow, activityOf, journalEntry, undoneByOf } from '../../../db/read/journal.ts';
import type { ActivityEntry, CommandReply, DealView, Refused } from '../../contract/values.ts';
import { actorNameOf } from '../services/actor-name.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { dealView, missingView } from '../services/deal-view.ts';
import { type CommandOutcome, runCommand } from '../services/run-command.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

export function getDeal(open: Open, { dealId }: ParsedInput<'deals:get'>): DealView | null {
  const deal = dealCacheOf(open.db).get(open.db.read, dealId);
  if (deal === null) return null;
  const { packId, packRevision } = deal.row;
  const form = open.resources.forms().find((each) => each.packId === packId && each.revision === packRevision);
  const last = activityOf(open.db.read, { dealId, before: null, limit: 1 })[0];
  const entry = last === undefined ? null : journalEntry(open.db.read, last.commandId);
  return dealView({
    deal,
    dates: open.datesOf(deal),
    members: open.office.members(),
    formName: form?.form ?? '',
    today: open.today(),
    template: open.resources.template(deal.row.templateId, deal.row.templateVersion),
    questions: open.resources.questions(),
    lastCommand: last === undefined || entry === null || last.undoneBy !== null ? null : { entry, label: last.label },
  });
}

export function listActivity(open: Open, { dealId, before, limit }: ParsedInput<'deals:activity'>) {
  const from = before === undefined ? null : Number(before);
  const rows = activityOf(open.db.read, {
    dealId,
    before: from !== null && Number.isSafeInteger(from) ? from : null,
    limit,
  });
  const last = rows.at(-1);
  return {
    entries: rows.map((row) => activityEntry(open, dealId, row)),
    before: last !== undefined && rows.length === limit ? String(last.number) : null,
  };
}

/** Runs a command of the person at this computer and tells every window what changed. */
export function command(open: Open, { id, dealId, name, args }: Omit<Command, 'at'>): CommandReply {
  const said = name === 'createDeal' ? withVersion(open, args) : args;
  const outcome = attempt(open, { id, dealId, name, args: said, at: open.deps.now().toISOString() });
  if (outcome.outcome === 'refused') return { outcome: 'refused', refusal: refused(open, outcome.refusal) };
  if (outcome.changes > 0) open.deps.emit({ type: 'deals:changed', dealIds: [dealId] });
  return { ...outcome, commandId: id };
}

/** A new deal names the version of its checklist, so that whoever decides it later, by a newer program, makes the same rows. */
export function withVersion({ resources }: Open, args: unknown): unknown {
  const read = CreateDealArgs.safeParse(args);
  if (!read.success || read.data.templateVersion !== undefined) return args;
  const { scenario, side, state } = read.data;
  const workflow = read.data.workflow ?? workflowOf(scenario, side, true);
  const template = resources.template(templateIdOf({ workflow, scenario, side, state }), null);
  return template === null ? args : { ...read.data, templateVersion: template.version };
}

/** A disk that refuses is a refusal with a sentence; anything else that is thrown is a defect. */
function attempt(open: Open, sent: Parameters<typeof runCommand>[1]): CommandOutcome {
  try {
    return runCommand(open.runner, sent);
  } catch (error) {
    const failure = writeFailureOf(error);
    if (failure === null) throw error;
    open.deps.log.warn('a command was not saved', { type: failure.type, command: sent.name });
    return { outcome: 'refused', refusal: { type: failure.type, message: failure.message } };
  }
}

export function refused(open: Open, { type, message, details }: Refusal): Refused {
  const missing = type === 'StageNotDone' ? (details as { readonly missing: readonly Missing[] }).missing : undefined;
  return missing === undefined
    ? { type, message }
    : { type, message, missing: missing.map((each) => missingView(each, open.today())) };
}

function activityEntry(open: Open, dealId: string, row: ActivityRow): ActivityEntry {
  const me = open.office.profile().memberId;
  const actorName = row.actorId === me ? 'You' : actorNameOf(open, dealId, row.actorId);
  const isUndone = isTakenBack(row.undoneBy, (commandId) => undoneByOf(open.db.read, commandId));
  return {
    commandId: row.commandId,
    at: row.at,
    actorName,
    sentence: `${actorName} ${row.label.charAt(0).toLowerCase()}${row.label.slice(1)}`,
    isUndone,
    canUndo: !isUndone,
  };
}
