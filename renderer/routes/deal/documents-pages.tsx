import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { LineView, PageTurn, VersionView } from '../../../electron/contract/papers.ts';
import { call } from '../../data/api.ts';
import { useOneJob } from '../../data/jobs.ts';
import { useAnnounce } from '../../data/session.tsx';
import { counted } from '../../data/words.ts';
import { Middle } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import styles from './documents.module.css';
import { JobInDialog } from './documents-job.tsx';
import { Shown } from './documents-preview.tsx';
import { Room } from './documents-room.tsx';
import { moved } from './documents-state.ts';

type Turned = z.infer<typeof PageTurn>;

interface Props {
  readonly dealId: string;
  readonly line: LineView;
  readonly version: VersionView;
  readonly onClose: () => void;
}

/** Pages in another order, turned or left out. The file as it came stays; the result is filed as the next version. */
export function PagesRoom(props: Props) {
  const { dealId, line, version } = props;
  const before = useRef(allPages(version.pages ?? 0));
  const [pages, setPages] = useState<readonly Turned[]>(before.current);
  const [at, setAt] = useState(0);
  const job = useOneJob(() => undefined);
  const isChanged = pages.length !== before.current.length || pages.some((one, index) => !isAsItWas(one, index));
  const isDone = job.progress !== null && job.progress !== 'starting' && job.progress.state === 'done';
  const { onClose } = props;
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);
  const save = () => {
    if (!isChanged || pages.length === 0 || job.isRunning) return;
    void job.start(() => call('papers:arrange', { dealId, versionId: version.id, pages: [...pages] }));
  };
  return (
    <Room
      title={`Pages of ${line.title}`}
      lead={<p className="meta">Version {version.number}</p>}
      onClose={onClose}
      keys={{ 'mod+Enter': save }}
      paper={<Shown version={version} page={pages[at]?.page ?? 1} />}
      side={
        version.pages === null ? (
          <Middle>
            <p className="t2">The pages of this file are not counted yet. Try again in a moment.</p>
          </Middle>
        ) : (
          <Grid pages={pages} at={at} onAt={setAt} onPages={setPages} onAgain={() => setPages(before.current)} />
        )
      }
      foot={
        <>
          <div>
            <JobInDialog job={job} says="Putting the pages in order" />
            {!job.isRunning && job.wrong === null && <p className="meta">{footSays(pages.length, isChanged)}</p>}
          </div>
          <button type="button" className="btn" onClick={onClose}>
            Leave the pages as they are <Kbd>Esc</Kbd>
          </button>
          <button
            type="button"
            className="btn go"
            disabled={!isChanged || pages.length === 0 || job.isRunning}
            onClick={save}
          >
            File as version {Math.max(...line.versions.map((one) => one.number)) + 1} <Kbd>Mod Enter</Kbd>
          </button>
        </>
      }
    />
  );
}

function footSays(count: number, isChanged: boolean): string {
  if (count === 0) return 'A file needs one page at least. Put one back.';
  return isChanged
    ? `${counted(count, 'page')} in the new file. What came is kept.`
    : 'Move, turn or leave out a page first.';
}

function allPages(count: number): readonly Turned[] {
  return Array.from({ length: count }, (_, index) => ({ page: index + 1, rotate: 0 as const }));
}

function isAsItWas({ page, rotate }: Turned, index: number): boolean {
  return page === index + 1 && rotate === 0;
}

const TURNED = { 0: 90, 90: 180, 180: 270, 270: 0 } as const;

function Grid(props: {
  readonly pages: readonly Turned[];
  readonly at: number;
  readonly onAt: (at: number) => void;
  readonly onPages: (pages: readonly Turned[]) => void;
  readonly onAgain: () => void;
}) {
  const { pages, at, onAt, onPages } = props;
  const grid = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [dragged, setDragged] = useState<number | null>(null);
  const announce = useAnnounce();
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  const go = (to: number) => {
    wantsFocus.current = true;
    onAt(Math.max(0, Math.min(pages.length - 1, to)));
  };
  const put = (from: number, to: number) => {
    const next = moved(pages, from, to);
    if (next === pages) return;
    onPages(next);
    go(to);
    announce(`Page ${pages[from]?.page} is number ${to + 1} now.`);
  };
  const turn = () => {
    onPages(pages.map((one, index) => (index === at ? { ...one, rotate: TURNED[one.rotate] } : one)));
    announce(`Page ${pages[at]?.page} is turned.`);
  };
  const leaveOut = () => {
    if (pages[at] === undefined) return;
    announce(`Page ${pages[at].page} is left out.`);
    onPages(pages.filter((_, index) => index !== at));
    go(Math.min(at, pages.length - 2));
  };
  const columns = () => {
    const top = grid.current?.firstElementChild?.getBoundingClientRect().top;
    const tiles = [...(grid.current?.children ?? [])];
    const first = tiles.findIndex((tile) => tile.getBoundingClientRect().top !== top);
    return first > 0 ? first : Math.max(1, tiles.length);
  };
  function hear(event: KeyboardEvent): void {
    const isMove = event.ctrlKey || event.metaKey;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns(),
      ArrowDown: columns(),
      Home: -at,
      End: pages.length - 1 - at,
    };
    const step = steps[event.key];
    if (step !== undefined && isMove) put(at, Math.max(0, Math.min(pages.length - 1, at + step)));
    else if (step !== undefined) go(at + step);
    else if (event.key === 'Delete' || event.key === 'Backspace') leaveOut();
    else if (event.key.toLowerCase() === 'r' && !isMove) turn();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className={styles.pages}>
      <div className={styles.tools} role="toolbar" aria-label="Selected page">
        <Tool icon="left" says="Earlier" isOff={at <= 0} onPress={() => put(at, at - 1)} />
        <Tool icon="right" says="Later" isOff={at >= pages.length - 1} onPress={() => put(at, at + 1)} />
        <Tool icon="rotate" says="Turn" isOff={pages.length === 0} onPress={turn} />
        <Tool icon="x" says="Leave out" isOff={pages.length === 0} onPress={leaveOut} />
        <Tool icon="undo" says="As it was" isOff={false} onPress={props.onAgain} />
      </div>
      <p className="meta">
        Arrows choose a page. With <Kbd>Mod</Kbd> they move it, <Kbd>R</Kbd> turns it, <Kbd>Del</Kbd> leaves it out.
      </p>
      <div ref={grid} className={styles.grid} role="listbox" aria-label="Pages in their order" onKeyDown={hear}>
        {pages.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys for all its pages
          <div
            key={one.page}
            role="option"
            aria-selected={index === at}
            aria-label={tileSays(one, index)}
            tabIndex={index === at ? 0 : -1}
            draggable
            className={cx(styles.tile, index === at && styles.here, dragged === index && styles.lifted)}
            onClick={() => onAt(index)}
            onFocus={() => index !== at && onAt(index)}
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', String(one.page));
              setDragged(index);
            }}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== null) put(dragged, index);
              setDragged(null);
            }}
            onDragEnd={() => setDragged(null)}
          >
            <span style={{ rotate: `${one.rotate}deg` }}>{one.page}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function tileSays({ page, rotate }: Turned, index: number): string {
  const place = page === index + 1 ? '' : `, now number ${index + 1}`;
  return `Page ${page}${place}${rotate === 0 ? '' : `, turned ${rotate} degrees`}`;
}

function Tool(props: {
  readonly icon: string;
  readonly says: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="btn sm"
      aria-disabled={props.isOff}
      onClick={() => !props.isOff && props.onPress()}
    >
      <Icon name={props.icon} size="s" /> {props.says}
    </button>
  );
}
