import { useEffect, useRef } from 'react';
import type { SearchHit } from '../../../electron/contract/papers.ts';
import { type SearchKind, SHOWN_KINDS } from '../../data/search.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { Plate } from '../../ui/marks.tsx';
import styles from './search.module.css';
import { Snippet } from './snippet.tsx';

export const KIND_TITLES: Record<SearchKind, string> = {
  deal: 'Deals',
  person: 'People',
  document: 'Documents',
  note: 'Notes',
};

export function hitKey({ kind, refId }: SearchHit): string {
  return `${kind}-${refId}`;
}

/** Kind by kind, in the order they are listed in; within a kind the best stays first. */
export function inOrder(hits: readonly SearchHit[]): readonly SearchHit[] {
  return SHOWN_KINDS.flatMap((kind) => hits.filter((hit) => hit.kind === kind));
}

/** The hits, under the head of their kind. The field above keeps the focus and says which one is picked. */
export function Hits(props: {
  readonly id: string;
  readonly hits: readonly SearchHit[];
  readonly picked: number;
  readonly isFull: boolean;
  readonly onOpen: (hit: SearchHit) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const { hits, picked } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is picked
  useEffect(() => {
    const row = list.current?.querySelector('[aria-selected="true"]');
    // With its head, where it is the first of its kind.
    const head = row?.previousElementSibling;
    (head?.getAttribute('role') === 'presentation' ? head : row)?.scrollIntoView({ block: 'nearest' });
    row?.scrollIntoView({ block: 'nearest' });
  }, [picked, hits]);
  return (
    <div className={styles.scroll}>
      <div ref={list} id={props.id} role="listbox" aria-label="Found" tabIndex={-1} className={styles.list}>
        {SHOWN_KINDS.map((kind) => {
          const own = hits.filter((hit) => hit.kind === kind);
          return (
            own.length > 0 && (
              // biome-ignore lint/a11y/useSemanticElements: a group of options of a listbox
              <div key={kind} role="group" aria-label={KIND_TITLES[kind]} className={styles.group}>
                <div role="presentation" aria-hidden="true" className={styles.kind}>
                  {KIND_TITLES[kind]} <span>{own.length}</span>
                </div>
                {own.map((hit) => (
                  <Row
                    key={hitKey(hit)}
                    id={`${props.id}-${hitKey(hit)}`}
                    hit={hit}
                    isPicked={hits[picked] === hit}
                    onOpen={() => props.onOpen(hit)}
                  />
                ))}
              </div>
            )
          );
        })}
      </div>
      {props.isFull && (
        <p className={styles.full}>
          These are the best {hits.length}. Another word, or a filter, finds what is not among them.
        </p>
      )}
    </div>
  );
}

function Row(props: {
  readonly id: string;
  readonly hit: SearchHit;
  readonly isPicked: boolean;
  readonly onOpen: () => void;
}) {
  const { hit } = props;
  const { deal } = hit;
  const isDeal = hit.kind === 'deal';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
    <div
      id={props.id}
      role="option"
      aria-selected={props.isPicked}
      tabIndex={-1}
      data-hit={hit.kind}
      className={cx(styles.row, props.isPicked && styles.picked)}
      onClick={props.onOpen}
    >
      <Plate number={deal.plate} kind={PLATE_KINDS[deal.side]} says={sideSays(deal.side)} />
      <div>
        <p className={styles.title}>
          <bdi>{titleOf(hit)}</bdi>
        </p>
        {(hit.detail !== '' || !isDeal) && (
          <p className={styles.detail}>
            {!isDeal && <bdi className={styles.street}>{deal.street}</bdi>}
            {!isDeal && hit.detail !== '' && deal.street !== '' && ' · '}
            <bdi>{hit.detail}</bdi>
          </p>
        )}
        {hit.snippet.length > 0 && (
          <p className={styles.snippet} dir="auto">
            <Snippet of={hit.snippet} />
          </p>
        )}
      </div>
    </div>
  );
}

/** A deal without its house number, which the plate shows. */
function titleOf({ kind, title, deal }: SearchHit): string {
  return kind === 'deal' && title.startsWith(`${deal.plate} `) ? title.slice(deal.plate.length + 1) : title;
}
