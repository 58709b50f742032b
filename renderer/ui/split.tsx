import { type ReactNode, useSyncExternalStore } from 'react';
import { cx } from './cx.ts';
import styles from './split.module.css';

/** A list and what is selected in it. Below 1024 px the pane replaces the list while `isReading`. */
export function Split(props: { readonly isReading: boolean; readonly list: ReactNode; readonly pane: ReactNode }) {
  return (
    <div className={cx(styles.split, props.isReading && styles.reading)}>
      <div className={styles.list}>{props.list}</div>
      <div className={styles.pane}>{props.pane}</div>
    </div>
  );
}

export function useMedia(query: string): boolean {
  const media = window.matchMedia?.(query);
  return useSyncExternalStore(
    (listener) => {
      media?.addEventListener('change', listener);
      return () => media?.removeEventListener('change', listener);
    },
    () => media?.matches ?? false,
  );
}

/** Whether list and pane share one place. */
export function useIsNarrow(): boolean {
  return useMedia('(max-width: 1023px)');
}
