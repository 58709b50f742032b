import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyncState } from '../../../electron/contract/sync.ts';
import { readAgain } from '../../data/events.tsx';
import { useAskPortal, useTakeSync } from '../../data/sync.ts';
import { counted } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import access from '../access/access.module.css';

/** Leaving a shared portal: what happens to the records here is the person's choice, and nothing unsent goes unasked. */
export function SignOutDialog(props: { readonly state: SyncState; readonly onClose: () => void }) {
  const { state } = props;
  const client = useQueryClient();
  const ask = useAskPortal();
  const take = useTakeSync();
  const [records, setRecords] = useState<'keep' | 'remove'>('keep');
  const [isRefused, setRefused] = useState(false);
  const [isSure, setSure] = useState(false);
  const unsent = state.waiting + state.files.up;
  const isLosing = records === 'remove' && isRefused;

  async function signOut(): Promise<string | null> {
    if (isLosing && !isSure)
      return 'Nothing was removed. Say below that what was not sent may be lost, or wait until it is sent.';
    const told = await ask('sync:sign-out', { records, evenUnsent: isLosing && isSure });
    if (!told.ok) {
      if (records === 'remove') setRefused(true);
      return told.sentence;
    }
    take(told.value);
    readAgain(client);
    return null;
  }

  return (
    <AskDialog
      title={`Sign out of ${state.workspaceName || 'the portal'}?`}
      says="This computer stops sharing. The team, the deals on the portal and the links of clients stay as they are."
      verb={isLosing && isSure ? 'Remove all of it and sign out' : 'Sign out'}
      leave="Stay signed in"
      onLeave={props.onClose}
      onAnswer={signOut}
    >
      <fieldset className={`plain ${access.set}`}>
        <legend>The deals on this computer</legend>
        <label>
          <input type="radio" name="records" checked={records === 'keep'} onChange={() => setRecords('keep')} />
          <span>
            Keep them here
            <small>
              You go on with them alone, with the portal of this computer. Changes are not shared any more, and what
              colleagues did stands here in your name from then on.
            </small>
          </span>
        </label>
        <label>
          <input type="radio" name="records" checked={records === 'remove'} onChange={() => setRecords('remove')} />
          <span>
            Remove the team’s deals from this computer
            <small>
              Those that you brought to it go too, with the trail that this computer kept of them before. All of them
              stay on the portal; sample deals and settings stay here.
            </small>
          </span>
        </label>
      </fieldset>
      {unsent > 0 && (
        <p className="banner due">
          <span>
            {counted(unsent, 'thing was', 'things were')} not sent yet.{' '}
            {records === 'keep'
              ? 'Kept here, they never reach the team.'
              : 'Wait until they are sent, or they are lost.'}
          </span>
        </p>
      )}
      {isLosing && (
        <label className={access.sure}>
          <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
          <span>Remove also what was not sent. Nobody can bring it back.</span>
        </label>
      )}
    </AskDialog>
  );
}
