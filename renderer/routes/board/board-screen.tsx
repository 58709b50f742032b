import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { Stage } from '../../../core/deals/model.ts';
import type { BoardFilter, Card } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { type Board, fetchMore, findCard, moveCard } from '../../data/board-pages.ts';
import { nowInstant } from '../../data/clock.ts';
import { useRun } from '../../data/commands.ts';
import { keys, useBoard, useOpenCount, useToday, useWorkspace } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { useSession } from '../../data/session.tsx';
import { useSaveSettings } from '../../data/settings.ts';
import { PLATE_KINDS, STAGE_TITLES, sideSays, streetName } from '../../data/words.ts';
import { Problem, Waiting } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, KeyBar, useKeys } from '../../ui/keys.tsx';
import { preloadable } from '../../ui/preloadable.tsx';
import { useStore } from '../../ui/store.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { SampleBanner } from '../first-run/sample-banner.tsx';
import styles from './board.module.css';
import { useBoardKeys } from './board-keys.ts';
import { LiftedCard } from './card.tsx';
import { BoardColumn } from './column.tsx';
import { Filters, isFiltered } from './filters.tsx';
import { type Move, useDragging, whyNot } from './moving.ts';
import type { NotReadyFor } from './not-ready.tsx';

const NotReady = preloadable(() => import('./not-ready.tsx').then((it) => it.NotReady));

export function BoardScreen() {
  const session = useSession();
  const filter = useStore(session.boardFilter);
  const workspace = useWorkspace();
  const board = useBoard(filter);
  const isShown = workspace.data !== undefined && board.data !== undefined;
  useReady('board', isShown);
  if (board.isError || workspace.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(board.error ?? workspace.error).message}
        onAgain={() => void Promise.all([board.refetch(), workspace.refetch()])}
      />
    );
  if (!workspace.data || !board.data) return <Waiting says="Reading your deals" />;
  const isEmpty = workspace.data.dealCount === 0 && board.data.total === 0 && !isFiltered(filter);
  if (isEmpty) return <FirstRun />;
  return <BoardView board={board.data} filter={filter} />;
}

const HINTS = [
  { keys: ['←', '→'], does: 'stage' },
  { keys: ['J', 'K'], does: 'card' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['M'], does: 'move to stage' },
  { keys: ['F'], does: 'filter' },
  { keys: ['Mod Z'], does: 'undo' },
  { keys: ['?'], does: 'all keys', isLast: true },
];
const CARRY_HINTS = [
  { keys: ['←', '→'], does: 'choose the stage' },
  { keys: ['Enter'], does: 'drop' },
  { keys: ['Esc'], does: 'put the card back', isLast: true },
];

interface Refused {
  readonly card: Card;
  readonly what: NotReadyFor;
}

