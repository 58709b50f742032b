import type { Change, Command } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import { guardOf } from '../../core/sync/guarded.ts';

/** The guarded value that a command meets on a deal; null for a plain one. */
export function seenOf({ name, args }: Command, deal: Deal): unknown {
  if (name !== 'moveVersion') return guardOf(name, args)?.actual(deal) ?? null;
  const { versionId } = args as { readonly versionId: string };
  return deal.versions.find((version) => version.id === versionId)?.verdict ?? null;
}

/** Whether a change wrote a guarded field, which stands in `row`. */
export function touches(change: Change, row: { table: string; id: string }, field: string): boolean {
  if (field.startsWith('line.')) return touchesLine(change, field.slice(5));
  if (change.table !== row.table) return false;
  if (change.op !== 'update') {
    const whole = (change.op === 'insert' ? change.row : change.was) as unknown as Readonly<Record<string, unknown>>;
    if (whole.id !== row.id) return false;
    // A milestone row comes and goes with either of its two fields: an unset one was not touched.
    if (field.endsWith('.state')) return whole.state !== 'open';
    return !field.endsWith('.date') || whole.days !== null || whole.on !== null;
  }
  if (change.id !== row.id) return false;
  const set = change.set as Readonly<Record<string, unknown>>;
  if (field.startsWith('fact.')) {
    const name = field.slice(5);
    const facts = (side: object) => (side as { facts?: Record<string, unknown> }).facts?.[name] ?? null;
    return 'facts' in set && facts(change.set) !== facts(change.was);
  }
  // The evidence of a date may change without the date.
  if (field.startsWith('anchor.')) return 'on' in set;
  const column =
    { price: 'priceCents', stage: 'stage', owner: 'ownerId' }[field] ?? COLUMNS[field.split('.').at(-1) ?? ''];
  if (column !== undefined) return column in set;
  return !field.endsWith('.date') || 'days' in set || 'on' in set;
}

const COLUMNS: Readonly<Record<string, string>> = { state: 'state', role: 'role', dueOn: 'dueOn' };

/** Where a document stands is its state and its newest version. */
function touchesLine(change: Change, lineId: string): boolean {
  if (change.table === 'line') return idOfLine(change) === lineId && (change.op !== 'update' || 'state' in change.set);
  if (change.table !== 'version') return false;
  if (change.op === 'insert') return change.row.lineId === lineId;
  if (change.op === 'delete') return change.was.lineId === lineId;
  return change.set.lineId === lineId || change.was.lineId === lineId;
}

function idOfLine(change: Extract<Change, { table: 'line' }>): string {
  return change.op === 'insert' ? change.row.id : change.id;
}
