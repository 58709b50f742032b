import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { call } from '../../data/api.ts';
import { type OneJob, useOneJob } from '../../data/jobs.ts';
import { saveCopy } from '../../data/papers.ts';
import { type JobProgress, type ToastLink, useSession } from '../../data/session.tsx';
import { counted } from '../../data/words.ts';
import { Middle } from '../../ui/calm.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Paper } from '../../ui/paper.tsx';
import styles from './documents.module.css';
import { ChooseFiles, type Chosen, pickedOf } from './documents-choose.tsx';
import { JobInDialog } from './documents-job.tsx';
import { Room } from './documents-room.tsx';
import { packetChoices } from './documents-state.ts';

interface Props {
  readonly deal: DealView;
  readonly lines: readonly LineView[];
  readonly onClose: () => void;
}

/** Cover, contents and the chosen files as one PDF: chosen first, then built, then shown. */
export function PacketRoom(props: Props) {
  const { deal } = props;
  const [rows, setRows] = useState<readonly Chosen[]>(() => packetChoices(props.lines));
  const job = useOneJob((end) => documentsLink(deal.id, end));
  const picked = pickedOf(rows);
  const build = () =>
    picked.length > 0 &&
    !job.isRunning &&
    void job.start(() => call('papers:packet', { dealId: deal.id, versionIds: [...picked] }));
  const end = doneOf(job);
  if (end?.made)
    return <MadeRoom title="Closing packet" end={end} made={end.made} onAgain={job.reset} onClose={props.onClose} />;
  return (
    <ChooseRoom
      title="Closing packet"
      rows={rows}
      onRows={setRows}
      job={job}
      runs="Making the closing packet"
      verb="Build the packet"
      canBuild={picked.length > 0}
      onBuild={build}
      onClose={props.onClose}
    >
      <p className="t2">
        A cover, a contents page with links, and these files in this order, as one PDF. It is filed on the deal as
        “Closing packet”.
      </p>
      <p>
        <b>{counted(picked.length, 'document')}</b> of {rows.length}
      </p>
      <p className="meta">What is approved is picked. Held files are never put into a packet.</p>
    </ChooseRoom>
  );
}

/** Several files as one; it waits in the inbox until somebody says what it is. */
export function MergeRoom(props: Props) {
  const { deal, onClose } = props;
  const session = useSession();
  const [rows, setRows] = useState<readonly Chosen[]>(() =>
    packetChoices(props.lines).map((row) => ({ ...row, isPicked: false, note: '' })),
  );
  const [title, setTitle] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const job = useOneJob(() => ({ title: 'Open the inbox', to: '/inbox' }));
  const picked = pickedOf(rows);
  const end = doneOf(job);
  useEffect(() => {
    if (end === null) return;
    const link = { title: 'Open the inbox', to: '/inbox' };
    session.toast.set({ id: end.jobId, text: end.sentence, kind: 'done', undo: null, link });
    onClose();
  }, [end, session, onClose]);
  function build(): void {
    const isNamed = title.trim() !== '';
    setWrong(isNamed ? null : 'Write what the new file is called.');
    if (!isNamed || picked.length < 2 || job.isRunning) return;
    void job.start(() => call('papers:merge', { dealId: deal.id, versionIds: [...picked], title: title.trim() }));
  }
  return (
    <ChooseRoom
      title="Make one file of several"
      rows={rows}
      onRows={setRows}
      job={job}
      runs="Making one file"
      verb="Make one file"
      canBuild={picked.length >= 2}
      onBuild={build}
      onClose={onClose}
    >
      <p className="t2">The files in this order become one PDF. It comes to the inbox for this deal; the files stay.</p>
      <TextField label="What it is called" value={title} onChange={setTitle} wrong={wrong} />
      <p className="meta">{picked.length < 2 ? 'Pick two files at least.' : `${picked.length} files`}</p>
    </ChooseRoom>
  );
}

/** What is in, what is not and from whom, on paper. It starts at once: there is nothing to choose. */
export function ChecklistRoom(props: { readonly deal: DealView; readonly onClose: () => void }) {
  const dealId = props.deal.id;
  const job = useOneJob((end) => documentsLink(dealId, end));
  const { start } = job;
  const isAsked = useRef(false);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void start(() => call('papers:checklist', { dealId }));
  }, [start, dealId]);
  const end = doneOf(job);
  if (end?.made) return <MadeRoom title="Checklist" end={end} made={end.made} onClose={props.onClose} />;
  return (
    <Room
      title="Checklist"
      onClose={props.onClose}
      paper={
        <Middle>
          <JobInDialog job={job} says="Making the checklist" />
        </Middle>
      }
      side={<p className="t2">Every document of the deal by stage, what is in and what is still missing.</p>}
    />
  );
}

function doneOf(job: OneJob): JobProgress | null {
  return job.progress !== null && job.progress !== 'starting' && job.progress.state === 'done' ? job.progress : null;
}

function documentsLink(dealId: string, end: JobProgress): ToastLink | undefined {
  if (end.state !== 'done') return undefined;
  return { title: 'Open the documents', to: `/deals/${encodeURIComponent(dealId)}?tab=documents` };
}

function ChooseRoom(props: {
  readonly title: string;
  readonly rows: readonly Chosen[];
  readonly onRows: (rows: readonly Chosen[]) => void;
  readonly job: OneJob;
  readonly runs: string;
  readonly verb: string;
  readonly canBuild: boolean;
  readonly children: ReactNode;
  readonly onBuild: () => unknown;
  readonly onClose: () => void;
}) {
  const { job } = props;
  return (
    <Room
      title={props.title}
      onClose={props.onClose}
      keys={{ 'mod+Enter': () => void props.onBuild() }}
      paper={<ChooseFiles rows={props.rows} onRows={props.onRows} />}
      side={<div className={styles.beside}>{props.children}</div>}
      foot={
        <>
          <div>
            <JobInDialog job={job} says={props.runs} />
          </div>
          <button type="button" className="btn" onClick={props.onClose}>
            {job.isRunning ? 'Go on working meanwhile' : 'Not now'} <Kbd>Esc</Kbd>
          </button>
          <button
            type="button"
            className="btn go"
            disabled={!props.canBuild || job.isRunning}
            onClick={() => void props.onBuild()}
          >
            {props.verb} <Kbd>Mod Enter</Kbd>
          </button>
        </>
      }
    />
  );
}

/** What was made, to read and to save. */
function MadeRoom(props: {
  readonly title: string;
  readonly end: JobProgress;
  readonly made: { readonly sha256: string; readonly name: string };
  readonly onAgain?: () => void;
  readonly onClose: () => void;
}) {
  const session = useSession();
  const { made } = props;
  return (
    <Room
      title={props.title}
      onClose={props.onClose}
      paper={<Paper sha256={made.sha256} kind="pdf" name={made.name} />}
      side={
        <div className={styles.beside}>
          <p role="status">
            <Icon name="done" className="done" /> {props.end.sentence}
          </p>
          <p className={`mono ${styles.name}`}>{made.name}</p>
          <div className={styles.besideActs}>
            <button type="button" className="btn go" onClick={() => void saveCopy(session, made)}>
              Save a copy
            </button>
            {props.onAgain && (
              <button type="button" className="btn" onClick={props.onAgain}>
                Choose other documents
              </button>
            )}
          </div>
        </div>
      }
    />
  );
}
