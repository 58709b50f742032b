import { useCallback, useState } from 'react';
import { useWords } from '../words.ts';
import { MOST_PAGES, type PageRow } from './pages.ts';
import { type Prepared, prepareFile, preparePhoto } from './prepare.ts';
import type { Uploader } from './uploader.ts';

const PHOTO = /\.(jpe?g|png|heic|heif|hif|webp|gif|bmp|avif)$/i;
/** Photos that the portal keeps as they come, where this browser cannot draw them. */
const KEPT_PHOTO = /\.(jpe?g|png|heic|heif|hif)$/i;
const FILES = /\.(pdf|docx|xlsx|txt)$/i;
const MOST_BYTES = 100_000_000;

export interface Taking {
  /** How many photos are still being made ready. */
  readonly left: number;
  /** Why something was not taken; empty otherwise. */
  readonly problem: string;
  /** Takes what was photographed or chosen; with `replaces`, the first of it in the place of that page. */
  take(files: readonly File[], replaces?: string): Promise<void>;
}

/** Makes ready what somebody photographs or chooses, one after another, and gives it to the uploader. */
export function useTaking(uploader: Uploader): Taking {
  const { upload } = useWords();
  const { problems } = upload;
  const [left, setLeft] = useState(0);
  const [problem, setProblem] = useState('');
  const take = useCallback(
    async (files: readonly File[], replaces?: string) => {
      setProblem('');
      const refusal = refusalOf(files, uploader, replaces);
      if (refusal !== null) return setProblem(problems[refusal.type](refusal.name));
      const problem = await takeAll(files, { uploader, replaces, setLeft });
      setLeft(0);
      if (problem !== null) setProblem(problems[problem.type](problem.name));
    },
    [uploader, problems],
  );
  return { left, problem, take };
}

type Refusal = 'empty' | 'noPhoto' | 'wrongKind' | 'tooLarge' | 'tooMany' | 'oneFile' | 'fileOnly' | 'noRoom';
interface Problem {
  readonly type: Refusal;
  readonly name: string;
}

function isPhoto({ type, name }: File): boolean {
  return type.startsWith('image/') || PHOTO.test(name);
}

function refusalOf(files: readonly File[], uploader: Uploader, replaces: string | undefined): Problem | null {
  const { pages } = uploader.now().sending;
  const other = files.find((file) => !isPhoto(file));
  if (other !== undefined) {
    if (files.length > 1 || pages.length > 0) return { type: 'oneFile', name: other.name };
    if (!FILES.test(other.name)) return { type: 'wrongKind', name: other.name };
    return other.size > MOST_BYTES ? { type: 'tooLarge', name: other.name } : null;
  }
  if (replaces !== undefined) return null;
  if (pages.some(({ kind }) => kind === 'file')) return { type: 'fileOnly', name: '' };
  return pages.length + files.length > MOST_PAGES ? { type: 'tooMany', name: '' } : null;
}

interface Take {
  readonly uploader: Uploader;
  readonly replaces: string | undefined;
  readonly setLeft: (left: number) => void;
}

async function takeAll(files: readonly File[], { uploader, replaces, setLeft }: Take): Promise<Problem | null> {
  let problem: Problem | null = null;
  for (const [index, file] of files.entries()) {
    setLeft(files.length - index);
    const isAlone = files.length === 1 && uploader.now().sending.pages.length === 0;
    const made = isPhoto(file) ? await photoOf(file, isAlone) : prepareFile(file);
    if (typeof made === 'string') {
      problem ??= { type: made === 'empty' ? 'empty' : 'noPhoto', name: file.name };
      continue;
    }
    const page = pageOf(made);
    const blobs = { blob: made.blob, thumb: made.thumb };
    try {
      if (replaces !== undefined && index === 0) await uploader.replace(replaces, page, blobs);
      else await uploader.add(page, blobs);
    } catch {
      // The browser has no room for it: what is kept already stays.
      return { type: 'noRoom', name: file.name };
    }
  }
  return problem;
}

/** What cannot be drawn here goes as it is, when it goes alone. */
async function photoOf(file: File, isAlone: boolean): Promise<Prepared | 'empty' | 'not-a-photo'> {
  const made = await preparePhoto(file);
  return made === 'not-a-photo' && isAlone && KEPT_PHOTO.test(file.name) ? prepareFile(file) : made;
}

function pageOf({ name, kind, blob, isDark }: Prepared): PageRow {
  const fresh = { state: 'waiting', gone: 0, url: null, problem: '' } as const;
  return { id: crypto.randomUUID(), name, kind, bytes: blob.size, isDark, ...fresh };
}
