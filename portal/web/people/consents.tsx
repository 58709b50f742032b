import type { ConsentChoice } from '../../api/person-home.ts';
import { Icon } from '../icon.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useAct, useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** Which agent may read this client's closing figures: given and taken back here, with what it means. */
export function Consents() {
  const { consents } = useWords().onDeal;
  const { home } = useDeal();
  if (home.consents.length === 0) return null;
  return (
    <section aria-labelledby="consents">
      <h2 id="consents">{consents.title}</h2>
      <p className="t2">{consents.lead}</p>
      <ul className="facts">
        {home.consents.map((consent) => (
          <Consent key={`${consent.toId} ${consent.covers}`} consent={consent} isFixed={home.isPreview} />
        ))}
      </ul>
      <p className="t2">{consents.later}</p>
    </section>
  );
}

function Consent({ consent, isFixed }: { readonly consent: ConsentChoice; readonly isFixed: boolean }) {
  const { consents } = useWords().onDeal;
  const { toId, name, covers, consentId } = consent;
  const thing = `${toId} ${covers}`;
  const give = useAct('give-consent', thing);
  const takeBack = useAct('withdraw-consent', thing);
  const what = consents.covers[covers];
  const isGiven = consentId !== null;
  const isBusy = give.isBusy || takeBack.isBusy;
  const press = () => {
    if (consentId === null) void give.run({ toId, covers });
    else void takeBack.run({ consentId });
  };
  return (
    <li>
      <Icon name={isGiven ? 'done' : 'over'} tone={isGiven ? 'done' : 'quiet'} />
      <div>
        <h3>{what}</h3>
        <p className="t2" role="status">
          {isGiven ? consents.given(name) : consents.notGiven(name)}
        </p>
        {!isFixed && (
          <button type="button" className="btn" disabled={isBusy} onClick={press}>
            {isGiven ? consents.takeBack : consents.give(name)}
            <span className="vh"> {what}</span>
          </button>
        )}
        <ActLine act={give} />
        <ActLine act={takeBack} />
      </div>
    </li>
  );
}
