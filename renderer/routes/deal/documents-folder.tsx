import { useEffect, useState } from 'react';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError, call } from '../../data/api.ts';
import { dealFolder } from '../../data/papers.ts';
import { useHostInfo } from '../../data/queries.ts';
import { useAnnounce } from '../../data/session.tsx';
import { Refusal, Waiting } from '../../ui/calm.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Kbd } from '../../ui/keys.tsx';
import styles from './documents.module.css';

/** Where the deal's ordinary folder lies, brought in step first. */
export function FolderDialog(props: { readonly deal: DealView; readonly onClose: () => void }) {
  const [folder, setFolder] = useState<{ readonly path: string; readonly sentence: string } | null>(null);
  const [isCopied, setCopied] = useState(false);
  const announce = useAnnounce();
  const mayOpen = useHostInfo().data?.capabilities.includes('open-folder') === true;
  const dealId = props.deal.id;
  useEffect(() => {
    let isGone = false;
    void dealFolder(dealId).then((found) => !isGone && setFolder(found));
    return () => {
      isGone = true;
    };
  }, [dealId]);
  async function copy(): Promise<void> {
    if (folder === null) return;
    try {
      await navigator.clipboard.writeText(folder.path);
      setCopied(true);
      announce('The path is copied.');
    } catch {
      announce('The path could not be copied. Select it and copy it yourself.');
    }
  }
  async function open(path: string): Promise<void> {
    const name = path.split(/[/\\]/).at(-1) ?? '';
    try {
      await call('host:open-folder', { which: 'deal', name });
      props.onClose();
    } catch (error) {
      announce(asCallError(error).message);
    }
  }
  return (
    <Dialog title="Deal folder" onClose={props.onClose}>
      <div className={styles.folder}>
        <p className="t2">
          Every filed document lies there under its name, for any program. A new or changed file in it comes to the
          inbox.
        </p>
        {folder === null ? (
          <Waiting says="Bringing the folder in step" />
        ) : folder.path === '' ? (
          <Refusal says={folder.sentence} />
        ) : (
          <>
            <TextField label="Where it lies" value={folder.path} onChange={() => {}} maxLength={4_000} autoFocus />
            {folder.sentence !== '' && <p className="meta">{folder.sentence}</p>}
          </>
        )}
      </div>
      <DialogFoot>
        <button type="button" className="btn" onClick={props.onClose}>
          Close <Kbd>Esc</Kbd>
        </button>
        {folder !== null && folder.path !== '' && (
          <>
            <button type="button" className={mayOpen ? 'btn' : 'btn go'} onClick={() => void copy()}>
              {isCopied ? 'Copied' : 'Copy the path'}
            </button>
            {mayOpen && (
              <button type="button" className="btn go" onClick={() => void open(folder.path)}>
                Open the folder
              </button>
            )}
          </>
        )}
      </DialogFoot>
    </Dialog>
  );
}
