import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { PartyRole } from '../../../core/deals/model.ts';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { PortalRows } from '../../../electron/contract/portal-rows.ts';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { newId } from '../../data/ids.ts';
import { newestOf } from '../../data/papers.ts';
import { namesText, usePortalRows } from '../../data/portal-rows.ts';
import { useLines, useToday } from '../../data/queries.ts';
import { ROLE_WORDS, STAGE_TITLES } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { shortDay } from '../../ui/days.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import styles from './documents-request.module.css';
import { inStages } from './documents-state.ts';
import { useTell } from './task-acts.ts';

/** A document that can be asked for with one click: on the list and asked of nobody, or known and not on the list. */
export interface Askable {
  readonly key: string;
  readonly title: string;
  readonly why: string;
  readonly ownerRole: PartyRole;
  /** What the step says besides the person. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** Ask for a document: the first click opens this, the second sends it to somebody's page. */
export function RequestDialog(props: {
  readonly deal: DealView;
  readonly onAsked: (lineId: string) => void;
  readonly onClose: () => void;
}) {
  const { deal } = props;
  const lines = useLines(deal.id).data ?? [];
  const rows = usePortalRows(deal.id);
  const tell = useTell(deal.id);
  const today = useToday();
  const navigate = useNavigate();
  const people = senders(deal);
  const [text, setText] = useState('');
  // Until somebody is chosen, each paper goes to whoever the checklist names for it.
  const [chosen, setChosen] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const all = rows === undefined ? [] : byFit(askables(lines, rows, today), people);
  const words = text.trim().toLowerCase();
  const shown = all.filter(({ title }) => title.toLowerCase().includes(words));
  const typedTo = people.find(({ id }) => id === chosen) ?? people[0];

  async function ask(args: Askable['args'], person: PersonView | undefined): Promise<string | null> {
    if (person === undefined) return NOBODY;
    const lineId = String(args['lineId']);
    const sentence = await tell('askDocument', { ...args, personId: person.id });
    if (sentence === null) props.onAsked(lineId);
    return sentence;
  }
  async function askRow(row: Askable): Promise<void> {
    const sentence = await ask(row.args, senderOf(row, people, chosen));
    if (sentence === null) props.onClose();
    else setWrong(sentence);
  }
  async function askTyped(): Promise<string | null> {
    if (words === '') return 'Write what you need, or choose it from the list.';
    const same = all.find(({ title }) => title.toLowerCase() === words);
    if (same !== undefined) return ask(same.args, senderOf(same, people, chosen));
    const line = lines.find(({ title }) => title.toLowerCase() === words);
    if (line !== undefined) return `${line.title} is on the list already, and ${whereText(line, rows)}.`;
    return ask(newLine(deal, text.trim()), typedTo);
  }

  if (people.length === 0)
    return (
      <AskDialog
        title="Ask for a document"
        says={NOBODY}
        verb="Go to People"
        leave="Ask nobody"
        onLeave={props.onClose}
        onAnswer={async () => {
          await navigate({ to: '/deals/$dealId', params: { dealId: deal.id }, search: { tab: 'people' } });
          return null;
        }}
      />
    );
  return (
    <AskDialog
      title="Ask for a document"
      lead={<p className="meta">{`${deal.plate} ${deal.streetName}`.trim()}</p>}
      verb={typedTo === undefined || words === '' ? 'Ask for it' : `Ask ${typedTo.name}`}
      leave="Ask for none"
      onLeave={props.onClose}
      onAnswer={askTyped}
    >
      <TextField label="What you need" value={text} onChange={setText} maxLength={200} autoFocus />
      <SelectField
        label="Who sends it"
        value={chosen ?? ''}
        placeholder="Whoever the checklist names"
        choices={people.map(({ id, name, role }) => ({ id, title: name, detail: ROLE_WORDS[role] }))}
        onChange={setChosen}
        hint={
          deal.isSample
            ? 'Sample deals stay on this computer, so nobody outside sees it.'
            : 'It stands on their page at once, and they can send it from a phone.'
        }
      />
      {shown.length > 0 && (
        <ul className={styles.rows} aria-label="Documents to ask for">
          {shown.map((row) => {
            const person = senderOf(row, people, chosen);
            return (
              <li key={row.key}>
                <button type="button" onClick={() => void askRow(row)}>
                  <span>
                    <b dir="auto">{row.title}</b>
                    <small>{hasSender(row, people) ? row.why : `${row.why}. ${nobodyIs(row)}`}</small>
                  </span>
                  <span className={styles.to} dir="auto">
                    Ask {person?.name ?? ROLE_WORDS[row.ownerRole].toLowerCase()}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {shown.length === 0 && words !== '' && (
        <p className="t2">No paper of this checklist is called that. It is asked for under the name above.</p>
      )}
      {wrong && <Refusal says={wrong} />}
    </AskDialog>
  );
}

const NOBODY = 'Nobody outside your team is on this deal. Add a person under People first, then ask them.';

/** People with a page of their own; clients first, as they stand on the deal. */
export function senders(deal: Pick<DealView, 'people'>): readonly PersonView[] {
  return deal.people.filter(({ role }) => role !== 'tc' && role !== 'admin');
}

/** Whoever was chosen; else the person of the role that sends it, else the first. Clients answer for each other. */
export function senderOf(
  { ownerRole }: Pick<Askable, 'ownerRole'>,
  people: readonly PersonView[],
  chosen: string | null,
): PersonView | undefined {
  const isClient = (role: PartyRole) => role === 'client' || role === 'co-client';
  return (
    people.find(({ id }) => id === chosen) ??
    people.find(({ role }) => role === ownerRole) ??
    people.find(({ role }) => isClient(role) && isClient(ownerRole)) ??
    people[0]
  );
}

/** Whether somebody on the deal has the role that the checklist names. */
export function hasSender({ ownerRole }: Pick<Askable, 'ownerRole'>, people: readonly PersonView[]): boolean {
  const isClient = (role: PartyRole) => role === 'client' || role === 'co-client';
  return people.some(({ role }) => role === ownerRole || (isClient(role) && isClient(ownerRole)));
}

/** Papers whose sender is on the deal stand before those whose sender is not. */
function byFit(rows: readonly Askable[], people: readonly PersonView[]): readonly Askable[] {
  return [...rows.filter((row) => hasSender(row, people)), ...rows.filter((row) => !hasSender(row, people))];
}

function nobodyIs({ ownerRole }: Askable): string {
  return `${ROLE_WORDS[ownerRole]}: nobody on this deal yet`;
}

/** What can be asked for with one click: of nobody yet, not needed, what only the checklist knows, then what is approved. */
export function askables(lines: readonly LineView[], rows: PortalRows, today: PlainDate): readonly Askable[] {
  const isOut = new Map(rows.asked.map(({ lineId, people }) => [lineId, people.length > 0]));
  const listed = inStages(lines).filter((line) => !line.isMetadataOnly);
  const of = (state: LineView['state']) => listed.filter((line) => line.state === state);
  const open = of('requested').filter(({ id }) => isOut.get(id) !== true);
  const asRow = (line: LineView): Askable => ({
    ...{ key: line.id, title: line.title, why: whyOf(line, today), ownerRole: line.ownerRole },
    args: { lineId: line.id, expected: line.state },
  });
  const known = rows.known.map(({ lineId, title, clientTitle, stage, ownerRole, class: kind, because }): Askable => {
    const why = because === '' ? 'Not on the list of this deal' : `Wanted when ${because}`;
    const newLine = { lineId, title, clientTitle, stage, ownerRole, class: kind, isRequired: false };
    return { key: lineId, title, ownerRole, why, args: { lineId, newLine } };
  });
  return [...[...open, ...of('waived')].map(asRow), ...known, ...of('approved').map(asRow)];
}

function whyOf(line: LineView, today: PlainDate): string {
  if (line.state === 'waived') return `Marked as not needed: ${line.reason}`;
  if (line.state === 'requested') return `${STAGE_TITLES[line.stage]}, on nobody’s page yet`;
  const on = newestOf(line)?.verdictOn ?? null;
  return `Approved${on === null ? '' : ` ${shortDay(on, today)}`}; a newer one is asked for`;
}

function newLine(deal: DealView, title: string): Askable['args'] {
  const lineId = newId();
  const words = { lineId, title, clientTitle: title, stage: deal.stage, ownerRole: 'client' };
  return { lineId, newLine: { ...words, class: 'correspondence', isRequired: false } };
}

function whereText(line: LineView, rows: PortalRows | undefined): string {
  const people = rows?.asked.find(({ lineId }) => lineId === line.id)?.people ?? [];
  if (line.state === 'received' || line.state === 'needs-review') return 'it came: look at it first';
  return people.length === 0 ? 'its file is here' : `wanted from ${namesText(people)}`;
}
