import { useState } from 'react';
import type { FormView } from '../../../electron/contract/portal-rows.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useToday } from '../../data/queries.ts';
import { capital } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { AreaField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Mark } from '../../ui/marks.tsx';
import { useImpact } from '../impact/use-impact.ts';
import styles from './forms.module.css';
import { FORM_FACES, takingText } from './forms-words.ts';
import { useTell } from './task-acts.ts';

interface Props {
  readonly deal: DealView;
  readonly form: FormView;
  readonly onClose: () => void;
}

/** One form: where it stands, the answers beside what the deal says now, and what is done with them. */
export function FormDialog(props: Props) {
  const { form, deal } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isReturning, setReturning] = useState(false);
  const [reason, setReason] = useState('');
  const face = FORM_FACES[form.state];
  const isSent = form.state === 'sent' && deal.closedOn === null;
  const isOut =
    (form.state === 'asked' || form.state === 'returned' || form.state === 'sent') && deal.closedOn === null;
  async function act(name: string, more: object = {}): Promise<void> {
    const sentence = await tell(name, { formId: form.id, at: new Date().toISOString(), ...more });
    setWrong(sentence);
    if (sentence === null) props.onClose();
  }
  const giveBack = () =>
    reason.trim() === ''
      ? setWrong('Say in a few words what is to be answered again. They read it on their page.')
      : void act('returnForm', { reason: reason.trim().slice(0, 300) });
  return (
    <Dialog
      title={form.title}
      lead={
        <p className="meta" dir="auto">
          {form.person}, asked {lower(fullInstant(form.askedAt, today))} by {form.askedBy}
        </p>
      }
      width={isSent || form.state === 'taken' ? 'wide' : 'narrow'}
      onClose={props.onClose}
    >
      <div className={styles.body}>
        <p className={styles.standing}>
          <Mark state={face.state} shape={face.shape} isBoxed>
            {face.says}
          </Mark>
          <span className="meta">{standing(form, (at) => lower(fullInstant(at, today)))}</span>
        </p>
        {form.state === 'returned' && form.reason !== '' && (
          <p className="banner waiting">
            <Icon name="back" />
            <span dir="auto">Sent back: {form.reason}</span>
          </p>
        )}
        <Answers form={form} />
        {isSent && <Adds deal={deal} form={form} />}
        {isReturning && (
          <AreaField label="What is to be answered again" value={reason} onChange={setReason} autoFocus rows={2} />
        )}
        {wrong && <Refusal says={wrong} />}
      </div>
      <DialogFoot>
        {isOut && !isReturning && (
          <button type="button" className="btn bare" onClick={() => void act('withdrawForm')}>
            Take the questions back
          </button>
        )}
        <button
          type="button"
          className="btn push"
          onClick={() => (isReturning ? setReturning(false) : props.onClose())}
        >
          {isReturning ? 'Do not send it back' : 'Close'} <Kbd>Esc</Kbd>
        </button>
        {isSent && (
          <button
            type="button"
            className={isReturning ? 'btn go' : 'btn'}
            onClick={() => (isReturning ? giveBack() : setReturning(true))}
          >
            <Icon name="back" /> Send it back
          </button>
        )}
        {isSent && !isReturning && (
          <button type="button" className="btn go" onClick={() => void act('takeForm', { sentAt: form.sentAt })}>
            <Icon name="check" /> Take the answers
          </button>
        )}
      </DialogFoot>
    </Dialog>
  );
}

function standing({ state, sentAt, decidedAt }: FormView, when: (at: string) => string): string {
  const on = (at: string | null) => (at === null ? '' : `${capital(when(at))}. `);
  switch (state) {
    case 'asked':
      return 'On their page, not answered yet.';
    case 'sent':
      return `${on(sentAt)}Nothing has changed on the deal yet.`;
    case 'taken':
      return `${on(decidedAt)}Each answer is kept as what is known.`;
    case 'returned':
      return `${on(decidedAt)}It is on their page again.`;
    case 'withdrawn':
      return `${on(decidedAt)}It is not on their page any more.`;
  }
}

function Answers(props: { readonly form: FormView }) {
  const { form } = props;
  const hasAnswers = form.questions.some(({ answer }) => answer !== '');
  return (
    <table className={styles.answers}>
      <thead>
        <tr>
          <th scope="col">Question</th>
          {hasAnswers && <th scope="col">Their answer</th>}
          <th scope="col">Known now</th>
        </tr>
      </thead>
      <tbody>
        {form.questions.map(({ id, ask, answer, now }) => (
          <tr key={id}>
            <th scope="row">{ask}</th>
            {hasAnswers && (
              <td dir="auto">
                {answer === '' ? <span className="t3">Left out</span> : answer === now ? answer : <b>{answer}</b>}
              </td>
            )}
            <td dir="auto">{now === '' ? <span className="t3">Not known</span> : now}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What taking the answers would do to the list, before it is done. */
function Adds(props: { readonly deal: DealView; readonly form: FormView }) {
  const { form } = props;
  const reply = useImpact(props.deal.id, {
    name: 'takeForm',
    args: { formId: form.id, at: form.sentAt ?? form.askedAt, sentAt: form.sentAt },
  }).data;
  if (reply === undefined) return null;
  if (reply.outcome === 'refused')
    return (
      <p className="banner blocked">
        <Icon name="blocked" />
        <span>{reply.refusal.message}</span>
      </p>
    );
  return (
    <p className="banner accent" role="status">
      <Icon name="today" />
      <span>{takingText(reply.impact)}</span>
    </p>
  );
}

function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
