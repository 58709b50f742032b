import { hashOfCode, newCode } from '../auth/codes.ts';
import type { PortalContext } from '../context.ts';
import type { CodeRow } from '../store/areas/codes.ts';
import type { Tx } from '../store/types.ts';

/** Makes a code for a subject, the only one of it that is good from now on. The answer is the only time it is told. */
export async function makeCode(
  { workspaceId, now, newId }: Pick<PortalContext, 'workspaceId' | 'now' | 'newId'>,
  tx: Tx,
  { kind, subject, lastsMs }: { readonly kind: CodeRow['kind']; readonly subject: string; readonly lastsMs: number },
): Promise<{ readonly code: string; readonly expiresAt: string }> {
  const code = newCode();
  const madeAt = now();
  const expiresAt = new Date(madeAt.getTime() + lastsMs).toISOString();
  await tx.codes.endAll(workspaceId, kind, subject, madeAt.toISOString());
  await tx.codes.put({
    ...{ workspaceId, codeId: newId(), kind, subject, address: '', browserHash: '' },
    ...{ hash: hashOfCode(code), madeAt: madeAt.toISOString(), expiresAt },
    // One is enough: it is found by its whole text, and using it ends it.
    triesLeft: 1,
  });
  return { code, expiresAt };
}
