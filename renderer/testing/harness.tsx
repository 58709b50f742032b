import { createMemoryHistory } from '@tanstack/react-router';
import { configure, render } from '@testing-library/react';
import { plainDate } from '../../core/deadlines/plain-date.ts';
import { STAGES, type Stage } from '../../core/deals/model.ts';
import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts';
import type { HostEvent } from '../../electron/contract/events.ts';
import type { Card, CommandReply, DealView, RecordsState } from '../../electron/contract/values.ts';
import { App } from '../app.tsx';
import { createQueries } from '../data/queries.ts';
import { createSession } from '../data/session.tsx';
import { impactWith } from './impact.ts';
import { rowsOf } from './portal-rows.ts';
import { syncOf } from './sync.ts';

// A busy machine is slow and not wrong.
configure({ asyncUtilTimeout: 8_000 });

/** A command as the page sent it. */
export interface SentCommand {
  readonly id: string;
  readonly dealId: string;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

/** Rows that a test stands on; commands are answered by the test. */
export interface Scene {
  cards: Card[];
  deal: DealView | null;
  records: RecordsState;
  answer: (command: SentCommand) => CommandReply;
  readonly sent: SentCommand[];
  /** What a test answers itself, before the rows do. */
  readonly answers: Answers;
  readonly emit: (event: HostEvent) => void;
}

type Answers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> };

export const TODAY = plainDate('2026-06-17');

export function cardOf(change: Partial<Card> & { readonly id: string; readonly stage: Stage }): Card {
  return {
    plate: '78',
    street: 'Verbena Ct',
    unit: '',
    city: 'Sacramento',
    state: 'CA',
    side: 'buyer',
    clientNames: 'Salome Whitford',
    ownerId: 'me',
    ownerName: 'Noor Haddad',
    isSample: false,
    next: { title: 'Name the lender', on: plainDate('2026-06-19'), state: 'waiting', who: 'Lender' },
    missing: 0,
    done: 3,
    total: 9,
    closingOn: null,
    ...change,
  };
}

/** A deal with nothing on it but what a test puts there. */
export function dealOf(change: Partial<DealView> = {}): DealView {
  return {
    ...{ id: 'd1', plate: '1847', streetName: 'Marlowe Ave', street: '1847 Marlowe Ave', unit: '', city: 'Sacramento' },
    ...{ state: 'CA', zip: '95816', side: 'buyer', scenario: 'buy', workflow: 'contract-to-close', formName: 'RPA' },
    ...{ priceCents: null, stage: 'disclosures', ownerId: 'me', ownerName: 'Noor Haddad', outcome: null },
    ...{ outcomeReason: '', closedOn: null, isSample: false, closingOn: null, daysToClosing: null },
    ...{ standing: { state: 'none', headline: 'On track', detail: '' }, missing: [], tasks: [], people: [], notes: [] },
    ...{ anchors: [], dates: [], facts: [], canUndo: null },
    ...change,
  } as DealView;
}

