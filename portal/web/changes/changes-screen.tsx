import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { ChangeRow } from './change-row.tsx';
import './changes.css';
import { choicesOf } from './choices.ts';
import { inOrder, isGoingOn } from './state.ts';

/** Every request that this person may see, and the way to ask for one. */
export function ChangesScreen() {
  const { changes } = useWords();
  const { home, go } = useDeal();
  const mayAsk = !home.isPreview && choicesOf(home.askable).length > 0;
  const all = inOrder(home.changes);
  const groups = [
    { title: changes.open, list: all.filter(isGoingOn) },
    { title: changes.over, list: all.filter((change) => !isGoingOn(change)) },
  ];
  return (
    <Screen title={changes.title} lead={changes.lead}>
      {all.length === 0 && <p>{mayAsk ? changes.none : changes.noneForYou}</p>}
      {groups.map(
        ({ title, list }) =>
          list.length > 0 && (
            <section key={title} aria-label={title}>
              <h2 className="minor">{title}</h2>
              <ul className="changes">
                {list.map((change) => (
                  <ChangeRow key={change.id} change={change} />
                ))}
              </ul>
            </section>
          ),
      )}
      {mayAsk && (
        <button type="button" className="btn go" onClick={() => go({ screen: 'ask-change' })}>
          {changes.ask}
        </button>
      )}
    </Screen>
  );
}
