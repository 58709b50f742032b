import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Backup, RecordsState } from '../../../electron/contract/values.ts';
import { asCallError, call } from '../../data/api.ts';
import { localToday } from '../../data/clock.ts';
import { readAgain } from '../../data/events.tsx';
import { keys, useHostInfo } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { counted } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Mark } from '../../ui/marks.tsx';
import styles from './restore.module.css';

type Closed = Extract<RecordsState, { kind: 'closed' }>;

/** The records would not open: why, what is safe, and what can be done. Works without a database. */
export function RestoreScreen(props: { readonly closed: Closed }) {
  const { closed } = props;
  const info = useHostInfo().data;
  const best = closed.backups.find((backup) => backup.isChecked) ?? closed.backups[0];
  const [picked, setPicked] = useState(best?.id ?? null);
  const chosen = closed.backups.find((backup) => backup.id === picked);
  const work = useWork();
  useReady('restore', true);
  const mayRestore = closed.backups.length > 0 && (closed.reason === 'damaged' || closed.reason === 'failed');
  return (
    <main className={styles.screen}>
      <h1>{closed.headline}</h1>
      <p className="t2">{closed.sentence}</p>
      {mayRestore && <Backups backups={closed.backups} picked={picked} onPick={setPicked} />}
      {work.wrong && <Refusal says={work.wrong} />}
      <div className={styles.acts}>
        {mayRestore && chosen && (
          <button
            type="button"
            className="btn go"
            disabled={work.doing !== null}
            onClick={() => void work.start('restore', () => call('records:restore', { backupId: chosen.id }))}
          >
            {work.doing === 'restore' ? 'Restoring' : `Restore the copy of ${takenText(chosen)}`}
          </button>
        )}
        <button
          type="button"
          className={mayRestore ? 'btn' : 'btn go'}
          disabled={work.doing !== null}
          onClick={() => void work.start('retry', () => call('records:retry', {}))}
        >
          {work.doing === 'retry' ? 'Trying' : 'Try again'}
        </button>
        {info?.capabilities.includes('open-folder') && (
          <button type="button" className="btn" onClick={() => void call('host:open-folder', { which: 'data' })}>
            Open the folder
          </button>
        )}
      </div>
      <p className="meta">
        {mayRestore && closed.reason === 'failed' && 'The present records are set aside, not deleted. '}
        {closed.folder !== '' && (
          <>
            The records are in <span className="mono">{closed.folder}</span>.
          </>
        )}
      </p>
    </main>
  );
}

/** "today, 9:00 AM" inside a line. */
function takenText({ takenAt }: Backup): string {
  return fullInstant(takenAt, localToday()).replace(/^(?:Today|Yesterday)/, (word) => word.toLowerCase());
}

function Backups(props: {
  readonly backups: readonly Backup[];
  readonly picked: string | null;
  readonly onPick: (id: string) => void;
}): ReactNode {
  return (
    <fieldset className={styles.copies}>
      <legend className="vh">Copies of the records</legend>
      {props.backups.map((backup) => (
        <label key={backup.id} className={backup.id === props.picked ? styles.on : undefined}>
          <input
            type="radio"
            name="backup"
            checked={backup.id === props.picked}
            onChange={() => props.onPick(backup.id)}
          />
          <span>
            <b>{fullInstant(backup.takenAt, localToday())}</b>
            <small>
              {counted(backup.deals, 'deal')}, {(backup.bytes / 1_048_576).toFixed(1)} MB
            </small>
          </span>
          {backup.isChecked ? <Mark state="done">checked</Mark> : <Mark state="due">not checked</Mark>}
        </label>
      ))}
    </fieldset>
  );
}

function useWork() {
  const client = useQueryClient();
  const [doing, setDoing] = useState<'restore' | 'retry' | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  async function start(what: 'restore' | 'retry', ask: () => Promise<RecordsState>): Promise<void> {
    setDoing(what);
    setWrong(null);
    try {
      const state = await ask();
      client.setQueryData(keys.records, state);
      if (state.kind === 'open') readAgain(client);
      else if (what === 'retry') setWrong(`Still not. ${state.sentence}`);
    } catch (thrown) {
      setWrong(asCallError(thrown).message);
    }
    setDoing(null);
  }
  return { doing, wrong, start };
}
