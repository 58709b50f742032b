import type { DealView } from '../../../electron/contract/values.ts';
import { type SearchKind, type SearchPlace, SHOWN_KINDS } from '../../data/search.ts';
import { Icon } from '../../ui/icon.tsx';
import { KIND_TITLES } from './hits.tsx';
import styles from './search.module.css';

/** What is looked through. Nothing pressed is everything. */
export function SearchFilters(props: {
  readonly place: SearchPlace;
  /** The one deal that is looked through, once it is read. */
  readonly deal: DealView | null;
  readonly onPlace: (next: SearchPlace) => void;
}) {
  const { place, deal, onPlace } = props;
  const { kinds, deal: dealId, open, ...rest } = place;
  const put = (change: { kinds?: readonly SearchKind[] | undefined; deal?: undefined; open?: true | undefined }) => {
    const next = { kinds, deal: dealId, open, ...change };
    onPlace({
      ...rest,
      ...(next.kinds === undefined || next.kinds.length === 0 ? {} : { kinds: next.kinds }),
      ...(next.deal === undefined ? {} : { deal: next.deal }),
      ...(next.open === undefined ? {} : { open: next.open }),
    });
  };
  const toggle = (kind: SearchKind) => {
    const now = kinds ?? [];
    put({
      kinds: now.includes(kind)
        ? now.filter((one) => one !== kind)
        : SHOWN_KINDS.filter((one) => one === kind || now.includes(one)),
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons is no set of fields
    <div role="group" aria-label="Look through" className={styles.filters}>
      {SHOWN_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="btn sm"
          aria-pressed={kinds?.includes(kind) ?? false}
          onClick={() => toggle(kind)}
        >
          {KIND_TITLES[kind]}
        </button>
      ))}
      <button
        type="button"
        className="btn sm"
        aria-pressed={open === true}
        onClick={() => put({ open: open === true ? undefined : true })}
      >
        Only open deals
      </button>
      {dealId !== undefined && (
        <button type="button" className="btn sm" aria-pressed="true" onClick={() => put({ deal: undefined })}>
          <bdi>Only {deal === null ? 'this deal' : `${deal.plate} ${deal.streetName}`.trim()}</bdi>
          <Icon name="x" size="s" />
        </button>
      )}
    </div>
  );
}
