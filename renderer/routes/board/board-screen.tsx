import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { Stage } from '../../../core/deals/model.ts';
import type { BoardFilter } from '../../../electron/contract/values.ts';
import { asCallError } from '../../data/api.ts';
import { type Board, findCard } from '../../data/board-pages.ts';
import { useBoard, useOpenCount, useToday, useWorkspace } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { useSession } from '../../data/session.tsx';
import { useSaveSettings } from '../../data/settings.ts';
import { Problem, Waiting } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, KeyBar, useKeys } from '../../ui/keys.tsx';
import { preloadable } from '../../ui/preloadable.tsx';
import { useStore } from '../../ui/store.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { SampleBanner } from '../first-run/sample-banner.tsx';
import styles from './board.module.css';
import { useBoardKeys } from './board-keys.ts';
import { type Refused, useMore, useMoveTo, useOpenDeal } from './board-moves.ts';
import { LiftedCard } from './card.tsx';
import { BoardColumn } from './column.tsx';
import { Filters, isFiltered } from './filters.tsx';
import { type Move, useDragging, whyNot } from './moving.ts';

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
  useKeys({ f: () => bar.current?.querySelector<HTMLElement>('[data-filters] button')?.focus() });
  const total = props.board.total.toLocaleString('en-US');
  return (
    <header className={styles.top} ref={bar}>
      <HeadRow>
        <span className="meta">
          {isFiltered(props.filter)
            ? `${total} of ${(openCount ?? 0).toLocaleString('en-US')} deals`
            : props.board.total === 1
              ? '1 deal'
              : `${total} deals`}
        </span>
        <Link to="/settings" hash="intake" className="btn push">
          <Icon name="link" />
          Intake links
        </Link>
        <button type="button" className="btn go" onClick={() => session.dialog.set('new-deal')}>
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
