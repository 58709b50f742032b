import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { SyncState, WaitingStep } from '../../../electron/contract/sync.ts';
import { asCallError } from '../../data/api.ts';
import { sizeText } from '../../data/papers.ts';
import { useToday } from '../../data/queries.ts';
import { useSyncActs, useWaitingSteps } from '../../data/sync.ts';
import { counted, PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Refusal } from '../../ui/calm.tsx';
import { CloseButton } from '../../ui/close-button.tsx';
import { cx } from '../../ui/cx.ts';
import { rowInstant } from '../../ui/days.ts';
import { SelectField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Bar, Plate } from '../../ui/marks.tsx';
import styles from './connection.module.css';
import { capChoices, connectionFace, firstSentence, outTitle } from './connection-words.ts';

/** How the connection stands, what goes out, which files move, and what can be done. */
export function ConnectionPane(props: { readonly state: SyncState; readonly onClose: () => void }) {
  const { state, onClose } = props;
  const isShared = state.kind === 'shared';
  const today = useToday();
  const [first, rest] = firstSentence(state.sentence);
  const [wrong, setWrong] = useState<string | null>(null);
  const acts = useSyncActs();
  return (
    <div className={styles.pane}>
      <header className={cx(state.status === 'offline' && 'banner waiting', styles.head)}>
        <Icon name={connectionFace(state, today).icon} />
        <p>
          <b>{first}</b> {rest}
        </p>
        <CloseButton says="Close" onPress={onClose} />
      </header>
      {wrong && <Refusal says={wrong} />}
      {state.status === 'signed-out' && (
        <Warning icon="lock">
          <Link to="/settings" onClick={onClose}>
            Sign in again
          </Link>{' '}
          with a code from an admin of your team.
        </Warning>
      )}
      {state.clockOff !== null && <ClockOff minutes={state.clockOff} />}
      {state.keyProblem !== '' && <Warning icon="key">{state.keyProblem}</Warning>}
      {isShared && (state.waiting > 0 || state.status === 'offline') && <GoingOut state={state} />}
      {isShared && state.status !== 'signed-out' && (
        <p className={styles.row}>
          <button type="button" className="btn sm" onClick={async () => setWrong(await acts.tryNow())}>
            Try now
          </button>
          <span className="meta">{state.status === 'offline' ? 'Tries by itself too.' : ''}</span>
        </p>
      )}
      {isShared && state.toFetch > 0 && state.status !== 'offline' && (
        <p className="t2" role="status">
          {counted(state.toFetch, 'deal comes', 'deals come')} from the portal.
        </p>
      )}
      {isShared && <Files state={state} onWrong={setWrong} />}
      <p className={styles.links}>
        {state.attention > 0 && (
          <Link to="/attention" onClick={onClose}>
            {counted(state.attention, 'thing needs', 'things need')} your attention
          </Link>
        )}
        <Link to="/settings" hash="portal" className="push" onClick={onClose}>
          Portal and team
        </Link>
      </p>
    </div>
  );
}

function Warning(props: { readonly icon: string; readonly children: ReactNode }) {
  return (
    <p className={`banner due ${styles.warning}`}>
      <Icon name={props.icon} />
      <span>{props.children}</span>
    </p>
  );
}

/** A wrong clock moves nothing: the portal's own times count. It is worth mending all the same. */
function ClockOff(props: { readonly minutes: number }) {
  const minutes = Math.round(Math.abs(props.minutes));
  const off = minutes < 120 ? counted(minutes, 'minute') : `about ${counted(Math.round(minutes / 60), 'hour')}`;
  return (
    <Warning icon="due">
      The clock of this computer is off by {off}. Nothing is lost or out of order, but{' '}
      {minutes >= 360 ? '“today” may be the wrong day here' : 'times that are written here may be off'}. Set the clock
      when you can.
    </Warning>
  );
}

const SHOWN_STEPS = 8;

