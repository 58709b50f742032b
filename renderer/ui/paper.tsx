import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { hostApi } from '../data/api.ts';
import { connectViewer, type Heard, type Viewer } from '../viewer/connect.ts';
import { viewerData } from '../viewer/data-files.ts';
import type { Kind, Mark, Place, ToViewer, ViewerState, Zoom } from '../viewer/messages.ts';
import { findIn, useFindKey } from './find-key.ts';
import styles from './paper.module.css';
import { Instead } from './paper-instead.tsx';
import { FindRow, type Found, ToolBar } from './paper-parts.tsx';
import { takeFrame } from './spare-frame.ts';

export interface PaperProps {
  readonly sha256: string;
  /** As what the file is shown; HEIC and other photos come converted, as `image` or `pdf`. */
  readonly kind: Kind;
  /** The file's name: the frame is called by it. */
  readonly name: string;
  /** Numbered proofs on its pages. */
  readonly marks?: readonly Mark[];
  /** The page to show, from 1; a change goes there. */
  readonly page?: number;
  /** What is shown, each time that changes: pages, the current one, zoom; or why there is nothing. */
  readonly onState?: (state: ViewerState) => void;
  /** More buttons for the bar: "Split". */
  readonly actions?: ReactNode;
}

/**
 * A file from outside, drawn in a frame of its own that has no origin, no network and nothing of the page. Another file
 * gets another frame, so that no file ever meets the next one.
 */
export function Paper(props: PaperProps) {
  return <OneFile key={`${props.sha256} ${props.kind}`} {...props} />;
}

const NO_MARKS: readonly Mark[] = [];
const NOTHING_FOUND: Found = { text: '', count: 0, at: 0, isDone: true };

function OneFile({ sha256, kind, name, marks = NO_MARKS, page = 1, onState, actions }: PaperProps) {
  const place = useRef<HTMLDivElement>(null);
  const section = useRef<HTMLElement>(null);
  const [state, setState] = useState<ViewerState>({ kind: 'opening' });
  const [found, setFound] = useState<Found>(NOTHING_FOUND);
  const [isFinding, setFinding] = useState(false);
  const tell = useRef(onState);
  tell.current = onState;

  const find = () => {
    setFinding(true);
    findIn(section.current);
  };
  useFindKey(section, find);
  const hear = (heard: Heard) => {
    if (heard.type === 'found') setFound(heard);
    if (heard.type === 'leave') section.current?.focus();
    if (heard.type === 'leave' && heard.to === 'find') find();
    if (heard.type !== 'state') return;
    setState(heard.state);
    tell.current?.(heard.state);
  };
  const say = useViewer(place, { sha256, kind, name, page, hear });
  useEffect(() => {
    say({ type: 'marks', marks: [...marks] });
  }, [say, marks]);
  const shownAt = useRef(page);
  if (state.kind === 'open') shownAt.current = state.page;
  useEffect(() => {
    // A page that the person turned to and the owner was told of comes back as a prop: nothing moves for it.
    if (page !== shownAt.current) say({ type: 'go', to: page });
  }, [say, page]);

  const isOpen = state.kind === 'open';
  return (
    <section
      ref={section}
      className={styles.paper}
      data-paper=""
      aria-label={name}
      tabIndex={-1}
      onKeyDown={keysFor(say)}
    >
      <div className={styles.view}>
        <Frame place={place} state={state} />
        {!isOpen && (
          <div className={styles.over}>
            <Instead state={state} kind={kind} onPassword={(password) => say({ type: 'password', password })} />
          </div>
        )}
      </div>
      {isFinding && (
        <FindRow
          found={found}
          onFind={(text) => say({ type: 'find', text })}
          onStep={(by) => say({ type: 'find-step', by })}
          onClose={() => {
            setFinding(false);
            say({ type: 'find', text: '' });
            section.current?.focus();
          }}
        />
      )}
      <ToolBar
        state={state}
        actions={actions}
        onGo={(to) => say({ type: 'go', to })}
        onTurn={() => say({ type: 'turn' })}
        onZoom={(to) => say({ type: 'zoom', to })}
        onFind={() => setFinding((was) => !was)}
      />
    </section>
  );
}

/** The frame is taken away from a file that could not be opened: whatever it still does ends with it. */
function Frame(props: { readonly place: RefObject<HTMLDivElement | null>; readonly state: ViewerState }) {
  if (props.state.kind === 'failed' || props.state.kind === 'empty') return null;
  return <div ref={props.place} className={styles.frame} />;
}

interface Connected {
  readonly sha256: string;
  readonly kind: Kind;
  readonly name: string;
  readonly page: number;
  readonly hear: (heard: Heard) => void;
}

/** Puts a frame there and connects it for as long as it is there. What is said before it is ready waits for it. */
function useViewer(place: RefObject<HTMLDivElement | null>, connected: Connected): (message: ToViewer) => void {
  const viewer = useRef<Viewer | null>(null);
  const latest = useRef(connected);
  latest.current = connected;
  const [say] = useState(
    () =>
      (message: ToViewer): void =>
        viewer.current?.say(message),
  );
  useEffect(() => {
    if (place.current === null) return;
    const { sha256, kind, name, page } = latest.current;
    const { frame, isLoaded } = takeFrame(place.current);
    frame.title = `Pages of ${name}`;
    const link = connectViewer(frame, {
      kind,
      isLoaded,
      page,
      theme: isDark() ? 'dark' : 'light',
      read: (from, to) => hostApi().readFile({ kind: 'blob', sha256 }, { from, to }),
      data: viewerData,
      hear: (heard) => latest.current.hear(heard),
    });
    viewer.current = link;
    const stopWatching = watchLook((theme) => link.say({ type: 'look', theme }));
    return () => {
      stopWatching();
      link.close();
      frame.remove();
      viewer.current = null;
    };
  }, [place]);
  return say;
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  if (chosen !== undefined) return chosen === 'dark';
  return window.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false;
}

function watchLook(tell: (theme: 'light' | 'dark') => void): () => void {
  const look = () => tell(isDark() ? 'dark' : 'light');
  const watcher = new MutationObserver(look);
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = window.matchMedia?.('(prefers-color-scheme: dark)');
  system?.addEventListener('change', look);
  return () => {
    watcher.disconnect();
    system?.removeEventListener('change', look);
  };
}

const PLACES: Readonly<Record<string, Place>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  PageDown: 'next',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
};
const ZOOMS: Readonly<Record<string, Zoom>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'width' };

/** The same keys as in the frame, while the bar or the paper itself has the focus. A field keeps its own. */
function keysFor(say: (message: ToViewer) => void) {
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    const isWith = event.ctrlKey || event.metaKey;
    const place = isWith || event.altKey || event.shiftKey ? undefined : PLACES[event.key];
    const zoom = isWith ? ZOOMS[event.key] : undefined;
    if (place !== undefined) say({ type: 'go', to: place });
    else if (zoom !== undefined) say({ type: 'zoom', to: zoom });
    else return;
    event.preventDefault();
  };
}
