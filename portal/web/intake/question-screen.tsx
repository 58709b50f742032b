import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { FormQuestion } from '../../api/person-home.ts';
import { Icon } from '../icon.tsx';
import { type AnswerValue, typed } from './answers.ts';
import { QuestionField } from './field.tsx';
import { Frame, Wrong } from './frame.tsx';
import type { Sending } from './use-sending.ts';
import { useIntakeWords } from './words.ts';

export interface QuestionProps {
  readonly question: FormQuestion;
  readonly answer: AnswerValue | undefined;
  readonly office: string;
  /** Which of how many it is, from 1; null while nobody can say. */
  readonly place: { readonly at: number; readonly of: number | null };
  readonly isFromReview: boolean;
  /** How many further questions the answer before this one led to; 0 says nothing. */
  readonly more: number;
  readonly sending: Sending;
  readonly onAnswer: (value: AnswerValue) => void;
  readonly onBack: (() => void) | undefined;
  readonly onLater: () => void;
}

/** One question. What is chosen from a few is answered with one press; what is typed, with Continue. */
export function QuestionScreen(props: QuestionProps) {
  const { question, place, more, sending, office } = props;
  const words = useIntakeWords();
  const isPressed = question.kind === 'choice' || question.kind === 'yes-no';
  return (
    <Frame
      title={question.ask}
      office={office}
      onBack={props.onBack}
      isFocusElsewhere={!isPressed && hasMouse()}
      above={
        <div className="far">
          <progress max={place.of ?? 20} value={place.at - 1} aria-hidden="true" />
          <p className="t2">{words.question.place(place.at, place.of)}</p>
          {more > 0 && <p role="status">{words.question.more(more)}</p>}
        </div>
      }
    >
      {question.help !== '' && (
        <p className="t2" id="help">
          {question.help}
        </p>
      )}
      {isPressed ? <Choices {...props} /> : <Typed {...props} />}
      <p role="status" className="quiet">
        {sending.isBusy ? words.workingOnIt : ''}
      </p>
      <button type="button" className="plain" onClick={props.onLater}>
        {words.question.later}
      </button>
    </Frame>
  );
}

function Choices({ question, answer, sending, onAnswer }: QuestionProps) {
  const words = useIntakeWords();
  const choices: readonly (readonly [string | boolean, string])[] =
    question.kind === 'yes-no'
      ? [
          [true, words.question.yes],
          [false, words.question.no],
        ]
      : question.options.map(({ value, label }) => [value, label] as const);
  const all = question.allowUnknown ? [...choices, ['unknown', words.question.unknown] as const] : choices;
  return (
    <>
      <ul className="choices" aria-labelledby="title">
        {all.map(([value, label]) => (
          <li key={label}>
            <button
              type="button"
              className="btn"
              aria-pressed={answer === value}
              disabled={sending.isBusy}
              onClick={() => onAnswer(value)}
            >
              <span>{label}</span>
              {answer === value ? <Icon name="check" /> : <Icon name="right" />}
            </button>
          </li>
        ))}
      </ul>
      <Wrong id="wrong" text={sending.trouble} />
      {!question.isRequired && <Skip onAnswer={onAnswer} isBusy={sending.isBusy} />}
    </>
  );
}

function Typed({ question, answer, sending, isFromReview, onAnswer }: QuestionProps) {
  const { question: words } = useIntakeWords();
  const [value, setValue] = useState(() => typed(question, answer));
  const [missing, setMissing] = useState<string | null>(null);
  const field = useRef<HTMLElement>(null);
  const trouble = missing ?? sending.trouble;
  useEffect(() => {
    if (hasMouse()) field.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (trouble !== null) field.current?.focus();
  }, [trouble]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() !== '') return onAnswer(value);
    if (!question.isRequired) return onAnswer(null);
    setMissing(question.allowUnknown ? words.missingOrUnknown : words.missing);
    field.current?.focus();
  };
  const hint = Object.hasOwn(words.hints, question.kind) ? words.hints[question.kind as keyof typeof words.hints] : '';
  return (
    <form onSubmit={submit} noValidate>
      {hint !== '' && (
        <p className="quiet" id="hint">
          {hint}
        </p>
      )}
      <QuestionField
        question={question}
        value={value}
        isWrong={trouble !== null}
        describedBy="help hint wrong"
        hold={(element) => {
          field.current = element;
        }}
        onChange={(next) => {
          setValue(next);
          setMissing(null);
          sending.calm();
        }}
      />
      <Wrong id="wrong" text={trouble} />
      <button type="submit" className="btn go" disabled={sending.isBusy}>
        {isFromReview ? words.save : words.goOn}
      </button>
      {question.allowUnknown && (
        <button
          type="button"
          className="btn"
          aria-pressed={answer === 'unknown'}
          disabled={sending.isBusy}
          onClick={() => onAnswer('unknown')}
        >
          {words.unknown}
        </button>
      )}
      {!question.isRequired && <Skip onAnswer={onAnswer} isBusy={sending.isBusy} />}
    </form>
  );
}

function Skip({ onAnswer, isBusy }: { readonly onAnswer: QuestionProps['onAnswer']; readonly isBusy: boolean }) {
  const { question } = useIntakeWords();
  return (
    <button type="button" className="btn" disabled={isBusy} onClick={() => onAnswer(null)}>
      {question.skip}
    </button>
  );
}

/** With a mouse there is a keyboard already, so the field may have the focus without one coming up over the question. */
function hasMouse(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(pointer: fine)').matches;
}
