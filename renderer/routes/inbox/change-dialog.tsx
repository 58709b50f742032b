import { useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { DOCUMENT_CLASSES, VERSION_SUFFIXES } from '../../../core/documents/document.ts';
import { CLASS_WORDS, SUFFIX_WORDS } from '../../data/papers.ts';
import { capital } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { dayAsTyped, parseDayText } from '../../ui/day-text.ts';
import { DayField, SelectField, TextField } from '../../ui/field.tsx';
import type { Draft } from './draft.ts';

const UNSIGNED = 'none';
const SUFFIXES = [
  { id: UNSIGNED, title: 'Nobody, or not known' },
  ...VERSION_SUFFIXES.map((suffix) => ({ id: suffix, title: capital(SUFFIX_WORDS[suffix]), detail: suffix })),
];
const CLASSES = DOCUMENT_CLASSES.filter((one) => one !== 'wire-suspect').map((one) => ({
  id: one,
  title: CLASS_WORDS[one],
}));
const THEN = [
  { id: 'review', title: 'To review' },
  { id: 'file', title: 'Only filed' },
];

/** The day, the signatures and what comes after; title and kind for a new document. Nothing is filed by this. */
export function ChangeDialog(props: {
  readonly draft: Draft;
  readonly today: PlainDate;
  readonly onLeave: () => void;
  readonly onChange: (draft: Draft) => void;
}) {
  const [draft, setDraft] = useState(props.draft);
  const [day, setDay] = useState(dayAsTyped(props.draft.documentOn));
  const isNew = draft.lineId === null;
  const put = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  async function answer(): Promise<string | null> {
    const read = parseDayText(day, props.today);
    if (read.kind !== 'day') return 'Write the day of the document, like Jun 2.';
    props.onChange({ ...draft, title: draft.title.trim(), documentOn: read.day });
    return null;
  }
  return (
    <AskDialog
      title="Change how it is filed"
      verb="Use these"
      leave="Keep it as it was"
      onLeave={props.onLeave}
      onAnswer={answer}
    >
      {isNew && (
        <TextField
          label="Title of the new document"
          value={draft.title}
          maxLength={300}
          onChange={(title) => put({ title })}
        />
      )}
      {isNew && (
        <SelectField
          label="Kind of document"
          value={draft.class}
          choices={CLASSES}
          onChange={(id) => put({ class: DOCUMENT_CLASSES.find((one) => one === id) ?? draft.class })}
        />
      )}
      <DayField
        label="Day of the document"
        value={day}
        onChange={setDay}
        today={props.today}
        autoFocus
        hint="Its last signature, else the day it came"
      />
      <SelectField
        label="Signed"
        value={draft.suffix ?? UNSIGNED}
        choices={SUFFIXES}
        onChange={(id) => put({ suffix: VERSION_SUFFIXES.find((one) => one === id) ?? null })}
      />
      <SelectField
        label="Then"
        value={draft.toReview ? 'review' : 'file'}
        choices={THEN}
        onChange={(id) => put({ toReview: id === 'review' })}
      />
    </AskDialog>
  );
}
