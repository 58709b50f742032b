import type { PersonHome } from '../../api/person-home.ts';
import { partsOfStreet } from '../format.ts';
import { useWords } from '../words.ts';

/** The house-number plate with the street, and the town where there is room. */
export function Plate({ place }: { readonly place: PersonHome['place'] }) {
  const words = useWords();
  const { street, unit, city, state, zip, side } = place;
  const { number, name } = partsOfStreet(street);
  const kind = { buyer: '', seller: 'sell', tenant: 'rent', landlord: 'rent' }[side];
  const town = [city, [state, zip].filter((part) => part !== '').join(' ')].filter((part) => part !== '').join(', ');
  return (
    <span className="pl">
      {number !== '' && (
        <span className={`plate m ${kind}`} title={words.side[side]}>
          {number}
        </span>
      )}
      <span>
        {[name, unit].filter((part) => part !== '').join(', ') || words.title} <span className="t2 town">{town}</span>
      </span>
    </span>
  );
}
