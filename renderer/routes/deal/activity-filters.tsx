import { useRef } from 'react';
import type { TrailPage } from '../../../electron/contract/sync.ts';
import type { TrailFilter } from '../../data/trail.ts';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { PickMenu } from '../../ui/pick-menu.tsx';
import styles from './activity.module.css';
import { CHIPS, isChipOn, toggled } from './activity-words.ts';

const EVERYBODY = '*';

/** Kinds to show, and whose. None picked shows all. */
export function ActivityFilters(props: {
  readonly filter: TrailFilter;
  readonly actors: TrailPage['actors'];
  readonly onFilter: (filter: TrailFilter) => void;
}) {
  const { filter, actors, onFilter } = props;
  const first = useRef<HTMLButtonElement>(null);
  useKeys({ f: () => first.current?.focus() });
  const people = [
    { id: EVERYBODY, title: 'Everybody' },
    ...actors.map(({ actor, name }) => ({ id: actor, title: name })),
  ];
  return (
    <search className={styles.filters} aria-label="Filters of the activity">
      {CHIPS.map((chip, index) => (
        <button
          key={chip.title}
          ref={index === 0 ? first : undefined}
          type="button"
          className={styles.chip}
          aria-pressed={isChipOn(chip, filter.groups)}
          onClick={() => onFilter({ ...filter, groups: toggled(chip, filter.groups) })}
        >
          {chip.title}
        </button>
      ))}
      <span className={styles.who}>
        <Icon name="people" size="s" />
        <PickMenu
          label="Who"
          rest="everybody"
          choices={people}
          picked={filter.actor === '' ? [] : [filter.actor]}
          onPick={([id]) => onFilter({ ...filter, actor: id === undefined || id === EVERYBODY ? '' : id })}
        />
      </span>
    </search>
  );
}
