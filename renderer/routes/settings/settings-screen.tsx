import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Settings } from '../../../electron/contract/values.ts';
import { asCallError, call } from '../../data/api.ts';
import { keys, useHostInfo, useWorkspace, type WorkspaceView } from '../../data/queries.ts';
import { useReady } from '../../data/ready.ts';
import { isRunning, useSampleJob } from '../../data/samples.ts';
import { useSaveSettings } from '../../data/settings.ts';
import { counted } from '../../data/words.ts';
import { Problem, Waiting } from '../../ui/calm.tsx';
import { TextField } from '../../ui/field.tsx';
import { KeyBar } from '../../ui/keys.tsx';
import { Density } from '../board/filters.tsx';
import { JobLine } from '../first-run/first-run.tsx';
import { IntakeLinks } from '../leads/intake-links.tsx';
import { WatchedFolders } from './folders.tsx';
import { PortalAndTeam } from './portal.tsx';
import styles from './settings.module.css';
import { Updates } from './updates.tsx';

const HINTS = [
  { keys: ['B'], does: 'board' },
  { keys: ['T'], does: 'today' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

export function SettingsScreen() {
  const workspace = useWorkspace();
  const info = useHostInfo().data;
  const save = useSaveSettings();
  useReady('settings', workspace.data !== undefined);
  if (workspace.isError)
    return (
      <Problem
        says="Closeboard could not read this."
        detail={asCallError(workspace.error).message}
        onAgain={() => void workspace.refetch()}
      />
    );
  if (!workspace.data) return <Waiting says="Reading the settings" />;
  const { settings } = workspace.data;
  return (
    <div className={styles.frame}>
      <main className={styles.body}>
        <h1>Settings</h1>
        <Who key={workspace.data.profile.memberId} workspace={workspace.data} />
        <Part title="Portal and team" id="portal">
          <PortalAndTeam />
        </Part>
        <Part title="Intake links" id="intake">
          <IntakeLinks />
        </Part>
        <Part title="Look">
          <div className={styles.line}>
            <span>Theme</span>
            <Themes theme={settings.theme} onTheme={(theme) => void save({ theme })} />
          </div>
          <div className={styles.line}>
            <span>Rows</span>
            <Density density={settings.density} onDensity={(density) => void save({ density })} />
          </div>
        </Part>
        <Part title="Watched folders">
          <WatchedFolders />
        </Part>
        <Samples count={workspace.data.sampleCount} />
        <Part title="Your records">
          <p className="t2">
            Everything is kept on this computer
            {info && info.dataFolder !== '' && (
              <>
                {' '}
                in <span className="mono">{info.dataFolder}</span>
              </>
            )}
            .
          </p>
          {info?.capabilities.includes('open-folder') && (
            <p className={styles.acts}>
              <button type="button" className="btn" onClick={() => void call('host:open-folder', { which: 'data' })}>
                Open the folder
              </button>
              <button type="button" className="btn" onClick={() => void call('host:open-folder', { which: 'backups' })}>
                Open the backups
              </button>
            </p>
          )}
        </Part>
        <Part title="Closeboard">
          <p className="t2">Version {info?.version ?? ''}</p>
          {info?.capabilities.includes('updates') && <Updates />}
        </Part>
      </main>
      <KeyBar hints={HINTS} />
    </div>
  );
}

function Part(props: { readonly title: string; readonly id?: string; readonly children: ReactNode }) {
  const place = useRef<HTMLElement>(null);
  const isMeant = useLocation({ select: ({ hash }) => hash }) === props.id;
  useEffect(() => {
    if (!isMeant) return;
    place.current?.scrollIntoView?.({ block: 'start' });
    place.current?.focus({ preventScroll: true });
  }, [isMeant]);
  return (
    <section ref={place} id={props.id} tabIndex={-1} className={styles.part} aria-label={props.title}>
      <h2>{props.title}</h2>
      <div>{props.children}</div>
    </section>
  );
}

function Who(props: { readonly workspace: WorkspaceView }) {
  const { profile } = props.workspace;
  const client = useQueryClient();
  const [name, setName] = useState(profile.name);
  const [office, setOffice] = useState(profile.office);
  const [wrong, setWrong] = useState<string | null>(null);
  const isChanged = name.trim() !== profile.name || office.trim() !== profile.office;

  async function save(): Promise<void> {
    if (!isChanged) return;
    if (name.trim() === '') {
      setWrong('Write your name. It stands on what you do and write.');
      return;
    }
    try {
      const saved = await call('workspace:save-profile', { name: name.trim(), office: office.trim() });
      client.setQueryData<WorkspaceView>(keys.workspace, (now) => now && { ...now, profile: saved });
      setWrong(null);
    } catch (thrown) {
      setWrong(asCallError(thrown).message);
    }
  }

  return (
    <Part title="You">
      <form
        className={styles.who}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} wrong={wrong} maxLength={120} />
        <TextField label="Office" value={office} onChange={setOffice} maxLength={120} />
        <button type="submit" className={isChanged ? 'btn go' : 'btn'} aria-disabled={!isChanged}>
          {isChanged ? 'Save' : 'Saved'}
        </button>
      </form>
    </Part>
  );
}

function Themes(props: { readonly theme: Settings['theme']; readonly onTheme: (theme: Settings['theme']) => void }) {
  const titles = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
  return (
    <fieldset className={`plain ${styles.themes}`}>
      <legend className="vh">Theme</legend>
      {(['system', 'light', 'dark'] as const).map((theme) => (
        <label key={theme}>
          <input type="radio" name="theme" checked={props.theme === theme} onChange={() => props.onTheme(theme)} />
          {titles[theme]}
        </label>
      ))}
    </fieldset>
  );
}

function Samples(props: { readonly count: number }) {
  const job = useSampleJob();
  const end =
    job.progress !== null && job.progress !== 'starting' && job.progress.state !== 'running' ? job.progress : null;
  return (
    <Part title="Sample deals">
      {isRunning(job.progress) ? (
        <JobLine job={job} />
      ) : (
        <>
          <p className="t2">
            {props.count > 0
              ? `${counted(props.count, 'deal is', 'deals are')} made up, to look around with.`
              : '25 made-up deals in all six stages, to look around with.'}
          </p>
          {end && end.state !== 'done' && <p role="alert">{end.sentence}</p>}
          <button
            type="button"
            className="btn"
            onClick={() => void job.start(props.count > 0 ? 'samples:remove' : 'samples:add')}
          >
            {props.count > 0 ? 'Remove sample deals' : 'Add sample deals'}
          </button>
        </>
      )}
    </Part>
  );
}
