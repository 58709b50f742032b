/*
 * How to add a screen.
 *
 * 1. Its component in a folder of its own, `<area>/<name>-screen.tsx`, drawn inside `<Screen title=...>` (inside/screen.tsx),
 *    which brings the way back, the heading with the focus, the place where it was scrolled to, and `actions` at the
 *    bottom edge.
 * 2. Its name in inside/at.ts, and where it is loaded from in inside/screens.ts. Its code is then a file of its own, which
 *    comes when it is first opened; loading and a lost signal are taken care of.
 * 3. `useDeal()` (inside/deal.ts) is what it has at hand: `home` (PersonHome), `helper`, `go({ screen, id, also })`, `back()`.
 *    Its own id is `at.id` of its props; what it is about may be gone from `home`, and it says so.
 * 4. What somebody does: `const act = useAct('complete-task', id)`, `act.run({ ... })` without `actId`, `act.isBusy` for the
 *    button and `<ActLine act={act} done="..." />` under it. Lost signal, second step and refusals are said there.
 *    Nothing that acts is drawn when `home.isPreview`. What is typed lives in inside/drafts.ts until it is sent.
 * 5. Its words in messages/<area>.ts, composed in messages.ts, read with `useWords().<area>`.
 * 6. A part of the home page is a component without properties; home/sections.tsx says which role sees which, in what order.
 * 7. Its test beside it, `<name>.dom.test.tsx`, with testing.tsx: `showHome(portal, { ...PersonHome }, { screen, id })`.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SecondStep } from '../api/values.ts';
import { type Answer, ask, type Problem } from './ask.ts';
import { Inside } from './inside/inside.tsx';
import { forgetActsSoon } from './inside/kept-acts.ts';
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
  useEffect(() => {
    if (place.at !== 'away') return;
    const onOnline = () => void look();
    addEventListener('online', onOnline);
    return () => removeEventListener('online', onOnline);
  }, [look, place.at]);
  const leave = useCallback((at: 'dead' | 'signed-out') => {
    if (at === 'dead') forgetActsSoon();
    setPlace({ at });
  }, []);
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
      return <Inside onOut={() => leave('signed-out')} />;
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
