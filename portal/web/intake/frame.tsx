import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../icon.tsx';
import { useIntakeWords } from './words.ts';

interface FrameProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The office, in the head of the page; empty where nobody has said. */
  readonly office?: string;
  /** Goes one screen back; without it there is nowhere to go back to. */
  readonly onBack?: (() => void) | undefined;
  /** Above the title: how far somebody is. */
  readonly above?: ReactNode;
  /** Another place on the page takes the focus. */
  readonly isFocusElsewhere?: boolean;
}

/** One thing on a page. Its title gets the focus, so that whoever listens hears where they are. */
export function Frame({ title, children, office = '', onBack, above, isFocusElsewhere = false }: FrameProps) {
  const words = useIntakeWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    scrollTo(0, 0);
    if (!isFocusElsewhere) heading.current?.focus({ preventScroll: true });
  }, [title, isFocusElsewhere]);
  return (
    <>
      <header className="ph">
        <div>
          {onBack === undefined ? (
            <span className="pl">{words.plate(office)}</span>
          ) : (
            <>
              <button type="button" className="plain back" onClick={onBack}>
                <Icon name="left" />
                {words.back}
              </button>
              <span className="pl">{words.plate(office)}</span>
            </>
          )}
        </div>
      </header>
      <main className="one intake">
        {above}
        <h1 ref={heading} tabIndex={-1} id="title">
          {title}
        </h1>
        {children}
        <p className="small">
          <Icon name="shield" />
          <span>
            <b>{words.pin}</b> {words.pinMore}
          </span>
        </p>
      </main>
    </>
  );
}

/** What went wrong and what to do, said at once to whoever listens. Its place is always there, or it would not be heard. */
export function Wrong({ id, text }: { readonly id: string; readonly text: string | null }) {
  return (
    <p className="trouble" role="alert" id={id}>
      {text === null ? null : (
        <>
          <Icon name="late" tone="late" />
          <span>{text}</span>
        </>
      )}
    </p>
  );
}
