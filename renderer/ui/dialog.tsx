import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { CloseButton } from './close-button.tsx';
import { cx } from './cx.ts';
import styles from './dialog.module.css';

/** A dialog, one at a time. Esc and the cross ask to close it; a click outside does not, since it may hold work. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly lead?: ReactNode;
  /** What stands as the title where it is more than words; `title` is still what is read out. */
  readonly heading?: ReactNode;
  readonly width?: 'narrow' | 'wide' | 'full';
  readonly closeSays?: string;
  readonly role?: 'dialog' | 'alertdialog';
}) {
  return (
    <ModalOverlay className={styles.scrim} isOpen onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Modal
        className={cx(styles.box, props.width === 'wide' && styles.wide, props.width === 'full' && styles.full)}
        data-overlay=""
        data-dialog=""
      >
        <AriaDialog className={styles.dialog} role={props.role ?? 'dialog'} aria-label={props.title}>
          <header className={styles.head}>
            <div>
              {props.lead}
              <h1>{props.heading ?? props.title}</h1>
            </div>
            <CloseButton says={props.closeSays ?? 'Close'} onPress={props.onClose} />
          </header>
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogFoot(props: { readonly says?: ReactNode; readonly children: ReactNode }) {
  return (
    <footer className={styles.foot}>
      {props.says && <div className="meta">{props.says}</div>}
      {props.children}
    </footer>
  );
}
