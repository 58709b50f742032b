import { type FormEvent, useState } from 'react';
import type { SyncState } from '../../../electron/contract/sync.ts';
import { useAskPortal, useSync, useTakeSync } from '../../data/sync.ts';
import { Waiting } from '../../ui/calm.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MEMBER_ROLES } from './member-words.ts';
import styles from './portal.module.css';
import { ConnectDialog } from './portal-connect.tsx';
import { SignOutDialog } from './portal-sign-out.tsx';
import { Team } from './team.tsx';

/** Which portal is in use, how to share one, and who is on the team. */
export function PortalAndTeam() {
  const state = useSync();
  const [asked, setAsked] = useState<'connect' | 'sign-out' | null>(null);
  if (state === undefined) return <Waiting says="Asking how the portal is" />;
  const close = () => setAsked(null);
  return (
    <>
      {state.kind === 'own' ? <Own state={state} onConnect={() => setAsked('connect')} /> : <Shared state={state} />}
      {state.keyProblem !== '' && (
        <p className="banner due">
          <Icon name="key" />
          <span>{state.keyProblem}</span>
        </p>
      )}
      {state.kind === 'shared' && (
        <>
          {state.status === 'signed-out' ? <SignInAgain /> : <Team url={state.url} />}
          <p>
            <button type="button" className="btn" onClick={() => setAsked('sign-out')}>
              Sign out of this portal…
            </button>
          </p>
        </>
      )}
      {asked === 'connect' && <ConnectDialog onClose={close} />}
      {asked === 'sign-out' && <SignOutDialog state={state} onClose={close} />}
    </>
  );
}

function Own(props: { readonly state: SyncState; readonly onConnect: () => void }) {
  const { status, sentence } = props.state;
  const isUp = status === 'current' || status === 'syncing';
  return (
    <>
      <p>The portal in use is the one of this computer.</p>
      <p className="t2">
        Its links open on this computer only: they show what a client would see, and nobody else can reach them. To
        share deals with clients and to work as a team, connect a shared portal.
      </p>
      {!isUp && sentence !== '' && <p role="status">{sentence}</p>}
      <p>
        <button type="button" className="btn" onClick={props.onConnect}>
          Connect a shared portal…
        </button>
      </p>
    </>
  );
}

function Shared(props: { readonly state: SyncState }) {
  const { state } = props;
  return (
    <div className={styles.shared}>
      <p>
        <b dir="auto">{state.workspaceName || 'A shared portal'}</b>
        {', you are '}
        {MEMBER_ROLES[state.role].sentence}
      </p>
      <p className={`mono ${styles.url}`}>{state.url}</p>
      {state.status !== 'signed-out' && (
        <p className="t2" role="status">
          {state.sentence}
        </p>
      )}
    </div>
  );
}

/** The portal does not know this computer any more; a new code brings it back. */
function SignInAgain() {
  const ask = useAskPortal();
  const take = useTakeSync();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function signIn(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    if (code.trim() === '') return setWrong('Write the code that an admin of your team gives you.');
    setBusy(true);
    const told = await ask('sync:sign-in-again', { code: code.trim() });
    setBusy(false);
    if (!told.ok) return setWrong(told.sentence);
    setWrong(null);
    take(told.value);
  }
  return (
    <form className={styles.again} aria-label="Sign in again" onSubmit={(event) => void signIn(event)}>
      <p>
        This computer is signed out. Everything on it is kept, and goes out once it is signed in again. An admin of your
        team makes the code: Settings, Portal and team, beside your name.
      </p>
      <TextField label="Code" value={code} onChange={setCode} wrong={wrong} maxLength={40} />
      <p>
        <button type="submit" className="btn go">
          {isBusy ? 'Signing in' : 'Sign in again'}
        </button>
      </p>
    </form>
  );
}
