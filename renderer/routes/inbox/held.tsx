import { useEffect, useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { formatPhone } from '../../../core/parties/phone.ts';
import type { InboxItem } from '../../../electron/contract/papers.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { AreaField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './inbox.module.css';
import { CameFrom } from './proposal-pane.tsx';

export interface HeldVerdict {
  readonly item: InboxItem;
  readonly verdict: 'real' | 'fraud';
}

interface Props {
  readonly item: InboxItem;
  readonly onVerdict: (asked: HeldVerdict) => void;
}

function CallFirst(props: { readonly item: InboxItem }) {
  const { callFirst } = props.item;
  if (callFirst === null)
    return <>Call the sender on a number you knew before, not on one from this file. Do not answer the message.</>;
  return (
    <>
      Call <span dir="auto">{callFirst.name}</span> on{' '}
      <a className="nb" href={`tel:${callFirst.phone.replace(/[^\d+]/g, '')}`}>
        {formatPhone(callFirst.phone)}
      </a>
      , the number on file. Do not answer the message.
    </>
  );
}

function Verdicts(props: Props) {
  const { item, onVerdict } = props;
  return (
    <>
      <button type="button" className="btn sm" onClick={() => onVerdict({ item, verdict: 'fraud' })}>
        <Icon name="phone" size="s" />I called, it is fraud
      </button>
      <button type="button" className="btn sm bare" onClick={() => onVerdict({ item, verdict: 'real' })}>
        I called, it is real
      </button>
    </>
  );
}

/** At the foot of the inbox for as long as anything is held: whom to call before it is touched. */
export function HeldBanner(props: Props & { readonly others: number; readonly onShow: () => void }) {
  const { item, others } = props;
  return (
    <section className={styles.hold} aria-label="Why one file is held" data-foot="">
      <Icon name="held" size="l" className="late" />
      <div className={styles.holdWords}>
        <button type="button" className="btn link" onClick={props.onShow} dir="auto">
          <b>{item.fileName} is held.</b>
        </button>{' '}
        <span className={styles.holdWhy}>{item.sentence} </span>
        <CallFirst item={item} />
        {others > 0 && ` ${others === 1 ? 'One more is' : `${others} more are`} held.`}
      </div>
      <div className={styles.holdActs}>
        <Verdicts {...props} />
      </div>
      <HeldSpoken item={item} />
    </section>
  );
}

/** Said at once, over whatever is being read: money may be on its way. */
function HeldSpoken(props: { readonly item: InboxItem }) {
  const [text, setText] = useState('');
  const { fileName, sentence } = props.item;
  // A live region speaks only what changes in it while it is there.
  useEffect(() => {
    const timer = setTimeout(() => setText(`${fileName} is held. ${sentence}`), 50);
    return () => clearTimeout(timer);
  }, [fileName, sentence]);
  return (
    <p className="vh" aria-live="assertive">
      {text}
    </p>
  );
}

export function HeldPane(props: Props & { readonly today: PlainDate }) {
  const { item } = props;
  return (
    <div className={styles.prop}>
      <CameFrom item={item} today={props.today} />
      <h2>Held</h2>
      <p className={styles.says}>{item.sentence}</p>
      <p className={styles.says}>
        <CallFirst item={item} />
      </p>
      <div className={styles.acts}>
        <Verdicts {...props} />
      </div>
    </div>
  );
}

/** What was said on the phone is kept with the file. Letting go needs the words; a fraud may be said without. */
export function HeldDialog(props: {
  readonly asked: HeldVerdict;
  readonly onLeave: () => void;
  readonly onAnswer: (words: string) => Promise<string | null>;
}) {
  const { item, verdict } = props.asked;
  const [words, setWords] = useState('');
  const isReal = verdict === 'real';
  const who = item.callFirst?.name ?? 'the sender';
  return (
    <AskDialog
      title={isReal ? 'You called, and it is real?' : 'You called, and it is fraud?'}
      lead={<p className={styles.dialogName}>{item.fileName}</p>}
      says={
        isReal
          ? `It waits in the inbox like any other file then. Say that you spoke with ${who}, and on which number you knew before.`
          : 'It is set aside for good and never opened here. What was said is kept with it.'
      }
      verb={isReal ? 'Let it go' : 'Set it aside for good'}
      leave="Keep it held"
      onLeave={props.onLeave}
      onAnswer={() => props.onAnswer(words.trim().slice(0, 300))}
    >
      <AreaField
        label={isReal ? 'Whom you called, on which number, what they said' : 'What they said, if you like'}
        value={words}
        onChange={setWords}
        autoFocus
      />
    </AskDialog>
  );
}
