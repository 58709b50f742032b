import type { SearchPlace } from '../../data/search.ts';
import { useAfter } from '../../ui/calm.tsx';
import { KIND_TITLES } from './hits.tsx';
import styles from './search.module.css';

/** What stands where nothing is listed: what can be searched, or that nothing was found and what to try. */
export function NoHits(props: {
  readonly text: string;
  readonly isLooking: boolean;
  readonly place: SearchPlace;
  readonly onEverywhere: () => void;
}) {
  const { text, place } = props;
  const isLong = useAfter(300);
  if (text === '') {
    return (
      <div className={styles.none}>
        <p className="t2">
          Deals by address or client, people by name, company, mail or phone, notes, and documents by name and by the
          words in them. The last word may be only its beginning.
        </p>
      </div>
    );
  }
  if (props.isLooking) return <p className={styles.none}>{isLong ? 'Looking' : ''}</p>;
  const where = placesOf(place);
  return (
    <div className={styles.none}>
      <p>
        Nothing {where === '' ? '' : `${where} `}holds <b dir="auto">{text}</b>.
      </p>
      <p className="t2">{tipFor(text)}</p>
      {where !== '' && (
        <button type="button" className="btn" onClick={props.onEverywhere}>
          Search everywhere
        </button>
      )}
    </div>
  );
}

function tipFor(text: string): string {
  const words = text.split(/\s+/);
  const isOneLetter = [...(words.at(-1) ?? '')].length === 1;
  if (isOneLetter && words.length === 1) return 'One letter finds names only. A second one looks inside documents too.';
  if (isOneLetter)
    return 'Inside documents one letter is a word of its own. A second one makes it the beginning of a word.';
  return 'Every word has to be in the same deal, person, note or document. Try fewer words, or only the beginning of one.';
}

/** What the filters leave: "in documents and notes of open deals". */
function placesOf({ kinds, open, deal }: SearchPlace): string {
  const named = (kinds ?? []).map((kind) => KIND_TITLES[kind].toLowerCase());
  const last = named.at(-1);
  const things = last === undefined ? '' : `in ${[named.slice(0, -1).join(', '), last].filter(Boolean).join(' and ')}`;
  const whose = deal !== undefined ? 'of this deal' : open === true ? 'of open deals' : '';
  return [things || (whose === '' ? '' : 'in what is'), whose].filter(Boolean).join(' ');
}
