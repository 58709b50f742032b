import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** Under the people to call: the way to proposing somebody. */
export function ProposeLink() {
  const { onDeal } = useWords();
  const { home, go } = useDeal();
  if (home.isPreview || home.mayPropose.length === 0 || home.progress?.outcome != null) return null;
  return (
    <p>
      <button type="button" className="plain" onClick={() => go({ screen: 'propose' })}>
        {onDeal.propose}
      </button>
    </p>
  );
}
