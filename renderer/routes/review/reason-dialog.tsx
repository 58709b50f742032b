import { useState } from 'react';
import type { ReviewItem } from '../../../electron/contract/papers.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { AreaField } from '../../ui/field.tsx';
import { SEND_BACK_REASONS, withReason } from './queue.ts';
import styles from './review.module.css';

/** Sent back or not needed: why, in words that the file keeps and the client reads. */
export function ReasonDialog(props: {
  readonly kind: 'reject' | 'waive';
  readonly item: ReviewItem;
  readonly onLeave: () => void;
  readonly onAnswer: (reason: string) => Promise<string | null>;
}) {
  const { item, kind } = props;
  const [text, setText] = useState('');
  const isBack = kind === 'reject';
  async function answer(): Promise<string | null> {
    const reason = text.trim();
    if (reason === '') return 'Say why in a few words: the client reads it, and the file keeps it.';
    return await props.onAnswer(reason.slice(0, 300));
  }
  return (
    <AskDialog
      title={isBack ? 'Send it back' : 'Not needed'}
      lead={<p className={styles.lead}>{item.line.title}</p>}
      says={
        isBack
          ? 'Whoever sent it is asked again, and reads why.'
          : 'It leaves the list of what is missing, with your reason.'
      }
      verb={isBack ? 'Send it back' : 'Mark as not needed'}
      leave={isBack ? 'Keep it here' : 'Keep asking for it'}
      onLeave={props.onLeave}
      onAnswer={answer}
    >
      {isBack && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset draws its own frame
        <div className={styles.reasons} role="group" aria-label="Common reasons">
          {SEND_BACK_REASONS.map((reason) => (
            <button
              key={reason}
              type="button"
              className="btn sm"
              aria-pressed={text.includes(reason)}
              onClick={() => setText((now) => withReason(now, reason))}
            >
              {reason.replace(/\.$/, '')}
            </button>
          ))}
        </div>
      )}
      <AreaField
        label={isBack ? 'What is to be done' : 'Why nobody needs it'}
        value={text}
        onChange={setText}
        autoFocus
      />
    </AskDialog>
  );
}