function BoardView(props: { readonly board: Board; readonly filter: BoardFilter }) {
  const { board, filter } = props;
  const session = useSession();
  const today = useToday();
  const workspace = useWorkspace().data;
  const activeId = useStore(session.boardCard);
  const region = useRef<HTMLElement>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [focusTurn, setFocusTurn] = useState(0);
  const open = useOpenDeal();
  const moveTo = useMoveTo(filter, setRefused);
  const dragging = useDragging((card, to) => void moveTo(card, to), region);
  const { move, setMove } = dragging;
  const onKeyDown = useBoardKeys({
    board,
    activeId,
    move,
    setMove,
    open,
    drop: moveTo,
    onMoved: () => setFocusTurn((turn) => turn + 1),
  });

  const focus = useCallback((dealId: string) => session.boardCard.set(dealId), [session]);
  const more = useMore(filter);
  const meId = workspace?.profile.memberId ?? '';

  // Coming back from a deal, the focus is on its card again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the screen opens
  useEffect(() => {
    if (activeId !== null && findCard(board, activeId)) setFocusTurn(1);
  }, []);

  function close(): void {
    setRefused(null);
    setFocusTurn((turn) => turn + 1);
  }

  return (
    <div className={styles.frame}>
      <BoardHead board={board} filter={filter} onFilter={session.boardFilter.set} />
      <SampleBanner />
      <main ref={region} className={styles.cols} aria-label="Deals by stage" onKeyDown={onKeyDown}>
        {board.columns.map((column) => (
          <BoardColumn
            key={column.stage}
            column={column}
            today={today}
            meId={meId}
            activeId={activeId}
            focusTurn={focusTurn}
            carriedId={move?.card.id ?? null}
            offer={offerOf(move, column.stage)}
            onOpen={open}
            onFocus={focus}
            onMore={more}
          />
        ))}
      </main>
      <KeyBar hints={move?.by === 'keys' ? CARRY_HINTS : HINTS} />
      {move?.by === 'pointer' && (
        <LiftedCard card={move.card} today={today} meId={meId} width={move.width} boxRef={dragging.liftedRef} />
      )}
      {refused && (
        <Suspense fallback={null}>
          <NotReady
            what={refused.what}
            onLeave={close}
            onOpen={() => open(refused.card.id)}
            onAnyway={async (reason) => {
              const sentence = await moveTo(refused.card, refused.what.to, reason);
              if (sentence === null) close();
              return sentence;
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function BoardHead(props: {
  readonly board: Board;
  readonly filter: BoardFilter;
  readonly onFilter: (filter: BoardFilter) => void;
}) {
  const session = useSession();
  const workspace = useWorkspace().data;
  const save = useSaveSettings();
  const openCount = useOpenCount();
  const bar = useRef<HTMLDivElement>(null);
  useKeys({ f: () => bar.current?.querySelector('button')?.focus() });
  const total = props.board.total.toLocaleString('en-US');
  return (
    <header className={styles.top} ref={bar}>
      <HeadRow>
        <span className="meta">
          {isFiltered(props.filter)
            ? `${total} of ${(openCount ?? 0).toLocaleString('en-US')} deals`
            : `${total} deals`}
        </span>
        <button type="button" className="btn go push" onClick={() => session.dialog.set('new-deal')}>
          <Icon name="plus" />
          New deal <Kbd>N</Kbd>
        </button>
      </HeadRow>
      {workspace && (
        <Filters
          workspace={workspace}
          filter={props.filter}
          onFilter={props.onFilter}
          density={workspace.settings.density}
          onDensity={(density) => void save({ density })}
        />
      )}
    </header>
  );
}

function HeadRow(props: { readonly children: ReactNode }) {
  return (
    <div className={styles.row}>
      <h1>Board</h1>
      {props.children}
    </div>
  );
}

function offerOf(move: Move | null, stage: Stage) {
  if (move === null || move.to !== stage || move.card.stage === stage) return null;
  const reason = whyNot(move.card, stage);
  return reason === null ? ({ kind: 'drop' } as const) : ({ kind: 'refuse', reason } as const);
}

function useOpenDeal(): (dealId: string) => void {
  const navigate = useNavigate();
  const session = useSession();
  return useCallback(
    (dealId) => {
      session.boardCard.set(dealId);
      void navigate({ to: '/deals/$dealId', params: { dealId } });
    },
    [navigate, session],
  );
}

function useMore(filter: BoardFilter): (stage: Stage) => void {
  const client = useQueryClient();
  const under = useRef(new Set<string>());
  return useCallback(
    (stage) => {
      const key = [...keys.board, filter];
      const column = client.getQueryData<Board>(key)?.columns.find((one) => one.stage === stage);
      if (column === undefined || under.current.has(stage)) return;
      under.current.add(stage);
      // A page that could not be read is asked for again by the next scroll.
      fetchMore(client, key, column)
        .finally(() => under.current.delete(stage))
        .catch(() => undefined);
    },
    [client, filter],
  );
}

/** Moves a card: shown at once unless the board knows that it will be refused. Gives back the sentence of a refusal. */
function useMoveTo(filter: BoardFilter, onRefused: (refused: Refused) => void) {
  const run = useRun();
  return useCallback(
    async (card: Card, to: Stage, anyway?: string): Promise<string | null> => {
      if (card.stage === to) return null;
      const key = [...keys.board, filter];
      const reply = await run({
        dealId: card.id,
        name: 'moveStage',
        args: { to, expected: card.stage, at: nowInstant(), ...(anyway === undefined ? {} : { anyway }) },
        showsRefusal: true,
        ahead: (client) => {
          const before = client.getQueryData<Board>(key);
          if (before === undefined || (anyway === undefined && whyNot(card, to) !== null)) return () => undefined;
          void client.cancelQueries({ queryKey: keys.board });
          client.setQueryData(key, moveCard(before, card.id, to));
          return () => client.setQueryData<Board>(key, (now) => now && moveCard(now, card.id, card.stage));
        },
      });
      if (reply.outcome === 'done') return null;
      if (anyway !== undefined) return reply.refusal.message;
      const what = {
        plate: card.plate,
        kind: PLATE_KINDS[card.side],
        sideSays: sideSays(card.side),
        street: streetName(card.street, card.unit),
        to,
        refusal: reply.refusal,
      };
      onRefused({ card, what });
      return `${STAGE_TITLES[to]}: ${reply.refusal.message}`;
    },
    [filter, onRefused, run],
  );
}
