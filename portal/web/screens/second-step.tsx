import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { SecondStep } from '../../api/values.ts';
import { ask, type Problem } from '../ask.ts';
import { Frame, Trouble } from '../frame.tsx';
import { useWords } from '../words.ts';

interface StepProps {
  readonly second: SecondStep;
  /** The link was opened just now, so the code goes out at once. */
  readonly isNew: boolean;
  readonly onIn: () => void;
  /** What the button says; "Open my page" on the way in. */
  readonly go?: string;
  readonly onOut: () => void;
}

export function SecondStepPage(props: StepProps) {
  const words = useWords();
  return (
    <Frame title={props.second.step === 'word' ? words.word.title : words.code.title}>
      <SecondStepFields {...props} />
    </Frame>
  );
}

/** The step by itself, for a place in a page. */
export function SecondStepFields(props: StepProps) {
  return props.second.step === 'word' ? <WordStep {...props} /> : <CodeStep {...props} />;
}

/** Sends an answer; what is wrong with it is kept beside the field. */
function useAnswer({ onIn, onOut }: Pick<StepProps, 'onIn' | 'onOut'>) {
  const { problem } = useWords();
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const fail = (why: Problem) => {
    if (why.type === 'not-signed-in') return onOut();
    setTrouble(problem(why));
    setIsBusy(false);
  };
  const send = async (answer: string) => {
    setIsBusy(true);
    setTrouble(null);
    const told = await ask('confirm', { answer });
    if (told.ok) onIn();
    else fail(told.problem);
  };
  return { isBusy, trouble, setTrouble, send, fail };
}

type Sent = 'not-yet' | 'sending' | 'sent';

function CodeStep({ second, isNew, onIn, onOut, go }: StepProps) {
  const words = useWords();
  const { code, workingOnIt } = words;
  const [sent, setSent] = useState<Sent>('not-yet');
  const [digits, setDigits] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const answer = useAnswer({ onIn, onOut });
  const request = async () => {
    setSent('sending');
    answer.setTrouble(null);
    setDigits('');
    const told = await ask('send-code', {});
    // When no new one goes out, the one before may still be good.
    setSent(told.ok ? 'sent' : sent);
    if (!told.ok) answer.fail(told.problem);
  };
  useOnce(isNew, request);
  const hasField = sent === 'sent';
  useEffect(() => {
    if (hasField) field.current?.focus();
  }, [hasField]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (digits.length !== 8) return answer.setTrouble(code.short);
    void answer.send(digits);
  };
  return (
    <>
      <p aria-live="polite">{sentence(sent, second.sentTo, code)}</p>
      {sent === 'not-yet' && (
        <button type="button" className="btn go" onClick={() => void request()}>
          {code.send}
        </button>
      )}
      {hasField && (
        <form onSubmit={submit} noValidate>
          <label htmlFor="code">{code.label}</label>
          <input
            ref={field}
            id="code"
            className="field code"
            inputMode="numeric"
            autoComplete="one-time-code"
            enterKeyHint="go"
            maxLength={20}
            value={grouped(digits)}
            onChange={(event) => setDigits(event.target.value.replaceAll(/\D/g, '').slice(0, 8))}
            aria-describedby="trouble"
          />
          <button type="submit" className="btn go" disabled={answer.isBusy}>
            {answer.isBusy ? workingOnIt : (go ?? code.go)}
          </button>
        </form>
      )}
      <div id="trouble">
        <Trouble text={answer.trouble} />
      </div>
      {hasField && (
        <>
          <p className="quiet">{code.late}</p>
          <button type="button" className="btn" onClick={() => void request()}>
            {code.again}
          </button>
        </>
      )}
    </>
  );
}

function WordStep({ onIn, onOut, go }: StepProps) {
  const { word, workingOnIt } = useWords();
  const [text, setText] = useState('');
  const answer = useAnswer({ onIn, onOut });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return answer.setTrouble(word.missing);
    void answer.send(text);
  };
  return (
    <>
      <p>{word.text}</p>
      <form onSubmit={submit} noValidate>
        <label htmlFor="word">{word.label}</label>
        <input
          id="word"
          className="field"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={120}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-describedby="trouble"
        />
        <button type="submit" className="btn go" disabled={answer.isBusy}>
          {answer.isBusy ? workingOnIt : (go ?? word.go)}
        </button>
      </form>
      <div id="trouble">
        <Trouble text={answer.trouble} />
      </div>
    </>
  );
}

function sentence(sent: Sent, to: string, code: ReturnType<typeof useWords>['code']): string {
  if (sent === 'sending') return code.sending;
  return sent === 'sent' ? code.sent(to) : code.ready(to);
}

/** "1234 5678", as the mail writes it. */
function grouped(digits: string): string {
  return digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
}

/** Once, however often the page is drawn. */
function useOnce(isWanted: boolean, work: () => Promise<void>): void {
  const isDone = useRef(!isWanted);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    void work();
  });
}
