import { inWrite } from '../../../db/handles.ts';
import { DESK_PATH } from '../../../portal/api/device-calls.ts';
import type { ApiReply } from '../../../portal/api/values.ts';
import { keepBlob } from '../papers/arrive.ts';
import type { PapersDeps } from '../papers/types.ts';
import type { JobEnd } from '../services/jobs.ts';
import type { Vault } from '../vault/vault.ts';
import type { PortalClient, Sync } from './types.ts';

interface Deps {
  readonly sync: Pick<Sync, 'client' | 'state'>;
  readonly vault: Pick<Vault, 'add'>;
  readonly papers: Pick<PapersDeps, 'db' | 'now'>;
}

interface Asked {
  readonly dealId: string;
  /** What the file is called when it is saved. */
  readonly name: string;
  readonly tell: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Bytes of all entries before they are packed, as the portal says; see portal/server/routes/export.ts. */
const BYTES_HEADER = 'x-closeboard-bytes';
const CANCELLED: JobEnd = { state: 'cancelled', sentence: 'Stopped. Nothing was exported to this computer.' };
const BROKEN: JobEnd = {
  state: 'failed',
  sentence: 'The connection to the portal broke off, so nothing was kept of this export. Try again.',
};

const NOT_THERE =
  'The portal does not have this deal, so there is no trail to export. Sample deals are never sent to it; others are as soon as there is a connection.';

/** Brings an export of the portal into the vault, whole or not at all. */
export async function fetchExport(deps: Deps, { dealId, name, tell, signal }: Asked): Promise<JobEnd> {
  const client = deps.sync.client();
  if (client === null) return { state: 'failed', sentence: deps.sync.state().sentence };
  const answer = await request(client, dealId, signal);
  if (signal.aborted) return CANCELLED;
  if (answer === null || answer.body === null) return BROKEN;
  if (answer.status === 404) return { state: 'failed', sentence: NOT_THERE };
  if (!answer.ok) return { state: 'failed', sentence: await sentenceOf(answer) };
  const total = Number(answer.headers.get(BYTES_HEADER)) || 1;
  // Packed it is smaller than that, and never shown as more than whole.
  const onBytes = (bytes: number) => tell(Math.min(bytes, total), total);
  const added = await deps.vault.add({ stream: answer.body as AsyncIterable<Uint8Array> }, { signal, onBytes });
  if (signal.aborted) return CANCELLED;
  if (!added.ok)
    return added.error.type === 'SourceGone' ? BROKEN : { state: 'failed', sentence: added.error.sentence };
  const { sha256, bytes } = added.value;
  inWrite(deps.papers.db, (write) => {
    keepBlob(write, deps.papers, { sha256, bytes, kind: 'zip', extension: 'zip', reading: 'none' });
  });
  const sentence = 'The deal is exported with its files and its trail. Save it where you keep records.';
  return { state: 'done', sentence, made: { sha256, name }, dealId };
}

async function request(client: PortalClient, dealId: string, signal: AbortSignal): Promise<Response | null> {
  try {
    return await client.fetch(`${DESK_PATH}/export/${encodeURIComponent(dealId)}`, { signal });
  } catch {
    // Nobody answered, or the person stopped it: the caller tells which.
    return null;
  }
}

async function sentenceOf(answer: Response): Promise<string> {
  try {
    const reply = (await answer.json()) as ApiReply<never>;
    if (!reply.ok) return reply.error.message;
  } catch {
    // Something between here and the portal answered in its place.
  }
  return 'The portal did not answer as it should, and nothing was exported. Try again soon.';
}
