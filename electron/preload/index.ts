import { contextBridge, ipcRenderer } from 'electron';
import type { CallName } from '../contract/calls.ts';
import { channels } from '../contract/channels.ts';
import type { HostEvent } from '../contract/events.ts';

/**
 * What the page gets: asking and hearing, nothing of Electron itself. The page's values are copied on their way in and
 * out. What cannot be copied (a function among the input) is refused here, so that nothing is ever thrown at the page.
 */
contextBridge.exposeInMainWorld('closeboard', {
  call: async (name: CallName, input: unknown): Promise<unknown> => {
    try {
      return await ipcRenderer.invoke(channels.call, name, input);
    } catch {
      return {
        ok: false,
        error: { type: 'bad-call', message: 'Closeboard could not hand this on. Nothing was changed.' },
      };
    }
  },
  listen: (listener: (event: HostEvent) => void): (() => void) => {
    const hear = (_event: unknown, event: HostEvent) => listener(event);
    ipcRenderer.on(channels.event, hear);
    ipcRenderer.send(channels.listening);
    return () => {
      ipcRenderer.removeListener(channels.event, hear);
    };
  },
});
