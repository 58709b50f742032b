import { type FormEvent, useRef, useState } from 'react';
import { asCallError, call } from '../../data/api.ts';
import { useFolderActs, useFolders } from '../../data/folders.ts';
import { useHostInfo } from '../../data/queries.ts';
import { useAnnounce } from '../../data/session.tsx';
import { Waiting } from '../../ui/calm.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './folders.module.css';
import { FolderCard } from './folders-card.tsx';
import { examplePath, folderName, readFolderPath } from './folders-path.ts';

/** Folders of this computer whose new files come to the inbox by themselves. */
export function WatchedFolders() {
  const folders = useFolders();
  if (folders.isError) {
    return (
      <>
        <p role="alert">{asCallError(folders.error).message}</p>
        <button type="button" className="btn" onClick={() => void folders.refetch()}>
          Try again
        </button>
      </>
    );
  }
  if (folders.data === undefined) return <Waiting says="Reading the folders" />;
  return (
    <>
      <p className="t2">
        {folders.data.length === 0
          ? 'No folder is watched yet. Add the one that your scanner, your browser or your mail saves to: each file that comes into it is proposed in the inbox, with the deal and the document it seems to be for.'
          : 'Each file that comes into one of these folders is proposed in the inbox, with the deal and the document it seems to be for.'}{' '}
        Files that lie there before you add the folder are left alone.
      </p>
      {folders.data.length > 0 && (
        <ul className={styles.folders} aria-label="Watched folders">
          {folders.data.map((folder) => (
            <li key={folder.id}>
              <FolderCard folder={folder} />
            </li>
          ))}
        </ul>
      )}
      <AddFolder />
    </>
  );
}

function AddFolder() {
  const info = useHostInfo().data;
  const platform = info?.platform ?? 'linux';
  const { add } = useFolderActs();
  const announce = useAnnounce();
  const field = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function take(typed: string): Promise<void> {
    if (isBusy) return;
    const read = readFolderPath(typed, platform);
    const sentence = read.ok ? await watch(read.value) : read.error;
    setWrong(sentence);
    if (sentence !== null) return field.current?.focus();
    setPath('');
  }

  async function watch(whole: string): Promise<string | null> {
    setBusy(true);
    try {
      const { folder, sentence } = await add(whole);
      if (folder !== null)
        announce(`${folderName(whole)} is watched from now on. What lies in it already is left alone.`);
      return folder === null ? sentence : null;
    } catch (thrown) {
      return asCallError(thrown).message;
    } finally {
      setBusy(false);
    }
  }

  async function pick(): Promise<void> {
    try {
      const picked = await call('host:pick-folder', {});
      if (picked.path === null) return;
      setPath(picked.path);
      await take(picked.path);
    } catch (thrown) {
      setWrong(asCallError(thrown).message);
    }
  }

  return (
    <form
      className={styles.add}
      aria-label="Watch a folder"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void take(path);
      }}
    >
      <TextField
        label="Folder to watch"
        value={path}
        onChange={(next) => {
          setPath(next);
          setWrong(null);
        }}
        inputRef={field}
        placeholder={examplePath(platform)}
        wrong={wrong}
        maxLength={4_000}
      />
      <p className={styles.acts}>
        {info?.capabilities.includes('native-dialogs') && (
          <button type="button" className="btn" onClick={() => void pick()}>
            Choose a folder
          </button>
        )}
        <button type="submit" className="btn">
          {isBusy ? 'Adding the folder' : 'Watch this folder'}
        </button>
      </p>
    </form>
  );
}
