import { type ReactNode, useEffect, useRef } from 'react';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { SecondStepFields } from '../screens/second-step.tsx';
import { useWords } from '../words.ts';
import type { ActState } from './acts.ts';
import { useDeal } from './deal.ts';

interface ActLineProps {
  readonly act: { readonly key: string; readonly state: ActState };
  /** What is said once it is done; nothing when the page shows it by itself. */
  readonly done?: ReactNode;
}

/**
 * How one act goes, under the button that began it: on its way, not sent yet, what the portal said, or the second step
 * once more. Whoever listens hears each change.
 */
export function ActLine({ act, done }: ActLineProps) {
  const words = useWords();
  const { acts } = useDeal();
  const { key, state } = act;
  useEffect(() => acts.watch(key), [acts, key]);
  return (
    <div className="act">
      <p role="status" className="t2">
        {state.at === 'sending' && words.act.sending}
        {state.at === 'waiting' && (
          <>
            <Icon name="waiting" tone="waiting" /> {words.act.waiting}
          </>
        )}
        {state.at === 'done' && done}
      </p>
      <Trouble text={state.at === 'refused' ? words.problem(state.problem) : null} />
      {state.at === 'confirm' && <Again key={key} act={key} state={state} />}
    </div>
  );
}

interface AgainProps {
  /** Its key. */
  readonly act: string;
  readonly state: Extract<ActState, { readonly at: 'confirm' }>;
}

/** The second step in place; the same act is sent again right after it. */
export function Again({ act, state }: AgainProps) {
  const words = useWords();
  const { acts, leave } = useDeal();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <section className="again" aria-labelledby="again">
      <h2 id="again" ref={heading} tabIndex={-1}>
        {words.act.againTitle}
      </h2>
      <p>{words.act.again}</p>
      <SecondStepFields
        second={state.second}
        isNew
        go={words.act.goOn}
        onIn={() => void acts.again(act)}
        onOut={leave}
      />
    </section>
  );
}
