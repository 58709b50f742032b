import { HOME } from '../inside/at.ts';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import type { Choice } from './choices.ts';
import { Then } from './then.tsx';

/** After it was sent: that it was, what happens now, and where to see it. */
export function Sent({ choice, deadlineId }: { readonly choice: Choice; readonly deadlineId: string }) {
  const { sent } = useWords().changes;
  const { go } = useDeal();
  return (
    <Screen title={sent.title} lead={sent.text}>
      <Then choice={choice} deadlineId={deadlineId} />
      <div className="pair">
        <button type="button" className="btn" onClick={() => go(HOME)}>
          {sent.home}
        </button>
        <button type="button" className="btn go" onClick={() => go({ screen: 'changes' })}>
          {sent.list}
        </button>
      </div>
    </Screen>
  );
}
