import { useCallback, useEffect, useRef, useState } from 'react';
import type { SecondStep } from '../api/values.ts';
import { type Answer, ask, type Problem } from './ask.ts';
import { HomePage } from './home/home-page.tsx';
import { takeToken } from './link.ts';
import { Away, Dead, Nobody, Opening, SignedOut } from './screens/ends.tsx';
import { Landing } from './screens/landing.tsx';
import { SecondStepPage } from './screens/second-step.tsx';

/** Where somebody is on their way in. */
type Place =
  | { readonly at: 'opening' | 'nobody' | 'dead' | 'signed-out' | 'away' | 'home' }
  | { readonly at: 'landing'; readonly token: string }
  | { readonly at: 'second-step'; readonly second: SecondStep; readonly isNew: boolean };

export function App() {
  const [place, setPlace] = useState<Place>(firstPlace);
  const look = useCallback(async () => {
    setPlace({ at: 'opening' });
    setPlace(placeOf(await ask('where', {})));
  }, []);
  const isFirst = useRef(true);
  useEffect(() => {
    // A page is made twice in development; the portal is asked once.
    if (isFirst.current && place.at === 'opening') void look();
    isFirst.current = false;
  }, [look, place.at]);
  useEffect(() => {
    const onLink = () => {
      const token = takeToken();
      if (token !== null) setPlace({ at: 'landing', token });
    };
    addEventListener('hashchange', onLink);
    return () => removeEventListener('hashchange', onLink);
  }, []);
  const leave = useCallback((at: 'dead' | 'signed-out') => setPlace({ at }), []);
  switch (place.at) {
    case 'landing':
      return (
        <Landing
          token={place.token}
          onDead={() => leave('dead')}
          onOpened={(second) =>
            setPlace(second.step === 'none' ? { at: 'home' } : { at: 'second-step', second, isNew: true })
          }
        />
      );
    case 'second-step':
      return (
        <SecondStepPage
          second={place.second}
          isNew={place.isNew}
          onIn={() => setPlace({ at: 'home' })}
          onOut={() => leave('signed-out')}
        />
      );
    case 'home':
      return <HomePage onOut={() => leave('signed-out')} />;
    case 'dead':
      return <Dead />;
    case 'signed-out':
      return <SignedOut />;
    case 'away':
      return <Away onTry={() => void look()} />;
    case 'nobody':
      return <Nobody />;
    default:
      return <Opening />;
  }
}

/** Read once, before anything is drawn: a second look would find the address cleaned. */
let taken: string | null | undefined;

function firstPlace(): Place {
  if (taken === undefined) taken = takeToken();
  return taken === null ? { at: 'opening' } : { at: 'landing', token: taken };
}

function placeOf(
  answer: Answer<{ readonly at: 'nobody' | 'home' } | { readonly at: 'second-step'; readonly second: SecondStep }>,
): Place {
  if (!answer.ok) return { at: isOver(answer.problem) ? 'signed-out' : 'away' };
  return answer.value.at === 'second-step' ? { ...answer.value, isNew: false } : { at: answer.value.at };
}

function isOver(problem: Problem): boolean {
  return problem.type === 'not-signed-in';
}
