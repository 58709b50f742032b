import { useState } from 'react';
import type { OpenQuestion, PortalRows } from '../../../electron/contract/portal-rows.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { newId } from '../../data/ids.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import ticks from './documents-known.module.css';
import { senders } from './documents-request.tsx';
import styles from './forms.module.css';
import { useTell } from './task-acts.ts';

const MOST = 40;

/** Questions that nobody has answered for this deal, for one person. Those that the checklist hangs on are chosen. */
export function AskQuestionsDialog(props: {
  readonly deal: DealView;
  readonly rows: PortalRows;
  readonly onClose: () => void;
}) {
  const { deal, rows } = props;
  const tell = useTell(deal.id);
  const people = senders(deal);
  const [personId, setPersonId] = useState(people[0]?.id ?? '');
  const [title, setTitle] = useState('About the home and the purchase');
  // As they stood when the dialog opened: an answer that comes meanwhile moves nothing under the pointer.
  const [questions] = useState(rows.questions);
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(byDefault(questions)));
  const person = people.find(({ id }) => id === personId);
  function put(id: string, isOn: boolean): void {
    const next = new Set(picked);
    if (isOn) next.add(id);
    else next.delete(id);
    setPicked(next);
  }
  async function ask(): Promise<string | null> {
    if (person === undefined) return 'Choose whom you ask. Add a person under People first if nobody is there.';
    if (title.trim() === '') return 'Write what the questions are called on their page.';
    if (picked.size === 0) return 'Choose at least one question.';
    if (picked.size > MOST) return `Choose at most ${MOST} questions at a time.`;
    const questionIds = questions.map(({ id }) => id).filter((id) => picked.has(id));
    const at = new Date().toISOString();
    return tell('askForm', { formId: newId(), personId: person.id, title: title.trim(), questionIds, at });
  }
  return (
    <AskDialog
      title="Ask questions"
      says="They answer on their page. Nothing changes on the deal until you take the answers."
      verb={person === undefined ? 'Ask' : `Ask ${person.name}`}
      leave="Ask nothing"
      onLeave={props.onClose}
      onAnswer={ask}
    >
      <SelectField
        label="Whom"
        value={personId}
        choices={people.map(({ id, name, role }) => ({ id, title: name, detail: ROLE_WORDS[role] }))}
        onChange={setPersonId}
      />
      <TextField label="What they are called on the page" value={title} onChange={setTitle} maxLength={120} />
      <fieldset className={`plain ${ticks.ticks}`}>
        <legend>
          Questions, {picked.size} of {questions.length} chosen
        </legend>
        <div className={styles.questions}>
          {groupsOf(questions).map(({ head, of }) => (
            <div key={head}>
              <p className="meta">{head}</p>
              {of.map(({ id, ask: words }) => (
                <label key={id}>
                  <input type="checkbox" checked={picked.has(id)} onChange={(event) => put(id, event.target.checked)} />
                  <span>{words}</span>
                </label>
              ))}
            </div>
          ))}
        </div>
      </fieldset>
    </AskDialog>
  );
}

function groupsOf(questions: readonly OpenQuestion[]) {
  return [
    { head: 'The checklist depends on these', of: questions.filter(({ isRead }) => isRead) },
    { head: 'Good to know', of: questions.filter(({ isRead }) => !isRead) },
  ].filter(({ of }) => of.length > 0);
}

/** What the checklist hangs on; all of them when it hangs on none. */
export function byDefault(questions: readonly OpenQuestion[]): readonly string[] {
  const read = questions.filter(({ isRead }) => isRead);
  return (read.length > 0 ? read : questions).slice(0, MOST).map(({ id }) => id);
}
