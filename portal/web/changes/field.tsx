import type { ReactNode } from 'react';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import type { DraftField, Wrong } from './draft.ts';

/** The first field that is not right yet, said under that field. */
export interface Fault {
  readonly field: DraftField;
  readonly wrong: Wrong;
}

export interface FieldProps {
  readonly name: DraftField;
  readonly label: string;
  readonly value: string;
  readonly fault: Fault | null;
  onChange(value: string): void;
  /** Under the label: how it is now, or how to fill it in. */
  readonly help?: ReactNode;
}

/** How a control points at its help and at what is wrong with it. */
export function describes({ name, fault, help }: Pick<FieldProps, 'name' | 'fault' | 'help'>) {
  const isWrong = fault?.field === name;
  const ids = [help === undefined ? '' : `${name}-help`, isWrong ? `${name}-wrong` : ''].filter((id) => id !== '');
  return {
    id: `ask-${name}`,
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
    'aria-invalid': isWrong || undefined,
  };
}

/** A label, what helps, the control, and what is wrong. */
export function Labelled({
  children,
  ...field
}: Omit<FieldProps, 'value' | 'onChange'> & { readonly children: ReactNode }) {
  const { name, label, help } = field;
  return (
    <div className="ask-field">
      <label htmlFor={`ask-${name}`}>{label}</label>
      {help !== undefined && (
        <p id={`${name}-help`} className="t2">
          {help}
        </p>
      )}
      {children}
      <WrongLine name={name} fault={field.fault} />
    </div>
  );
}

export function WrongLine({ name, fault }: Pick<FieldProps, 'name' | 'fault'>) {
  const { changes } = useWords();
  return (
    <p id={`${name}-wrong`} className="trouble" role="alert">
      {fault?.field === name && (
        <>
          <Icon name="late" tone="late" />
          <span>{changes.wrong[fault.wrong]}</span>
        </>
      )}
    </p>
  );
}

export function TextField({ onChange, ...field }: FieldProps & { readonly type?: 'text' | 'tel' | 'email' }) {
  return (
    <Labelled {...field}>
      <input
        {...describes(field)}
        className="field"
        type={field.type ?? 'text'}
        autoComplete="off"
        maxLength={300}
        value={field.value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

export function LongField({ onChange, ...field }: FieldProps) {
  return (
    <Labelled {...field}>
      <textarea
        {...describes(field)}
        className="field"
        rows={4}
        maxLength={2_000}
        value={field.value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

export function MoneyField({ onChange, ...field }: FieldProps) {
  return (
    <Labelled {...field}>
      <input
        {...describes(field)}
        className="field"
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        value={field.value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface PickProps extends FieldProps {
  readonly options: readonly Option[];
  /** What stands there while nothing is chosen; without it the first option is chosen. */
  readonly none?: string;
}

export function PickField({ onChange, options, none, ...field }: PickProps) {
  return (
    <Labelled {...field}>
      <select
        {...describes(field)}
        className="field"
        value={field.value}
        onChange={(event) => onChange(event.target.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A few options, all of them in sight. */
export function RadioField({ onChange, options, ...field }: PickProps) {
  const { name, label, value, fault } = field;
  return (
    <fieldset className="ask-field">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="radio">
          <input
            type="radio"
            name={`ask-${name}`}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
      <WrongLine name={name} fault={fault} />
    </fieldset>
  );
}
