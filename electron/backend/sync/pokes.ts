import { Poke } from '../../../core/sync/wire.ts';
import { DESK_PATH } from '../../../portal/api/device-calls.ts';
import { piecesOf } from './abort.ts';
import type { PortalClient } from './types.ts';

/** Longer than any line of an event; what is longer is not ours. */
const LINE_CHARS = 10_000;

export interface PokeListener {
  readonly onPoke: (poke: Poke) => void;
  /** The stream stands, or (false) it does not any more. Losing it costs time, not truth: heads are asked for anyway. */
  readonly onOpen: (isOpen: boolean) => void;
}

/** Listens to the server's hints until they end, the server is gone or `signal` says so. Never rejects. */
export async function listenToPokes(
  client: PortalClient,
  { onPoke, onOpen }: PokeListener,
  signal: AbortSignal,
): Promise<void> {
  let isOpen = false;
  try {
    const response = await client.fetch(`${DESK_PATH}/events`, { headers: { Accept: 'text/event-stream' }, signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return;
    }
    isOpen = true;
    onOpen(true);
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of piecesOf(response.body, signal)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
      rest = (lines.pop() ?? '').slice(0, LINE_CHARS);
      for (const line of lines) {
        const poke = pokeOf(line);
        if (poke !== null) onPoke(poke);
      }
    }
  } catch {
    // The connection is gone, or we let go of it.
  } finally {
    if (isOpen) onOpen(false);
  }
}

function pokeOf(line: string): Poke | null {
  if (!line.startsWith('data:')) return null;
  try {
    const poke = Poke.safeParse(JSON.parse(line.slice('data:'.length)));
    return poke.success ? poke.data : null;
  } catch {
    return null;
  }
}