/** Opens the whole page over rows in memory. */
export function openApp(
  path: string,
  rows: { readonly cards?: Card[]; readonly deal?: DealView; readonly answers?: Answers } = {},
): Scene {
  giveElementsSize();
  const listeners = new Set<(event: HostEvent) => void>();
  const stage: Scene = {
    cards: rows.cards ?? [],
    deal: rows.deal ?? null,
    records: { kind: 'open' },
    answer: (command) => ({ outcome: 'done', label: 'Done', changes: 1, commandId: command.id }),
    sent: [],
    answers: rows.answers ?? {},
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  window.closeboard = {
    call: async (name, input) => ({ ok: true, value: (await answerOf(stage, name, input)) as never }),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readFile: async () => noFile,
    dropFiles: async () => noFile,
    saveFile: async () => noFile,
    startDrag: async () => noFile,
  };
  const history = createMemoryHistory({ initialEntries: [path] });
  render(<App queries={createQueries()} session={createSession()} history={history} />);
  return stage;
}

/** Rows in memory have no files behind them. */
const noFile = { ok: false, error: { type: 'not-here', message: 'There are no files here.' } } as const;

async function answerOf(stage: Scene, name: CallName, input: unknown): Promise<unknown> {
  const answers: Partial<Record<CallName, () => unknown>> = {
    'records:state': () => stage.records,
    'workspace:get': () => workspaceOf(stage),
    'host:info': (): CallOutput<'host:info'> => ({
      version: '0.1.0',
      capabilities: [],
      platform: 'linux',
      dataFolder: '',
    }),
    'board:columns': () => boardOf(stage),
    'deals:get': () => stage.deal,
    'deals:activity': () => ({ entries: [], before: null }),
    'deals:similar': () => [],
    'deals:preview': () => ({ outcome: 'impact', impact: impactWith(), label: 'Done' }),
    'deals:preview-new': () => ({ outcome: 'dates', dates: [], tasks: 0, documents: 0 }),
    'today:list': () => ({ items: [], quietDeals: stage.cards.length }),
    'search:all': () => [],
    'folders:list': () => [],
    'sync:state': () => syncOf(),
    'sync:waiting': () => [],
    'attention:list': () => [],
    'leads:of': () => null,
    'leads:links': () => ({ kind: 'ok', value: { isShared: true, links: [] } }),
    'changes:of': () => [],
    'messages:of': () => [],
    'access:get': () => ({ kind: 'ok', value: { dealId: 'd1', isShared: true, canMail: true, entries: [] } }),
    'portal-rows:of': () => rowsOf(),
    'portal-rows:sight': () => ({ now: [], onceApproved: [] }),
    'trail:list': () => ({ entries: [], before: null, isFromPortal: true, note: '', actors: [] }),
    'search:find': () => foundIn(stage, (input as { text: string }).text),
    'deals:command': () => {
      const command = input as SentCommand;
      stage.sent.push(command);
      return stage.answer(command);
    },
  };
  const own = stage.answers[name] as ((asked: unknown) => unknown) | undefined;
  if (own !== undefined) return await own(input);
  // Null is an answer: there is no such thing.
  const usual = answers[name];
  return usual === undefined ? { done: true } : usual();
}

function workspaceOf(stage: Scene): CallOutput<'workspace:get'> {
  const form = {
    packId: 'ca',
    revision: '1',
    state: 'CA',
    form: 'C.A.R. RPA',
    anchors: [{ name: 'acceptance', title: 'Acceptance' }],
  };
  const texas = ['20-19', '20-18'].map((revision) => ({
    ...form,
    packId: 'tx',
    revision,
    state: 'TX',
    form: `TREC ${revision}`,
  }));
  return {
    profile: { memberId: 'me', name: 'Noor Haddad', office: 'Fennimore Realty' },
    settings: { theme: 'system', density: 'roomy' },
    forms: [form, ...texas],
    members: [{ id: 'me', name: 'Noor Haddad' }],
    dealCount: stage.cards.length,
    sampleCount: 0,
    today: TODAY,
  };
}

function boardOf(stage: Scene): CallOutput<'board:columns'> {
  const columns = STAGES.map((name) => {
    const cards = stage.cards.filter((card) => card.stage === name);
    return { stage: name, count: cards.length, cards, after: null };
  });
  return { columns, total: stage.cards.length };
}

function foundIn(stage: Scene, text: string): CallOutput<'search:find'> {
  return stage.cards
    .filter((card) => card.street.toLowerCase().includes(text.toLowerCase()))
    .map((card) => ({
      kind: 'deal',
      dealId: card.id,
      id: card.id,
      plate: card.plate,
      side: card.side,
      title: card.street,
      detail: '',
    }));
}

/** happy-dom lays nothing out; virtual rows need some height to be in. */
function giveElementsSize(): void {
  for (const name of ['offsetHeight', 'offsetWidth', 'clientHeight', 'clientWidth'])
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => 600 });
  Element.prototype.scrollTo ??= () => undefined;
}
