import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { CloseButton } from './close-button.tsx';
import { Icon } from './icon.tsx';
import { Kbd } from './keys.tsx';
import styles from './toast.module.css';

/** Long enough to read and reach; the activity of the deal keeps the sentence and the Undo. */
const SHOWN_MS = 8_000;

export interface ToastLine {
  readonly id: string;
  readonly text: string;
  readonly kind: 'done' | 'refused';
  readonly link?: { readonly title: string; readonly to: string };
}

/** One line at the foot of the page: what was done, with Undo. A refusal stays until it is put away. */
export function ToastRegion(props: {
  readonly toast: ToastLine | null;
  /** The screen that is open: nothing leads to it. */
  readonly here?: string;
  readonly onUndo: (() => void) | null;
  readonly onLink?: (to: string) => void;
  readonly onClose: () => void;
}) {
  const { toast, onClose } = props;
  const [isHeld, setHeld] = useState(false);
  const box = useRoom(toast?.id ?? null);
  useEffect(() => {
    if (toast === null || isHeld || toast.kind === 'refused') return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld, onClose]);
  return (
    <div className={styles.region}>
      <div role="status" aria-live="polite" className={toast === null ? undefined : styles.place}>
        {toast !== null && (
          // biome-ignore lint/a11y/noStaticElementInteractions: only stays while the pointer or the focus is on it
          <div
            key={toast.id}
            ref={box}
            className={styles.toast}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            {toast.kind === 'refused' && <Icon name="blocked" className="blocked" />}
            <span>{toast.text}</span>
            {toast.link && toast.link.to !== props.here && (
              <button type="button" className="btn sm" onClick={() => toast.link && props.onLink?.(toast.link.to)}>
                {toast.link.title}
              </button>
            )}
            {props.onUndo && (
              <button type="button" className="btn sm" onClick={props.onUndo}>
                Undo <Kbd>Mod Z</Kbd>
              </button>
            )}
            <CloseButton says="Put away" onPress={onClose} />
          </div>
        )}
      </div>
    </div>
  );
}

/** Says how high the line is, in `--toast`: a dialog leaves that much room below it, so that no button is covered. */
function useRoom(id: string | null) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const line = box.current;
    if (id === null || line === null) return;
    const root = document.documentElement;
    const say = () => root.style.setProperty('--toast', `${line.offsetHeight}px`);
    say();
    window.addEventListener('resize', say);
    return () => {
      window.removeEventListener('resize', say);
      root.style.removeProperty('--toast');
    };
  }, [id]);
  return box;
}
