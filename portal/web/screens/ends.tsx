import { useEffect, useState } from 'react';
import { Frame } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { keptActs } from '../inside/kept-acts.ts';
import { useWords } from '../words.ts';

const SLOW_MS = 3_000;

/** While the portal is asked; says so when it takes long. */
export function Opening() {
  const { loading, slow } = useWords();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="one">
      <p role="status">{isSlow ? slow : loading}</p>
    </main>
  );
}

export function Dead() {
  const { dead } = useWords();
  return (
    <Frame title={dead.title}>
      <p>{dead.text}</p>
      <p>{dead.todo}</p>
      <KeptLine />
    </Frame>
  );
}

export function Nobody() {
  const { nobody } = useWords();
  return (
    <Frame title={nobody.title}>
      <p>{nobody.text}</p>
      <KeptLine />
    </Frame>
  );
}

export function SignedOut() {
  const { signedOut } = useWords();
  return (
    <Frame title={signedOut.title}>
      <p>{signedOut.text}</p>
      <KeptLine />
    </Frame>
  );
}

export function Away({ onTry }: { readonly onTry: () => void }) {
  const { away, tryAgain } = useWords();
  return (
    <Frame title={away.title}>
      <p>{away.text}</p>
      <KeptLine />
      <button type="button" className="btn go" onClick={onTry}>
        {tryAgain}
      </button>
    </Frame>
  );
}

/** Somebody who comes back and is not in yet learns that what they did is not lost. It says nothing of what it was. */
function KeptLine() {
  const { act } = useWords();
  const [count] = useState(() => keptActs().length);
  if (count === 0) return null;
  return (
    <p className="note kept">
      <Icon name="waiting" tone="waiting" />
      <span>{act.kept(count)}</span>
    </p>
  );
}
