import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { CallName } from '../contract/calls.ts';
import { channels } from '../contract/channels.ts';
import type { HostEvent } from '../contract/events.ts';
import type { CopyOutInput, DroppedFile, FileSource } from '../contract/files.ts';
import { MAX_PUT_BYTES } from '../contract/put-limit.ts';

const ask = async (channel: string, ...words: readonly unknown[]): Promise<unknown> => {
  try {
    return await ipcRenderer.invoke(channel, ...words);
  } catch {
    return {
      ok: false,
      error: { type: 'bad-call', message: 'Closeboard could not hand this on. Nothing was changed.' },
    };
  }
};

const notTaken = {
  ok: false,
  error: {
    type: 'not-here',
    message: 'This did not come from a folder of this computer. Save it as a file first, then drop that.',
  },
} as const;

async function putFile(file: File): Promise<unknown> {
  if (file.size > MAX_PUT_BYTES) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { name, lastModified } = file;
  const put = (await ask(channels.call, 'files:put', { name, lastModified, bytes })) as PutReply;
  return put.ok ? { kind: 'upload', uploadId: put.value.uploadId } : null;
}

type PutReply = { readonly ok: true; readonly value: { readonly uploadId: string } } | { readonly ok: false };

/**
 * What the page gets: asking and hearing, nothing of Electron itself. The page's values are copied on their way in and
 * out. What cannot be copied (a function among the input) is refused here, so that nothing is ever thrown at the page.
 */
contextBridge.exposeInMainWorld('closeboard', {
  call: (name: CallName, input: unknown): Promise<unknown> => ask(channels.call, name, input),
  listen: (listener: (event: HostEvent) => void): (() => void) => {
    const hear = (_event: unknown, event: HostEvent) => listener(event);
    ipcRenderer.on(channels.event, hear);
    ipcRenderer.send(channels.listening);
    return () => {
      ipcRenderer.removeListener(channels.event, hear);
    };
  },
  readFile: (source: FileSource, range: { from: number; to: number }): Promise<unknown> =>
    ask(channels.call, 'files:read', { sha256: source.sha256, from: range.from, to: range.to }),
  dropFiles: async (files: readonly DroppedFile[]): Promise<unknown> => {
    const sources: unknown[] = [];
    try {
      for (const { file } of files) {
        // The real file: nothing of it goes through the page. What was pasted lies nowhere yet and is handed over whole.
        const path = webUtils.getPathForFile(file as unknown as File);
        const source = path === '' ? await putFile(file as unknown as File) : { kind: 'path', path };
        if (source === null) return notTaken;
        sources.push(source);
      }
    } catch {
      return notTaken;
    }
    return { ok: true, value: { sources, isStopped: false } };
  },
  saveFile: (file: CopyOutInput): Promise<unknown> => ask(channels.giveOut, { how: 'save', file }),
  startDrag: (file: CopyOutInput): Promise<unknown> => ask(channels.giveOut, { how: 'drag', file }),
});
