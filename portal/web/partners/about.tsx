import { dialled } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import './partners.css';

/** For whoever is no client: in one line what this page is, and whom to call. */
export function About() {
  const { partners, people } = useWords();
  const { home, helper } = useDeal();
  const { about } = partners;
  const { role } = home.person;
  const text = role === 'title' ? about.title2 : role in about ? about[role as 'agent'] : about['other-principal'];
  return (
    <section className="about" aria-label={about.title}>
      <p>{text}</p>
      {helper === null ? (
        <p className="t2">{about.nobody}</p>
      ) : (
        <p className="t2">
          {about.call(helper.name)}{' '}
          {helper.phone === '' ? (
            <a href={`mailto:${helper.email}`}>{people.writeName(helper.name)}</a>
          ) : (
            <a className="nb" href={`tel:${dialled(helper.phone)}`}>
              <Icon name="phone" /> {helper.phone}
            </a>
          )}
        </p>
      )}
    </section>
  );
}
