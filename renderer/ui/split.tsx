import { type KeyboardEvent, type ReactNode, useRef, useSyncExternalStore } from 'react';
import { cx } from './cx.ts';
import { isOverlayOpen, isTyping } from './keys.tsx';
import styles from './split.module.css';

/**
 * A list and what is selected in it. Below 1024 px the pane replaces the list while `isReading`. Esc in a field of the
 * pane goes back to the row; what was typed stays.
 */
export function Split(props: {
  readonly isReading: boolean;
  readonly list: ReactNode;
  readonly pane: ReactNode;
  readonly onBack: () => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  function hear(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || isOverlayOpen() || !isTyping(event.target)) return;
    event.preventDefault();
    props.onBack();
    // A list that the pane stood in for is there again only after this.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus());
  }
  return (
    <div className={cx(styles.split, props.isReading && styles.reading)}>
      <div ref={list} className={styles.list}>
        {props.list}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears Esc for the fields inside */}
      <div className={styles.pane} onKeyDown={hear}>
        {props.pane}
      </div>
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
