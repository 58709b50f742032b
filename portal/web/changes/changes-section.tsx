import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { isForYou, isGoingOn } from './state.ts';

/** On the home page: how many requests are being decided, and the way to them and to asking. */
export function ChangesSection() {
  const { changes } = useWords();
  const { home, go } = useDeal();
  const forYou = home.changes.filter(isForYou).length;
  const others = home.changes.filter((change) => isGoingOn(change) && !isForYou(change)).length;
  const mayAsk = !home.isPreview && home.askable.kinds.length > 0;
  if (home.changes.length === 0 && !mayAsk) return null;
  const lines = [
    ...(forYou > 0 ? [`${changes.forYou(forYou)}.`] : []),
    ...(others > 0 ? [changes.onTheWay(others)] : []),
    ...(forYou + others === 0 ? [home.changes.length === 0 ? changes.mayAsk : changes.noneOpen] : []),
  ];
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{changes.title}</h2>
      <p className="t2">{lines.join(' ')}</p>
      <p className="pair-links">
        {home.changes.length > 0 && (
          <button type="button" className="plain" onClick={() => go({ screen: 'changes' })}>
            {changes.showAll}
          </button>
        )}
        {mayAsk && (
          <button type="button" className="plain" onClick={() => go({ screen: 'ask-change' })}>
            {changes.ask}
          </button>
        )}
      </p>
    </section>
  );
}
