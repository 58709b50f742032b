import { useState } from 'react';
import { PARTY_ROLES, type PartyRole, type Stage } from '../../../core/deals/model.ts';
import { DOCUMENT_CLASSES, type DocumentClass } from '../../../core/documents/document.ts';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { newId } from '../../data/ids.ts';
import { CLASS_WORDS, newestOf } from '../../data/papers.ts';
import { useToday } from '../../data/queries.ts';
import { ROLE_WORDS } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { AreaField, SelectField, TextField } from '../../ui/field.tsx';
import styles from './task.module.css';
import { useTell } from './task-acts.ts';
import { stageChoices } from './task-dialogs.tsx';

interface Props {
  readonly dealId: string;
  readonly line: LineView;
  readonly onClose: () => void;
}

type LineWords = Pick<LineView, 'title' | 'clientTitle' | 'stage' | 'ownerRole' | 'class' | 'isRequired'>;

/** A document that the checklist did not name. */
export function AddDialog(props: {
  readonly deal: DealView;
  readonly onAdded: (lineId: string) => void;
  readonly onClose: () => void;
}) {
  const { deal } = props;
  const tell = useTell(deal.id);
  const [words, setWords] = useState<LineWords>({
    ...{ title: '', clientTitle: '', stage: deal.stage, ownerRole: 'client', class: 'disclosure', isRequired: false },
  });
  async function add(): Promise<string | null> {
    if (words.title.trim() === '') return NO_TITLE;
    const lineId = newId();
    const wrong = await tell('addLine', { lineId, ...trimmed(words) });
    if (wrong === null) props.onAdded(lineId);
    return wrong;
  }
  return (
    <AskDialog title="Add a document" verb="Add the document" leave="Add none" onLeave={props.onClose} onAnswer={add}>
      <LineFields words={words} onChange={setWords} />
    </AskDialog>
  );
}

export function EditDialog(props: Props) {
  const { line } = props;
  const tell = useTell(props.dealId);
  const [words, setWords] = useState<LineWords>(() => {
    const { title, clientTitle, stage, ownerRole, isRequired } = line;
    return { title, clientTitle, stage, ownerRole, class: line.class, isRequired };
  });
  return (
    <AskDialog
      title="Change the document"
      says={line.versions.length > 0 ? 'Its files are named after it, and change their names with it.' : undefined}
      verb="Save"
      leave="Leave it as it was"
      onLeave={props.onClose}
      onAnswer={async () =>
        words.title.trim() === '' ? NO_TITLE : tell('editLine', { lineId: line.id, ...trimmed(words) })
      }
    >
      <LineFields words={words} onChange={setWords} />
    </AskDialog>
  );
}

const NO_TITLE = 'Write what the document is called.';

function trimmed(words: LineWords): LineWords {
  return { ...words, title: words.title.trim(), clientTitle: words.clientTitle.trim() };
}

function LineFields(props: { readonly words: LineWords; readonly onChange: (words: LineWords) => void }) {
  const { words } = props;
  const set = (change: Partial<LineWords>) => props.onChange({ ...words, ...change });
  return (
    <>
      <TextField label="Name" value={words.title} onChange={(title) => set({ title })} autoFocus />
      <TextField
        label="What the client reads"
        value={words.clientTitle}
        onChange={(clientTitle) => set({ clientTitle })}
        hint="Empty: the name above"
      />
      <SelectField
        label="Who sends it"
        value={words.ownerRole}
        choices={PARTY_ROLES.map((role) => ({ id: role, title: ROLE_WORDS[role] }))}
        onChange={(role) => set({ ownerRole: role as PartyRole })}
      />
      <SelectField
        label="Stage"
        value={words.stage}
        choices={stageChoices()}
        onChange={(stage) => set({ stage: stage as Stage })}
      />
      <SelectField
        label="What kind it is"
        value={words.class}
        choices={DOCUMENT_CLASSES.filter((one) => one !== 'wire-suspect').map((one) => ({
          id: one,
          title: CLASS_WORDS[one],
        }))}
        onChange={(one) => set({ class: one as DocumentClass })}
        hint={words.class.startsWith('npi') ? 'The lender keeps these. Closeboard holds no file.' : undefined}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={words.isRequired}
          onChange={(event) => set({ isRequired: event.target.checked })}
        />
        The stage is not done without it
      </label>
    </>
  );
}

/** One word of a review about the newest file that was on the screen when it was asked. */
function useReview({ dealId, line }: Props) {
  const tell = useTell(dealId);
  const today = useToday();
  const [versionId] = useState(newestOf(line)?.id ?? null);
  const [expected] = useState(line.state);
  return (act: 'waive' | 'ask-again' | 'elsewhere' | 'let-go', reason: string) =>
    tell('reviewLine', { lineId: line.id, act, versionId, reason: reason.trim(), on: today, expected });
}

export function WaiveLineDialog(props: Props) {
  const review = useReview(props);
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="Not needed?"
      lead={<Lead line={props.line} />}
      says="It stays on the list as not needed, with your reason."
      verb="Not needed"
      leave="Keep asking for it"
      onLeave={props.onClose}
      onAnswer={async () =>
        reason.trim() === '' ? 'Say in a few words why it is not needed.' : review('waive', reason)
      }
    >
      <AreaField label="Why" value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}

export function AskAgainDialog(props: Props) {
  const { line } = props;
  const review = useReview(props);
  const says =
    line.versions.length === 0
      ? 'It is asked for again.'
      : 'It is asked for again. What came so far is kept, with what was said of it.';
  return (
    <AskDialog
      title="Request it again?"
      lead={<Lead line={line} />}
      says={says}
      verb="Request again"
      leave="Leave it as it is"
      onLeave={props.onClose}
      onAnswer={() => review('ask-again', '')}
    />
  );
}

/** For papers that are never kept here. */
export function ElsewhereDialog(props: Props) {
  const review = useReview(props);
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="The lender has it?"
      lead={<Lead line={props.line} />}
      says="Closeboard holds no file of these. It notes who has the paper."
      verb="Note it"
      leave="Not yet"
      onLeave={props.onClose}
      onAnswer={async () => (reason.trim() === '' ? 'Say who has it, and how you know.' : review('elsewhere', reason))}
    >
      <TextField
        label="Who has it, and how you know"
        value={reason}
        onChange={setReason}
        autoFocus
        placeholder="Aiko at the lender wrote on June 4"
      />
    </AskDialog>
  );
}

/** A held file is let go after a call on a number that was known before. */
export function CalledDialog(props: Props) {
  const review = useReview(props);
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="You called, and it is real?"
      lead={<Lead line={props.line} />}
      says="It looks like wire instructions. Never call a number that stands in the file or came with it."
      verb="Let it go"
      leave="Keep it held"
      onLeave={props.onClose}
      onAnswer={async () =>
        reason.trim() === '' ? 'Say whom you called, and on which number you knew before.' : review('let-go', reason)
      }
    >
      <AreaField label="Whom you called, on which number" value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}

function Lead(props: { readonly line: LineView }) {
  return <p className="meta">{props.line.title}</p>;
}
