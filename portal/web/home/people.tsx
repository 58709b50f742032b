import type { Contact } from '../../api/person-home.ts';
import { dialled, initials } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

export function People() {
  const { home } = useDeal();
  const { people } = useWords();
  const isClient = home.person.role === 'client' || home.person.role === 'co-client';
  const reachable = home.people.filter(({ isYou, phone, email }) => !isYou && (phone !== '' || email !== ''));
  if (reachable.length === 0) return null;
  return (
    <section className="call">
      <h2>{people.title}</h2>
      <ol>
        {reachable.map((contact) => (
          <li key={`${contact.name} ${contact.role}`}>
            <span className="av" aria-hidden="true">
              {initials(contact.name)}
            </span>
            <div>
              <b>{contact.name}</b>
              <p>{people.role(contact, isClient)}</p>
            </div>
            <Reach contact={contact} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reach({ contact }: { readonly contact: Contact }) {
  const { people } = useWords();
  const isPhone = contact.phone !== '';
  return (
    <a
      className="btn"
      href={isPhone ? `tel:${dialled(contact.phone)}` : `mailto:${contact.email}`}
      aria-label={isPhone ? people.callName(contact.name) : people.writeName(contact.name)}
    >
      <Icon name={isPhone ? 'phone' : 'mail'} />
      {isPhone ? people.call : people.write}
    </a>
  );
}

/** The same words on every page near money. */
export function Money() {
  const { helper } = useDeal();
  const { money } = useWords();
  const isCallable = helper !== null && helper.phone !== '';
  return (
    <section className="wire" id="money" tabIndex={-1} aria-labelledby="money-title">
      <Icon name="shield" isLarge />
      <div>
        <h2 id="money-title">{money.title}</h2>
        <p>
          {money.text}
          {isCallable ? (
            <>
              {helper.name.split(' ')[0]}
              {money.on}
              <b className="nb">{helper.phone}</b>
            </>
          ) : (
            money.nobody
          )}
          .
        </p>
      </div>
    </section>
  );
}
