import { useState } from 'react';
import type { Approver } from '../../../core/changes/rules.ts';
import type { OwnChange } from '../../api/person-home.ts';
import { type Act, useDeal } from '../inside/deal.ts';
import { dropDraft, keepDraft, readDraft } from '../inside/drafts.ts';
import { useWords } from '../words.ts';
import { OnceMore } from './once-more.tsx';
import { declineDraft } from './state.ts';

interface AnswerProps {
  readonly change: OwnChange;
  readonly as: Approver;
  readonly act: Act<'answer-change'>;
}

/** Agree, or decline with a reason, which is asked once more since it ends the request for everybody. */
export function Answer({ change, as, act }: AnswerProps) {
  const { changes } = useWords();
  const { home } = useDeal();
  const draft = declineDraft(change);
  const [reason, setReason] = useState(() => String(readDraft(draft) ?? ''));
  // Words that were typed before a reload or the Back of the phone are there again.
  const [isDeclining, setIsDeclining] = useState(reason !== '');
  const type = (text: string) => {
    setReason(text);
    keepDraft(draft, text);
  };
  const answer = (said: 'approve' | 'decline') =>
    void act.run({ changeId: change.id, answer: said, as, reason: said === 'approve' ? '' : reason.trim() });
  const isClient = home.person.role === 'client' || home.person.role === 'co-client';
  return (
    <section aria-labelledby="answer">
      <h2 id="answer">{changes.agreeTitle}</h2>
      <p>{isClient ? changes.agreeText : changes.agreePartner}</p>
      {isDeclining ? (
        <OnceMore
          title={changes.declineTitle}
          text={changes.declineText}
          yes={changes.declineYes}
          no={changes.declineNo}
          isBusy={act.isBusy}
          onYes={() => answer('decline')}
          onNo={() => {
            dropDraft(draft);
            setIsDeclining(false);
          }}
        >
          <div className="ask-field">
            <label htmlFor="decline-reason">{changes.declineReason}</label>
            <p id="decline-help" className="t2">
              {changes.declineReasonHelp}
            </p>
            <textarea
              id="decline-reason"
              className="field"
              aria-describedby="decline-help"
              rows={3}
              maxLength={300}
              value={reason}
              onChange={(event) => type(event.target.value)}
            />
          </div>
        </OnceMore>
      ) : (
        <div className="pair">
          <button type="button" className="btn" disabled={act.isBusy} onClick={() => setIsDeclining(true)}>
            {changes.decline}
          </button>
          <button type="button" className="btn go" disabled={act.isBusy} onClick={() => answer('approve')}>
            {changes.agree}
          </button>
        </div>
      )}
    </section>
  );
}
