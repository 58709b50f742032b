import { useNavigate } from '@tanstack/react-router';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import { rowToShow, useChanges } from '../../data/portal-views.ts';
import { useSession } from '../../data/session.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './review.module.css';

/** A file that was approved here a moment ago. */
export interface Approved {
  readonly dealId: string;
  readonly versionId: string;
}

/** The request that an approved file carries and that can count now; null when there is none. */
export function carriedBy(changes: readonly ChangeView[], versionId: string): ChangeView | null {
  const carries = ({ papers, can, conflicts }: ChangeView) =>
    can.execute &&
    !conflicts.some(({ cameFirst }) => cameFirst) &&
    papers.some((paper) => paper.versionId === versionId && paper.fits && paper.lacks === '');
  return changes.find(carries) ?? null;
}

/** The way to the request that the approved paper was signed for: approving it alone moves nothing. */
export function Carried({ approved }: { readonly approved: Approved }) {
  const change = carriedBy(useChanges(approved.dealId).data ?? [], approved.versionId);
  const session = useSession();
  const navigate = useNavigate();
  if (change === null) return null;
  return (
    <p className={`banner accent ${styles.carried}`} role="status">
      <Icon name="check" />
      <span>
        <b>Approved.</b> It carries the request of <bdi>{change.askedBy}</bdi>: {change.title}. Nothing moves until you
        put it into effect.
      </span>
      <button
        type="button"
        className="btn sm"
        onClick={() => {
          rowToShow(session, 'changes').set({ id: change.id });
          void navigate({
            to: '/deals/$dealId',
            params: { dealId: approved.dealId },
            search: { tab: 'changes' },
          });
        }}
      >
        Go to the request
      </button>
    </p>
  );
}
