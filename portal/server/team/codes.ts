import { hashOfCode, newCode } from '../auth/codes.ts';
import type { PortalContext } from '../context.ts';
import type { CodeRow } from '../store/areas/codes.ts';
import type { Tx } from '../store/types.ts';

export interface CodeWish {
  readonly kind: CodeRow['kind'];
  readonly subject: string;
  readonly lastsMs: number;
  /** Those that the subject had before stop to count. */
  readonly isOnlyOne: boolean;
}

/** Makes a code for a subject. The answer is the only time it is told. */
export async function makeCode(
  { workspaceId, now, newId }: Pick<PortalContext, 'workspaceId' | 'now' | 'newId'>,
  tx: Tx,
  { kind, subject, lastsMs, isOnlyOne }: CodeWish,
): Promise<{ readonly code: string; readonly expiresAt: string }> {
  const code = newCode();
  const madeAt = now();
  const expiresAt = new Date(madeAt.getTime() + lastsMs).toISOString();
  if (isOnlyOne) await tx.codes.endAll(workspaceId, kind, subject, madeAt.toISOString());
  await tx.codes.put({
    ...{ workspaceId, codeId: newId(), kind, subject, address: '', browserHash: '' },
    ...{ hash: hashOfCode(code), madeAt: madeAt.toISOString(), expiresAt },
    // One is enough: it is found by its whole text, and using it ends it.
    triesLeft: 1,
  });
  return { code, expiresAt };
}
