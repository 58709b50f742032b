import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { useAttention } from '../../data/attention.ts';
import { DEAL_TABS, type DealTab } from '../../data/deal-tabs.ts';
import { useDeal, useToday } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { useSession } from '../../data/session.tsx';
import { counted } from '../../data/words.ts';
import { Middle, Problem, Refusal, Waiting } from '../../ui/calm.tsx';
import { longDay } from '../../ui/days.ts';
import { dropMarks } from '../../ui/drop-marks.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar, type KeyHint, useKeys } from '../../ui/keys.tsx';
import { ChangesTab } from '../changes/changes-tab.tsx';
import { LeadLine } from '../leads/lead-line.tsx';
import { MessagesTab } from '../messages/messages-tab.tsx';
import { ActivityTab } from './activity-tab.tsx';
import { DatesTab } from './dates-tab.tsx';
import styles from './deal.module.css';
import { DealDialogs, type DealQuestion } from './deal-dialogs.tsx';
import { DealHeader } from './deal-header.tsx';
import { DealTabs } from './deal-tabs.tsx';
import { DocumentsTab, dealName } from './documents-tab.tsx';
import { NotesTab } from './notes-tab.tsx';
import { Overview } from './overview.tsx';
import { PeopleTab } from './people-tab.tsx';
import { useTell } from './task-acts.ts';
import { TasksTab } from './tasks-tab.tsx';

export function DealScreen() {
  const { dealId } = useParams({ from: '/deals/$dealId' });
  const deal = useDeal(dealId);
  useReady('deal', deal.data !== undefined);
  if (deal.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(deal.error).message}
        onAgain={() => void deal.refetch()}
      />
    );
  if (deal.data === undefined) return <Waiting says="Opening the deal" />;
  if (deal.data === null)
    return (
      <Middle>
        <h1>This deal is not here any more</h1>
        <p className="t2">It was taken back or removed. Ctrl Z brings back what was done in this window.</p>
        <Link to="/board" className="btn">
          Back to the board
        </Link>
      </Middle>
    );
  return <DealPage key={dealId} deal={deal.data} />;
}

const COMMON: readonly KeyHint[] = [
  { keys: ['Mod Z'], does: 'undo' },
  { keys: ['B'], does: 'back to the board', isLast: true },
];
const HINTS: Record<DealTab, readonly KeyHint[]> = {
  overview: [
    { keys: ['1', '…', '9'], does: 'tabs' },
    { keys: ['J', 'K'], does: 'line' },
    { keys: ['W'], does: 'why this date' },
    { keys: ['M'], does: 'move to the next stage' },
    ...COMMON,
  ],
  tasks: [
    { keys: ['J', 'K'], does: 'move' },
    { keys: ['Enter'], does: 'mark done' },
    { keys: ['S'], does: 'later' },
    { keys: ['H'], does: 'hand over' },
    { keys: ['X'], does: 'not needed' },
    { keys: ['A'], does: 'add' },
    ...COMMON,
  ],
  documents: [
    { keys: ['J', 'K'], does: 'move' },
    { keys: ['V'], does: 'view' },
    { keys: ['F'], does: 'file here' },
    { keys: ['R'], does: 'request again' },
    { keys: ['X'], does: 'not needed' },
    { keys: ['Q'], does: 'ask for one' },
    { keys: ['A'], does: 'add' },
    { keys: ['P'], does: 'closing packet' },
    ...COMMON,
  ],
  dates: [{ keys: ['J', 'K'], does: 'move' }, { keys: ['Enter'], does: 'change the day' }, ...COMMON],
  people: [
    { keys: ['J', 'K'], does: 'move' },
    { keys: ['Enter'], does: 'change' },
    { keys: ['A'], does: 'add' },
    { keys: ['S'], does: 'see as' },
    { keys: ['L'], does: 'make a link' },
    { keys: ['V'], does: 'who sees what' },
    ...COMMON,
  ],
  changes: [
    { keys: ['J', 'K'], does: 'move' },
    { keys: ['Enter'], does: 'next step' },
    { keys: ['V'], does: 'what moves' },
    { keys: ['E'], does: 'put into effect' },
    { keys: ['A'], does: 'ask for a change' },
    ...COMMON,
  ],
  messages: [
    { keys: ['J', 'K'], does: 'move' },
    { keys: ['R'], does: 'write' },
    { keys: ['Mod Enter'], does: 'send' },
    { keys: ['X'], does: 'needs no answer' },
    ...COMMON,
  ],
  notes: [{ keys: ['A'], does: 'write a note' }, { keys: ['Mod Enter'], does: 'keep the note' }, ...COMMON],
  activity: [
    { keys: ['J', 'K'], does: 'move' },
    { keys: ['U'], does: 'take it back' },
    { keys: ['F'], does: 'filters' },
    { keys: ['E'], does: 'export with trail' },
    ...COMMON,
  ],
};
const ACCESS_HINTS: readonly KeyHint[] = [
  { keys: ['J', 'K'], does: 'move' },
  { keys: ['L'], does: 'make a link' },
  { keys: ['S'], does: 'see as' },
  { keys: ['V'], does: 'people' },
  ...COMMON,
];

