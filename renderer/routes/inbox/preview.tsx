import { type FormEvent, type ReactNode, type Ref, useId, useMemo, useState } from 'react';
import type { InboxItem } from '../../../electron/contract/papers.ts';
import { pagesText, saveCopy, sizeText } from '../../data/papers.ts';
import { useSession } from '../../data/session.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Paper } from '../../ui/paper.tsx';
import styles from './inbox.module.css';
import { marksOf, type Reason } from './reasons.ts';

interface Props {
  readonly item: InboxItem;
  readonly reasons: readonly Reason[];
  /** False while the person only passes by: its pages are not opened yet. */
  readonly isSettled: boolean;
  /** The page to show, where the person has turned to since, and how that is told. */
  readonly page: number;
  readonly turned: number;
  readonly onTurned: (page: number) => void;
  readonly isBeside: boolean;
  readonly onBeside: (isBeside: boolean) => void;
  readonly onSplit: (() => void) | null;
  readonly onPassword: (password: string) => Promise<string | null>;
  /** Below this the columns fold; the way back stands here then. */
  readonly lead?: ReactNode;
  readonly boxRef: Ref<HTMLElement>;
}

/** The selected file, with its proofs; beside it the version before, when the person asks. */
export function Preview(props: Props) {
  const { item } = props;
  const before = item.previous?.shown ? item.previous : null;
  const session = useSession();
  const facts = [pagesText(item.pages), item.bytes > 0 ? sizeText(item.bytes) : ''].filter(Boolean).join(', ');
  const { shown } = item;
  // An opened copy goes out open; what is not drawn here goes out as it came.
  const sha256 = item.sha256 === null ? null : (shown?.sha256 ?? item.sha256);
  return (
    <section ref={props.boxRef} className={styles.preview} aria-label="Preview" tabIndex={-1}>
      <header>
        {props.lead}
        <span className="cut" dir="auto" title={item.fileName}>
          <b>{item.fileName}</b> <span className="t3">{facts}</span>
        </span>
        <span className={styles.headActs}>
          {sha256 !== null && (
            <button
              type="button"
              className="btn bare sm"
              onClick={() => void saveCopy(session, { sha256, name: item.fileName.slice(-255) })}
            >
              Save a copy
            </button>
          )}
          {before !== null && shown !== null && (
            <Beside number={before.number} isBeside={props.isBeside} onBeside={props.onBeside} />
          )}
        </span>
      </header>
      <Body {...props} />
    </section>
  );
}

/** One file alone, or the version before beside it. */
export function Beside(props: {
  readonly number: number;
  readonly isBeside: boolean;
  readonly onBeside: (isBeside: boolean) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws its own frame
    <span className={styles.seg} role="group" aria-label="What to show">
      <button type="button" aria-pressed={!props.isBeside} onClick={() => props.onBeside(false)}>
        This file
      </button>
      <button type="button" aria-pressed={props.isBeside} onClick={() => props.onBeside(true)}>
        Beside version {props.number}
      </button>
    </span>
  );
}

function Body(props: Props) {
  const { item } = props;
  const marks = useMemo(() => marksOf(props.reasons), [props.reasons]);
  if (item.state === 'held')
    return (
      <Instead icon="held">
        <b>Not opened, not filed, shown to nobody.</b> It stays so until you have called somebody on a number you knew
        before.
      </Instead>
    );
  if (item.needsPassword) return <Password item={item} onPassword={props.onPassword} />;
  if (item.shown === null)
    return (
      <Instead icon={item.state === 'reading' ? 'waiting' : 'file'}>
        {item.state === 'reading' ? 'Being read. Its pages come up here in a moment.' : item.sentence || NOT_DRAWN}
      </Instead>
    );
  if (!props.isSettled) return <div className={styles.papers} />;
  const before = props.isBeside ? item.previous?.shown : null;
  const split = props.onSplit !== null && (
    <button type="button" className="btn bare sm" onClick={props.onSplit}>
      <Icon name="split" size="s" /> Split
    </button>
  );
  const own = (
    <Paper
      sha256={item.shown.sha256}
      kind={item.shown.kind}
      name={item.fileName}
      marks={marks}
      page={props.page}
      onState={(state) => state.kind === 'open' && props.onTurned(state.page)}
      actions={split}
    />
  );
  if (!before) return <div className={styles.papers}>{own}</div>;
  return (
    <div className={styles.papers} data-beside="">
      <figure className={styles.half}>
        <figcaption>Version {item.previous?.number}, kept</figcaption>
        <Paper
          sha256={before.sha256}
          kind={before.kind}
          name={`Version ${item.previous?.number}`}
          page={props.turned}
        />
      </figure>
      <figure className={styles.half}>
        <figcaption>This file</figcaption>
        {own}
      </figure>
    </div>
  );
}

const NOT_DRAWN = 'Closeboard does not draw this kind of file. It is kept as it came.';

/** What stands where the pages would be. */
export function Instead(props: { readonly icon: string; readonly children: ReactNode }) {
  return (
    <div className={styles.instead}>
      <Icon name={props.icon} size="l" />
      <p>{props.children}</p>
    </div>
  );
}

/** Asked once: the opened copy is kept beside the file, and the password is not kept. */
function Password(props: Pick<Props, 'item' | 'onPassword'>) {
  const id = useId();
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (password === '' || isBusy) return;
    setBusy(true);
    setWrong(await props.onPassword(password));
    setBusy(false);
    setPassword('');
  }
  return (
    <form className={styles.instead} onSubmit={(event) => void send(event)}>
      <Icon name="lock" size="l" />
      <label htmlFor={id}>This PDF opens with a password. It is asked for once.</label>
      <span className={styles.passwordRow}>
        <input
          id={id}
          type="password"
          value={password}
          maxLength={200}
          autoComplete="off"
          aria-invalid={wrong !== null || undefined}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className="btn">
          {isBusy ? 'Opening' : 'Open it'} <Kbd>Enter</Kbd>
        </button>
      </span>
      <p id={`${id}-wrong`} role="alert">
        {wrong}
      </p>
    </form>
  );
}
