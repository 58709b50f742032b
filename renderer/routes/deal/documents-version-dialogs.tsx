import { useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { VERSION_SUFFIXES, type VersionSuffix } from '../../../core/documents/document.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import { asCallError, call } from '../../data/api.ts';
import { endOfJob, tellEnd } from '../../data/jobs.ts';
import { SUFFIX_WORDS } from '../../data/papers.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { capital, STAGE_TITLES } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { dayAsTyped, parseDayText } from '../../ui/day-text.ts';
import { shortDay } from '../../ui/days.ts';
import { AreaField, DayField, SelectField, TextField } from '../../ui/field.tsx';
import styles from './task.module.css';
import { useTell } from './task-acts.ts';

interface Props {
  readonly dealId: string;
  readonly line: LineView;
  readonly version: VersionView;
  readonly onClose: () => void;
}

/** The day of a paper and who signed it: both are part of its name. */
export function KnowDialog(props: Props) {
  const { version } = props;
  const tell = useTell(props.dealId);
  const today = useToday();
  const [text, setText] = useState(dayAsTyped(version.documentOn as PlainDate));
  const [suffix, setSuffix] = useState<VersionSuffix | null>(version.suffix);
  const read = parseDayText(text, today);
  async function save(): Promise<string | null> {
    if (read.kind !== 'day') return read.kind === 'wrong' ? read.sentence : 'Write the day of the paper.';
    return tell('editVersion', { versionId: version.id, documentOn: read.day, suffix });
  }
  return (
    <AskDialog
      title="What is known of this file"
      lead={<Lead {...props} />}
      says="The file is named by these."
      verb="Save"
      leave="Leave it as it was"
      onLeave={props.onClose}
      onAnswer={save}
    >
      <DayField label="Day of the paper" value={text} onChange={setText} today={today} autoFocus />
      <SelectField
        label="Who signed it"
        value={suffix ?? 'none'}
        choices={[
          { id: 'none', title: 'Nobody, or not said' },
          ...VERSION_SUFFIXES.map((one) => ({ id: one, title: capital(SUFFIX_WORDS[one]) })),
        ]}
        onChange={(id) => setSuffix(id === 'none' ? null : (id as VersionSuffix))}
      />
    </AskDialog>
  );
}

export function MoveDialog(props: Props & { readonly lines: readonly LineView[] }) {
  const { line, version } = props;
  const tell = useTell(props.dealId);
  const [to, setTo] = useState('');
  const others = props.lines.filter((one) => one.id !== line.id && !one.isMetadataOnly);
  return (
    <AskDialog
      title="Where does it belong?"
      lead={<Lead {...props} />}
      says="It becomes the newest version there and is reviewed again."
      verb="Move it"
      leave={`Leave it on ${line.title}`}
      onLeave={props.onClose}
      onAnswer={async () =>
        to === ''
          ? 'Choose the document it belongs to.'
          : tell('moveVersion', { versionId: version.id, toLineId: to, expected: version.verdict })
      }
    >
      <SelectField
        label="Document"
        value={to}
        choices={others.map((one) => ({ id: one.id, title: one.title, detail: STAGE_TITLES[one.stage] }))}
        onChange={setTo}
      />
    </AskDialog>
  );
}

export function TakeOutDialog(props: Props) {
  const { version } = props;
  const tell = useTell(props.dealId);
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      title="Take this file out?"
      lead={<Lead {...props} />}
      says="It leaves the document, and the activity keeps that it was there. Ctrl Z brings it back."
      verb="Take it out"
      leave="Keep it here"
      onLeave={props.onClose}
      onAnswer={async () =>
        reason.trim() === ''
          ? 'Say in a few words why it does not belong here.'
          : tell('removeVersion', { versionId: version.id, reason: reason.trim() })
      }
    >
      <AreaField label="Why" value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}

/** The file as it came stays; the stamped one is filed as the next version. */
export function StampDialog(props: Props) {
  const { version, dealId } = props;
  const today = useToday();
  const session = useSession();
  const [words, setWords] = useState('');
  async function stamp(): Promise<string | null> {
    if (words.trim() === '') return 'Write what the stamp says.';
    try {
      const { jobId } = await call('papers:stamp', { dealId, versionId: version.id, words: words.trim() });
      void endOfJob(session, jobId).then((end) => tellEnd(session, end));
      return null;
    } catch (thrown) {
      return asCallError(thrown).message;
    }
  }
  const day = shortDay(today, today);
  return (
    <AskDialog
      title="Stamp each page"
      lead={<Lead {...props} />}
      says="The words stand in the upper right corner of each page. What came is kept; the stamped file is the next version."
      verb="Stamp it"
      leave="Leave it unstamped"
      onLeave={props.onClose}
      onAnswer={stamp}
    >
      <TextField label="Words" value={words} onChange={setWords} maxLength={120} autoFocus />
      <div className={styles.quick}>
        {[`Received ${day}`, `Copy sent ${day}`, 'Superseded'].map((one) => (
          <button key={one} type="button" className="btn sm" onClick={() => setWords(one)}>
            {one}
          </button>
        ))}
      </div>
    </AskDialog>
  );
}

function Lead(props: Props) {
  return (
    <p className="meta">
      {props.line.title}, version {props.version.number}
    </p>
  );
}
