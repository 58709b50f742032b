import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { choicesOf } from './choices.ts';

/** What somebody may ask to change, in plain words. */
export function Choose() {
  const { choose } = useWords().changes;
  const { home, go } = useDeal();
  const groups = choicesOf(home.askable);
  return (
    <Screen title={choose.title} lead={choose.lead}>
      {groups.length === 0 && <p>{choose.none}</p>}
      {groups.map(({ group, choices }) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} className="minor">
            {choose.groups[group]}
          </h2>
          <ul className="picks">
            {choices.map((choice) => (
              <li key={choice}>
                <button type="button" onClick={() => go({ screen: 'ask-change', id: choice })}>
                  <span>{choose.kinds[choice]}</span>
                  <Icon name="right" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Screen>
  );
}
