import { type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { MoneyLine } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import { useDeal } from './deal.ts';
import { Plate } from './plate.tsx';
import { Scrolled } from './scrolled.ts';

interface ScreenProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Buttons that stay at the bottom edge. */
  readonly actions?: ReactNode;
  /** For what is read across: a drawn paper. */
  readonly isWide?: boolean;
}

/** One screen beyond home: the way back, its title, which gets the focus, and what is on it. */
export function Screen({ title, lead, children, actions, isWide }: ScreenProps) {
  const words = useWords();
  const { home, back } = useDeal();
  const scrolledTo = useContext(Scrolled);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = `${title} - ${words.title}`;
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, scrolledTo ?? 0);
  }, [title, words.title, scrolledTo]);
  return (
    <>
      {home.isPreview && <PreviewStrip name={home.person.name} />}
      <header className="ph">
        <div>
          <button type="button" className="plain back" onClick={back}>
            <Icon name="left" />
            {words.back}
          </button>
          <Plate place={home.place} />
        </div>
      </header>
      <main className={isWide === true ? 'screen wide' : 'screen'}>
        <div className="head">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className="t2">{lead}</p>}
        </div>
        {children}
        <MoneyLine />
        {actions !== undefined && <div className="actions">{actions}</div>}
      </main>
    </>
  );
}

export function PreviewStrip({ name }: { readonly name: string }) {
  const { preview } = useWords();
  return (
    <div className="strip" role="status">
      <Icon name="eye" />
      <span>{preview(name)}</span>
    </div>
  );
}
