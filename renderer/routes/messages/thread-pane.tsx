import { Link } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { MessageView, ThreadView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useAccess } from '../../data/access.ts';
import { nowInstant } from '../../data/clock.ts';
import { newId } from '../../data/ids.ts';
import { useToday } from '../../data/queries.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { fullInstant } from '../../ui/days.ts';
import { AreaField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { firstName, openLink } from '../access/words.ts';
import { useTell } from '../deal/task-acts.ts';
import styles from './messages.module.css';
import { useOpenAbout } from './open-about.ts';

interface Props {
  readonly deal: DealView;
  readonly thread: ThreadView;
  readonly place: ReactNode;
}

/** What was written with one person, and the answer. Nobody else of the deal reads it. */
export function ThreadPane(props: Props) {
  const { deal, thread } = props;
  const isOpen = deal.closedOn === null;
  const isHere = deal.people.some(({ id }) => id === thread.personId);
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  const settle = async () => setWrong(await tell('settleMessages', { personId: thread.personId }));
  useKeys({ x: () => isOpen && thread.open > 0 && void settle() });
  return (
    <section className={styles.pane} aria-label={`Messages with ${thread.name}`}>
      <header className={styles.head}>
        <div>
          <h2 dir="auto">{thread.name}</h2>
          <p className="t2">
            {ROLE_WORDS[thread.role]}. <Reads {...props} />
          </p>
        </div>
        {props.place}
        {isOpen && thread.open > 0 && (
          <button type="button" className="btn sm" onClick={() => void settle()}>
            <Icon name="check" size="s" /> Needs no answer <Kbd>X</Kbd>
          </button>
        )}
      </header>
      <Said {...props} />
      {wrong !== null && <Refusal says={wrong} />}
      {isOpen && isHere && <Reply {...props} />}
      {!isOpen && <p className="t2">This deal is closed, so its messages can be read and not answered.</p>}
    </section>
  );
}

/** Whether they can read what is written here at all. Says nothing while that is not known. */
function Reads({ deal, thread }: Props) {
  const answer = useAccess(deal.id).data;
  const entry = answer?.kind === 'ok' ? answer.value.entries.find(({ id }) => id === thread.personId) : undefined;
  if (deal.isSample) return <span className="t3">A sample deal is on this computer only: nobody reads this.</span>;
  if (entry === undefined) return <span className="t3">Only they and your team read this.</span>;
  if (openLink(entry) === null)
    return (
      <span className="late">
        <Icon name="late" size="s" /> They have no link to this deal, so they cannot read this yet.{' '}
        <Link to="/deals/$dealId" params={{ dealId: deal.id }} search={{ tab: 'people', view: 'access' }}>
          Make one
        </Link>
      </span>
    );
  return <span className="t3">They read this on their page; nobody else does.</span>;
}

function Said(props: Props) {
  const { thread } = props;
  const end = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: down to what came last
  useLayoutEffect(() => {
    if (end.current !== null) end.current.scrollTop = end.current.scrollHeight;
  }, [thread.messages.length]);
  if (thread.messages.length === 0)
    return <p className={cx('t2', styles.empty)}>Nothing was written with {firstName(thread.name)} yet.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <ol ref={end} className={styles.said} tabIndex={0} aria-label="What was written">
      {thread.messages.map((message) => (
        <Message key={message.id} {...props} message={message} />
      ))}
    </ol>
  );
}

function Message({ deal, message }: Props & { readonly message: MessageView }) {
  const today = useToday();
  const open = useOpenAbout(deal.id);
  const { about } = message;
  return (
    <li className={cx(styles.message, !message.isFromPerson && styles.ours, !message.isSettled && styles.open)}>
      <p className="meta">
        <b>
          <bdi>{message.isMine ? 'You' : message.author}</bdi>
        </b>
        , <time dateTime={message.writtenAt}>{fullInstant(message.writtenAt, today)}</time>
        {!message.isSettled && <span className="blocked"> waits for an answer</span>}
      </p>
      {about !== null && (
        <p className={styles.about}>
          {about.title === '' ? (
            <span className="t3">About something that is not on the deal any more</span>
          ) : (
            <button type="button" className="btn link" onClick={() => open(about)}>
              About: {about.title}
            </button>
          )}
        </p>
      )}
      <p className={styles.body} dir="auto">
        {message.body}
      </p>
    </li>
  );
}

/** The answer. It settles what was open, is about what the last open message was about, and never carries bank numbers. */
export function Reply({ deal, thread }: Pick<Props, 'deal' | 'thread'>) {
  const tell = useTell(deal.id);
  const [body, setBody] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const about = thread.messages.findLast(({ isSettled, isFromPerson }) => isFromPerson && !isSettled)?.about ?? null;
  async function send(): Promise<void> {
    if (body.trim() === '') return setWrong('Write something first.');
    const sentence = await tell('writeMessage', {
      ...{ messageId: newId(), personId: thread.personId, body: body.trim(), at: nowInstant() },
      ...{ aboutType: about?.type ?? 'deal', aboutId: about?.id ?? '' },
    });
    setWrong(sentence);
    if (sentence === null) setBody('');
  }
  function hear(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  }
  return (
    <form
      className={styles.reply}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={hear}
    >
      <AreaField
        label={thread.open > 0 ? `Answer ${firstName(thread.name)}` : `Write to ${firstName(thread.name)}`}
        value={body}
        onChange={setBody}
        rows={3}
        wrong={wrong}
        hint="Never write or ask for account numbers here. Call a number that you knew before."
      />
      <p>
        <button type="submit" className="btn go">
          <Icon name="mail" /> Send <Kbd>Mod Enter</Kbd>
        </button>
      </p>
    </form>
  );
}
