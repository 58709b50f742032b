import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPapers, type Papers } from '../papers/papers.ts';
import { createPdfWorker } from '../pdf/pdf-worker.ts';
import { createVault } from '../vault/vault.ts';
import type { Open } from './context.ts';

export * from './inbox.ts';
export * from './papers.ts';

/** In the build it lies beside the backend as `pdf-worker.js`; from source it is the module itself. */
const isBuilt = import.meta.url.endsWith('.js');
const WORKER = new URL(isBuilt ? './pdf-worker.js' : '../pdf/worker.ts', import.meta.url);

export function openPapersOf(open: Open, closing: AbortController): Papers {
  const { log, now, emit, folder } = open.deps;
  const { db, runner, office, newId } = open;
  const vault = createVault({ folder: join(folder, 'vault'), log, now });
  const pdf = createPdfWorker({ entry: fileURLToPath(WORKER), log });
  return openPapers(
    { db, runner, office, vault, pdf, log, now, newId, emit, folder, closing: closing.signal },
    closing,
  );
}
