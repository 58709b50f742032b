import { useState } from 'react';
import type { CallOutput } from '../../../electron/contract/calls.ts';
import type { AccessEntry } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { keys, useToday } from '../../data/queries.ts';
import { useAskPortal } from '../../data/sync.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { parseDayText } from '../../ui/day-text.ts';
import { DayField, TextField } from '../../ui/field.tsx';
import { Switch } from '../settings/folders-switch.tsx';
import styles from './access.module.css';
import { LinkMade } from './link-made.tsx';
import { OwnPortalNotice } from './own-portal-notice.tsx';
import { firstName, suggestWord } from './words.ts';

interface Props {
  readonly deal: DealView;
  readonly entry: AccessEntry;
  readonly canMail: boolean;
  readonly isShared: boolean;
  readonly onClose: () => void;
}

type Made = Extract<CallOutput<'access:make-link'>, { kind: 'ok' }>['value'];

/** A link for one person on one deal: how they prove who they are, whether they may download, until when. */
export function LinkDialog(props: Props) {
  const [made, setMade] = useState<{ readonly link: Made; readonly word: string } | null>(null);
  if (made === null) return <Questions {...props} onMade={(link, word) => setMade({ link, word })} />;
  return (
    <LinkMade
      name={props.entry.name}
      isShared={props.isShared}
      made={made.link}
      word={made.word}
      onClose={props.onClose}
    />
  );
}

function Questions(props: Props & { readonly onMade: (made: Made, word: string) => void }) {
  const { deal, entry, canMail } = props;
  const today = useToday();
  const ask = useAskPortal();
  const canCode = canMail && entry.email !== '';
  const [step, setStep] = useState<'code' | 'word'>(canCode ? 'code' : 'word');
  const [word, setWord] = useState('');
  const [mayDownload, setMayDownload] = useState(true);
  const [isByDay, setByDay] = useState(false);
  const [dayText, setDayText] = useState('');
  const [isChecked, setChecked] = useState(false);
  const day = parseDayText(dayText, today);
  const name = firstName(entry.name);
  const wrongWord = step === 'word' && word.trim().length < 6 ? 'Write a word of six letters or more.' : '';
  const wrongDay = isByDay ? (day.kind === 'empty' ? 'Write the last day.' : pastDay()) : '';

  function pastDay(): string {
    if (day.kind === 'wrong') return day.sentence;
    return day.kind === 'day' && day.day < today ? 'This day is over. Write one that is ahead.' : '';
  }

  async function make(): Promise<string | null> {
    setChecked(true);
    if (wrongWord !== '' || wrongDay !== '') return 'Nothing was made. One field needs a look.';
    const told = await ask(
      'access:make-link',
      {
        ...{ dealId: deal.id, personId: entry.id, secondStep: step, mayDownload },
        word: step === 'word' ? word.trim() : '',
        expiresOn: isByDay && day.kind === 'day' ? day.day : null,
      },
      [keys.access(deal.id), keys.trail(deal.id)],
    );
    if (!told.ok) return told.sentence;
    props.onMade(told.value, step === 'word' ? word.trim() : '');
    // It goes on in place of the questions.
    return '';
  }

  return (
    <AskDialog
      title={`Make a link for ${entry.name}`}
      lead={<p className="meta">{`${deal.plate} ${deal.streetName}`.trim()}</p>}
      verb="Make the link"
      leave="Make none"
      onLeave={props.onClose}
      onAnswer={make}
    >
      {!props.isShared && <OwnPortalNotice name={name} />}
      <WhatTheySee entry={entry} name={name} />
      <fieldset className={`plain ${styles.set}`}>
        <legend>How {name} shows who they are</legend>
        <label>
          <input
            type="radio"
            name="step"
            checked={step === 'code'}
            disabled={!canCode}
            onChange={() => setStep('code')}
          />
          <span>
            A code by e-mail, each time on a new device
            <small>{codeNote(canMail, entry.email)}</small>
          </span>
        </label>
        <label>
          <input type="radio" name="step" checked={step === 'word'} onChange={() => setStep('word')} />
          <span>
            A word that you agree on by phone
            <small>Tell it by phone, on a number that you know. Never write it beside the address.</small>
          </span>
        </label>
      </fieldset>
      {step === 'word' && (
        <div className={styles.word}>
          <TextField
            label="The word"
            value={word}
            onChange={setWord}
            maxLength={120}
            wrong={isChecked && wrongWord}
            hint="Large or small letters are the same"
          />
          <button type="button" className="btn" onClick={() => setWord(suggestWord())}>
            Suggest one
          </button>
        </div>
      )}
      <Switch label="May download files" isOn={mayDownload} onChange={setMayDownload}>
        {mayDownload ? `${name} can keep what is shown.` : `${name} can read files and not download them.`}
      </Switch>
      <fieldset className={`plain ${styles.set}`}>
        <legend>Until</legend>
        <label>
          <input type="radio" name="until" checked={!isByDay} onChange={() => setByDay(false)} />
          <span>
            30 days after closing
            <small>
              {deal.closingOn === null
                ? 'There is no closing day yet: it lasts 90 days, and follows the closing once there is one.'
                : 'It moves when the closing moves.'}
            </small>
          </span>
        </label>
        <label>
          <input type="radio" name="until" checked={isByDay} onChange={() => setByDay(true)} />
          <span>A day</span>
        </label>
      </fieldset>
      {isByDay && (
        <DayField label="Last day" value={dayText} onChange={setDayText} today={today} wrong={isChecked && wrongDay} />
      )}
    </AskDialog>
  );
}

function codeNote(canMail: boolean, email: string): string {
  if (!canMail) return 'The portal has no mail set up, so it can send no code.';
  return email === '' ? 'There is no e-mail address. Write it under People first.' : `It goes to ${email}.`;
}

function WhatTheySee(props: { readonly entry: AccessEntry; readonly name: string }) {
  const { entry, name } = props;
  return (
    <details className={styles.sees}>
      <summary>
        What {name} will see: {entry.short}
      </summary>
      {entry.sentences.map((sentence) => (
        <p key={sentence} className="t2">
          {sentence}
        </p>
      ))}
    </details>
  );
}
