import { stageName } from '../../../core/commands/refusals.ts';
import { specOf } from '../../../core/commands/registry.ts';
import { LEADS_TO, REVIEWED, type ReviewAct } from '../../../core/commands/review-rules.ts';
import type { Command, Workspace } from '../../../core/commands/types.ts';
import { formatMoney } from '../../../core/commands/words.ts';
import { monthName, weekdayName } from '../../../core/deadlines/day-names.ts';
import { dayOfMonth, monthOf, type PlainDate, weekdayOf } from '../../../core/deadlines/plain-date.ts';
import { roleWords } from '../../../core/deals/definition-of-done.ts';
import type { Question } from '../../../core/deals/intake-schema.ts';
import {
  type Deal,
  type DealTable,
  MILESTONE_STATES,
  PARTY_ROLES,
  STAGES,
  type Stage,
} from '../../../core/deals/model.ts';

/** What a guarded field is called, how its values read, and how a third one is asked for. */
export interface FieldWords {
  /** "Two people moved the closing date" */
  readonly title: string;
  /** "Closing date" */
  readonly field: string;
  readonly input: 'day' | 'money' | 'choice' | 'days-or-day' | 'none';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly text: (value: unknown) => string;
}

export interface Naming {
  readonly workspace: Workspace;
  readonly deal: Deal | null;
  readonly questions: readonly Question[];
  readonly memberName: (id: string) => string;
}

/** The words of a conflict card's field, such as `price`, `anchor.closing`, `milestone.inspection.date`. */
export function fieldWords(field: string, naming: Naming): FieldWords {
  const [kind = '', id = '', part = ''] = partsOf(field);
  if (kind === 'price')
    return {
      ...words('set the price', 'Price', 'money'),
      text: (value) => (isNumber(value) ? formatMoney(value) : 'No price'),
    };
  if (kind === 'stage')
    return { ...words('moved the stage', 'Stage', 'choice'), options: STAGE_OPTIONS, text: textOf(STAGE_OPTIONS) };
  if (kind === 'anchor') {
    const name = anchorWords(id);
    return { ...words(`moved the ${name}`, capital(name), 'day'), text: dayText };
  }
  if (kind === 'milestone' && part === 'state') {
    const title = `marked ${spaced(id)}`;
    return { ...words(title, capital(spaced(id)), 'choice'), options: MARK_OPTIONS, text: textOf(MARK_OPTIONS) };
  }
  if (kind === 'milestone') {
    const title = `moved the date of ${spaced(id)}`;
    return { ...words(title, `Date of ${spaced(id)}`, 'days-or-day'), text: overrideText };
  }
  if (kind === 'fact') return factWords(id, naming);
  if (kind === 'line') {
    const line = naming.deal?.lines.find((row) => row.id === id);
    return {
      ...words(`decided on ${line?.title ?? 'one document'}`, line?.title ?? 'Document', 'none'),
      text: reviewText,
    };
  }
  if (kind === 'owner') {
    const options = naming.workspace.members.map((member) => ({ value: member.id, label: member.name }));
    return {
      ...words('handed the deal on', 'Owner', 'choice'),
      options,
      text: (value) => naming.memberName(String(value)),
    };
  }
  if (kind === 'person') {
    const person = naming.deal?.people.find((row) => row.id === id);
    const title = `changed the role of ${person?.name ?? 'one person'}`;
    return { ...words(title, 'Role', 'choice'), options: ROLE_OPTIONS, text: textOf(ROLE_OPTIONS) };
  }
  if (kind === 'task') {
    const task = naming.deal?.tasks.find((row) => row.id === id);
    return { ...words(`moved the day of ${task?.title ?? 'one task'}`, 'Due day', 'day'), text: dayText };
  }
  return { ...words('changed the same thing', 'Value', 'none'), text: plainText };
}

/** Ids may hold dots themselves: only the first, and for a milestone the last, tell parts apart. */
function partsOf(field: string): readonly string[] {
  const first = field.indexOf('.');
  if (first < 0) return [field];
  const kind = field.slice(0, first);
  const rest = field.slice(first + 1);
  const last = rest.lastIndexOf('.');
  const hasPart = ['milestone', 'person', 'task'].includes(kind) && last > 0;
  return hasPart ? [kind, rest.slice(0, last), rest.slice(last + 1)] : [kind, rest];
}

