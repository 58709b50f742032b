import type { DeviceCallName, DeviceInput, DeviceOutput } from '../../../portal/api/device-calls.ts';
import type { Answered } from '../../contract/sync.ts';
import type { Sync } from './types.ts';

/** Asks the portal for a person at the screen: the answer, or a sentence why there is none now. */
export async function askPortal<N extends DeviceCallName>(
  sync: Pick<Sync, 'client' | 'state'>,
  name: N,
  input: DeviceInput<N>,
): Promise<Answered<DeviceOutput<N>>> {
  const client = sync.client();
  if (client === null) return { kind: 'no', type: noClientType(sync), sentence: sync.state().sentence };
  const asked = await client.ask(name, input);
  if (asked.ok) return { kind: 'ok', value: asked.value };
  return { kind: 'no', type: asked.error.type, sentence: asked.error.message };
}

function noClientType(sync: Pick<Sync, 'state'>): 'offline' | 'signed-out' {
  const { status } = sync.state();
  return status === 'signed-out' || status === 'off' ? 'signed-out' : 'offline';
}