/** What is left to do by key on a deal that has ended. */
const READING: ReadonlySet<string> = new Set([
  'tabs',
  'line',
  'move',
  'view',
  'closing packet',
  'why this date',
  'who sees what',
  'people',
  'see as',
  'make a link',
  'filters',
  'export with trail',
  'undo',
  'back to the board',
]);

function DealPage(props: { readonly deal: DealView }) {
  const { deal } = props;
  const navigate = useNavigate();
  const search = useSearch({ from: '/deals/$dealId' });
  const tab = search.tab ?? 'overview';
  const hints = search.view === 'access' ? ACCESS_HINTS : HINTS[tab];
  const [question, setQuestion] = useState<DealQuestion | null>(null);
  const place = useRef<HTMLElement>(null);
  // Whoever came here by key goes on from here, and not from where the old screen was.
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  // The board comes back to the card of the deal that was open last.
  const { boardCard } = useSession();
  useEffect(() => boardCard.set(deal.id), [boardCard, deal.id]);
  const go = (to: DealTab) =>
    void navigate({ to: '/deals/$dealId', params: { dealId: deal.id }, search: to === 'overview' ? {} : { tab: to } });
  useKeys({
    ...Object.fromEntries(DEAL_TABS.map((name, index) => [String(index + 1), () => go(name)])),
    m: () => deal.closedOn === null && setQuestion('move'),
  });
  return (
    <div className={styles.frame}>
      <DealHeader deal={deal} onAsk={setQuestion} />
      <DealTabs deal={deal} tab={tab} onMove={() => setQuestion('move')} />
      <div>
        {deal.closedOn !== null && <ClosedLine deal={deal} />}
        <LeadLine deal={deal} />
        <AttentionLine deal={deal} />
      </div>
      <main
        ref={place}
        tabIndex={-1}
        className={styles.place}
        aria-label={dealName(deal)}
        {...dropMarks('page', `Put into the inbox, for ${dealName(deal)}`, { dealId: deal.id, name: dealName(deal) })}
      >
        <Tab deal={deal} tab={tab} onGo={go} />
      </main>
      <KeyBar hints={deal.closedOn === null ? hints : hints.filter(({ does }) => READING.has(does))} />
      {question && <DealDialogs deal={deal} question={question} onClose={() => setQuestion(null)} />}
    </div>
  );
}

function Tab(props: {
  readonly deal: DealView;
  readonly tab: DealTab;
  readonly onGo: (tab: DealTab) => void;
}): ReactNode {
  const { deal } = props;
  switch (props.tab) {
    case 'overview':
      return <Overview deal={deal} onGo={props.onGo} />;
    case 'tasks':
      return <TasksTab deal={deal} />;
    case 'documents':
      return <DocumentsTab deal={deal} />;
    case 'dates':
      return <DatesTab deal={deal} />;
    case 'people':
      return <PeopleTab deal={deal} />;
    case 'changes':
      return <ChangesTab deal={deal} />;
    case 'messages':
      return <MessagesTab deal={deal} />;
    case 'notes':
      return <NotesTab deal={deal} />;
    case 'activity':
      return <ActivityTab deal={deal} />;
  }
}

/** What came back from the portal on this deal, quietly. Nothing while nothing did. */
function AttentionLine(props: { readonly deal: DealView }) {
  const { deal } = props;
  const count = useAttention(deal.id).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <section className={styles.attention} aria-label="Came back from the portal">
      <Icon name="back" size="s" className="blocked" />
      <span>{count === 1 ? 'One thing' : counted(count, 'thing')} on this deal came back from the portal.</span>
      <Link to="/attention" search={{ deal: deal.id }}>
        Look at {count === 1 ? 'it' : 'them'}
      </Link>
    </section>
  );
}

/** A closed deal is read and not changed; the one thing to do is to open it again. */
function ClosedLine(props: { readonly deal: DealView }) {
  const { deal } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  if (deal.closedOn === null) return null;
  const what = deal.outcome === 'withdrawn' ? 'was withdrawn' : 'closed';
  const why = deal.outcomeReason === '' ? '' : ` ${deal.outcomeReason.replace(/\.$/, '')}.`;
  return (
    <div className={styles.closed}>
      <p>
        <b>
          This deal {what} on {longDay(deal.closedOn, today)}.
        </b>
        {why} It can be read, and not changed until it is reopened.
      </p>
      <button type="button" className="btn sm push" onClick={async () => setWrong(await tell('reopenDeal', {}))}>
        Reopen the deal
      </button>
      {wrong && <Refusal says={wrong} />}
    </div>
  );
}
