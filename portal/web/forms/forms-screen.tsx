import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';

/** All questions that were put to this person, and where each stands. */
export function FormsScreen() {
  const { forms } = useWords();
  const { home, go } = useDeal();
  return (
    <Screen title={forms.list}>
      {home.forms.length === 0 ? (
        <p className="t2">{forms.none}</p>
      ) : (
        <ul className="links">
          {home.forms.map((form) => (
            <li key={form.id}>
              <button type="button" className="row" onClick={() => go({ screen: 'form', id: form.id })}>
                <Icon name="edit" />
                <span>
                  <b>{form.title}</b> <span className="sub">{forms.states[form.state]}</span>
                </span>
                <Icon name="right" tone="quiet" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Screen>
  );
}
