import type { CallOutput } from '../../../electron/contract/calls.ts';
import { call } from '../../data/api.ts';
import { useToday } from '../../data/queries.ts';
import { CopyButton } from '../../ui/copy.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/keys.tsx';
import styles from './access.module.css';
import { OwnPortalNotice } from './own-portal-notice.tsx';
import { firstName, pictureOf, untilText } from './words.ts';

type Made = Extract<CallOutput<'access:make-link'>, { kind: 'ok' }>['value'];

/** The address, once: to copy, to point a phone at, and the word to tell by phone. */
export function LinkMade(props: {
  readonly name: string;
  readonly isShared: boolean;
  readonly made: Made;
  readonly word: string;
  readonly onClose: () => void;
}) {
  const { made, word } = props;
  const today = useToday();
  const name = firstName(props.name);
  return (
    <Dialog title={`The link for ${props.name}`} onClose={props.onClose}>
      <div className={styles.made}>
        {props.isShared ? (
          <p className="t2">
            The address is shown this once and kept nowhere. {untilText(made.link, today)}. If it is lost, make a new
            one.
          </p>
        ) : (
          <OwnPortalNotice name={name} isMade />
        )}
        <div className={styles.address}>
          <input readOnly aria-label="Address" value={made.url} onFocus={(event) => event.target.select()} />
          <p className={styles.copy}>
            <CopyButton text={made.url} says="Copy the address" isMain />
            {!props.isShared && (
              <button type="button" className="btn" onClick={() => void call('host:open-link', { url: made.url })}>
                Open it here
              </button>
            )}
          </p>
        </div>
        {made.qr !== '' && props.isShared && (
          <figure className={styles.qr}>
            <img src={pictureOf(made.qr)} alt={`QR code of the address for ${props.name}`} width={168} height={168} />
            <figcaption className="meta">Or let {name} point a phone at it.</figcaption>
          </figure>
        )}
        {word !== '' && (
          <p className={`banner waiting ${styles.tell}`}>
            <span>
              {props.isShared ? `Tell ${name} by phone, not beside the address:` : 'The word it asks for:'}{' '}
              <b>{word}</b>
            </span>
          </p>
        )}
      </div>
      <DialogFoot>
        <button type="button" className="btn" onClick={props.onClose}>
          Done <Kbd>Esc</Kbd>
        </button>
      </DialogFoot>
    </Dialog>
  );
}