function words(title: string, field: string, input: FieldWords['input']): Omit<FieldWords, 'text'> {
  return { title: `Two people ${title}`, field, input, options: [] };
}

function factWords(id: string, { questions }: Naming): FieldWords {
  const question = questions.find((each) => each.id === id);
  const isYesNo = question?.kind === 'yes-no';
  const options = isYesNo ? YES_NO : (question?.options ?? []);
  const title = question === undefined ? spaced(id) : `“${question.ask}”`;
  return {
    ...words(`answered ${title}`, question?.ask ?? capital(spaced(id)), options.length > 0 ? 'choice' : 'none'),
    options,
    text: (value) =>
      value === null || value === 'unknown' ? 'Not known' : textOf(options)(isNumber(value) ? String(value) : value),
  };
}

/** What the person had done, as the start of a sentence in the past. `changes`: none are known any more. */
export function didWords(
  workspace: Workspace,
  command: Pick<Command, 'name' | 'args' | 'dealId'>,
  deal: Deal | null,
): string {
  const spec = specOf(command.name);
  const args = spec?.args.safeParse(command.args);
  if (spec === null || !args?.success) return capital(spaced(command.name));
  const journal = { byCommand: () => null, lastChangeOf: () => null };
  try {
    return spec.label(args.data, [], { dealId: command.dealId, deal, workspace, journal });
  } catch {
    // Words that need a deal, which is not here.
    return capital(spaced(command.name));
  }
}

/** What a replaced column is called: "Note", "Task: title". */
export function columnWords(table: DealTable, column: string): string {
  const name = spaced(column);
  if (table === 'note') return 'Note';
  if (table === 'deal') return capital(name);
  return `${capital(TABLES[table])}: ${name}`;
}

const TABLES: Readonly<Record<DealTable, string>> = {
  deal: 'deal',
  task: 'task',
  person: 'person',
  note: 'note',
  anchor: 'date',
  milestone: 'deadline',
  line: 'document',
  version: 'file',
  paper: 'file',
  change: 'request',
  message: 'message',
  reading: 'request to read',
  proposal: 'proposed person',
  form: 'questions',
  lead: 'intake',
  consent: 'consent',
};

const STAGE_OPTIONS = STAGES.map((stage: Stage) => ({ value: stage, label: stageName(stage) }));
const ROLE_OPTIONS = PARTY_ROLES.map((role) => ({ value: role, label: capital(roleWords(role).replace(/^the /, '')) }));
const MARK_OPTIONS = MILESTONE_STATES.map((state) => ({
  value: state,
  label: state === 'tbd' ? 'Not known yet' : capital(spaced(state)),
}));
const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

function textOf(options: FieldWords['options']): (value: unknown) => string {
  return (value) => options.find((option) => option.value === String(value))?.label ?? plainText(value);
}

/** "Thu, Jul 2" */
function dayText(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'No day';
  const day = value as PlainDate;
  return `${weekdayName(weekdayOf(day)).slice(0, 3)}, ${monthName(monthOf(day)).slice(0, 3)} ${dayOfMonth(day)}`;
}

function overrideText(value: unknown): string {
  const { days, on } = (value ?? {}) as { readonly days?: number | null; readonly on?: string | null };
  if (on !== null && on !== undefined) return dayText(on);
  if (days === null || days === undefined) return 'What the form says';
  return days === 1 ? '1 day' : `${days} days`;
}

function reviewText(value: unknown): string {
  if (typeof value === 'string') return value in LEADS_TO ? REVIEWED[value as ReviewAct].replace(/:$/, '') : value;
  const { state } = (value ?? {}) as { readonly state?: string | null };
  return state === null || state === undefined ? 'Not here any more' : capital(spaced(state));
}

export function plainText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'Nothing';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value) : value;
  return typeof value === 'number' ? value.toLocaleString('en-US') : JSON.stringify(value);
}

function anchorWords(name: string): string {
  const said = name === 'mec' ? 'MEC' : spaced(name);
  return said.endsWith('date') ? said : `${said} date`;
}

function spaced(name: string): string {
  return name
    .replaceAll('-', ' ')
    .replace(/([a-z])([A-Z])/g, (_all, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
