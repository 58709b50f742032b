import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';
import { useWords } from './words.ts';

interface FrameProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page with one thing on it. Its title gets the focus, so that whoever listens hears where they are. */
export function Frame({ title, children }: FrameProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    heading.current?.focus();
  }, [title]);
  return (
    <>
      <header className="ph">
        <div>
          <span className="pl">{words.title}</span>
        </div>
      </header>
      <main className="one">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
        <MoneyLine />
      </main>
    </>
  );
}

/** On every page near money. */
export function MoneyLine() {
  const { money } = useWords();
  return (
    <p className="small">
      <Icon name="shield" />
      <span>
        <b>{money.pin}</b> {money.pinMore}
      </span>
    </p>
  );
}

/** What went wrong and what to do, said at once to whoever listens. Its place is always there, or it would not be heard. */
export function Trouble({ text }: { readonly text: string | null }) {
  return (
    <p className="trouble" role="alert">
      {text === null ? null : (
        <>
          <Icon name="late" tone="late" />
          <span>{text}</span>
        </>
      )}
    </p>
  );
}
