import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { APPROVER_WORDS } from '../../../core/changes/rules.ts';
import type { ChangePaper, ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { localToday, nowInstant } from '../../data/clock.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { AreaField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { useTell } from '../deal/task-acts.ts';
import { AskChangeDialog } from './ask-dialog.tsx';
import { draftOf } from './ask-draft.ts';
import { CallDialog } from './call-dialog.tsx';
import { isLive } from './change-row.tsx';
import styles from './changes.module.css';
import { ExecuteDialog } from './execute-dialog.tsx';
import { ToldDialog } from './told-dialog.tsx';

interface Props {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly onPick: (changeId: string) => void;
}

type Open = 'decline' | 'withdraw' | 'call' | 'execute' | 'told' | 'again' | null;

/** What can be done with a request. The obvious one is filled and has Enter; the others have a letter. */
export function ChangeActs(props: Props) {
  const { deal, change } = props;
  const tell = useTell(deal.id);
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { can } = change;
  const isOpen = deal.closedOn === null && (isLive(change) || can.askAgain);
  const step = async (name: string, more: Record<string, unknown> = {}) =>
    setWrong(await tell(name, { changeId: change.id, at: nowInstant(), ...more }));
  const [as] = can.approveAs;
  const needsPaper = change.evidence !== 'call-back';
  const acts: Record<string, (() => void) | null> = {
    review: () => void navigate({ to: '/review', search: { deal: deal.id } }),
    execute: !can.execute ? null : () => (needsPaper ? setOpen('execute') : void executeByCall()),
    send: !can.send ? null : () => void step('sendChange'),
    decide: as === undefined ? null : () => void step('approveChange', { as }),
    'call-back': !can.callBack ? null : () => setOpen('call'),
    'settle-conflict': () => props.onPick(change.conflicts.find(({ cameFirst }) => cameFirst)?.changeId ?? change.id),
  };
  async function executeByCall(): Promise<void> {
    const on = localToday();
    const at = nowInstant();
    setWrong(
      await tell('executeChange', { changeId: change.id, at, versionId: null, executedAt: at, delivery: null, on }),
    );
  }
  const next = isOpen && change.next !== null ? change.next.kind : null;
  const again = can.askAgain ? () => setOpen('again') : null;
  const enter = next === null ? again : (acts[next] ?? null);
  useKeys({
    Enter: () => enter?.(),
    s: () => isOpen && acts.send?.(),
    e: () => isOpen && acts.execute?.(),
    d: () => isOpen && can.declineAs !== null && setOpen('decline'),
    x: () => isOpen && can.withdraw && setOpen('withdraw'),
    c: () => isOpen && acts['call-back']?.(),
    w: () => isOpen && change.answerers.length > 0 && setOpen('told'),
  });
  if (!isOpen) return null;
  // While another request for the same came first, no paper is this one's.
  const isBlocked = change.conflicts.some(({ cameFirst }) => cameFirst);
  const paper = isBlocked ? undefined : change.papers.find(({ fits }) => fits);
  return (
    <>
      {paper !== undefined && <PaperLine change={change} paper={paper} />}
      {wrong !== null && <Refusal says={wrong} />}
      <div className={styles.acts}>
        {next !== null && enter !== null && (
          <button type="button" className="btn go" onClick={enter}>
            <Icon name={STEP_FACES[next][0]} /> {STEP_FACES[next][1]} <Kbd>Enter</Kbd>
          </button>
        )}
        {again !== null && (
          <button type="button" className={next === null ? 'btn go' : 'btn'} onClick={again}>
            <Icon name="plus" /> Ask again… {next === null && <Kbd>Enter</Kbd>}
          </button>
        )}
        {acts.send && next !== 'send' && (
          <button type="button" className="btn" onClick={acts.send}>
            Send to the other side <Kbd>S</Kbd>
          </button>
        )}
        {acts.decide && next !== 'decide' && (
          <button type="button" className="btn" onClick={acts.decide}>
            Agree as {as === undefined ? '' : APPROVER_WORDS[as]}
          </button>
        )}
        {change.answerers.length > 0 && (
          <button type="button" className="btn" onClick={() => setOpen('told')}>
            Write down an answer… <Kbd>W</Kbd>
          </button>
        )}
        {can.declineAs !== null && (
          <button type="button" className="btn" onClick={() => setOpen('decline')}>
            Decline… <Kbd>D</Kbd>
          </button>
        )}
        {acts.execute && next !== 'execute' && (
          <button type="button" className="btn" onClick={acts.execute}>
            Put into effect… <Kbd>E</Kbd>
          </button>
        )}
        {can.withdraw && (
          <button type="button" className="btn bare" onClick={() => setOpen('withdraw')}>
            <Icon name="nn" /> Withdraw… <Kbd>X</Kbd>
          </button>
        )}
      </div>
      {open === 'execute' && <ExecuteDialog deal={deal} change={change} onClose={() => setOpen(null)} />}
      {open === 'told' && <ToldDialog deal={deal} change={change} onClose={() => setOpen(null)} />}
      {open === 'again' && (
        <AskChangeDialog deal={deal} first={draftOf(change)} onAsked={props.onPick} onClose={() => setOpen(null)} />
      )}
      {open === 'call' && <CallDialog deal={deal} change={change} onClose={() => setOpen(null)} />}
      {(open === 'decline' || open === 'withdraw') && (
        <EndDialog deal={deal} change={change} how={open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

const STEP_FACES = {
  'call-back': ['phone', 'Note the call…'],
  'settle-conflict': ['open', 'Look at the other'],
  review: ['review', 'Review the paper'],
  execute: ['check', 'Put into effect…'],
  decide: ['check', 'Agree'],
  send: ['arrow', 'Send to the other side'],
} as const;

/** A file that came after the request and looks like the one that carries it. */
function PaperLine({ change, paper }: { readonly change: ChangeView; readonly paper: ChangePaper }) {
  return (
    <p className={styles.paper}>
      <Icon name="file" />
      <span>
        <b>{paper.title}</b> looks like the paper for this request{change.isByPerson && <> of {change.askedBy}</>}.{' '}
        {paper.isReviewed ? 'It is reviewed.' : 'Review it first.'}
      </span>
    </p>
  );
}

function EndDialog(props: {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly how: 'decline' | 'withdraw';
  readonly onClose: () => void;
}) {
  const { deal, change, how } = props;
  const tell = useTell(deal.id);
  const [reason, setReason] = useState('');
  const isDecline = how === 'decline';
  return (
    <AskDialog
      title={isDecline ? 'Decline this request?' : 'Withdraw this request?'}
      lead={<p className="meta">{change.title}</p>}
      says="Nothing has changed and nothing will by this request. It stays in the list, and a new one can be made."
      verb={isDecline ? 'Decline it' : 'Withdraw it'}
      leave="Keep it open"
      onLeave={props.onClose}
      onAnswer={() =>
        tell(isDecline ? 'declineChange' : 'withdrawChange', {
          ...{ changeId: change.id, at: nowInstant() },
          ...(isDecline ? { as: change.can.declineAs, reason: reason.trim() } : {}),
        })
      }
    >
      {isDecline && <AreaField label="Why" value={reason} onChange={setReason} autoFocus />}
    </AskDialog>
  );
}
