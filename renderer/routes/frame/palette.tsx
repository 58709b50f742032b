import uFuzzy from '@leeoniya/ufuzzy';
import { useNavigate } from '@tanstack/react-router';
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Found } from '../../../electron/contract/values.ts';
import { useUndoAny } from '../../data/inbox.ts';
import { useFound, useWorkspace } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { useSaveSettings } from '../../data/settings.ts';
import { useConnectionPane } from '../../data/sync.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Plate } from '../../ui/marks.tsx';
import { SEARCH_ALL, useSearchLines } from '../search/palette-lines.tsx';
import { useDealLines } from './deal-lines.tsx';
import styles from './palette.module.css';

export interface Line {
  readonly id: string;
  readonly title: string;
  readonly detail: ReactNode;
  readonly mark: ReactNode;
  readonly keys?: string;
  readonly does: () => void;
}

/** Find a deal, a person or a task, or do something, by typing a part of its name. */
export function Palette(props: { readonly onClose: () => void }) {
  const { onClose } = props;
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const general = useActions();
  const ofDeal = useDealLines();
  const actions = useMemo(() => [...general, ...ofDeal], [general, ofDeal]);
  const asked = useDeferredValue(text.trim());
  const found = useFound(asked);
  // What is listed may still be for the letters before: Enter then waits for the list of what was typed.
  const isBehind = text.trim() !== '' && (asked !== text.trim() || found.isFetching || found.isPlaceholderData);
  const [isPressed, setPressed] = useState(false);
  const navigate = useNavigate();
  const present = useMemo(() => {
    const deals = text.trim() === '' ? [] : (found.data ?? []);
    const open = (dealId: string) => void navigate({ to: '/deals/$dealId', params: { dealId } });
    return [...deals.map((one) => foundLine(one, open)), ...matching(actions, text)];
  }, [actions, found.data, navigate, text]);
  // Below what was there: it comes later and moves nothing.
  const lines = [...present, ...useSearchLines(text.trim(), !isBehind)];
  const picked = Math.min(at, lines.length - 1);

  // Before the dialog looks for something to focus.
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function take(line: Line | undefined): void {
    if (line === undefined) return;
    onClose();
    line.does();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it was pressed and the list is of what was typed
  useEffect(() => {
    if (!isPressed || isBehind) return;
    setPressed(false);
    take(lines[picked]);
  }, [isPressed, isBehind]);

  function hear(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(lines.length - 1, picked + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, picked - 1));
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) take(lines.find(({ id }) => id === SEARCH_ALL));
    else if (event.key === 'Enter') setPressed(true);
    else return;
    event.preventDefault();
  }

  return (
    <ModalOverlay className={styles.scrim} isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className={styles.box} data-overlay="">
        <Dialog className={styles.dialog} aria-label="Find or do">
          <div className={styles.field}>
            <Icon name="search" />
            <input
              ref={field}
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={lines[picked] && `${id}-${lines[picked].id}`}
              aria-autocomplete="list"
              aria-label="Find or do"
              placeholder="A house number, a name, or what to do"
              value={text}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => {
                setText(event.target.value);
                setPressed(false);
                setAt(0);
              }}
              onKeyDown={hear}
            />
            <Kbd>Esc</Kbd>
          </div>
          {present.length === 0 && (
            <p className={styles.none} role="status">
              {found.isFetching
                ? 'Looking'
                : `No deal, person or task is called "${text.trim()}". Try a house number or a part of a name.`}
            </p>
          )}
          {lines.length > 0 && (
            <div ref={list} id={`${id}-list`} role="listbox" aria-label="Found" className={styles.list} tabIndex={-1}>
              {lines.map((line, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
                <div
                  key={line.id}
                  id={`${id}-${line.id}`}
                  role="option"
                  aria-selected={index === picked}
                  tabIndex={-1}
                  className={cx(styles.line, index === picked && styles.picked)}
                  onClick={() => take(line)}
                  onPointerMove={() => setAt(index)}
                >
                  {line.mark}
                  <span dir="auto">{line.title}</span>
                  <small>{line.detail}</small>
                  {line.keys && <Kbd>{line.keys}</Kbd>}
                </div>
              ))}
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function foundLine(found: Found, open: (dealId: string) => void): Line {
  return {
    id: `${found.kind}-${found.id}`,
    title: found.title,
    detail: found.detail,
    mark: <Plate number={found.plate} kind={PLATE_KINDS[found.side]} says={sideSays(found.side)} />,
    does: () => open(found.dealId),
  };
}

const fuzzy = new uFuzzy({ intraMode: 1, intraIns: 1 });

/** Actions whose name has these letters, best first; all of them for no letters. */
export function matching(actions: readonly Line[], text: string): readonly Line[] {
  if (text.trim() === '') return actions;
  const names = actions.map((action) => action.title);
  const [indexes, info, order] = fuzzy.search(names, text.trim(), 1);
  if (indexes === null) return [];
  const ranked = info === null || order === null ? indexes : order.map((place) => info.idx[place] ?? 0);
  return ranked.flatMap((index) => actions[index] ?? []);
}

function useActions(): readonly Line[] {
  const session = useSession();
  const navigate = useNavigate();
  const undo = useUndoAny();
  const save = useSaveSettings();
  const settings = useWorkspace().data?.settings;
  const pane = useConnectionPane();
  return useMemo(() => {
    const action = (title: string, icon: string, does: () => void, keys?: string): Line => ({
      id: title.replaceAll(' ', '-'),
      title,
      detail: '',
      mark: <Icon name={icon} />,
      does,
      ...(keys === undefined ? {} : { keys }),
    });
    const isCompact = settings?.density === 'compact';
    return [
      action('New deal', 'plus', () => session.dialog.set('new-deal'), 'N'),
      action('Go to Today', 'today', () => void navigate({ to: '/today' }), 'T'),
      action('Go to the board', 'board', () => void navigate({ to: '/board' }), 'B'),
      action('Inbox', 'inbox', () => void navigate({ to: '/inbox' }), 'I'),
      action('Review queue', 'review', () => void navigate({ to: '/review' })),
      action('Needs attention', 'back', () => void navigate({ to: '/attention' }), 'G'),
      action('Connection', 'saved', () => pane.set(true), 'Y'),
      action('Portal and team', 'globe', () => void navigate({ to: '/settings', hash: 'portal' })),
      action('Intake links', 'link', () => void navigate({ to: '/settings', hash: 'intake' })),
      action('Go to settings', 'settings', () => void navigate({ to: '/settings' })),
      action('Undo the last thing', 'undo', () => void undo(), 'Mod Z'),
      action(
        isCompact ? 'Roomy rows' : 'Compact rows',
        'rows',
        () => void save({ density: isCompact ? 'roomy' : 'compact' }),
      ),
      action('Light theme', 'sun', () => void save({ theme: 'light' })),
      action('Dark theme', 'snooze', () => void save({ theme: 'dark' })),
      action('All keys', 'key', () => session.dialog.set('keys'), '?'),
    ];
  }, [navigate, pane, save, session, settings?.density, undo]);
}
