import { type ReactNode, useEffect, useState } from 'react';
import styles from './calm.module.css';
import { Icon } from './icon.tsx';

/** Words for what takes longer than a blink; before that nothing, so that quick things do not flicker. */
export function Waiting(props: { readonly says: string }) {
  const isLong = useAfter(300);
  return (
    <p className={styles.waiting} role="status">
      {isLong ? props.says : ''}
    </p>
  );
}

export function useAfter(milliseconds: number): boolean {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return isAfter;
}

/** What could not be read, and the one thing to do about it. */
export function Problem(props: { readonly says: string; readonly detail?: string; readonly onAgain: () => void }) {
  return (
    <div className={styles.middle} role="alert">
      <h2>{props.says}</h2>
      {props.detail && <p className="t2">{props.detail}</p>}
      <button type="button" className="btn" onClick={props.onAgain}>
        Try again
      </button>
    </div>
  );
}

export function Middle(props: { readonly children: ReactNode }) {
  return <div className={styles.middle}>{props.children}</div>;
}

/** A refusal, where it happened. */
export function Refusal(props: { readonly says: string }) {
  return (
    <p className="banner blocked" role="alert">
      <Icon name="blocked" />
      <span>{props.says}</span>
    </p>
  );
}
