import type { Way } from '../data/on-its-way.ts';
import { Middle } from './calm.tsx';
import { Icon } from './icon.tsx';
import { Bar } from './marks.tsx';
import styles from './on-its-way.module.css';

/** What stands where the pages of a file will be, once it is here. */
export function OnItsWay(props: { readonly way: Way }) {
  const { way } = props;
  return (
    <Middle>
      <Icon name="waiting" size="l" className="waiting" />
      <p className="t2" role="status">
        {way.sentence}
      </p>
      {way.moving && (
        <span className={styles.bar}>
          <Bar done={way.moving.done} total={way.moving.bytes} />
        </span>
      )}
    </Middle>
  );
}
