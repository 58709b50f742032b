import { useState } from 'react';
import type { WatchedFolder } from '../../../electron/contract/papers.ts';
import { type FolderChange, useFolderActs } from '../../data/folders.ts';
import { useToday } from '../../data/queries.ts';
import { counted } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './folders.module.css';
import { folderName } from './folders-path.ts';
import { Rules } from './folders-rules.tsx';
import { Switch } from './folders-switch.tsx';

/** One watched folder: where it is, how it stands, what is done with its files, and its rules. */
export function FolderCard(props: { readonly folder: WatchedFolder }) {
  const { folder } = props;
  const acts = useFolderActs();
  const [wrong, setWrong] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const change = async (how: FolderChange) => setWrong(await acts.change(folder.id, () => how));
  return (
    <section className={styles.folder} aria-label={`Folder ${folder.path}`} data-folder={folder.id}>
      <h3 className={styles.path}>
        <bdi dir="ltr">{folder.path}</bdi>
      </h3>
      <Standing folder={folder} />
      {wrong && <Refusal says={wrong} />}
      <Switches folder={folder} onChange={(how) => void change(how)} />
      <Rules folder={folder} />
      <p className={styles.acts}>
        {!folder.isPaused && (
          <button type="button" className="btn sm" onClick={async () => setWrong(await acts.lookAgain(folder.id))}>
            Look again now
          </button>
        )}
        <button type="button" className="btn sm bare" onClick={() => setLeaving(true)}>
          Stop watching
        </button>
      </p>
      {isLeaving && (
        <AskDialog
          title={`Stop watching ${folderName(folder.path)}?`}
          says={`Nothing in the folder is touched, and what came from it stays in Closeboard.${
            folder.rules.length > 0 ? ` Its ${counted(folder.rules.length, 'rule goes', 'rules go')} with it.` : ''
          }`}
          verb="Stop watching"
          leave="Keep watching"
          onLeave={() => setLeaving(false)}
          onAnswer={() => acts.remove(folder.id)}
        />
      )}
    </section>
  );
}

const SHAPES: Record<
  WatchedFolder['state']['kind'],
  { readonly icon: string; readonly says: string; readonly colour: string }
> = {
  ready: { icon: 'check', says: 'Watched', colour: 't2' },
  scanning: { icon: 'search', says: 'Looking through it', colour: 't2' },
  paused: { icon: 'snooze', says: 'Paused', colour: 't2' },
  missing: { icon: 'missing', says: 'Not there', colour: 'due' },
  problem: { icon: 'blocked', says: 'Needs a look', colour: 'blocked' },
};

/** Whether it is watched, how many files it holds and how many wait, and what to know about it. */
function Standing(props: { readonly folder: WatchedFolder }) {
  const { kind, files, sentence, lastScanAt } = props.folder.state;
  const today = useToday();
  const { icon, says, colour } = SHAPES[kind];
  return (
    <div className={styles.standing} role="status">
      <p>
        <span className={cx('st', colour)}>
          <Icon name={icon} />
          <b>{says}</b>
        </span>
        <span className="t2">{waitingOf(props.folder)}</span>
      </p>
      {sentence !== '' && <p className={styles.more}>{sentence}</p>}
      {kind === 'ready' && lastScanAt !== null && (
        <p className="meta">
          {files === 0 ? 'No files' : counted(files, 'file')} at the last look, {fullInstant(lastScanAt, today)}
        </p>
      )}
    </div>
  );
}

function waitingOf({ state: { kind, waiting } }: WatchedFolder): string {
  if (waiting > 0) return `${counted(waiting, 'file waits', 'files wait')} to be taken in`;
  return kind === 'ready' ? 'Nothing waits to be taken in' : '';
}

function Switches(props: { readonly folder: WatchedFolder; readonly onChange: (how: FolderChange) => void }) {
  const { folder, onChange } = props;
  const isMoved = folder.policy === 'move';
  return (
    <div className={styles.switches}>
      <Switch label="Pause" isOn={folder.isPaused} onChange={(isPaused) => onChange({ isPaused })}>
        {folder.isPaused
          ? 'Nothing is taken from it. What comes meanwhile is found when you switch this off.'
          : 'What comes into it is taken in at once.'}
      </Switch>
      <Switch
        label="Move files out of the way once they are in"
        isOn={isMoved}
        onChange={(isOn) => onChange({ policy: isOn ? 'move' : 'leave' })}
      >
        {isMoved
          ? 'Once a copy is kept in Closeboard, the file is moved to "Taken by Closeboard", a folder inside this one. Nothing is ever deleted.'
          : 'Closeboard takes a copy. The file stays where it is, as it is.'}
      </Switch>
      <Switch
        label="Certain ones may file themselves"
        isOn={folder.mayFileAlone}
        onChange={(mayFileAlone) => onChange({ mayFileAlone })}
      >
        {folder.mayFileAlone
          ? 'A file whose deal and document are both certain is filed without asking. The inbox lists it, and you can undo it there. What looks like wire instructions always waits.'
          : 'Every file waits in the inbox until you say where it goes.'}
      </Switch>
      <Switch
        label="Fetch files that are only in the cloud"
        isOn={folder.mayHydrate}
        onChange={(mayHydrate) => onChange({ mayHydrate })}
      >
        {folder.mayHydrate
          ? 'Files that OneDrive, Dropbox or iCloud keeps online are downloaded to this computer when they come in.'
          : 'Files that OneDrive, Dropbox or iCloud keeps online are left there until you open them once.'}
      </Switch>
    </div>
  );
}
