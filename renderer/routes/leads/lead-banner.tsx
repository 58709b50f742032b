import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { LeadView, PossibleDuplicate } from '../../../electron/contract/leads.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useToday } from '../../data/queries.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Plate } from '../../ui/marks.tsx';
import { useTell } from '../deal/task-acts.ts';
import { AnswersDialog, DeclineDialog, MergeChooser, MergeDialog } from './lead-dialogs.tsx';
import styles from './leads.module.css';

interface Props {
  readonly deal: DealView;
  readonly lead: LeadView;
}

type Question =
  | { readonly what: 'answers' | 'decline' | 'choose' }
  | { readonly what: 'merge'; readonly into: { readonly dealId: string; readonly title: string } };

/** Who came in, what they want, whom they may be already, and the three things that can be done about it. */
export function LeadBanner({ deal, lead }: Props) {
  const today = useToday();
  const tell = useTell(deal.id);
  const [question, setQuestion] = useState<Question | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  if (lead.state === 'merged') return <MergedLine lead={lead} />;
  const arrived = fullInstant(lead.arrivedAt, today).replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
  // Where it most likely is one of ours already, taking it is no more obvious than merging it.
  const isLikely = lead.duplicates.some((one) => one.isLikely && one.isOpen);
  const close = () => setQuestion(null);
  const canDecide = deal.closedOn === null;
  return (
    <section className={styles.banner} aria-label="Came in by an intake link">
      <Icon name="link" />
      <div className={styles.says}>
        <p>
          <b>{lead.title}.</b> Came in by an intake link, {arrived}. Nobody has decided about it yet.
        </p>
        {lead.words !== '' && <blockquote dir="auto">{lead.words}</blockquote>}
        {lead.duplicates.length > 0 && (
          <Duplicates
            duplicates={lead.duplicates}
            onMerge={canDecide ? (one) => setQuestion({ what: 'merge', into: one }) : null}
          />
        )}
        <p className={styles.acts}>
          {canDecide && (
            <>
              <button
                type="button"
                className={isLikely ? 'btn' : 'btn go'}
                onClick={async () => setWrong(await tell('acceptLead', { at: nowInstant() }))}
              >
                Accept it
              </button>
              <button type="button" className="btn" onClick={() => setQuestion({ what: 'choose' })}>
                Merge into…
              </button>
              <button type="button" className="btn" onClick={() => setQuestion({ what: 'decline' })}>
                Decline…
              </button>
            </>
          )}
          <button type="button" className="btn bare" onClick={() => setQuestion({ what: 'answers' })}>
            What they answered
          </button>
        </p>
        {wrong && <Refusal says={wrong} />}
      </div>
      {question?.what === 'answers' && <AnswersDialog lead={lead} onClose={close} />}
      {question?.what === 'decline' && <DeclineDialog deal={deal} lead={lead} onClose={close} />}
      {question?.what === 'merge' && <MergeDialog deal={deal} lead={lead} into={question.into} onClose={close} />}
      {question?.what === 'choose' && (
        <MergeChooser deal={deal} lead={lead} onTake={(into) => setQuestion({ what: 'merge', into })} onClose={close} />
      )}
    </section>
  );
}

function Duplicates(props: {
  readonly duplicates: readonly PossibleDuplicate[];
  readonly onMerge: ((one: PossibleDuplicate) => void) | null;
}) {
  const { duplicates, onMerge } = props;
  const says = duplicates.some(({ isLikely }) => isLikely) ? 'This is most likely' : 'This may be';
  return (
    <div>
      <p className="t2">{says} one of yours already:</p>
      <ul className={styles.duplicates} aria-label="Possible duplicates">
        {duplicates.map((one) => (
          <li key={one.dealId}>
            <Plate number={one.plate} kind={PLATE_KINDS[one.side]} says={sideSays(one.side)} />
            <p>
              <Link to="/deals/$dealId" params={{ dealId: one.dealId }}>
                {one.title}
              </Link>
              . {one.detail} <span className="t2">{one.reasons.join(' ')}</span>
            </p>
            {one.isOpen && onMerge !== null && (
              <button
                type="button"
                className="btn sm"
                aria-label={`Merge into it… ${one.title}`}
                onClick={() => onMerge(one)}
              >
                Merge into it…
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The deal has ended; where it went on. */
function MergedLine(props: { readonly lead: LeadView }) {
  const { into } = props.lead;
  if (into === null) return null;
  return (
    <section className={styles.banner} aria-label="Came in by an intake link">
      <Icon name="link" />
      <p>
        What came in here goes on at{' '}
        <Link to="/deals/$dealId" params={{ dealId: into.dealId }}>
          {into.title}
        </Link>
        .
      </p>
    </section>
  );
}
