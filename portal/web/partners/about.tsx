import { dialled } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import './partners.css';

/** For whoever is no client: in one line what this page is, and whom to call. */
export function About() {
  const { partners } = useWords();
  const { home, helper } = useDeal();
  const { about } = partners;
  const { role } = home.person;
  const text = role === 'title' ? about.title2 : role in about ? about[role as 'agent'] : about['other-principal'];
  return (
    <section className="about" aria-label={about.title}>
      <p>{text}</p>
      <p>{helper === null ? about.nobody : about.call(helper.name)}</p>
      {helper !== null && (
        <a href={helper.phone === '' ? `mailto:${helper.email}` : `tel:${dialled(helper.phone)}`}>
          <Icon name={helper.phone === '' ? 'mail' : 'phone'} />
          <span className="nb">{helper.phone === '' ? helper.email : helper.phone}</span>
        </a>
      )}
    </section>
  );
}
