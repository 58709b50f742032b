import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Place, ViewerState, Zoom } from '../viewer/messages.ts';
import { CloseButton } from './close-button.tsx';
import { Icon } from './icon.tsx';
import styles from './paper.module.css';

export interface Found {
  readonly text: string;
  readonly count: number;
  readonly at: number;
  readonly isDone: boolean;
}

function IconButton(props: {
  readonly icon: string;
  readonly says: string;
  readonly isOff?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="btn bare ico"
      title={props.says}
      aria-label={props.says}
      // Not `disabled`: a button that loses the focus at the last page would take the keys with it.
      aria-disabled={props.isOff}
      onClick={() => !props.isOff && props.onPress()}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Page n of m, turning, searching, zoom. */
export function ToolBar(props: {
  readonly state: ViewerState;
  readonly actions: ReactNode;
  readonly onGo: (to: Place) => void;
  readonly onTurn: () => void;
  readonly onZoom: (to: Zoom) => void;
  readonly onFind: () => void;
}) {
  const { state } = props;
  if (state.kind !== 'open') return <div className={styles.bar} />;
  const nextFit = state.fit === 'width' ? 'page' : 'width';
  return (
    <div className={styles.bar} role="toolbar" aria-label="Pages">
      <IconButton icon="left" says="Previous page" isOff={state.page <= 1} onPress={() => props.onGo('previous')} />
      <span className={styles.of} aria-live="polite">
        page {state.page} of {state.pages}
      </span>
      <IconButton icon="right" says="Next page" isOff={state.page >= state.pages} onPress={() => props.onGo('next')} />
      <span className={styles.space} />
      <button type="button" className="btn bare sm" onClick={props.onTurn}>
        <Icon name="rotate" /> Turn
      </button>
      {props.actions}
      <button type="button" className="btn bare sm" onClick={props.onFind}>
        <Icon name="search" /> Find
      </button>
      <button
        type="button"
        className="btn bare sm"
        aria-label="Smaller"
        title="Smaller"
        onClick={() => props.onZoom('out')}
      >
        <span aria-hidden="true">−</span>
      </button>
      <button
        type="button"
        className={`btn bare sm ${styles.percent}`}
        title={nextFit === 'page' ? 'Fit the whole page' : 'Fit the width'}
        aria-label={`${state.percent} %. ${nextFit === 'page' ? 'Fit the whole page' : 'Fit the width'}`}
        onClick={() => props.onZoom(nextFit)}
      >
        {state.percent} %
      </button>
      <IconButton icon="plus" says="Larger" onPress={() => props.onZoom('in')} />
    </div>
  );
}

/** Words to find in the file. Enter goes on, Shift Enter goes back, Esc closes. */
export function FindRow(props: {
  readonly found: Found;
  readonly onFind: (text: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const { found } = props;
  const onFind = useRef(props.onFind);
  onFind.current = props.onFind;
  useEffect(() => {
    // A long document is not searched for each letter of a word.
    const timer = setTimeout(() => onFind.current(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <search className={styles.find}>
      <input
        aria-label="Find in this file"
        placeholder="Find in this file"
        value={text}
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: opened to be typed in
        autoFocus
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') props.onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className={styles.count} role="status">
        {countWords(text, found)}
      </span>
      <IconButton icon="left" says="Previous hit" isOff={found.count === 0} onPress={() => props.onStep(-1)} />
      <IconButton icon="right" says="Next hit" isOff={found.count === 0} onPress={() => props.onStep(1)} />
      <CloseButton says="Close the search" onPress={props.onClose} />
    </search>
  );
}

function countWords(text: string, { count, at, isDone }: Found): string {
  if (text.trim() === '') return '';
  if (count === 0) return isDone ? 'Not in this file' : 'Looking';
  return isDone ? `${at} of ${count}` : `${at} of ${count} so far`;
}

export function PasswordForm(props: { readonly isWrong: boolean; readonly onPassword: (password: string) => void }) {
  const [password, setPassword] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') props.onPassword(password);
    setPassword('');
  };
  return (
    <form onSubmit={send}>
      <p>{props.isWrong ? 'That password did not open it. Try another one.' : 'This PDF opens with a password.'}</p>
      <input
        type="password"
        aria-label="Password of this PDF"
        aria-invalid={props.isWrong || undefined}
        value={password}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setPassword(event.target.value)}
      />
      <button type="submit" className="btn go">
        Open it
      </button>
    </form>
  );
}
