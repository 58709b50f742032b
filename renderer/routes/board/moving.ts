import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { STAGES, type Stage } from '../../../core/deals/model.ts';
import type { Card } from '../../../electron/contract/values.ts';
import { capital, cardName, countWord, STAGE_TITLES } from '../../data/words.ts';

/** A card that is being carried, by pointer or by keys; `to` is the stage it is held over. */
export interface Move {
  readonly card: Card;
  readonly to: Stage | null;
  readonly by: 'pointer' | 'keys';
  /** Width of the card in px, for the one that follows the pointer. */
  readonly width: number;
}

/**
 * Why a card cannot land there, as far as the board knows by itself: moving on needs a stage that is done.
 * The command has the last word, and a person may overrule it with a reason.
 */
export function whyNot(card: Card, to: Stage): string | null {
  const isOn = STAGES.indexOf(to) > STAGES.indexOf(card.stage);
  if (!isOn || card.missing === 0) return null;
  const what = card.missing === 1 ? 'One thing is missing.' : `${capital(countWord(card.missing))} things are missing.`;
  return `Not yet for ${card.plate} ${cardName(card)}. ${what}`;
}

/** The stage beside the one held over, skipping none; stays at the ends. */
export function stageBeside(from: Stage, step: 1 | -1): Stage {
  return STAGES[STAGES.indexOf(from) + step] ?? from;
}

/** What a screen reader hears while a card is carried by keys. */
export function carrySays(move: Move): string {
  const name = `${move.card.plate} ${cardName(move.card)}`;
  if (move.to === null || move.to === move.card.stage)
    return `${name} picked up in ${STAGE_TITLES[move.card.stage]}. Left and right choose the stage, Enter drops, Escape puts it back.`;
  return whyNot(move.card, move.to) ?? `Over ${STAGE_TITLES[move.to]}. Enter drops it here.`;
}

export interface Dragging {
  readonly move: Move | null;
  readonly setMove: (move: Move | null) => void;
  readonly liftedRef: RefObject<HTMLDivElement | null>;
}

const EDGE_PX = 56;

/** Follows a card that is dragged with the pointer; the lifted card is placed without a render. */
export function useDragging(onDrop: (card: Card, to: Stage) => void, region: RefObject<HTMLElement | null>): Dragging {
  const [move, setMove] = useState<Move | null>(null);
  const liftedRef = useRef<HTMLDivElement>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => {
    let grip = { x: 0, y: 0 };
    let at = { x: 0, y: 0 };
    const place = () => {
      const lifted = liftedRef.current;
      if (lifted) lifted.style.transform = `translate(${at.x - grip.x}px, ${at.y - grip.y}px) rotate(-1.6deg)`;
    };
    return monitorForElements({
      canMonitor: ({ source }) => 'card' in source.data,
      onDragStart: ({ source, location }) => {
        const box = source.element.getBoundingClientRect();
        const { clientX, clientY } = location.initial.input;
        grip = { x: clientX - box.left, y: clientY - box.top };
        at = { x: clientX, y: clientY };
        setMove({ card: source.data.card as Card, to: null, by: 'pointer', width: box.width });
        requestAnimationFrame(place);
      },
      onDrag: ({ location }) => {
        at = { x: location.current.input.clientX, y: location.current.input.clientY };
        place();
        if (region.current) nudge(region.current, at.x);
      },
      onDropTargetChange: ({ location }) => {
        const to = (location.current.dropTargets[0]?.data.stage as Stage | undefined) ?? null;
        setMove((now) => now && { ...now, to });
      },
      onDrop: ({ source, location }) => {
        const to = location.current.dropTargets[0]?.data.stage as Stage | undefined;
        setMove(null);
        if (to !== undefined) drop.current(source.data.card as Card, to);
      },
    });
  }, [region]);
  return { move, setMove, liftedRef };
}

/** Scrolls the columns sideways while a card is held at their edge. */
function nudge(region: HTMLElement, x: number): void {
  const box = region.getBoundingClientRect();
  if (x < box.left + EDGE_PX) region.scrollLeft -= 12;
  if (x > box.right - EDGE_PX) region.scrollLeft += 12;
}
