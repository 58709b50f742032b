import { useState } from 'react';
import type { CallOutput } from '../../../electron/contract/calls.ts';
import { call } from '../../data/api.ts';
import { INTAKE_LINKS } from '../../data/leads.ts';
import { useToday } from '../../data/queries.ts';
import { useAskPortal } from '../../data/sync.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { pictureOf } from '../access/words.ts';
import { Choices } from '../new-deal/choices.tsx';
import styles from './leads.module.css';
import { forWhom, untilWords } from './words.ts';

type Made = Extract<CallOutput<'leads:make-link'>, { kind: 'ok' }>['value'];

const LASTS = [
  ['7', 'A week'],
  ['30', '30 days'],
  ['90', '90 days'],
] as const;
const USES = [
  ['1', 'One person'],
  ['25', 'Up to 25 people'],
] as const;

interface Props {
  readonly isShared: boolean;
  readonly onClose: () => void;
}

/** For whom, for how long and for how many; then the address, once. */
export function IntakeLinkDialog(props: Props) {
  const [made, setMade] = useState<Made | null>(null);
  if (made !== null) return <Address {...props} made={made} />;
  return <Questions {...props} onMade={setMade} />;
}

function Questions({ isShared, onClose, onMade }: Props & { readonly onMade: (made: Made) => void }) {
  const ask = useAskPortal();
  const [note, setNote] = useState('');
  const [days, setDays] = useState('30');
  const [uses, setUses] = useState('1');
  async function make(): Promise<string | null> {
    const told = await ask('leads:make-link', { note: note.trim(), days: Number(days), maxUses: Number(uses) }, [
      INTAKE_LINKS,
    ]);
    if (!told.ok) return `No link was made. Links are made by the portal. ${told.sentence}`;
    onMade(told.value);
    // It goes on in place of the questions.
    return '';
  }
  return (
    <AskDialog
      title="Make an intake link"
      says="For somebody who has no deal yet. They answer questions in about ten minutes; you see the answers as a deal."
      verb="Make the link"
      leave="Make none"
      onLeave={onClose}
      onAnswer={make}
    >
      {!isShared && <OwnPortal />}
      <TextField
        label="For whom"
        value={note}
        onChange={setNote}
        maxLength={120}
        hint="A name or a place, like “open house June 20”. Only your team sees it."
        autoFocus
      />
      <Choices label="It lasts" choices={LASTS} value={days} onChange={setDays} />
      <Choices label="How many may send answers" choices={USES} value={uses} onChange={setUses} />
    </AskDialog>
  );
}

/** The address, once: to copy, or to point a phone at. */
function Address({ isShared, made, onClose }: Props & { readonly made: Made }) {
  const today = useToday();
  return (
    <Dialog title="The intake link" lead={<p className="meta">{forWhom(made.link)}</p>} onClose={onClose}>
      <div className={styles.made}>
        {isShared ? (
          <p className="t2">
            The address is shown this once and kept nowhere. {untilWords(made.link, today)} If it is lost, make a new
            one.
          </p>
        ) : (
          <OwnPortal />
        )}
        <div className={styles.address}>
          <input readOnly aria-label="Address" value={made.url} onFocus={(event) => event.target.select()} />
          <p className={styles.copy}>
            <CopyButton text={made.url} says="Copy the address" isMain />
            {!isShared && (
              <button type="button" className="btn" onClick={() => void call('host:open-link', { url: made.url })}>
                Open it here
              </button>
            )}
          </p>
        </div>
        {made.qr !== '' && isShared && (
          <figure className={styles.qr}>
            <img src={pictureOf(made.qr)} alt="QR code of the address" width={168} height={168} />
            <figcaption className="meta">Or let them point a phone at it.</figcaption>
          </figure>
        )}
      </div>
      <DialogFoot>
        <button type="button" className="btn" onClick={onClose}>
          Done <Kbd>Esc</Kbd>
        </button>
      </DialogFoot>
    </Dialog>
  );
}

/** Before anything else: the address leads to this computer and nowhere else. */
function OwnPortal() {
  return (
    <p className="banner due">
      <Icon name="due" />
      <span>
        <b>It opens on this computer only.</b> The portal in use runs here, so nobody else can reach it. To send intake
        links to people, connect a shared portal in Settings first.
      </span>
    </p>
  );
}
