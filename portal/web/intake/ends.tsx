import { type ReactNode, useEffect, useState } from 'react';
import type { IntakeSent } from '../../api/intake-calls.ts';
import { Icon } from '../icon.tsx';
import { Frame } from './frame.tsx';
import { useIntakeWords } from './words.ts';

const SLOW_MS = 3_000;

/** While the portal is asked; says so when it takes long. */
export function Opening() {
  const { loading, slow } = useIntakeWords();
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

export function End({
  at,
  children,
}: {
  readonly at: 'dead' | 'nobody' | 'cleared' | 'away';
  readonly children?: ReactNode;
}) {
  const { dead, nobody, later, away } = useIntakeWords();
  const said = { dead, nobody, away, cleared: { title: later.cleared, text: later.clearedText } }[at];
  return (
    <Frame title={said.title}>
      <p>{said.text}</p>
      {at === 'dead' && <p>{dead.todo}</p>}
      {children}
    </Frame>
  );
}

/** It arrived: what comes next, and what to have ready for it. */
export function Sent({ sent }: { readonly sent: IntakeSent }) {
  const words = useIntakeWords();
  const { next, atHand, handNote, hand, ...says } = words.sent;
  return (
    <Frame title={says.title} office={sent.office}>
      <p className="lead">
        <Icon name="done" tone="done" isLarge />
        <span>{says.text(sent.owner)}</span>
      </p>
      <section>
        <h2>{next}</h2>
        <ol className="nexts">
          <li>{says.reads(sent.owner)}</li>
          <li>{says.calls[sent.reach]}</li>
          <li>{says.link}</li>
        </ol>
        <p className="quiet">{says.nobody}</p>
      </section>
      <section>
        <h2>{atHand}</h2>
        <ul className="hand">
          {hand[sent.side].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="quiet">{handNote}</p>
      </section>
    </Frame>
  );
}
