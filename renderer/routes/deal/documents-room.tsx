import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { useSession } from '../../data/session.tsx';
import { CloseButton } from '../../ui/close-button.tsx';
import { isTyping, keyName } from '../../ui/keys.tsx';
import styles from './documents-room.module.css';

/** A dialog as large as the window allows, for reading a file: the paper and what is said beside it. Esc closes. */
export function Room(props: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly head?: ReactNode;
  readonly paper: ReactNode;
  readonly side: ReactNode;
  readonly foot?: ReactNode;
  /** Keys of the dialog; they rest while one types. */
  readonly keys?: Readonly<Record<string, () => void>>;
  readonly onClose: () => void;
}) {
  // A line that says what was done before would lie over the buttons at the foot. Ctrl Z and the activity still have it.
  const { toast } = useSession();
  useEffect(() => {
    if (toast.get()?.kind === 'done') toast.set(null);
  }, [toast]);
  function hear(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey) return;
    const name = keyName(event);
    if (isTyping(event.target) && !name.startsWith('mod+')) return;
    const handler = props.keys?.[name];
    if (handler === undefined) return;
    event.preventDefault();
    handler();
  }
  return (
    <ModalOverlay className={styles.scrim} isOpen onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Modal className={styles.box} data-overlay="" data-dialog="">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the dialog, which has the focus itself at first */}
        <div className={styles.hears} onKeyDown={hear}>
          <AriaDialog className={styles.dialog} aria-label={props.title}>
            <header className={styles.head}>
              <div className={styles.title}>
                {props.lead}
                <h1 dir="auto">{props.title}</h1>
              </div>
              {props.head}
              <CloseButton says="Close" onPress={props.onClose} />
            </header>
            <div className={styles.paper}>{props.paper}</div>
            <section className={styles.side} aria-label="Beside the file">
              {props.side}
            </section>
            {props.foot && <footer className={styles.foot}>{props.foot}</footer>}
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  );
}
