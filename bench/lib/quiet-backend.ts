import { createBackend } from '../../electron/backend/index.ts';
import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts';
import type { HostEvent } from '../../electron/contract/events.ts';
import { createLog } from '../../electron/contract/log.ts';

export interface QuietBackend {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Starts a job and waits for its end, which it answers with. Throws unless it ended well. */
  job<N extends 'inbox:add' | 'samples:add'>(name: N, input: CallInput<N>): Promise<string>;
  close(): Promise<void>;
}

/** The whole backend in this process, on the records of a folder. One job at a time. */
export function openBackend(folder: string): QuietBackend {
  let last = '';
  let hear: (event: HostEvent) => void = () => {};
  const append = (line: string) => {
    last = line;
  };
  const log = createLog({ append }, () => '');
  const emit = (event: HostEvent) => hear(event);
  const backend = createBackend({ folder, log, now: () => new Date(), emit, isChecked: true });
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message} ${last}`);
    return reply.value as CallOutput<N>;
  };
  return {
    call,
    job: async (name, input) => {
      const ended = new Promise<Extract<HostEvent, { type: 'job:progress' }>>((resolve) => {
        hear = (event) => {
          if (event.type === 'job:progress' && event.state !== 'running') resolve(event);
        };
      });
      await call(name, input);
      const { state, sentence } = await ended;
      if (state !== 'done') throw new Error(`${name}: ${sentence} ${last}`);
      return sentence;
    },
    close: () => backend.close(),
  };
}
