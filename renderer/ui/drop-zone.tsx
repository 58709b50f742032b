import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DroppedFile } from '../../electron/contract/files.ts';
import { showRefusal } from '../data/commands.ts';
import { collectDrop } from '../data/dropped.ts';
import { type DropPlace, NOT_A_FILE, type Taking, useTakeFiles } from '../data/drops.ts';
import { useHostInfo } from '../data/queries.ts';
import { type Session, useSession } from '../data/session.tsx';
import styles from './drop-zone.module.css';
import { Icon } from './icon.tsx';
import { isOverlayOpen, isTyping } from './keys.tsx';

function placeOf(element: Element | null): DropPlace {
  if (!(element instanceof HTMLElement)) return {};
  const { dropDeal: dealId, dropLine: lineId, dropName: name } = element.dataset;
  return { dealId, lineId, name };
}

/**
 * Hears files that are dragged over the window or pasted into it, wherever that is. The page never opens what is dropped:
 * it is taken in, or refused in words. Drags that began in the page itself are left to whoever began them.
 */
export function DropCatcher() {
  const session = useSession();
  const take = useTakeFiles();
  // A host with dialogs of the system's own also gets the real paths, and walks folders itself.
  const folders = useHostInfo().data?.capabilities.includes('native-dialogs') === true ? 'whole' : 'walk';
  const [says, setSays] = useState<string | null>(null);
  const latest = useRef({ session, take, folders, setSays });
  latest.current = { session, take, folders, setSays } as const;
  useEffect(() => listenForDrops(() => latest.current as Wiring), []);
  useEffect(() => {
    const hear = (event: ClipboardEvent) => onPaste(event, latest.current.take);
    document.addEventListener('paste', hear);
    return () => document.removeEventListener('paste', hear);
  }, []);
  if (says === null) return null;
  return (
    <>
      <div className={styles.window} />
      <div className={styles.label} data-testid="drop-label">
        <Icon name="inbox" />
        <span>{says}</span>
      </div>
    </>
  );
}

interface Wiring {
  readonly session: Session;
  readonly take: (taking: Taking) => Promise<void>;
  readonly folders: 'whole' | 'walk';
  readonly setSays: (says: string | null) => void;
}

const TO_INBOX = 'Put into the inbox';

function listenForDrops(wiring: () => Wiring): () => void {
  let isOwn = false;
  let lit: Element | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const light = (target: Element | null) => {
    if (lit !== target) lit?.removeAttribute('data-dropping');
    lit = target;
    lit?.setAttribute('data-dropping', '');
    wiring().setSays(lit?.getAttribute('data-drop') ?? TO_INBOX);
    document.documentElement.dataset.draggingFiles = '';
  };
  const dark = () => {
    clearTimeout(leaving);
    lit?.removeAttribute('data-dropping');
    lit = null;
    delete document.documentElement.dataset.draggingFiles;
    wiring().setSays(null);
  };
  const over = (event: DragEvent) => {
    if (event.dataTransfer === null) return;
    const hasFiles = event.dataTransfer.types.includes('Files');
    // A field takes a dropped text itself.
    if (!hasFiles && (isOwn || isTyping(event.target))) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    if (!hasFiles) return;
    // The events of one target leave before those of the next arrive, and Esc or another window says nothing at all.
    clearTimeout(leaving);
    leaving = setTimeout(dark, 1_000);
    light(targetOf(event));
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer === null) return;
    const hasFiles = event.dataTransfer.types.includes('Files');
    if (!hasFiles && (isOwn || isTyping(event.target))) return;
    event.preventDefault();
    const target = targetOf(event);
    dark();
    if (!hasFiles) return showRefusal(wiring().session, NOT_A_FILE);
    void takeDrop(event.dataTransfer, placeOf(target), wiring());
  };
  const leave = (event: DragEvent) => event.relatedTarget === null && dark();
  const start = () => {
    isOwn = true;
  };
  const end = () => {
    isOwn = false;
  };
  const heard: readonly (readonly [string, (event: DragEvent) => unknown])[] = [
    ['dragenter', over],
    ['dragover', over],
    ['dragleave', leave],
    ['drop', drop],
    ['dragend', end],
  ];
  for (const [name, hear] of heard) window.addEventListener(name, hear as EventListener);
  // After those of the page: a drag that was refused, or handed to the system, is none of the page's.
  const begin = (event: DragEvent) => !event.defaultPrevented && start();
  window.addEventListener('dragstart', begin);
  return () => {
    for (const [name, hear] of heard) window.removeEventListener(name, hear as EventListener);
    window.removeEventListener('dragstart', begin);
    dark();
  };
}

function targetOf(event: DragEvent): Element | null {
  if (!(event.target instanceof Element)) return null;
  // A dialog lies over the screen it was opened from, not in it.
  return event.target.closest('.desk') === null ? openDeal() : event.target.closest('[data-drop]');
}

/** The page of the deal that is open. */
function openDeal(): Element | null {
  return document.querySelector('main[data-drop-deal]');
}

async function takeDrop(data: DataTransfer, place: DropPlace, { session, take, folders }: Wiring): Promise<void> {
  const { files, isCut } = await collectDrop(data, folders);
  await take({ files, how: 'drop', place });
  if (isCut)
    showRefusal(
      session,
      `Only the first ${files.length.toLocaleString('en-US')} files were taken. Drop the rest again.`,
    );
}

/** Files and pictures from the clipboard go to the deal that is open, else to the inbox. Text stays the field's. */
function onPaste(event: ClipboardEvent, take: Wiring['take']): void {
  const pasted = [...(event.clipboardData?.files ?? [])];
  if (pasted.length === 0 || isTyping(event.target) || isOverlayOpen()) return;
  event.preventDefault();
  const files = pasted.map((file) => dropped(named(file)));
  void take({ files, how: 'paste', place: placeOf(openDeal()) });
}

/** A screenshot comes as "image.png", whichever it is: the time tells them apart. */
function named(file: File): File {
  const ending = /^image(\.\w{1,5})$/.exec(file.name)?.[1];
  if (ending === undefined) return file;
  const at = new Date(file.lastModified).toLocaleString('sv-SE').replaceAll(':', '.');
  return new File([file], `Pasted ${at}${ending}`, { type: file.type, lastModified: file.lastModified });
}

function dropped(file: File): DroppedFile {
  return { file, relativePath: file.name };
}

/** Asks for files with the system's own dialog. None when the person picked none. */
export function pickFiles(): Promise<readonly DroppedFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.hidden = true;
    input.dataset.testid = 'file-picker';
    input.setAttribute('aria-hidden', 'true');
    const end = (files: readonly DroppedFile[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => end([...(input.files ?? [])].map(dropped)));
    input.addEventListener('cancel', () => end([]));
    // In the page, so that it can be reached by whoever drives the page.
    document.body.append(input);
    input.click();
  });
}

/** Asks for files and takes them in. Nothing happens when none was picked. */
export function usePickInto(): (place: DropPlace) => Promise<void> {
  const take = useTakeFiles();
  return async (place) => {
    const files = await pickFiles();
    if (files.length > 0) await take({ files, how: 'pick', place });
  };
}

/** The way in for whoever does not drag. */
export function AddFilesButton(props: {
  readonly place?: DropPlace;
  readonly className?: string;
  readonly children?: ReactNode;
}) {
  const pick = usePickInto();
  return (
    <button type="button" className={props.className ?? 'btn sm'} onClick={() => void pick(props.place ?? {})}>
      {props.children ?? (
        <>
          <Icon name="plus" size="s" />
          Add files
        </>
      )}
    </button>
  );
}
