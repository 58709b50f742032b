import type { KeyboardEvent } from 'react';
import { STAGES, type Stage } from '../../../core/deals/model.ts';
import type { Card } from '../../../electron/contract/values.ts';
import { type Board, findCard } from '../../data/board-pages.ts';
import { useAnnounce, useSession } from '../../data/session.tsx';
import { cardName, STAGE_TITLES } from '../../data/words.ts';
import { isOverlayOpen, keyName, useKeys } from '../../ui/keys.tsx';
import { carrySays, type Move, stageBeside } from './moving.ts';

interface Given {
  readonly board: Board;
  readonly activeId: string | null;
  readonly move: Move | null;
  readonly setMove: (move: Move | null) => void;
  readonly open: (dealId: string) => void;
  readonly drop: (card: Card, to: Stage) => Promise<string | null>;
  /** The keyboard moved: the active card takes the focus. */
  readonly onMoved: () => void;
}

/** Keys of the board: arrows and J K between cards, M carries a card to another stage. */
export function useBoardKeys(given: Given): (event: KeyboardEvent) => void {
  const session = useSession();
  const announce = useAnnounce();
  const { board, activeId, move, setMove } = given;
  const card = activeId === null ? undefined : findCard(board, activeId);

  function go(to: Card | undefined): void {
    if (to === undefined) return;
    session.boardCard.set(to.id);
    given.onMoved();
  }

  function carry(next: Move): void {
    setMove(next);
    announce(carrySays(next));
  }

  async function drop(carried: Move): Promise<void> {
    setMove(null);
    const { card: moved, to } = carried;
    if (to === null || to === moved.stage) return putBack(carried);
    const sentence = await given.drop(moved, to);
    if (sentence !== null) return;
    announce(`${moved.plate} ${cardName(moved)} is in ${STAGE_TITLES[to]} now.`);
    given.onMoved();
  }

  function putBack(carried: Move): void {
    setMove(null);
    announce(`${carried.card.plate} ${cardName(carried.card)} stays in ${STAGE_TITLES[carried.card.stage]}.`);
    given.onMoved();
  }

  function whileCarrying(name: string, carried: Move): boolean {
    const over = carried.to ?? carried.card.stage;
    if (name === 'ArrowRight' || name === 'l') carry({ ...carried, to: stageBeside(over, 1) });
    else if (name === 'ArrowLeft' || name === 'h') carry({ ...carried, to: stageBeside(over, -1) });
    else if (name === 'Enter' || name === ' ') void drop(carried);
    else if (name === 'Escape' || name === 'm') putBack(carried);
    else return false;
    return true;
  }

  function atRest(name: string): boolean {
    const target = card && neighbour(board, card, name);
    if (target !== undefined) go(target);
    else if (card === undefined || name in STEPS) return name in STEPS;
    else if (name === 'Enter') given.open(card.id);
    else if (name === 'm') carry({ card, to: null, by: 'keys', width: 0 });
    else return false;
    return true;
  }

  useKeys({
    j: () => go(card ? neighbour(board, card, 'j') : firstCard(board)),
    k: () => go(card ? neighbour(board, card, 'k') : firstCard(board)),
    m: () => card && carry({ card, to: null, by: 'keys', width: 0 }),
    Escape: () => move?.by === 'keys' && putBack(move),
  });

  return (event) => {
    if (event.altKey || isOverlayOpen()) return;
    const name = keyName(event);
    const isTaken = move?.by === 'keys' ? whileCarrying(name, move) : atRest(name);
    if (isTaken) event.preventDefault();
  };
}

/** Rows to go by within a column; null for the ends and for the columns beside. */
const STEPS: Record<string, number | null> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  PageDown: 6,
  PageUp: -6,
  Home: null,
  End: null,
  ArrowLeft: null,
  ArrowRight: null,
};

function neighbour(board: Board, card: Card, name: string): Card | undefined {
  const cards = board.columns.find((column) => column.stage === card.stage)?.cards ?? [];
  const at = cards.findIndex((other) => other.id === card.id);
  const step = STEPS[name];
  if (typeof step === 'number') return cards[Math.max(0, Math.min(cards.length - 1, at + step))];
  if (name === 'Home') return cards[0];
  if (name === 'End') return cards.at(-1);
  if (name === 'ArrowLeft') return besides(board, card.stage, -1, at);
  if (name === 'ArrowRight') return besides(board, card.stage, 1, at);
  return undefined;
}

/** The card at the same height in the next column that has any. */
function besides(board: Board, stage: Stage, step: 1 | -1, row: number): Card | undefined {
  for (let at = STAGES.indexOf(stage) + step; at >= 0 && at < STAGES.length; at += step) {
    const cards = board.columns.find((column) => column.stage === STAGES[at])?.cards ?? [];
    if (cards.length > 0) return cards[Math.min(row, cards.length - 1)];
  }
  return undefined;
}

function firstCard(board: Board): Card | undefined {
  return board.columns.find((column) => column.cards.length > 0)?.cards[0];
}