function GoingOut(props: { readonly state: SyncState }) {
  const { state } = props;
  const steps = useWaitingSteps();
  const today = useToday();
  const [isAll, setAll] = useState(false);
  if (steps.isError)
    return (
      <p role="alert">
        {asCallError(steps.error).message}{' '}
        <button type="button" className="btn link" onClick={() => void steps.refetch()}>
          Try again
        </button>
      </p>
    );
  if (state.waiting === 0) return <p className="t2">Nothing waits to go out.</p>;
  const all = steps.data ?? [];
  const shown = isAll ? all : all.slice(0, SHOWN_STEPS);
  const rest = state.waiting - shown.length;
  return (
    <section aria-label="What goes out">
      <h3>{outTitle(state, state.waiting)}</h3>
      <ol className={styles.out}>
        {shown.map((step) => (
          <li key={step.commandId}>
            <Icon name="waiting" size="s" className="waiting" />
            <span>
              {step.sentence}
              <small>
                <StepPlate step={step} /> <bdi>{step.street}</bdi>
              </small>
            </span>
            <time dateTime={step.at}>{rowInstant(step.at, today).replace(/ [AP]M$/, '')}</time>
          </li>
        ))}
      </ol>
      {rest > 0 &&
        all.length > 0 &&
        (all.length > shown.length ? (
          <button type="button" className={`btn link ${styles.more}`} onClick={() => setAll(true)}>
            and {counted(rest, 'more', 'more')}
          </button>
        ) : (
          <p className="meta">and {counted(rest, 'more', 'more')}</p>
        ))}
    </section>
  );
}

function StepPlate(props: { readonly step: WaitingStep }) {
  const { plate, side } = props.step;
  return <Plate number={plate} kind={PLATE_KINDS[side]} says={sideSays(side)} />;
}

function Files(props: { readonly state: SyncState; readonly onWrong: (sentence: string | null) => void }) {
  const { files } = props.state;
  const acts = useSyncActs();
  const count = files.up + files.down;
  const choices = capChoices(files.cap);
  const say = async (change: Parameters<typeof acts.setFiles>[0]) => props.onWrong(await acts.setFiles(change));
  return (
    <section aria-label="Files" className={styles.files}>
      <h3>
        {count === 0 ? 'Every file is where it belongs' : filesTitle(files)}
        {files.isPaused && count > 0 && ', paused'}
      </h3>
      {files.current && !files.isPaused && <Moving current={files.current} />}
      {files.problem !== '' && (
        <p className={styles.problem} role="status">
          <Icon name="due" size="s" className="due" /> <span>{files.problem}</span>
        </p>
      )}
      <div className={styles.row}>
        <button type="button" className="btn sm" onClick={() => void say({ isPaused: !files.isPaused })}>
          {files.isPaused ? 'Go on with files' : 'Pause files'}
        </button>
        <div className={styles.cap}>
          <SelectField
            label="At most"
            isLabelHidden
            value={choices.find((one) => one.cap === files.cap)?.id ?? 'none'}
            choices={choices}
            onChange={(id) => void say({ cap: choices.find((one) => one.id === id)?.cap ?? null })}
          />
        </div>
      </div>
    </section>
  );
}

function filesTitle({ up, down, bytesLeft }: SyncState['files']): string {
  const parts = [
    up > 0 ? `${counted(up, 'file')} to send` : '',
    down > 0 ? `${counted(down, 'file')} to fetch` : '',
  ].filter(Boolean);
  return `${parts.join(', ')}${bytesLeft > 0 ? `, ${sizeText(bytesLeft)}` : ''}`;
}

function Moving(props: { readonly current: NonNullable<SyncState['files']['current']> }) {
  const { name, done, bytes, way } = props.current;
  return (
    <div className={styles.moving}>
      <p className="cut" dir="auto" title={name}>
        {way === 'up' ? 'Sending' : 'Fetching'} {name}
      </p>
      <span className="meta nb">
        {sizeText(done)} of {sizeText(bytes)}
      </span>
      <Bar done={done} total={bytes} />
    </div>
  );
}
