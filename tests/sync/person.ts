import { CREATE } from '../../core/commands/testing.ts';
import type { Deal, LineRow, NoteRow, PartyRole, PersonRow, TaskRow, VersionRow } from '../../core/deals/model.ts';
import { MILESTONE_STATES, STAGES } from '../../core/deals/model.ts';
import type { Random } from './random.ts';
import { nextOfMember } from './with-people.ts';

/** What a person at one desktop might do next, seeing that deal: every command of the registry, most of them sensible. */
export interface Doing {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Seat {
  readonly random: Random;
  readonly deal: Deal;
  /** Commands this person might take back. */
  readonly commandIds: readonly string[];
  readonly newId: () => string;
  readonly at: string;
  /** People of the deal are at their pages, and are answered. */
  readonly isWithPeople: boolean;
}

const DAYS = ['2026-06-03', '2026-06-20', '2026-07-02', '2026-07-03'];
/** Names whose order differs between UTF-16, UTF-8 and a computer's language. */
const ANCHORS = ['acceptance', 'closing', '😀 walk', 'ｗalk', 'Éa', 'zz'];
const DEADLINES = ['deposit', 'loan-contingency'];
const ROLES: readonly PartyRole[] = ['client', 'co-client', 'lender', 'title'];
const FACTS = ['hoa', 'financing'];
const MEMBERS = ['m-noor', 'm-theo', 'm-ada', 'm-lee'];

export function createArgs(at: string, isLead = false): Readonly<Record<string, unknown>> {
  const lead = isLead ? { lead: { intakeId: 'i-1', words: 'Hello' } } : {};
  // Reading phone numbers is slow, and nothing here is about them.
  return { ...CREATE, people: CREATE.people.map((person) => ({ ...person, phone: '' })), at, ...lead };
}

export function nextDoing(seat: Seat): Doing {
  const { random } = seat;
  if (seat.isWithPeople && random.chance(0.45)) return nextOfMember(seat);
  const make = random.pick(DOINGS);
  return make(seat);
}

type Make = (seat: Seat) => Doing;

const price: Make = ({ random, deal }) => ({
  name: 'setPrice',
  args: { priceCents: random.pick([null, 100, 64_200_000, 65_000_000]), expected: deal.row.priceCents },
});

const anchor: Make = ({ random, deal }) => {
  const name = random.pick(ANCHORS);
  const expected = deal.anchors.find((row) => row.name === name)?.on ?? null;
  const on = random.chance(0.2) ? null : random.pick(DAYS);
  return { name: 'setAnchor', args: { name, on, evidence: random.pick(['', 'signed copy']), expected } };
};

const stage: Make = ({ random, deal }) => ({
  name: 'moveStage',
  args: { to: random.pick(STAGES), expected: deal.row.stage, at: '2026-06-02T16:12:00.000Z', anyway: 'they asked' },
});

const deadline: Make = ({ random, deal }) => {
  const deadlineId = random.pick(DEADLINES);
  const row = deal.milestones.find((other) => other.deadlineId === deadlineId);
  const expected = { days: row?.days ?? null, on: row?.on ?? null };
  const isDay = random.chance(0.5);
  const days = isDay || random.chance(0.2) ? null : random.pick([17, 21]);
  return {
    name: 'setDeadline',
    args: { deadlineId, days, on: isDay ? random.pick(DAYS) : null, reason: 'box 3L', expected },
  };
};

const mark: Make = ({ random, deal }) => {
  const deadlineId = random.pick(DEADLINES);
  const expected = deal.milestones.find((other) => other.deadlineId === deadlineId)?.state ?? 'open';
  return {
    name: 'markDeadline',
    args: { deadlineId, state: random.pick(MILESTONE_STATES), on: random.pick(DAYS), reason: 'as agreed', expected },
  };
};

const fact: Make = ({ random, deal }) => {
  const name = random.pick(FACTS);
  return {
    name: 'answerFact',
    args: { name, value: random.pick(['cash', 'fha', true, false, null]), expected: deal.row.facts[name] ?? null },
  };
};

const task: Make = ({ random, deal, newId }) => {
  const { id, dueOn } = pickOr(random, deal.tasks, { id: 't-missing', dueOn: null } as unknown as TaskRow);
  // Steps of before there were guarded days carry none.
  const seen = random.chance(0.1) ? {} : { expectedDueOn: dueOn };
  const title = `Call ${random.int(1000)}`;
  return random.pick<Doing>([
    { name: 'completeTask', args: { taskId: id, on: random.pick(DAYS) } },
    { name: 'reopenTask', args: { taskId: id } },
    { name: 'waiveTask', args: { taskId: id, on: random.pick(DAYS), reason: 'not ours' } },
    { name: 'removeTask', args: { taskId: id } },
    { name: 'editTask', args: { taskId: id, title, dueOn: random.pick([null, ...DAYS]), ...seen } },
    { name: 'editTask', args: { taskId: id, dueOn: random.pick([null, ...DAYS]), ...seen } },
    { name: 'assignTask', args: { taskId: id, assigneeRole: 'tc', assigneeId: random.pick([null, ...MEMBERS]) } },
    {
      name: 'addTask',
      args: {
        taskId: newId(),
        stage: random.pick(STAGES),
        title,
        assigneeRole: random.pick(['tc', 'agent']),
        assigneeId: null,
        dueOn: null,
        isRequired: random.chance(0.5),
      },
    },
  ]);
};

const person: Make = ({ random, deal, newId }) => {
  const { id, role } = pickOr(random, deal.people, { id: 'p-missing', role: 'client' } as PersonRow);
  const words = { name: `Kai ${random.int(1000)}`, role: 'lender', company: '', email: '', phone: '' };
  return random.pick<Doing>([
    { name: 'addPerson', args: { personId: newId(), ...words } },
    { name: 'editPerson', args: { personId: id, name: words.name } },
    { name: 'editPerson', args: { personId: id, role: random.pick(ROLES), expectedRole: role } },
    { name: 'editPerson', args: { personId: id, company: words.name, role: random.pick(ROLES), expectedRole: role } },
    { name: 'removePerson', args: { personId: id } },
  ]);
};

const note: Make = ({ random, deal, newId, at }) => {
  const { id } = pickOr(random, deal.notes, { id: 'n-missing' } as NoteRow);
  const body = `said ${random.int(100_000)}`;
  return random.pick<Doing>([
    { name: 'addNote', args: { noteId: newId(), body, at } },
    { name: 'addNote', args: { noteId: newId(), body, at } },
    { name: 'editNote', args: { noteId: id, body } },
    { name: 'removeNote', args: { noteId: id } },
  ]);
};

const line: Make = ({ random, deal, newId }) => {
  const { id } = pickOr(random, deal.lines, { id: 'l-missing' } as LineRow);
  const words = { title: `Paper ${random.int(1000)}`, clientTitle: '', stage: random.pick(STAGES) };
  return random.pick<Doing>([
    { name: 'addLine', args: { lineId: newId(), ...words, ownerRole: 'agent', class: 'contract', isRequired: true } },
    { name: 'editLine', args: { lineId: id, title: words.title } },
    { name: 'removeLine', args: { lineId: id } },
    { name: 'addChecklistLines', args: {} },
  ]);
};

const version: Make = ({ random, deal, newId }) => {
  const lineId = pickOr(random, deal.lines, { id: 'l-missing' } as LineRow).id;
  const newest = deal.versions.filter((row) => row.lineId === lineId).at(-1);
  const { id: versionId, verdict } = pickOr(random, deal.versions, { id: 'v-missing', verdict: null } as VersionRow);
  const expected = deal.lines.find((row) => row.id === lineId)?.state ?? 'requested';
  const act = random.pick(['submit', 'approve', 'reject', 'waive', 'ask-again', 'let-go', 'elsewhere']);
  return random.pick<Doing>([
    { name: 'fileVersion', args: fileArgs(random, newId(), lineId) },
    { name: 'fileVersion', args: fileArgs(random, newId(), lineId) },
    { name: 'editVersion', args: { versionId, documentOn: random.pick(DAYS) } },
    {
      name: 'moveVersion',
      args: { versionId, toLineId: pickOr(random, deal.lines, { id: 'l-missing' } as LineRow).id, expected: verdict },
    },
    { name: 'removeVersion', args: { versionId, reason: 'wrong file' } },
    {
      name: 'reviewLine',
      args: { lineId, act, versionId: newest?.id ?? null, reason: 'looked', on: random.pick(DAYS), expected },
    },
  ]);
};

const undo: Make = ({ random, commandIds }) => ({
  name: 'undo',
  args: { commandId: commandIds.length === 0 ? 'c-missing' : random.pick(commandIds) },
});

const deal: Make = ({ random, deal: { row } }) =>
  random.pick<Doing>([
    { name: 'changeAddress', args: { street: `${random.int(99)} Elm`, unit: '', city: '', state: 'CA', zip: '' } },
    { name: 'assignDeal', args: { ownerId: random.pick(MEMBERS), expected: row.ownerId } },
    { name: 'reopenDeal', args: {} },
    { name: 'withdrawDeal', args: { on: random.pick(DAYS), reason: 'ended' } },
    { name: 'closeDeal', args: { on: random.pick(DAYS), reason: '', anyway: 'they asked' } },
    { name: 'reopenDeal', args: {} },
    { name: 'reopenDeal', args: {} },
  ]);

/** Two people at the same few guarded values. */
const guarded: Make = ({ random, deal: { row, people, tasks } }) => {
  const person = people[0];
  const first = tasks[0];
  const owner = { name: 'assignDeal', args: { ownerId: random.pick(MEMBERS), expected: row.ownerId } };
  const doings: Doing[] = [owner];
  if (person !== undefined)
    doings.push({
      name: 'editPerson',
      args: { personId: person.id, role: random.pick(ROLES), expectedRole: person.role },
    });
  if (first !== undefined)
    doings.push({ name: 'editTask', args: { taskId: first.id, dueOn: random.pick(DAYS), expectedDueOn: first.dueOn } });
  return random.pick(doings);
};

const DOINGS: readonly Make[] = [
  ...[price, price, price, anchor, anchor, stage, deadline, mark, fact, guarded, guarded],
  ...[task, task, task, person, note, note, note, line, version, version, undo, undo, deal],
];

function fileArgs(random: Random, versionId: string, lineId: string): Readonly<Record<string, unknown>> {
  return {
    versionId,
    lineId,
    sha256: random.pick(['a', 'b', 'c', 'd']).repeat(64),
    bytes: 1200,
    extension: 'pdf',
    originalName: 'Document(3).pdf',
    suffix: random.pick([null, 'BS', 'FE']),
    documentOn: random.pick(DAYS),
    receivedAt: '2026-06-02T16:12:00.000Z',
    sentBy: '',
    isHeld: random.chance(0.2),
    toReview: random.chance(0.5),
  };
}

function pickOr<T>(random: Random, rows: readonly T[], none: T): T {
  return rows.length === 0 || random.chance(0.05) ? none : random.pick(rows);
}
