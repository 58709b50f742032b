import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { FormQuestion, OwnForm } from '../../api/person-home.ts';
import { firstName } from '../format.ts';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useAct, useDeal } from '../inside/deal.ts';
import { dropDraft, keepDraft, readDraft } from '../inside/drafts.ts';
import { Gone } from '../inside/gone.tsx';
import { Screen } from '../inside/screen.tsx';
import type { ScreenProps } from '../inside/screens.ts';
import type { Messages } from '../messages.ts';
import { useWords } from '../words.ts';
import { answersOf, type Typed, typedFrom, typedOf, UNKNOWN, wrongIn } from './answers.ts';
import { Field, fieldId } from './field.tsx';

/** Questions for this person. `at.id` is the form. */
export function FormScreen({ at }: ScreenProps) {
  const { forms } = useWords();
  const { home } = useDeal();
  const form = home.forms.find(({ id }) => id === at.id);
  if (form === undefined) return <Gone title={forms.gone} text={forms.goneText} />;
  const isOpen = form.state === 'asked' || form.state === 'returned';
  return isOpen && !home.isPreview ? <Open key={form.state} form={form} /> : <Answers form={form} />;
}

function Open({ form }: { readonly form: OwnForm }) {
  const words = useWords();
  const { forms } = words;
  const { helper, go } = useDeal();
  const draft = `form ${form.id}`;
  const [typed, setTyped] = useState<Typed>(() => typedFrom(readDraft(draft), form));
  const [wrong, setWrong] = useState<ReadonlyMap<string, 'missing' | 'wrong'>>(new Map());
  const act = useAct('send-form', form.id, draft);
  useFocusOnRefusal(act.state);
  const type = (id: string, text: string) => {
    const next = { ...typed, [id]: text };
    setTyped(next);
    keepDraft(draft, next);
    if (wrong.has(id)) setWrong(new Map([...wrong].filter(([each]) => each !== id)));
    if (act.state.at === 'refused') act.forget();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const found = wrongIn(form.questions, typed);
    setWrong(found);
    const first = form.questions.find(({ id }) => found.has(id));
    if (first !== undefined) return document.getElementById(fieldId(first.id))?.focus();
    await act.run({ formId: form.id, answers: answersOf(typed) });
  };
  const refused = act.state.at === 'refused' ? act.state.problem : null;
  const refusedAt = refused !== null && 'questionId' in refused ? refused.questionId : undefined;
  const isAtField = form.questions.some(({ id }) => id === refusedAt);
  const sentenceAt = (question: FormQuestion) => {
    if (question.id === refusedAt && refused !== null) return words.problem(refused);
    const what = wrong.get(question.id);
    return what === undefined ? null : sentenceOf(what, question, forms);
  };
  return (
    <Screen title={form.title} lead={forms.lead}>
      {form.state === 'returned' && <Returned reason={form.reason} />}
      <form className="form" noValidate onSubmit={(event) => void send(event)}>
        {form.questions.map((question) => (
          <Field
            key={question.id}
            question={question}
            text={typed[question.id] ?? ''}
            wrong={sentenceAt(question)}
            isLocked={act.isBusy}
            onType={(text) => type(question.id, text)}
          />
        ))}
        <Trouble text={wrong.size > 0 ? forms.someWrong(wrong.size) : null} />
        <button type="submit" className="btn go" disabled={act.isBusy}>
          {forms.send}
        </button>
        {isAtField ? null : <ActLine act={act} />}
      </form>
      {helper !== null && (
        <button type="button" className="plain" onClick={() => go({ screen: 'messages' })}>
          {words.next.ask(firstName(helper.name))}
        </button>
      )}
    </Screen>
  );
}

/** The field that the portal refused takes the focus, so whoever listens hears what is wrong with it. */
function useFocusOnRefusal(state: { readonly at: string; readonly problem?: object }): void {
  const questionId = state.problem !== undefined && 'questionId' in state.problem ? state.problem.questionId : null;
  useEffect(() => {
    if (typeof questionId === 'string') document.getElementById(fieldId(questionId))?.focus();
  }, [questionId]);
}

function sentenceOf(what: 'missing' | 'wrong', question: FormQuestion, forms: Messages['forms']): string {
  if (what === 'wrong') return forms.wrong[question.kind];
  return question.allowUnknown ? forms.missingOrUnknown : forms.missing;
}

function Returned({ reason }: { readonly reason: string }) {
  const { forms } = useWords();
  return (
    <p className="note">
      <Icon name="back" />
      <span>{forms.returned(reason)}</span>
    </p>
  );
}

/** What was answered, once it is sent. */
function Answers({ form }: { readonly form: OwnForm }) {
  const { forms } = useWords();
  const said = useRef<HTMLParagraphElement>(null);
  const typed = typedOf(form);
  useEffect(() => {
    dropDraft(`form ${form.id}`);
    said.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [form.id]);
  return (
    <Screen title={form.title}>
      <p ref={said} tabIndex={-1} className="good">
        <Icon name={form.state === 'taken' ? 'done' : 'eye'} tone={form.state === 'taken' ? 'done' : 'review'} />{' '}
        {forms.states[form.state]}
      </p>
      <dl className="answers">
        {form.questions.map((question) => (
          <div key={question.id}>
            <dt>{question.ask}</dt>
            <dd>{answerWords(question, typed[question.id] ?? '', forms)}</dd>
          </div>
        ))}
      </dl>
    </Screen>
  );
}

function answerWords(question: FormQuestion, text: string, forms: Messages['forms']): string {
  if (text === '') return forms.notAnswered;
  if (text === UNKNOWN) return forms.unknown;
  if (question.kind === 'choice') return question.options.find(({ value }) => value === text)?.label ?? text;
  if (question.kind === 'yes-no') return text === 'yes' ? forms.yes : forms.no;
  return question.kind === 'money' ? `$${text}` : text;
}
