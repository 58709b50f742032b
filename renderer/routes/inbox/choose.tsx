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
import { isMetadataOnly } from '../../../core/documents/document.ts';
import type { DealMark, LineView } from '../../../electron/contract/papers.ts';
import { useBoard, useFound, useLines } from '../../data/queries.ts';
import { cardName, PLATE_KINDS, sideSays } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Plate } from '../../ui/marks.tsx';
import styles from './choose.module.css';

interface Choice {
  readonly id: string;
  readonly mark: ReactNode;
  readonly title: string;
  readonly detail: string;
  readonly take: () => void;
}

/** A field and what it finds: arrows choose, Enter takes. */
function Chooser(props: {
  readonly title: string;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly choices: readonly Choice[];
  /** The choices may still be for the letters before. */
  readonly isBehind: boolean;
  readonly none: string;
  readonly onClose: () => void;
}) {
  const { choices } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [isPressed, setPressed] = useState(false);
  const picked = Math.min(at, choices.length - 1);
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[data-picked]')?.scrollIntoView?.({ block: 'nearest' });
  });
  useEffect(() => {
    if (!isPressed || props.isBehind) return;
    setPressed(false);
    choices[picked]?.take();
  }, [isPressed, props.isBehind, choices, picked]);
  function hear(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(choices.length - 1, picked + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, picked - 1));
    else if (event.key === 'Enter') setPressed(true);
    else return;
    event.preventDefault();
  }
  const current = choices[picked];
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <div className={styles.body}>
        <input
          ref={field}
          className={styles.field}
          role="combobox"
          aria-label={props.label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${current.id}`}
          aria-autocomplete="list"
          placeholder={props.label}
          value={props.text}
          maxLength={300}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            props.onText(event.target.value);
            setAt(0);
            setPressed(false);
          }}
          onKeyDown={hear}
        />
        {choices.length === 0 && (
          <p className={styles.none} role="status">
            {props.isBehind ? 'Looking' : props.none}
          </p>
        )}
        <div ref={list} id={`${id}-list`} role="listbox" aria-label={props.label} className={styles.list} tabIndex={-1}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
            <div
              key={choice.id}
              id={`${id}-${choice.id}`}
              role="option"
              aria-selected={index === picked}
              data-picked={index === picked ? '' : undefined}
              tabIndex={-1}
              className={cx(styles.choice, index === picked && styles.picked)}
              onClick={choice.take}
              onPointerMove={() => setAt(index)}
            >
              {choice.mark}
              <span className={styles.text} dir="auto">
                {choice.title}
                {choice.detail !== '' && <small>{choice.detail}</small>}
              </span>
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

/** Which deal it is of: those it may be of first, then all that are open, then whatever the words find. */
export function DealChooser(props: {
  readonly likely: readonly DealMark[];
  readonly onTake: (dealId: string) => void;
  readonly onClose: () => void;
}) {
  const { likely, onTake } = props;
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const found = useFound(asked);
  const board = useBoard({}).data;
  const choices = useMemo(() => {
    const seen = new Set<string>();
    const choice = (mark: DealMark, detail: string): Choice[] => {
      if (seen.has(mark.dealId)) return [];
      seen.add(mark.dealId);
      const plate = <Plate number={mark.plate} kind={PLATE_KINDS[mark.side]} says={sideSays(mark.side)} />;
      return [{ id: mark.dealId, mark: plate, title: mark.street, detail, take: () => onTake(mark.dealId) }];
    };
    if (asked !== '')
      return (found.data ?? [])
        .filter(({ kind }) => kind !== 'task')
        .flatMap((one) => choice({ ...one, street: one.title }, one.detail));
    const cards = (board?.columns ?? []).flatMap((column) => column.cards).slice(0, 200);
    return [
      ...likely.flatMap((mark) => choice(mark, 'It may be of this one')),
      ...cards.flatMap((card) => choice({ ...card, dealId: card.id, street: cardName(card) }, card.clientNames)),
    ];
  }, [asked, found.data, board, likely, onTake]);
  return (
    <Chooser
      title="Which deal is it of?"
      label="A house number, a street or a name"
      text={text}
      onText={setText}
      choices={choices}
      isBehind={text.trim() !== '' && (asked !== text.trim() || found.isFetching || found.isPlaceholderData)}
      none={asked === '' ? 'There are no deals yet.' : `No deal is called "${asked}". Try a part of the street.`}
      onClose={props.onClose}
    />
  );
}

/** Which document it is: a line of the deal's checklist, or a new one under the words that were typed. */
export function LineChooser(props: {
  readonly dealId: string;
  readonly onTake: (line: LineView) => void;
  readonly onNew: (title: string) => void;
  readonly onClose: () => void;
}) {
  const { dealId, onTake, onNew } = props;
  const [text, setText] = useState('');
  const lines = useLines(dealId);
  const words = text.trim();
  const choices = useMemo((): readonly Choice[] => {
    const all = words.toLowerCase().split(/\s+/);
    const fits = (line: LineView) => {
      const hay = `${line.title} ${line.clientTitle}`.toLowerCase();
      return all.every((word) => hay.includes(word));
    };
    const own = (lines.data ?? []).filter(fits).map((line) => ({
      id: line.id,
      mark: <Icon name={isMetadataOnly(line.class) ? 'lock' : 'file'} />,
      title: line.title,
      detail: detailOf(line),
      take: () => onTake(line),
    }));
    if (words === '' || own.some((choice) => choice.title.toLowerCase() === words.toLowerCase())) return own;
    const fresh = {
      id: 'new',
      mark: <Icon name="plus" />,
      title: `New document: ${words}`,
      detail: 'Added to this deal',
      take: () => onNew(words),
    };
    return [...own, fresh];
  }, [lines.data, words, onTake, onNew]);
  return (
    <Chooser
      title="Which document is it?"
      label="A document of this deal, or the title of a new one"
      text={text}
      onText={setText}
      choices={choices}
      isBehind={lines.isPending}
      none="This deal has no documents yet. Type the title of a new one."
      onClose={props.onClose}
    />
  );
}

function detailOf(line: LineView): string {
  if (isMetadataOnly(line.class)) return 'Never kept here: only that the lender has it';
  const newest = line.versions.at(-1);
  if (newest === undefined) return line.state === 'waived' ? 'Marked as not needed' : '';
  return newest.number === 1 ? 'Has version 1' : `Has versions 1 to ${newest.number}`;
}
