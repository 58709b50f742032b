import type { Contact } from '../../api/person-home.ts';
import '../changes/changes.css';
import { dialled, initials } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { Consents } from './consents.tsx';
import { isClient } from './coordinator.ts';
import './people.css';
import { Proposals } from './proposals.tsx';

/** Everybody on the deal whom this person may know of, whom they proposed, and who may read their figures. */
export function PeopleScreen() {
  const { onDeal } = useWords();
  const { home, go } = useDeal();
  const mayPropose = !home.isPreview && home.mayPropose.length > 0;
  return (
    <Screen title={onDeal.title} lead={onDeal.lead}>
      {home.people.every(({ isYou }) => isYou) && <p>{onDeal.nobody}</p>}
      <ul className="contacts">
        {home.people.map((contact) => (
          <Person key={`${contact.role} ${contact.name}`} contact={contact} />
        ))}
      </ul>
      {mayPropose && (
        <button type="button" className="btn" onClick={() => go({ screen: 'propose' })}>
          <Icon name="plus" />
          {onDeal.propose}
        </button>
      )}
      <Proposals />
      <Consents />
    </Screen>
  );
}

function Person({ contact }: { readonly contact: Contact }) {
  const { people, onDeal } = useWords();
  const { home } = useDeal();
  const { name, phone, email, isYou } = contact;
  return (
    <li>
      <span className="av" aria-hidden="true">
        {initials(name)}
      </span>
      <div>
        <b>{name}</b>
        <p className="t2">{isYou ? onDeal.you : people.role(contact, isClient(home))}</p>
        {!isYou && phone === '' && email === '' && <p className="t2">{onDeal.noReach}</p>}
        {!isYou && (phone !== '' || email !== '') && (
          <div className="reach">
            {phone !== '' && (
              <a className="btn" href={`tel:${dialled(phone)}`}>
                <Icon name="phone" />
                <span className="vh">{people.callName(name)} </span>
                <span className="nb">{phone}</span>
              </a>
            )}
            {email !== '' && (
              <a className="btn" href={`mailto:${email}`}>
                <Icon name="mail" />
                {onDeal.write}
                <span className="vh"> {name}</span>
              </a>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
