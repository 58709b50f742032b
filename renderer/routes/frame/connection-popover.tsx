import type { RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import type { SyncState } from '../../../electron/contract/sync.ts';
import popover from '../../ui/popover.module.css';
import { ConnectionPane } from './connection-pane.tsx';

/** The pane of the connection beside the foot of the rail. Not in the first script: no start waits for it. */
export function ConnectionPopover(props: {
  readonly trigger: RefObject<HTMLElement | null>;
  readonly state: SyncState;
  readonly onClose: () => void;
}) {
  return (
    <Popover
      className={popover.float}
      triggerRef={props.trigger}
      isOpen
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      placement="right bottom"
      offset={8}
      data-overlay=""
    >
      <Dialog className={popover.inner} aria-label="Connection">
        <ConnectionPane state={props.state} onClose={props.onClose} />
      </Dialog>
    </Popover>
  );
}
