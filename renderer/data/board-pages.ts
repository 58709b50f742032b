import type { QueryClient } from '@tanstack/react-query';
import type { Stage } from '../../core/deals/model.ts';
import type { CallOutput } from '../../electron/contract/calls.ts';
import type { BoardFilter, Card, Column } from '../../electron/contract/values.ts';
import { call } from './api.ts';

export type Board = CallOutput<'board:columns'>;

/** More than a tall window shows, so that the first page is painted once and scrolling starts without a wait. */
export const FIRST_PAGE = 30;
const NEXT_PAGE = 200;
/** What the contract lets one call carry. */
const MOST_COLUMNS = 200;
const MOST_COLUMN = 500;

/**
 * The board, as far down as each column had been read before: a change somewhere must not shorten what a person
 * scrolled to. One call for the tops, then one per 500 further cards of a long column.
 */
export async function fetchBoard(filter: BoardFilter, before: Board | undefined): Promise<Board> {
  const had = (stage: Stage) => before?.columns.find((column) => column.stage === stage)?.cards.length ?? 0;
  const longest = Math.max(FIRST_PAGE, ...(before?.columns ?? []).map((column) => column.cards.length));
  const board = await call('board:columns', { filter, limit: Math.min(longest, MOST_COLUMNS) });
  const columns = await Promise.all(board.columns.map((column) => filledTo(column, filter, had(column.stage))));
  return { ...board, columns };
}

/** Reads the next page of one column into the board that is shown. */
export async function fetchMore(client: QueryClient, key: readonly unknown[], column: Column): Promise<void> {
  const filter = key[1] as BoardFilter;
  if (column.after === null) return;
  const page = await call('board:column', { stage: column.stage, filter, after: column.after, limit: NEXT_PAGE });
  client.setQueryData<Board>(
    key,
    (board) => board && withColumn(board, column.stage, (now) => joined(now, page, column)),
  );
}

/** The card taken from its column and put on top of another; counts follow. The board that was is given back as it was. */
export function moveCard(board: Board, dealId: string, to: Stage): Board {
  const card = findCard(board, dealId);
  if (card === undefined || card.stage === to) return board;
  const without = withColumn(board, card.stage, (column) => ({
    ...column,
    count: column.count - 1,
    cards: column.cards.filter((other) => other.id !== dealId),
  }));
  return withColumn(without, to, (column) => ({
    ...column,
    count: column.count + 1,
    cards: [{ ...card, stage: to }, ...column.cards],
  }));
}

export function findCard(board: Board | undefined, dealId: string): Card | undefined {
  for (const column of board?.columns ?? []) {
    const card = column.cards.find((other) => other.id === dealId);
    if (card !== undefined) return card;
  }
  return undefined;
}

async function filledTo(column: Column, filter: BoardFilter, wanted: number): Promise<Column> {
  let filled = column;
  while (filled.after !== null && filled.cards.length < wanted) {
    const limit = Math.min(wanted - filled.cards.length, MOST_COLUMN);
    const page = await call('board:column', { stage: column.stage, filter, after: filled.after, limit });
    filled = { ...page, cards: [...filled.cards, ...page.cards] };
  }
  return filled;
}

/** A page that was asked for from where the column ended then counts only if it still ends there. */
function joined(now: Column, page: Column, asked: Column): Column {
  if (now.after !== asked.after) return now;
  const held = new Set(now.cards.map((card) => card.id));
  return { ...page, cards: [...now.cards, ...page.cards.filter((card) => !held.has(card.id))] };
}

function withColumn(board: Board, stage: Stage, change: (column: Column) => Column): Board {
  return { ...board, columns: board.columns.map((column) => (column.stage === stage ? change(column) : column)) };
}
