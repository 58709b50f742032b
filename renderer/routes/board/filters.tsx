import { Suspense } from 'react';
import { STATE_NAMES } from '../../../core/deals/address-states.ts';
import { SIDES, type Side } from '../../../core/deals/model.ts';
import type { BoardFilter, Settings } from '../../../electron/contract/values.ts';
import type { WorkspaceView } from '../../data/queries.ts';
import { useIsPainted } from '../../data/ready.ts';
import { SIDE_WORDS } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { Plate } from '../../ui/marks.tsx';
import { PickButtonFace } from '../../ui/pick-face.tsx';
import type { PickMenuProps } from '../../ui/pick-menu.tsx';
import { preloadable } from '../../ui/preloadable.tsx';
import styles from './board.module.css';

const LoadedPickMenu = preloadable(() => import('../../ui/pick-menu.tsx').then((it) => it.PickMenu));

/** The same button from the first paint on; its list comes a moment later. */
function PickMenu(props: PickMenuProps) {
  const waiting = (
    <button type="button" className="btn sm">
      <PickButtonFace {...props} />
    </button>
  );
  if (!useIsPainted()) return waiting;
  return (
    <Suspense fallback={waiting}>
      <LoadedPickMenu {...props} />
    </Suspense>
  );
}

const CLOSING = [
  { id: 'any', title: 'any time' },
  { id: '7', title: 'within 7 days' },
  { id: '14', title: 'within 14 days' },
  { id: '30', title: 'within 30 days' },
  { id: '60', title: 'within 60 days' },
];

export function isFiltered(filter: BoardFilter): boolean {
  return Object.values(filter).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false,
  );
}

export function Filters(props: {
  readonly workspace: WorkspaceView;
  readonly filter: BoardFilter;
  readonly onFilter: (filter: BoardFilter) => void;
  readonly density: Settings['density'];
  readonly onDensity: (density: Settings['density']) => void;
}) {
  const { filter, onFilter, workspace } = props;
  const owners = workspace.members.map((member) => ({
    id: member.id,
    title: member.id === workspace.profile.memberId ? `me, ${member.name}` : member.name,
  }));
  const states = [...new Set(workspace.forms.map((form) => form.state))].filter((code) => STATE_NAMES.has(code)).sort();
  const closing = filter.closingWithinDays === undefined ? 'any' : String(filter.closingWithinDays);
  return (
    <div className={cx(styles.row, styles.filters)} data-filters="">
      <PickMenu
        label="Owner"
        rest="everybody"
        choices={[{ id: 'all', title: 'everybody' }, ...owners]}
        picked={[filter.ownerId ?? 'all'].filter((id) => id !== 'all')}
        onPick={([id]) => onFilter({ ...filter, ownerId: id === 'all' ? undefined : id })}
      />
      <PickMenu
        label="Side"
        rest="any"
        isMultiple
        choices={SIDES.map((side) => ({ id: side, title: SIDE_WORDS[side] }))}
        picked={filter.sides ?? []}
        onPick={(ids) => onFilter({ ...filter, sides: ids.length === 0 ? undefined : (ids as Side[]) })}
      />
      {states.length > 0 && (
        <PickMenu
          label="State"
          rest="all"
          isMultiple
          choices={states.map((state) => ({ id: state, title: state }))}
          picked={filter.states ?? []}
          onPick={(ids) => onFilter({ ...filter, states: ids.length === 0 ? undefined : [...ids] })}
        />
      )}
      <PickMenu
        label="Closing"
        rest="any time"
        choices={CLOSING}
        picked={closing === 'any' ? [] : [closing]}
        onPick={([id]) => onFilter({ ...filter, closingWithinDays: !id || id === 'any' ? undefined : Number(id) })}
      />
      <button
        type="button"
        className="btn sm"
        aria-pressed={filter.onlyMissing === true}
        onClick={() => onFilter({ ...filter, onlyMissing: filter.onlyMissing ? undefined : true })}
      >
        Something missing
      </button>
      {isFiltered(filter) && (
        <button type="button" className="btn sm bare" onClick={() => onFilter({})}>
          Clear
        </button>
      )}
      <Legend />
      <Density density={props.density} onDensity={props.onDensity} />
    </div>
  );
}

function Legend() {
  return (
    <span className={cx(styles.legend, 'meta', 'push')} aria-hidden="true">
      <Plate number="12" kind="buy" says="Buyer side" /> buyer <Plate number="12" kind="sell" says="Seller side" />{' '}
      seller <Plate number="12" kind="rent" says="Rental side" /> rental
    </span>
  );
}

export function Density(props: {
  readonly density: Settings['density'];
  readonly onDensity: (density: Settings['density']) => void;
}) {
  return (
    <fieldset className={cx(styles.seg, 'plain')} aria-label="Density">
      {(['roomy', 'compact'] as const).map((density) => (
        <button
          key={density}
          type="button"
          aria-pressed={props.density === density}
          onClick={() => props.onDensity(density)}
        >
          {density === 'roomy' ? 'Roomy' : 'Compact'}
        </button>
      ))}
    </fieldset>
  );
}
