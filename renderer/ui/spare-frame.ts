import { useEffect } from 'react';

/** Loaded before it is asked for, so that a file opens without waiting for the viewer's own code. */
interface Spare {
  readonly frame: HTMLIFrameElement;
  readonly place: HTMLElement;
  isLoaded: boolean;
}

/** Later than what the screen itself draws. */
const AFTER_MS = 400;

let spare: Spare | null = null;
let wanted = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps one frame ready for as long as the screen is there that shows files. It is given away once, and never comes back. */
export function useSpareFrame(): void {
  useEffect(() => {
    wanted += 1;
    prepareSoon();
    return () => {
      wanted -= 1;
      if (wanted === 0) letGo();
    };
  }, []);
}

/** A frame in its place, which has met no file yet; `isLoaded` when it need not be waited for. */
export function takeFrame(place: HTMLElement): { readonly frame: HTMLIFrameElement; readonly isLoaded: boolean } {
  const ready = spare;
  spare = null;
  prepareSoon();
  if (ready?.isLoaded && move(place, ready.frame)) {
    ready.place.remove();
    return { frame: ready.frame, isLoaded: true };
  }
  ready?.place.remove();
  const frame = createFrame();
  place.append(frame);
  return { frame, isLoaded: false };
}

/** Nothing but scripts: no origin, no network, nothing of the page. */
function createFrame(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.referrerPolicy = 'no-referrer';
  frame.setAttribute('src', './viewer.html');
  return frame;
}

function prepareSoon(): void {
  clearTimeout(timer);
  if (wanted === 0 || spare !== null || !canMove()) return;
  timer = setTimeout(prepare, AFTER_MS);
}

function prepare(): void {
  if (wanted === 0 || spare !== null) return;
  const place = document.createElement('div');
  place.hidden = true;
  const made: Spare = { frame: createFrame(), place, isLoaded: false };
  made.frame.addEventListener(
    'load',
    () => {
      made.isLoaded = true;
    },
    { once: true },
  );
  place.append(made.frame);
  document.body.append(place);
  spare = made;
}

function letGo(): void {
  clearTimeout(timer);
  spare?.place.remove();
  spare = null;
}

/** Moved in any other way, a frame begins anew. */
type Mover = Element & { moveBefore?: (node: Node, before: Node | null) => void };

function canMove(): boolean {
  return typeof (document.body as Mover).moveBefore === 'function';
}

function move(place: Mover, frame: HTMLIFrameElement): boolean {
  if (!place.isConnected || place.moveBefore === undefined) return false;
  place.moveBefore(frame, null);
  return true;
}
