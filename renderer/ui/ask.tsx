import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './ask.module.css';
import { Refusal } from './calm.tsx';
import { Dialog, DialogFoot } from './dialog.tsx';
import { Kbd } from './keys.tsx';

/** A short question with a few fields. Ctrl Enter answers; a refusal stays beside the fields, with what was typed. */
export function AskDialog(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly says?: ReactNode;
  readonly verb: string;
  readonly leave: string;
  readonly children?: ReactNode;
  readonly onLeave: () => void;
  /** Gives back the sentence of a refusal, or null when it is done and the dialog may go. */
  readonly onAnswer: () => Promise<string | null>;
}) {
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const leave = useRef<HTMLButtonElement>(null);
  // Where no field took the focus, the safe choice has it: Ctrl Enter is heard from there as well.
  useEffect(() => {
    if (form.current?.contains(document.activeElement) === false) leave.current?.focus();
  }, []);
  async function answer(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    const sentence = await props.onAnswer();
    setBusy(false);
    if (sentence === null) props.onLeave();
    else setWrong(sentence);
  }
  return (
    <Dialog title={props.title} lead={props.lead} onClose={props.onLeave}>
      <form
        ref={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void answer();
        }}
        // On its way down: a choice that has the focus would take Enter for its list and let nobody else hear it.
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
          event.preventDefault();
          event.stopPropagation();
          void answer();
        }}
      >
        <div className={styles.fields}>
          {props.says && <p className="t2">{props.says}</p>}
          {props.children}
          {wrong && <Refusal says={wrong} />}
        </div>
        <DialogFoot>
          <button ref={leave} type="button" className="btn" onClick={props.onLeave}>
            {props.leave} <Kbd>Esc</Kbd>
          </button>
          <button type="submit" className="btn go">
            {props.verb} <Kbd>Mod Enter</Kbd>
          </button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
