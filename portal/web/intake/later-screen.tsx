import { useState } from 'react';
import type { IntakeDraft } from '../../api/intake-calls.ts';
import { dayOf, plainDay } from '../format.ts';
import { askIntake } from './ask-intake.ts';
import { Frame, Wrong } from './frame.tsx';
import { useSending } from './use-sending.ts';
import { useIntakeWords } from './words.ts';

interface LaterProps {
  readonly draft: IntakeDraft;
  readonly onBack: () => void;
  readonly onOver: () => void;
  readonly onCleared: () => void;
}

/** Stopping: where the answers are kept, and how to go on elsewhere. */
export function LaterScreen({ draft, onBack, onOver, onCleared }: LaterProps) {
  const words = useIntakeWords();
  const { later } = words;
  const today = dayOf(new Date().toISOString());
  return (
    <Frame title={later.title} office={draft.office} onBack={onBack}>
      <p>{later.kept(plainDay(dayOf(draft.endsAt), today, words.locale))}</p>
      <button type="button" className="btn go" onClick={onBack}>
        {later.goOn}
      </button>
      <Elsewhere draft={draft} onOver={onOver} />
      <Clear onOver={onOver} onCleared={onCleared} />
    </Frame>
  );
}

function Elsewhere({ draft, onOver }: Pick<LaterProps, 'draft' | 'onOver'>) {
  const { later, workingOnIt } = useIntakeWords();
  const [url, setUrl] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const making = useSending<{ readonly url: string }>({ onDone: (made) => setUrl(made.url), onOver });
  const mailing = useSending<{ readonly sentTo: string }>({
    onDone: ({ sentTo }) => setNote(later.mailed(sentTo)),
    onOver,
  });
  const canMail = draft.canMail && typeof draft.answers.clientEmail === 'string';
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setNote(later.copied);
    } catch {
      // A browser may keep the clipboard to itself; the link stands there to be selected.
      setNote(later.notCopied);
    }
  };
  return (
    <section className="elsewhere">
      <h2>{later.elsewhere}</h2>
      <p>{later.elsewhereText}</p>
      {url === null ? (
        <button
          type="button"
          className="btn"
          disabled={making.isBusy}
          onClick={() => void making.start(() => askIntake('continue', {}))}
        >
          {making.isBusy ? workingOnIt : later.make}
        </button>
      ) : (
        <>
          <label htmlFor="made">{later.made}</label>
          <input id="made" className="field" readOnly value={url} onFocus={(event) => event.target.select()} />
          <button type="button" className="btn" onClick={() => void copy(url)}>
            {later.copy}
          </button>
        </>
      )}
      {canMail && (
        <button
          type="button"
          className="btn"
          disabled={mailing.isBusy}
          onClick={() => void mailing.start(() => askIntake('mail-link', {}))}
        >
          {mailing.isBusy ? workingOnIt : later.mail}
        </button>
      )}
      <p role="status">{note}</p>
      <Wrong id="elsewhere-wrong" text={making.trouble ?? mailing.trouble} />
      <p className="quiet">{later.again}</p>
    </section>
  );
}

function Clear({ onOver, onCleared }: Pick<LaterProps, 'onOver' | 'onCleared'>) {
  const { later } = useIntakeWords();
  const [isAsking, setIsAsking] = useState(false);
  const clearing = useSending<unknown>({ onDone: onCleared, onOver });
  if (!isAsking)
    return (
      <button type="button" className="plain" onClick={() => setIsAsking(true)}>
        {later.clear}
      </button>
    );
  return (
    <section className="elsewhere">
      <p>{later.clearText}</p>
      {/* biome-ignore lint/a11y/noAutofocus: the safe choice */}
      <button type="button" className="btn" autoFocus onClick={() => setIsAsking(false)}>
        {later.keep}
      </button>
      <button
        type="button"
        className="btn"
        disabled={clearing.isBusy}
        onClick={() => void clearing.start(() => askIntake('clear', {}))}
      >
        {later.clearYes}
      </button>
      <Wrong id="clear-wrong" text={clearing.trouble} />
    </section>
  );
}
