import type { PersonHome } from '../../api/person-home.ts';
import { firstName } from '../format.ts';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { askedAbout, evidenceOf } from './asked.ts';
import { type Choice, kindOf } from './choices.ts';

interface ThenProps {
  readonly choice: Choice;
  readonly deadlineId: string;
}

/** What happens after the request is sent: who is asked first, and what makes it true in the end. */
export function Then({ choice, deadlineId }: ThenProps) {
  const { after, review } = useWords().changes;
  const { home } = useDeal();
  const kind = kindOf(choice, deadlineId, home.askable);
  const { isClient, beside, ...asker } = askerOf(home);
  const who = askedAbout(kind, asker).map((each) => after.who(each, isClient, beside));
  const steps = [
    after.nothing,
    ...(who.length === 0 ? [] : [after.asked(who)]),
    after.evidence[evidenceOf(kind)],
    after.see,
  ];
  return (
    <section aria-labelledby="then">
      <h2 id="then">{review.after}</h2>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}

function askerOf({ person, askable }: PersonHome) {
  const isClient = person.role === 'client' || person.role === 'co-client';
  const principals = askable.people.filter(({ role }) => role === 'client' || role === 'co-client');
  const as = isClient ? ('own-principal' as const) : person.role === 'agent' ? ('own-agent' as const) : null;
  const beside = principals.filter(({ isYou }) => !isYou).map(({ name }) => firstName(name));
  return { isClient, as, beside, isAlone: principals.length <= 1 };
}
