import { useState } from 'react';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useToday } from '../../data/queries.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { AreaField } from '../../ui/field.tsx';
import { useTell } from '../deal/task-acts.ts';
import { wholeTitle } from './change-row.tsx';

/** Of two requests for the same one goes on. The other is declined, and both say why. */
export function KeepDialog(props: {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly over: ChangeView['conflicts'][number];
  readonly onClose: () => void;
}) {
  const { deal, change, over } = props;
  const tell = useTell(deal.id);
  const today = useToday();
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="Keep this request?"
      lead={
        <p className="meta">
          {wholeTitle(change, today)}, asked by <bdi>{change.askedBy}</bdi>
        </p>
      }
      says={
        <>
          This declines the other one, asked by <bdi>{over.askedBy}</bdi>: {wholeTitle(over, today)}. Nothing else
          changes, and undo brings both back.
        </>
      }
      verb="Keep this one"
      leave="Decide later"
      onLeave={props.onClose}
      onAnswer={() =>
        tell('keepChange', { changeId: change.id, overId: over.changeId, at: nowInstant(), reason: reason.trim() })
      }
    >
      <AreaField
        label="Why this one"
        value={reason}
        onChange={setReason}
        hint="Everybody of our side reads this in both requests."
        autoFocus
      />
    </AskDialog>
  );
}
