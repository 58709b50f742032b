import { type ReactNode, type Ref, useId } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import { cx } from './cx.ts';
import { parseDayText, suggestionText } from './day-text.ts';
import { rowDay } from './days.ts';
import styles from './field.module.css';
import { Icon } from './icon.tsx';
import type { Choice } from './pick-face.tsx';
import { ChoiceLine } from './pick-menu.tsx';
import popover from './popover.module.css';

interface Frame {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong, as a sentence; shown beside the field with the triangle. */
  readonly wrong?: ReactNode;
  readonly isWide?: boolean;
  readonly isLabelHidden?: boolean;
}

interface TextProps extends Frame {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'tel';
  readonly autoFocus?: boolean;
  readonly onBlur?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly placeholder?: string;
  readonly maxLength?: number;
}

export function TextField(props: TextProps) {
  const id = useId();
  return (
    <FieldFrame {...props} id={id}>
      <input
        id={id}
        ref={props.inputRef}
        className={styles.input}
        type={props.type ?? 'text'}
        value={props.value}
        placeholder={props.placeholder}
        maxLength={props.maxLength ?? 200}
        aria-invalid={props.wrong ? true : undefined}
        aria-describedby={`${id}-more`}
        // biome-ignore lint/a11y/noAutofocus: a dialog starts in its first field
        autoFocus={props.autoFocus}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={props.onBlur}
      />
    </FieldFrame>
  );
}

export function AreaField(
  props: Frame & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly autoFocus?: boolean;
    readonly rows?: number;
  },
) {
  const id = useId();
  return (
    <FieldFrame {...props} id={id}>
      <textarea
        id={id}
        className={cx(styles.input, styles.area)}
        rows={props.rows ?? 3}
        value={props.value}
        maxLength={20_000}
        aria-invalid={props.wrong ? true : undefined}
        aria-describedby={`${id}-more`}
        // biome-ignore lint/a11y/noAutofocus: opened to be written in
        autoFocus={props.autoFocus}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </FieldFrame>
  );
}

/** A day typed as text. What it was read as stands beside it; a day that no calendar has comes with days to click. */
export function DayField(
  props: Omit<TextProps, 'type' | 'wrong'> & { readonly today: PlainDate; readonly wrong?: ReactNode },
) {
  const read = parseDayText(props.value, props.today);
  const wrong =
    read.kind === 'wrong' ? (
      <NoSuchDay sentence={read.sentence} instead={read.instead} onUse={props.onChange} />
    ) : (
      props.wrong
    );
  const hint = read.kind === 'day' ? rowDay(read.day, props.today) : props.hint;
  return <TextField {...props} placeholder={props.placeholder ?? 'Jun 2'} hint={hint} wrong={wrong} />;
}

/** A day that no calendar has, with days to click instead. */
export function NoSuchDay(props: {
  readonly sentence: string;
  readonly instead: readonly PlainDate[];
  readonly onUse: (text: string) => void;
}) {
  return (
    <>
      {props.sentence}{' '}
      {props.instead.map((day, index) => (
        <span key={day}>
          {index === 0 ? 'Use ' : ' or '}
          <button type="button" className="btn link" onClick={() => props.onUse(suggestionText(day))}>
            {suggestionText(day)}
          </button>
        </span>
      ))}
      {props.instead.length > 0 && '.'}
    </>
  );
}

export function SelectField(
  props: Frame & {
    readonly value: string;
    readonly choices: readonly Choice[];
    readonly onChange: (id: string) => void;
    readonly placeholder?: string;
  },
) {
  return (
    <Select
      className={cx(styles.frame, props.isWide && styles.wide)}
      selectedKey={props.value === '' ? null : props.value}
      onSelectionChange={(key) => props.onChange(String(key))}
      placeholder={props.placeholder ?? 'Choose'}
    >
      <Label className={cx(styles.label, props.isLabelHidden && 'vh')}>{props.label}</Label>
      <Button className={cx(styles.input, styles.select)}>
        <SelectValue className="cut">
          {({ selectedText, defaultChildren, isPlaceholder }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <Icon name="down" size="s" className="push" />
      </Button>
      <More wrong={props.wrong} hint={props.hint} />
      <Popover className={popover.menu} data-overlay="">
        <ListBox className={popover.list}>
          {props.choices.map((choice) => (
            <ListBoxItem key={choice.id} id={choice.id} textValue={choice.title} className={popover.item}>
              {({ isSelected }) => <ChoiceLine choice={choice} isSelected={isSelected} />}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

function FieldFrame(props: Frame & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={cx(styles.frame, props.isWide && styles.wide)}>
      <label className={cx(styles.label, props.isLabelHidden && 'vh')} htmlFor={props.id}>
        {props.label}
      </label>
      {props.children}
      <More id={`${props.id}-more`} wrong={props.wrong} hint={props.hint} />
    </div>
  );
}

function More(props: { readonly id?: string; readonly wrong?: ReactNode; readonly hint?: ReactNode }) {
  if (!props.wrong && !props.hint) return null;
  return (
    <div id={props.id} className={cx(styles.more, Boolean(props.wrong) && styles.wrong)} aria-live="polite">
      {props.wrong ? (
        <>
          <Icon name="late" size="s" className="late" />
          <span>{props.wrong}</span>
        </>
      ) : (
        props.hint
      )}
    </div>
  );
}
