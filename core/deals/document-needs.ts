import type { PlainDate } from '../deadlines/plain-date.ts';
import { isMetadataOnly } from '../documents/document.ts';
import type { Deal, Id, Instant, LineRow, PartyRole, TaskRow, VersionRow } from './model.ts';

/** A required document that a stage still waits for. `what` is an order to whoever owes the next step. */
export interface DocumentNeed {
  readonly id: Id;
  readonly what: string;
  /** Who sends it; the coordinator once it is here and waits for a verdict. */
  readonly ownerRole: PartyRole;
  /** Since when that step is owed; null: since the stage began. */
  readonly since: Instant | PlainDate | null;
  readonly isInReview: boolean;
}

/**
 * Tasks that are done by having one paper, by the document that is this paper: "Get the home insurance binder" and the
 * document "Home insurance binder" are one act, and a stage that lists both would say the same thing twice. Left out are
 * acts that are more or other than the paper: to book the photographs, to order the payoff figures, to check the lead
 * form, to hold the walk-through. A test goes through the templates and asks for a decision on each new pair.
 */
export const TASK_OF_DOCUMENT: Readonly<Record<string, string>> = {
  'doc-agency-disclosure': 'agency',
  'doc-application': 'application',
  'doc-appraisal': 'appraisal',
  'doc-buyer-representation': 'representation',
  'doc-cma': 'market-analysis',
  'doc-condition-report': 'condition-report',
  'doc-deposit-receipt': 'deposit',
  'doc-esign-consent': 'esign-consent',
  'doc-inspection-report': 'inspection-report',
  'doc-insurance-binder': 'insurance-binder',
  'doc-lease': 'lease',
  'doc-leases': 'lease-papers',
  'doc-listing-agreement': 'listing-agreement',
  'doc-management-agreement': 'management-agreement',
  'doc-owner-insurance': 'owner-insurance',
  'doc-proof-of-funds': 'proof-of-funds',
  'doc-renter-insurance': 'renter-insurance',
  'doc-screening-consent': 'screening-consent',
  'doc-statement-of-information': 'statement-of-information',
  'doc-title-report': 'title-report',
  'doc-tx-survey': 'tx-survey',
  'doc-wire-warning': 'wire-warning',
};

/** Whether a stage still waits for a document. A private paper that is noted as with the lender counts as approved. */
export function isOwed({ isRequired, state }: Pick<LineRow, 'isRequired' | 'state'>): boolean {
  return isRequired && state !== 'approved' && state !== 'waived';
}

/**
 * Open tasks and owed documents of one stage with each paper named once. While nothing has come, the task speaks for
 * both: it says who has it and what it waits for. As soon as a file is there the document does, which knows the next
 * step. Nothing is ever lost: what is left out has its other half in the list.
 */
export function eachPaperOnce(
  tasks: readonly TaskRow[],
  lines: readonly LineRow[],
): { readonly tasks: readonly TaskRow[]; readonly lines: readonly LineRow[] } {
  if (lines.length === 0 || tasks.length === 0) return { tasks, lines };
  const taskIds = new Map(tasks.map((task) => [task.templateTaskId, task.id]));
  const silentTasks = new Set<Id>();
  const silentLines = new Set<Id>();
  for (const line of lines) {
    const taskId = taskIds.get(TASK_OF_DOCUMENT[line.templateDocumentId ?? ''] ?? '');
    if (taskId === undefined) continue;
    if (line.state === 'requested') silentLines.add(line.id);
    else silentTasks.add(taskId);
  }
  if (silentTasks.size + silentLines.size === 0) return { tasks, lines };
  return {
    tasks: tasks.filter((task) => !silentTasks.has(task.id)),
    lines: lines.filter((line) => !silentLines.has(line.id)),
  };
}

/** The next step of an owed document. */
export function documentNeed(deal: Pick<Deal, 'versions'>, line: LineRow): DocumentNeed {
  const newest = newestOf(deal, line.id);
  const name = `“${line.title}”`;
  const asked = { id: line.id, ownerRole: line.ownerRole, since: null, isInReview: false };
  switch (line.state) {
    case 'received':
    case 'needs-review': {
      const what = newest?.isHeld ? `Call the sender of ${name}: it looks like wire instructions` : `Review ${name}`;
      return { ...asked, what, ownerRole: 'tc', since: newest?.receivedAt ?? null, isInReview: true };
    }
    case 'rejected': {
      const why = line.reason.trim().replace(/\.+$/, '');
      return { ...asked, what: `Send ${name} again${why === '' ? '' : `: ${why}`}`, since: newest?.verdictOn ?? null };
    }
    default:
      if (isMetadataOnly(line.class)) return { ...asked, what: keptElsewhere(line, name) };
      return { ...asked, what: newest === null ? `Send ${name}` : `Send ${name} again` };
  }
}

/** Private papers never come to us: their holder says so, or their owner sends them past us. */
function keptElsewhere({ ownerRole }: LineRow, name: string): string {
  if (ownerRole === 'client' || ownerRole === 'co-client') return `Send ${name} to whoever asked for it, not to us`;
  return `Confirm that you have ${name}`;
}

function newestOf({ versions }: Pick<Deal, 'versions'>, lineId: Id): VersionRow | null {
  let newest: VersionRow | null = null;
  for (const version of versions)
    if (version.lineId === lineId && (newest === null || version.number > newest.number)) newest = version;
  return newest;
}
