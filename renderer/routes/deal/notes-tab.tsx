import { useState } from 'react';
import type { DealView, NoteView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { newId } from '../../data/ids.ts';
import { useToday } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { AreaField } from '../../ui/field.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import styles from './notes.module.css';
import { useTell } from './task-acts.ts';

/** Notes on the deal, newest first. */
export function NotesTab(props: { readonly deal: DealView }) {
  const { deal } = props;
  const isOpen = deal.closedOn === null;
  const [isWriting, setWriting] = useState(false);
  const tell = useTell(deal.id);
  useKeys({ a: () => isOpen && setWriting(true) });
  const notes = [...deal.notes].sort((one, other) => (one.writtenAt < other.writtenAt ? 1 : -1));
  return (
    <div className={styles.scroll}>
      <section className={styles.column} aria-label="Notes">
        {isOpen &&
          (isWriting ? (
            <Writer
              label="New note"
              before=""
              verb="Keep the note"
              leave="Leave it"
              onLeave={() => setWriting(false)}
              onKeep={(body) => tell('addNote', { noteId: newId(), body, at: nowInstant() })}
            />
          ) : (
            <button type="button" className={`btn ${styles.start}`} onClick={() => setWriting(true)}>
              Write a note <Kbd>A</Kbd>
            </button>
          ))}
        {notes.length === 0 && !isWriting && <p className="t2">No notes yet.</p>}
        {notes.map((note) => (
          <Note key={note.id} deal={deal} note={note} />
        ))}
      </section>
    </div>
  );
}

function Note(props: { readonly deal: DealView; readonly note: NoteView }) {
  const { deal, note } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const [isEditing, setEditing] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  if (isEditing)
    return (
      <Writer
        label="Note"
        before={note.body}
        verb="Save"
        leave="Leave as it was"
        onLeave={() => setEditing(false)}
        onKeep={(body) => tell('editNote', { noteId: note.id, body })}
      />
    );
  return (
    <article className={styles.note}>
      <p className="meta">
        <b>{note.authorName}</b>, {fullInstant(note.writtenAt, today)}
      </p>
      <p className={styles.text}>{note.body}</p>
      {wrong && <Refusal says={wrong} />}
      {deal.closedOn === null && (
        <p className={styles.acts}>
          <button type="button" className="btn bare sm" onClick={() => setEditing(true)}>
            Change
          </button>
          <button
            type="button"
            className="btn bare sm"
            onClick={async () => setWrong(await tell('removeNote', { noteId: note.id }))}
          >
            Remove
          </button>
        </p>
      )}
    </article>
  );
}

function Writer(props: {
  readonly label: string;
  readonly before: string;
  readonly verb: string;
  readonly leave: string;
  readonly onLeave: () => void;
  readonly onKeep: (body: string) => Promise<string | null>;
}) {
  const [body, setBody] = useState(props.before);
  const [wrong, setWrong] = useState<string | null>(null);
  async function keep(): Promise<void> {
    if (body.trim() === '') return setWrong('Write something first.');
    const sentence = await props.onKeep(body.trim());
    if (sentence === null) props.onLeave();
    else setWrong(sentence);
  }
  return (
    <form
      className={styles.writer}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void keep();
        }
        // Esc leaves only what holds nothing new: what was typed is not lost by a slip.
        if (event.key === 'Escape' && body.trim() === props.before.trim()) props.onLeave();
      }}
    >
      <AreaField label={props.label} value={body} onChange={setBody} rows={4} autoFocus wrong={wrong} />
      <p className={styles.acts}>
        <button type="submit" className="btn go">
          {props.verb} <Kbd>Mod Enter</Kbd>
        </button>
        <button type="button" className="btn" onClick={props.onLeave}>
          {props.leave}
        </button>
      </p>
    </form>
  );
}
