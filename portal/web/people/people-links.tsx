import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** Under the people to call: the way to everybody, and to proposing somebody. */
export function PeopleLinks() {
  const { onDeal } = useWords();
  const { home, go } = useDeal();
  const mayPropose = !home.isPreview && home.mayPropose.length > 0;
  return (
    <p className="pair-links">
      <button type="button" className="plain" onClick={() => go({ screen: 'people' })}>
        {onDeal.all}
      </button>
      {mayPropose && (
        <button type="button" className="plain" onClick={() => go({ screen: 'propose' })}>
          {onDeal.propose}
        </button>
      )}
    </p>
  );
}
