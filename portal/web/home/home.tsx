import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { plainDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Plate } from '../inside/plate.tsx';
import { PreviewStrip } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { sectionsOf } from './sections.tsx';

interface HomeProps {
  readonly scrolledTo: number | null;
  readonly onLeave: () => void;
}

/** What somebody sees first. The order is fixed: where are we, your next step, what closing waits for, dates, people, money. */
export function Home({ scrolledTo, onLeave }: HomeProps) {
  const words = useWords();
  const { home } = useDeal();
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    document.title = home.place.street === '' ? words.title : `${home.place.street} - ${words.title}`;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, scrolledTo ?? 0);
  }, [home.place.street, words.title, scrolledTo]);
  const foot = home.isPreview ? words.footPreview : words.foot(plainDay(home.endsOn, home.today, words.locale));
  const sections = sectionsOf(home.person.role);
  return (
    <>
      {home.isPreview && <PreviewStrip name={home.person.name} />}
      <header className="ph">
        <div>
          <Plate place={home.place} />
          <button type="button" className="plain" onClick={onLeave}>
            {words.signOut}
          </button>
        </div>
      </header>
      <main ref={main} tabIndex={-1} className="home">
        <div className="a">{drawn(sections.main)}</div>
        <div className="b">{drawn(sections.side)}</div>
        <div className="c">{drawn(sections.below)}</div>
        <p className="foot">{foot}</p>
        <MoneyPin />
      </main>
    </>
  );
}

function drawn(sections: readonly (() => ReactNode)[]) {
  return sections.map((Section) => <Section key={Section.name} />);
}

/** Always in sight. It leads to the whole warning without an entry in the history. */
function MoneyPin() {
  const { money } = useWords();
  const show = () => {
    const box = document.getElementById('money');
    box?.scrollIntoView({ block: 'center' });
    box?.focus({ preventScroll: true });
  };
  return (
    <button type="button" className="pin" onClick={show}>
      <Icon name="shield" />
      <span>
        <b>{money.pin}</b> {money.pinMore}
      </span>
      <Icon name="right" />
    </button>
  );
}
