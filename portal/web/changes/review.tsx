import { useState } from 'react';
import type { ProposedTerm } from '../../../core/changes/request.ts';
import { ActLine } from '../inside/act-line.tsx';
import { type Act, useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { type Choice, kindOf } from './choices.ts';
import { type ChangeDraft, termsOf } from './draft.ts';
import { OnceMore } from './once-more.tsx';
import { sentencesOf } from './sentences.ts';
import { Then } from './then.tsx';

interface ReviewProps {
  readonly choice: Choice;
  readonly draft: ChangeDraft;
  readonly act: Act<'ask-change'>;
  onEdit(): void;
}

/** The request as it would be sent, and what happens then. To end the deal is asked once more. */
export function Review({ choice, draft, act, onEdit }: ReviewProps) {
  const words = useWords();
  const { home } = useDeal();
  const { review } = words.changes;
  const [isAsked, setIsAsked] = useState(false);
  const terms = termsOf(choice, draft, home);
  const send = () => {
    // What it was made from may have changed meanwhile: then the fields say what is wrong.
    if (!terms.ok) return onEdit();
    const kind = kindOf(choice, draft.deadlineId, home.askable);
    void act.run({ kind, terms: [...terms.terms] as ProposedTerm[], reason: draft.reason.trim() });
  };
  const isEnd = choice === 'cancellation';
  return (
    <Screen title={review.title} lead={review.lead}>
      <section aria-labelledby="asked">
        <h2 id="asked">{review.ask}</h2>
        <ul className="terms">
          {sentencesOf(choice, draft, home, words).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {draft.reason.trim() !== '' && (
          <p className="quoted">
            <b>{review.reason}</b> {draft.reason.trim()}
          </p>
        )}
      </section>
      <Then choice={choice} deadlineId={draft.deadlineId} />
      {isAsked ? (
        <OnceMore
          title={review.cancelTitle}
          text={review.cancelText}
          yes={review.cancelSend}
          no={review.cancelKeep}
          isBusy={act.isBusy}
          onYes={send}
          onNo={() => setIsAsked(false)}
        />
      ) : (
        <div className="pair">
          <button type="button" className="btn" disabled={act.isBusy} onClick={onEdit}>
            {review.edit}
          </button>
          <button
            type="button"
            className="btn go"
            disabled={act.isBusy}
            onClick={isEnd ? () => setIsAsked(true) : send}
          >
            {review.send}
          </button>
        </div>
      )}
      <ActLine act={act} />
    </Screen>
  );
}
