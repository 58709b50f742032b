import { type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { channels } from '../contract/channels.ts';
import { type Gate, isTrusted, type Sender } from './gate.ts';
import { giveOut } from './give-out.ts';

interface IpcDeps {
  readonly gate: Gate;
  readonly currentWindow: () => BrowserWindow | null;
  readonly onListening: () => void;
}

/** The three channels that are listened to, all behind the sender check. */
export function listenToPage({ gate, currentWindow, onListening }: IpcDeps): void {
  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) =>
    gate(senderOf(event, currentWindow()), name, input),
  );
  ipcMain.handle(channels.giveOut, (event, input: unknown) => {
    const sender = senderOf(event, currentWindow());
    return giveOut(input, { contents: event.sender, copyOut: (file) => gate(sender, 'files:copy-out', file) });
  });
  ipcMain.on(channels.listening, (event) => {
    if (isTrusted(senderOf(event, currentWindow()))) onListening();
  });
}

function senderOf(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow | null): Sender {
  const frame = event.senderFrame;
  return {
    url: frame === null || frame.detached ? null : frame.url,
    // Only a page's top frame has no parent (webFrameMain.parent).
    isMainFrame: frame !== null && frame.parent === null,
    isOwnWindow: window !== null && !window.isDestroyed() && event.sender === window.webContents,
  };
}
