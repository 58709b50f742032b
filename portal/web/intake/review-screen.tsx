import { useState } from 'react';
import type { IntakeDraft } from '../../api/intake-calls.ts';
import type { FormQuestion } from '../../api/person-home.ts';
import { Icon } from '../icon.tsx';
import { openOnes, said } from './answers.ts';
import { Frame, Wrong } from './frame.tsx';
import type { Sending } from './use-sending.ts';
import { useIntakeWords } from './words.ts';

interface ReviewProps {
  readonly draft: IntakeDraft;
  readonly sending: Sending;
  readonly onChange: (questionId: string) => void;
  readonly onSend: (words: string) => void;
  readonly onBack: (() => void) | undefined;
  readonly onLater: () => void;
}

const WORDS_KEY = 'intake-words';

/** Everything that will be sent, each with the way to change it. */
export function ReviewScreen({ draft, sending, onChange, onSend, onBack, onLater }: ReviewProps) {
  const words = useIntakeWords();
  const { review } = words;
  // Kept while the page is open, so that changing an answer loses nothing that was written here.
  const [text, setText] = useState(() => sessionStorage.getItem(WORDS_KEY) ?? '');
  const open = openOnes(draft).filter(({ isRequired }) => isRequired);
  const first = open[0];
  const write = (next: string) => {
    setText(next);
    sessionStorage.setItem(WORDS_KEY, next);
  };
  return (
    <Frame title={review.title} office={draft.office} onBack={onBack}>
      <p>{review.text(draft.askedBy)}</p>
      <ol className="answers">
        {draft.questions.map((question) => (
          <Row key={question.id} question={question} draft={draft} onChange={onChange} />
        ))}
      </ol>
      {first !== undefined ? (
        <>
          <p>{review.stillOpen(open.length)}</p>
          <button type="button" className="btn go" onClick={() => onChange(first.id)}>
            {review.goThere}
          </button>
        </>
      ) : (
        <>
          <div className="words">
            <label htmlFor="words">{review.words}</label>
            <p className="quiet" id="words-help">
              {review.wordsHelp}
            </p>
            <textarea
              id="words"
              className="field"
              rows={4}
              maxLength={4_000}
              value={text}
              aria-describedby="words-help"
              onChange={(event) => write(event.target.value)}
            />
          </div>
          <Wrong id="wrong" text={sending.trouble} />
          <button type="button" className="btn go" disabled={sending.isBusy} onClick={() => onSend(text.trim())}>
            {sending.isBusy ? review.sending : review.send}
          </button>
        </>
      )}
      <button type="button" className="plain" onClick={onLater}>
        {words.question.later}
      </button>
    </Frame>
  );
}

/** What was written is sent or taken back: nothing of it stays in this browser. */
export function forgetWords(): void {
  sessionStorage.removeItem(WORDS_KEY);
}

interface RowProps {
  readonly question: FormQuestion;
  readonly draft: IntakeDraft;
  readonly onChange: (questionId: string) => void;
}

function Row({ question, draft, onChange }: RowProps) {
  const words = useIntakeWords();
  const answer = Object.hasOwn(draft.answers, question.id) ? draft.answers[question.id] : undefined;
  const text = said(question, answer, { words, today: new Date().toISOString().slice(0, 10) });
  return (
    <li>
      <p className="t2">{question.ask}</p>
      <p>
        {text === null ? (
          <span className="due">
            <Icon name="due" tone="due" /> {words.review.open}
          </span>
        ) : (
          <b>{text}</b>
        )}
      </p>
      <button
        type="button"
        className="plain"
        aria-label={text === null ? words.review.answerOf(question.ask) : words.review.changeOf(question.ask)}
        onClick={() => onChange(question.id)}
      >
        {text === null ? words.review.answer : words.review.change}
      </button>
    </li>
  );
}
