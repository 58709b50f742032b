import { useState } from 'react';
import type { OwnChange } from '../../api/person-home.ts';
import { ActLine } from '../inside/act-line.tsx';
import { useAct } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { OnceMore } from './once-more.tsx';

/** Taking one's own request back, asked once more. */
export function Withdraw({ change }: { readonly change: OwnChange }) {
  const { changes } = useWords();
  const act = useAct('withdraw-change', change.id);
  const [isAsked, setIsAsked] = useState(false);
  return (
    <div>
      {isAsked ? (
        <OnceMore
          title={changes.withdrawTitle}
          text={changes.withdrawText}
          yes={changes.withdrawYes}
          no={changes.withdrawNo}
          isBusy={act.isBusy}
          onYes={() => void act.run({ changeId: change.id })}
          onNo={() => setIsAsked(false)}
        />
      ) : (
        <button type="button" className="plain" onClick={() => setIsAsked(true)}>
          {changes.withdraw}
        </button>
      )}
      <ActLine act={act} />
    </div>
  );
}
