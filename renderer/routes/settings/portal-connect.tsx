import { type FormEvent, type ReactNode, useState } from 'react';
import type { SyncState } from '../../../electron/contract/sync.ts';
import { useHostInfo, useWorkspace } from '../../data/queries.ts';
import { useAskPortal, useSync, useTakeSync } from '../../data/sync.ts';
import { counted } from '../../data/words.ts';
import ask from '../../ui/ask.module.css';
import { Refusal } from '../../ui/calm.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { firstName } from '../access/words.ts';
import { emailProblem } from '../deal/person-checks.ts';
import styles from './portal.module.css';

interface Server {
  readonly url: string;
  readonly isSetUp: boolean;
}

/** From the portal of this computer to one that a team shares: its address first, then who signs in. */
export function ConnectDialog(props: { readonly onClose: () => void }) {
  const [server, setServer] = useState<Server | null>(null);
  const [done, setDone] = useState<SyncState | null>(null);
  if (done !== null) return <Connected state={done} onClose={props.onClose} />;
  if (server === null) return <Address onFound={setServer} onClose={props.onClose} />;
  return <Person server={server} onBack={() => setServer(null)} onDone={setDone} onClose={props.onClose} />;
}

function Step(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly wrong: string | null;
  readonly verb: string;
  readonly leave: ReactNode;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void props.onSubmit();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        className={ask.form}
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      >
        <div className={ask.fields}>
          {props.children}
          {props.wrong !== null && <Refusal says={props.wrong} />}
        </div>
        <DialogFoot>
          {props.leave}
          <button type="submit" className="btn go">
            {props.verb} <Kbd>Mod Enter</Kbd>
          </button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function Address(props: { readonly onFound: (server: Server) => void; readonly onClose: () => void }) {
  const askPortal = useAskPortal();
  const [url, setUrl] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  async function look(): Promise<void> {
    if (isBusy) return;
    if (url.trim() === '') return setWrong('Write the address of the portal, as whoever runs it gave it to you.');
    setBusy(true);
    const told = await askPortal('sync:check-server', { url: url.trim() });
    setBusy(false);
    if (told.ok) props.onFound(told.value);
    else setWrong(told.sentence);
  }
  return (
    <Step
      title="Connect a shared portal"
      wrong={wrong}
      verb={isBusy ? 'Looking for it' : 'Look for it'}
      leave={
        <button type="button" className="btn" onClick={props.onClose}>
          Stay with this computer’s portal <Kbd>Esc</Kbd>
        </button>
      }
      onSubmit={look}
      onClose={props.onClose}
    >
      <p className="t2">
        A shared portal runs on a server of your office. Your deals go there too, and stay on this computer. Nothing
        changes until the last step.
      </p>
      <TextField
        label="Address of the portal"
        value={url}
        onChange={(next) => {
          setUrl(next);
          setWrong(null);
        }}
        placeholder="https://portal.example.com"
        maxLength={300}
        autoFocus
      />
    </Step>
  );
}

/** What somebody is called whom the system does not name: a team knows its people by better names. */
const NOT_NAMED = 'Coordinator';

function Person(props: {
  readonly server: Server;
  readonly onBack: () => void;
  readonly onDone: (state: SyncState) => void;
  readonly onClose: () => void;
}) {
  const { url, isSetUp } = props.server;
  const askPortal = useAskPortal();
  const take = useTakeSync();
  const profile = useWorkspace().data?.profile;
  const called = profile === undefined || profile.name === NOT_NAMED ? '' : profile.name;
  const platform = useHostInfo().data?.platform ?? 'linux';
  const [code, setCode] = useState('');
  const [name, setName] = useState(called);
  const [email, setEmail] = useState('');
  const [deviceName, setDeviceName] = useState(deviceCalled(called, platform));
  const [workspaceName, setWorkspaceName] = useState(profile?.office ?? '');
  const [isChecked, setChecked] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const problems = {
    code: code.trim() === '' ? 'Write the code.' : null,
    name: name.trim() === '' ? 'Write your name. The team sees it.' : null,
    email: email.trim() === '' ? 'Write your e-mail address.' : emailProblem(email),
    deviceName: deviceName.trim() === '' ? 'Write a name for this computer.' : null,
    workspaceName: !isSetUp && workspaceName.trim() === '' ? 'Write the name of your office.' : null,
  };
  async function join(): Promise<void> {
    if (isBusy) return;
    setChecked(true);
    if (Object.values(problems).some((problem) => problem !== null)) return;
    setBusy(true);
    setWrong(null);
    const told = await askPortal('sync:join', {
      ...{ url, code: code.trim(), name: name.trim(), email: email.trim(), deviceName: deviceName.trim() },
      workspaceName: isSetUp ? '' : workspaceName.trim(),
    });
    setBusy(false);
    if (!told.ok) return setWrong(told.sentence);
    take(told.value);
    props.onDone(told.value);
  }
  const close = () => !isBusy && props.onClose();
  return (
    <Step
      title={isSetUp ? 'Sign in at the portal' : 'Set up the portal'}
      wrong={wrong}
      verb={isBusy ? 'Connecting' : 'Connect'}
      leave={
        <button type="button" className="btn" onClick={() => !isBusy && props.onBack()}>
          Another address
        </button>
      }
      onSubmit={join}
      onClose={close}
    >
      <p className="t2">
        <span className={`mono ${styles.url}`}>{url}</span>
        <br />
        {isSetUp
          ? 'It is there. Sign in with the code that an admin of your team gave you; it works once.'
          : 'It is there and nobody uses it yet. The code to set it up stands in the window or the log where it was started. You become its first admin.'}
      </p>
      <TextField
        label={isSetUp ? 'Code' : 'Set-up code'}
        value={code}
        onChange={setCode}
        maxLength={40}
        autoFocus
        wrong={isChecked && problems.code}
      />
      {!isSetUp && (
        <TextField
          label="Name of your office"
          value={workspaceName}
          onChange={setWorkspaceName}
          maxLength={120}
          wrong={isChecked && problems.workspaceName}
          hint="Clients see it at the head of the portal"
        />
      )}
      <div className={styles.two}>
        <TextField
          label="Your name"
          value={name}
          onChange={setName}
          maxLength={120}
          wrong={isChecked && problems.name}
        />
        <TextField
          label="Your e-mail"
          type="email"
          value={email}
          onChange={setEmail}
          maxLength={320}
          wrong={isChecked && problems.email}
        />
      </div>
      <TextField
        label="This computer is called"
        value={deviceName}
        onChange={setDeviceName}
        maxLength={120}
        wrong={isChecked && problems.deviceName}
        hint="So that it can be told apart from your others"
      />
      {isBusy && <Moving />}
    </Step>
  );
}

/** What goes there while it connects, as the connection tells it. */
function Moving() {
  const state = useSync();
  const parts =
    state === undefined
      ? []
      : [
          state.waiting > 0 ? `${counted(state.waiting, 'step')} to send` : '',
          state.files.up > 0 ? `${counted(state.files.up, 'file')} to send` : '',
        ].filter(Boolean);
  return (
    <p className="t2" role="status">
      Connecting. {parts.length > 0 ? `${parts.join(', ')}. ` : ''}If it fails, everything stays as it is.
    </p>
  );
}

function Connected(props: { readonly state: SyncState; readonly onClose: () => void }) {
  // What still goes there is told by the newest state, not by the one of the answer.
  const state = useSync() ?? props.state;
  const rest = state.waiting + state.files.up;
  return (
    <Dialog title={`Connected to ${state.workspaceName || 'the portal'}`} onClose={props.onClose}>
      <div className={ask.fields}>
        <p className={styles.done} role="status">
          <Icon name="done" className="done" />
          <span>
            {rest === 0
              ? 'Everything that was here is there too.'
              : `${counted(rest, 'thing goes', 'things go')} there now. Keep working: it goes on by itself, also after a restart.`}
          </span>
        </p>
        <p className="t2">
          Links that were made for this computer’s own portal do not open there. Make new ones on each deal, under
          People.
        </p>
      </div>
      <DialogFoot>
        <button type="button" className="btn" onClick={props.onClose}>
          Done <Kbd>Esc</Kbd>
        </button>
      </DialogFoot>
    </Dialog>
  );
}

const COMPUTERS = { darwin: 'Mac', win32: 'PC', linux: 'computer' } as const;

/** "Noor’s Mac" */
function deviceCalled(name: string, platform: keyof typeof COMPUTERS): string {
  const first = firstName(name);
  return first === '' ? `My ${COMPUTERS[platform]}` : `${first}’s ${COMPUTERS[platform]}`;
}
