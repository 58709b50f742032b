import { useId } from 'react';
import { cx } from '../../ui/cx.ts';
import styles from './new-deal.module.css';

/** A few choices that all stand there to be seen. */
export function Choices(props: {
  readonly label: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className={cx('plain', styles.choices)}>
      <legend>{props.label}</legend>
      {props.choices.map(([value, title]) => (
        <label key={value}>
          <input type="radio" name={name} checked={props.value === value} onChange={() => props.onChange(value)} />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
