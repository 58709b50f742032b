import { useEffect, useRef } from 'react';
import type { Contact, PersonHome } from '../../api/person-calls.ts';
import { partsOfStreet, plainDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import { Dates } from './dates.tsx';
import { NextStep } from './next-step.tsx';
import { Papers } from './papers.tsx';
import { Money, People } from './people.tsx';
import { Waiting } from './waiting.tsx';
import { Where } from './where.tsx';

interface HomeProps {
  readonly home: PersonHome;
  readonly onLeave: () => void;
  readonly onOut: () => void;
}

/** The order is fixed: where are we, your next step, what closing waits for, dates, people, money, then the papers. */
export function Home({ home, onLeave, onOut }: HomeProps) {
  const words = useWords();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = home.place.street === '' ? words.title : `${home.place.street} - ${words.title}`;
    main.current?.focus({ preventScroll: true });
  }, [home.place.street, words.title]);
  const helper = helperOf(home.people);
  const foot = home.isPreview ? words.footPreview : words.foot(plainDay(home.endsOn, home.today, words.locale));
  return (
    <>
      {home.isPreview && (
        <div className="strip" role="status">
          <Icon name="eye" />
          <span>{words.preview(home.person.name)}</span>
        </div>
      )}
      <Top home={home} onLeave={onLeave} />
      <main ref={main} tabIndex={-1} className="home">
        <div className="a">
          <Where home={home} />
          <NextStep home={home} helper={helper} />
          <Waiting home={home} />
        </div>
        <div className="b">
          <Dates home={home} />
          <People home={home} />
          <Money helper={helper} />
        </div>
        <Papers home={home} helper={helper} onOut={onOut} />
        <p className="foot">{foot}</p>
        <a className="pin" href="#money">
          <Icon name="shield" />
          <span>
            <b>{words.money.pin}</b> {words.money.pinMore}
          </span>
          <Icon name="right" />
        </a>
      </main>
    </>
  );
}

function Top({ home, onLeave }: Pick<HomeProps, 'home' | 'onLeave'>) {
  const words = useWords();
  const { street, unit, city, state, zip, side } = home.place;
  const { number, name } = partsOfStreet(street);
  const kind = { buyer: '', seller: 'sell', tenant: 'rent', landlord: 'rent' }[side];
  const town = [city, [state, zip].filter((part) => part !== '').join(' ')].filter((part) => part !== '').join(', ');
  return (
    <header className="ph">
      <div>
        <span className="pl">
          {number !== '' && (
            <span className={`plate m ${kind}`} title={words.side[side]}>
              {number}
            </span>
          )}
          <span>{[name, unit].filter((part) => part !== '').join(', ') || words.title}</span>
          <span className="t2 town">{town}</span>
        </span>
        <button type="button" className="plain" onClick={onLeave}>
          {words.signOut}
        </button>
      </div>
    </header>
  );
}

/** Whom to ask: the coordinator, else the agent, if there is a way to reach them. */
function helperOf(people: readonly Contact[]): Contact | null {
  const reachable = people.filter(({ phone, email, isYou }) => !isYou && (phone !== '' || email !== ''));
  return reachable.find(({ role }) => role === 'tc') ?? reachable.find(({ role }) => role === 'agent') ?? null;
}
