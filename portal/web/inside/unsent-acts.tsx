import { useSyncExternalStore } from 'react';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import { Again } from './act-line.tsx';
import type { ActName, ActState, Acts } from './acts.ts';

/**
 * What was done and has not reached the portal, on whatever screen somebody is now; and what came of an act whose own place
 * is not on the screen: refused, or the second step is needed once more.
 */
export function UnsentActs({ acts }: { readonly acts: Acts }) {
  const { act } = useWords();
  const count = useSyncExternalStore(acts.listen, acts.waiting);
  const areKept = useSyncExternalStore(acts.listen, acts.areKept);
  const untold = useSyncExternalStore(acts.listen, acts.untold);
  const state = useSyncExternalStore(acts.listen, () => acts.get(untold));
  const name = acts.nameOf(untold);
  return (
    <>
      <div role="status">
        {count > 0 && (
          <p className="strip">
            <Icon name="waiting" tone="waiting" />
            <span>{act.unsent(count, areKept)}</span>
          </p>
        )}
        {state.at === 'refused' && name !== null && (
          <Refused name={name} problem={state.problem} onSeen={() => acts.forget(untold)} />
        )}
      </div>
      {state.at === 'confirm' && name !== null && (
        <div className="untold">
          <p>{act.notYet(act.what[name])}</p>
          <Again key={untold} act={untold} state={state} />
        </div>
      )}
    </>
  );
}

interface RefusedProps {
  readonly name: ActName;
  readonly problem: Extract<ActState, { readonly at: 'refused' }>['problem'];
  onSeen(): void;
}

function Refused({ name, problem, onSeen }: RefusedProps) {
  const words = useWords();
  return (
    <div className="strip untold">
      <Icon name="late" tone="late" />
      <span>
        <b>{words.act.failed(words.act.what[name])}</b> {words.problem(problem)}
      </span>
      <button type="button" className="plain" onClick={onSeen}>
        {words.act.seen}
      </button>
    </div>
  );
}
