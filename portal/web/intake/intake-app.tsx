import { useCallback, useEffect, useRef, useState } from 'react';
import type { IntakePlace } from '../../api/intake-calls.ts';
import { Answering } from './answering.tsx';
import { askIntake } from './ask-intake.ts';
import { End, Opening, Sent } from './ends.tsx';
import { type IntakeToken, takeIntakeToken } from './token.ts';
import { Resume, Welcome } from './welcome.tsx';
import { useIntakeWords } from './words.ts';

type Place =
  | IntakePlace
  | { readonly at: 'opening' | 'dead' | 'away' | 'cleared' }
  | { readonly at: 'link'; readonly token: IntakeToken };

/** The page of an intake link, for somebody who has no deal yet. */
export function IntakeApp() {
  const { tryAgain } = useIntakeWords();
  const [place, setPlace] = useState<Place>(firstPlace);
  const look = useCallback(async () => {
    setPlace({ at: 'opening' });
    const told = await askIntake('where', {});
    setPlace(told.ok ? told.value : { at: 'away' });
  }, []);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current && place.at === 'opening') void look();
    isFirst.current = false;
  }, [look, place.at]);
  useEffect(() => {
    const onLink = () => {
      const token = takeIntakeToken();
      if (token !== null) setPlace({ at: 'link', token });
    };
    addEventListener('hashchange', onLink);
    return () => removeEventListener('hashchange', onLink);
  }, []);
  const die = useCallback(() => setPlace({ at: 'dead' }), []);
  switch (place.at) {
    case 'link': {
      const Entry = place.token.kind === 'start' ? Welcome : Resume;
      return <Entry token={place.token} onIn={setPlace} onDead={die} />;
    }
    case 'draft':
      return (
        <Answering
          draft={place}
          onDraft={setPlace}
          onSent={setPlace}
          onOver={die}
          onCleared={() => setPlace({ at: 'cleared' })}
        />
      );
    case 'sent':
      return <Sent sent={place} />;
    case 'opening':
      return <Opening />;
    case 'away':
      return (
        <End at="away">
          <button type="button" className="btn go" onClick={() => void look()}>
            {tryAgain}
          </button>
        </End>
      );
    default:
      return <End at={place.at} />;
  }
}

/** Read once, before anything is drawn: a second look would find the address cleaned. */
let taken: IntakeToken | null | undefined;

function firstPlace(): Place {
  if (taken === undefined) taken = takeIntakeToken();
  return taken === null ? { at: 'opening' } : { at: 'link', token: taken };
}
