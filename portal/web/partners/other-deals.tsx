import { useState } from 'react';
import type { OtherDeal } from '../../api/person-home.ts';
import { ask } from '../ask.ts';
import { shortDay } from '../format.ts';
import { Trouble } from '../frame.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** The agent's other deals: where each stands, when it closes, what it misses, and the way to it. */
export function OtherDeals() {
  const words = useWords();
  const { deals } = words.partners;
  const { home, refresh, leave } = useDeal();
  const [going, setGoing] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  if (home.otherDeals.length === 0) return null;
  const open = async ({ linkId }: OtherDeal) => {
    setGoing(linkId);
    setTrouble(null);
    const answer = await ask('switch-deal', { linkId });
    if (answer.ok) await refresh();
    else if (answer.problem.type === 'not-signed-in' || answer.problem.type === 'confirm-first') return leave();
    else setTrouble(words.problem(answer.problem));
    setGoing(null);
    if (answer.ok) scrollTo(0, 0);
  };
  return (
    <section className="deals" aria-labelledby="deals">
      <h2 id="deals">{deals.title}</h2>
      <ul>
        {home.otherDeals.map((deal) => (
          <li key={deal.linkId}>
            <div>
              <b>{[deal.title, deal.city].filter((part) => part !== '').join(', ')}</b>
              <p className="t2">{lineOf(deal, words)}</p>
            </div>
            <button
              type="button"
              className="btn"
              aria-label={deals.open(deal.title)}
              disabled={going !== null || home.isPreview}
              onClick={() => void open(deal)}
            >
              {deals.openIt}
            </button>
          </li>
        ))}
      </ul>
      <p className="vh" role="status">
        {going !== null && deals.switching}
      </p>
      <Trouble text={trouble} />
    </section>
  );
}

function lineOf({ stage, closingOn, missing }: OtherDeal, { partners, locale }: ReturnType<typeof useWords>): string {
  const { deals } = partners;
  const closing = closingOn === null ? deals.noClosing : deals.closing(shortDay(closingOn, locale));
  return `${deals.stage[stage]}. ${closing}, ${deals.missing(missing)}.`;
}
