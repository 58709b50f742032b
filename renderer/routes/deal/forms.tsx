import { useEffect, useState } from 'react';
import type { FormView } from '../../../electron/contract/portal-rows.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { toShow, usePortalRows } from '../../data/portal-rows.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { counted } from '../../data/words.ts';
import { rowInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/marks.tsx';
import { useStore } from '../../ui/store.ts';
import styles from './forms.module.css';
import { AskQuestionsDialog } from './forms-ask.tsx';
import { FormDialog } from './forms-dialog.tsx';
import { FORM_FACES } from './forms-words.ts';

/** Questions for people of the deal: what was asked of whom, what came back, and asking more. */
export function Forms(props: { readonly deal: DealView }) {
  const { deal } = props;
  const rows = usePortalRows(deal.id);
  const [open, setOpen] = useWantedForm();
  const [isAsking, setAsking] = useWantedQuestions(deal);
  if (rows === undefined) return null;
  const isOver = deal.closedOn !== null;
  const forms = rows.forms.filter(({ state }) => state !== 'withdrawn');
  const form = rows.forms.find(({ id }) => id === open) ?? null;
  if (forms.length === 0 && isOver) return null;
  return (
    <section aria-label="Questions for people">
      <div className={styles.head}>
        <h2>Questions for people</h2>
        {rows.questions.length > 0 && <span className="meta">{counted(rows.questions.length, 'question')} open</span>}
        {!isOver && rows.questions.length > 0 && (
          <button type="button" className="btn bare sm push" onClick={() => setAsking(true)}>
            <Icon name="plus" size="s" /> Ask questions
          </button>
        )}
      </div>
      {forms.length === 0 ? (
        <p className={`t2 ${styles.none}`}>
          {rows.questions.length === 0
            ? 'Everything that people could be asked is known.'
            : 'Nobody was asked anything. Their answers come back here, and change nothing until you take them.'}
        </p>
      ) : (
        <ol className={styles.list}>
          {forms.map((one) => (
            <FormRow key={one.id} form={one} onOpen={() => setOpen(one.id)} />
          ))}
        </ol>
      )}
      {form && <FormDialog deal={deal} form={form} onClose={() => setOpen(null)} />}
      {isAsking && <AskQuestionsDialog deal={deal} rows={rows} onClose={() => setAsking(false)} />}
    </section>
  );
}

function FormRow(props: { readonly form: FormView; readonly onOpen: () => void }) {
  const { form } = props;
  const today = useToday();
  const face = FORM_FACES[form.state];
  const at = form.state === 'sent' ? form.sentAt : (form.decidedAt ?? form.askedAt);
  return (
    <li>
      <button type="button" className="btn link" onClick={props.onOpen}>
        {form.title}
      </button>
      <span className="meta" dir="auto">
        {form.person}, {counted(form.questions.length, 'question')}, {rowInstant(at ?? form.askedAt, today)}
      </span>
      <Mark state={face.state} shape={face.shape}>
        {face.says}
      </Mark>
    </li>
  );
}

/** Somebody who came to see a form finds it open. */
function useWantedForm() {
  const store = toShow(useSession(), 'form');
  const wanted = useStore(store);
  const [shown, show] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    store.set(null);
    show(wanted);
  }, [store, wanted]);
  return [shown, show] as const;
}

function useWantedQuestions(deal: DealView) {
  const store = toShow(useSession(), 'questions');
  const wanted = useStore(store);
  const [shown, show] = useState(false);
  useEffect(() => {
    if (wanted !== deal.id) return;
    store.set(null);
    show(deal.closedOn === null);
  }, [store, wanted, deal.id, deal.closedOn]);
  return [shown, show] as const;
}
