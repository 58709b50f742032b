import { type ReactNode, useId } from 'react';
import styles from './folders.module.css';

/** On or off, at once; the sentence below says what is true now. */
export function Switch(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children?: ReactNode;
}) {
  const id = useId();
  return (
    <div className={styles.switch}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={props.isOn}
        aria-checked={props.isOn}
        aria-describedby={`${id}-more`}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <label htmlFor={id}>{props.label}</label>
      <p id={`${id}-more`} className="meta">
        {props.children}
      </p>
    </div>
  );
}
