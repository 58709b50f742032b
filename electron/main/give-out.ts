import { copyFile } from 'node:fs/promises';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import { z } from 'zod';
import type { Reply } from '../contract/calls.ts';
import { CopiedOut, CopyOutInput } from '../contract/files.ts';
import { answered, refused } from '../contract/reply.ts';

const Wanted = z.object({ how: z.enum(['save', 'drag']), file: CopyOutInput }).strict();

interface GiveOutDeps {
  readonly contents: WebContents;
  /** The gate's call: it alone decides whether this sender may ask. */
  readonly copyOut: (file: CopyOutInput) => Promise<Reply<unknown>>;
}

/** Hands a copy of one of our files to the system: as the file that is being dragged, or to where the person says. */
export async function giveOut(input: unknown, { contents, copyOut }: GiveOutDeps): Promise<Reply<unknown>> {
  const wanted = Wanted.safeParse(input);
  // An unknown sender learns nothing from the form of its question: the gate answers before the form is looked at.
  const copied = await copyOut(wanted.success ? wanted.data.file : ({} as CopyOutInput));
  if (!copied.ok) return copied;
  const at = CopiedOut.safeParse(copied.value);
  if (!wanted.success || !at.success) {
    return refused({ type: 'bad-call', message: 'Closeboard could not hand this file out. Nothing was changed.' });
  }
  return wanted.data.how === 'drag' ? await drag(at.data.path, contents) : await save(at.data.path, contents);
}

async function drag(path: string, contents: WebContents) {
  // macOS refuses a drag without a picture.
  const icon = await app.getFileIcon(path);
  if (contents.isDestroyed()) return answered({ isStarted: false });
  contents.startDrag({ file: path, icon });
  return answered({ isStarted: true });
}

async function save(path: string, contents: WebContents): Promise<Reply<{ isSaved: boolean }>> {
  const window = BrowserWindow.fromWebContents(contents);
  if (window === null) return answered({ isSaved: false });
  const defaultPath = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath });
  if (canceled || filePath === '') return answered({ isSaved: false });
  try {
    await copyFile(path, filePath);
    return answered({ isSaved: true });
  } catch {
    const message = 'The copy could not be written there. Choose another folder, or make room on that disk.';
    return refused({ type: 'not-here', message });
  }
}
