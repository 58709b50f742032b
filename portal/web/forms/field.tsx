import type { InputHTMLAttributes, ReactNode } from 'react';
import type { FormQuestion } from '../../api/person-home.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import { UNKNOWN } from './answers.ts';

interface FieldProps {
  readonly question: FormQuestion;
  readonly text: string;
  /** What is wrong with it; null while nothing is. */
  readonly wrong: string | null;
  readonly isLocked: boolean;
  readonly onType: (text: string) => void;
}

/** The id of the element that takes the focus when the answer is wrong. */
export function fieldId(questionId: string): string {
  return `answer-${questionId}`;
}

export function Field(props: FieldProps) {
  const { kind } = props.question;
  return kind === 'choice' || kind === 'yes-no' ? <Choices {...props} /> : <Typing {...props} />;
}

function Choices({ question, text, wrong, isLocked, onType }: FieldProps) {
  const { forms } = useWords();
  const options =
    question.kind === 'choice'
      ? question.options
      : [
          { value: 'yes', label: forms.yes },
          { value: 'no', label: forms.no },
        ];
  const all = question.allowUnknown ? [...options, { value: UNKNOWN, label: forms.unknown }] : options;
  const id = fieldId(question.id);
  return (
    <fieldset className="question" aria-describedby={`${id}-help ${id}-wrong`} disabled={isLocked}>
      <legend>{question.ask}</legend>
      <Help id={id} question={question} />
      {all.map(({ value, label }, index) => (
        <label key={value} className="choice">
          <input
            type="radio"
            id={index === 0 ? id : undefined}
            name={question.id}
            value={value}
            checked={text === value}
            onChange={() => onType(value)}
          />
          <span>{label}</span>
        </label>
      ))}
      <Wrong id={id} text={wrong} />
    </fieldset>
  );
}

const INPUTS: Readonly<Partial<Record<FormQuestion['kind'], InputHTMLAttributes<HTMLInputElement>>>> = {
  year: { inputMode: 'numeric', maxLength: 4, size: 6, autoComplete: 'off' },
  money: { inputMode: 'decimal', maxLength: 20, autoComplete: 'off' },
  text: { maxLength: 200 },
  email: { type: 'email', inputMode: 'email', maxLength: 254, autoComplete: 'email', spellCheck: false },
  phone: { type: 'tel', maxLength: 30, autoComplete: 'tel' },
  state: { maxLength: 30, autoComplete: 'address-level1' },
  zip: { inputMode: 'numeric', maxLength: 10, size: 10, autoComplete: 'postal-code' },
  day: { type: 'date' },
};

function Typing({ question, text, wrong, isLocked, onType }: FieldProps) {
  const { forms } = useWords();
  const id = fieldId(question.id);
  const isUnknown = text === UNKNOWN;
  return (
    <div className="question">
      <label htmlFor={id}>{question.ask}</label>
      <Help id={id} question={question} />
      <div className={question.kind === 'money' ? 'money' : ''}>
        {question.kind === 'money' && <span aria-hidden="true">$</span>}
        <input
          {...INPUTS[question.kind]}
          id={id}
          className="field"
          value={isUnknown ? '' : text}
          disabled={isLocked || isUnknown}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-help ${id}-wrong`}
          onChange={(event) => onType(event.target.value)}
        />
      </div>
      {question.allowUnknown && (
        <label className="choice">
          <input
            type="checkbox"
            checked={isUnknown}
            disabled={isLocked}
            onChange={(event) => onType(event.target.checked ? UNKNOWN : '')}
          />
          <span>{forms.unknown}</span>
        </label>
      )}
      <Wrong id={id} text={wrong} />
    </div>
  );
}

function Help({ id, question }: { readonly id: string; readonly question: FormQuestion }) {
  const { forms } = useWords();
  const parts: readonly ReactNode[] = [question.help, question.isRequired ? '' : forms.optional];
  const told = parts.filter((part) => part !== '').join(' ');
  return (
    <p id={`${id}-help`} className="quiet">
      {told}
    </p>
  );
}

function Wrong({ id, text }: { readonly id: string; readonly text: string | null }) {
  return (
    <p id={`${id}-wrong`} className="trouble">
      {text !== null && (
        <>
          <Icon name="late" tone="late" />
          <span>{text}</span>
        </>
      )}
    </p>
  );
}
