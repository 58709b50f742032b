import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { LeadView } from '../../../electron/contract/leads.ts';
import type { DealMark } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useMergeLead } from '../../data/leads.ts';
import { useDeal, useToday } from '../../data/queries.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { AreaField } from '../../ui/field.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { placeOf } from '../deal/deal-header.tsx';
import { useTell } from '../deal/task-acts.ts';
import { DealChooser } from '../inbox/choose.tsx';
import styles from './leads.module.css';

interface Props {
  readonly deal: DealView;
  readonly lead: LeadView;
  readonly onClose: () => void;
}

/** Everything they answered, as the deal says it now. */
export function AnswersDialog({ lead, onClose }: Omit<Props, 'deal'>) {
  return (
    <Dialog title="What they answered" lead={<p className="meta">{lead.title}</p>} onClose={onClose}>
      <dl className={styles.answers}>
        {lead.answers.map(({ ask, answer }) => (
          <div key={ask}>
            <dt>{ask}</dt>
            <dd dir="auto">{answer}</dd>
          </div>
        ))}
        {lead.words !== '' && (
          <div>
            <dt>They also wrote</dt>
            <dd dir="auto" className={styles.words}>
              {lead.words}
            </dd>
          </div>
        )}
      </dl>
      <DialogFoot says="As the deal says it now.">
        <button type="button" className="btn" onClick={onClose}>
          Done <Kbd>Esc</Kbd>
        </button>
      </DialogFoot>
    </Dialog>
  );
}

export function DeclineDialog({ deal, lead, onClose }: Props) {
  const today = useToday();
  const tell = useTell(deal.id);
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const wrong = isChecked && reason.trim() === '' ? 'Write why. It stays with the deal.' : '';
  return (
    <AskDialog
      title="Decline what came in?"
      lead={<p className="meta">{lead.title}</p>}
      says="The deal ends and leaves the board. Nobody is written to: call them yourself. You can take this back."
      verb="Decline it"
      leave="Keep it open"
      onLeave={onClose}
      onAnswer={async () => {
        setChecked(true);
        if (reason.trim() === '') return 'Nothing was changed. One field needs a look.';
        return tell('declineLead', { at: nowInstant(), on: today, reason: reason.trim() });
      }}
    >
      <AreaField label="Why" value={reason} onChange={setReason} wrong={wrong} autoFocus />
    </AskDialog>
  );
}

/** Which deal it is: those it may be first, then any other. */
export function MergeChooser(
  props: Props & { readonly onTake: (into: { readonly dealId: string; readonly title: string }) => void },
) {
  const { deal, lead, onTake, onClose } = props;
  const [taken, setTaken] = useState<string | null>(null);
  const other = useDeal(taken).data;
  const likely = useMemo(
    () =>
      lead.duplicates
        .filter(({ isOpen }) => isOpen)
        .map(({ dealId, plate, side, title }): DealMark => ({ dealId, plate, side, street: title })),
    [lead],
  );
  if (taken !== null && other) {
    const title = `${other.plate} ${placeOf(other)}`.trim();
    return <MergeDialog deal={deal} lead={lead} into={{ dealId: other.id, title }} onClose={onClose} />;
  }
  const take = (dealId: string) => {
    const known = lead.duplicates.find((one) => one.dealId === dealId);
    if (known === undefined) setTaken(dealId);
    else onTake(known);
  };
  return <DealChooser likely={likely} onTake={take} onClose={onClose} />;
}

/** Says what goes where before anything does. */
export function MergeDialog({
  deal,
  lead,
  into,
  onClose,
}: Props & { readonly into: { readonly dealId: string; readonly title: string } }) {
  const merge = useMergeLead();
  const navigate = useNavigate();
  return (
    <AskDialog
      title={`Merge into ${into.title}?`}
      lead={<p className="meta">{lead.title}</p>}
      verb="Merge them"
      leave="Keep both"
      onLeave={onClose}
      onAnswer={async () => {
        const wrong = await merge(deal.id, into.dealId);
        if (wrong === null) void navigate({ to: '/deals/$dealId', params: { dealId: into.dealId } });
        return wrong;
      }}
    >
      <ul className={styles.points}>
        <li>People who are not on {into.title} yet are added to it.</li>
        <li>Answers fill what nobody has said there. What was said there stays as it is.</li>
        <li>All that they answered and wrote is kept there as a note.</li>
        <li>The deal that came in ends and leaves the board. Ctrl Z takes both steps back.</li>
      </ul>
    </AskDialog>
  );
}
