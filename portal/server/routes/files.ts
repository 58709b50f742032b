import { err, ok } from '../../../core/result.ts';
import type { DeviceHandler, SomeDeviceHandlers } from '../context.ts';
import { filesOfMember } from '../files/rights.ts';

/**
 * Only of contents that rows of this deal name and that the member may have: whoever asks learns nothing of other deals.
 * What is in the trash, or was found damaged, counts as missing and heals by being sent again.
 */
const missing: DeviceHandler<'files/missing'> = async (context, { member }, { dealId, sha256s }) => {
  const { store, blobs, workspaceId } = context;
  const asked = [...new Set(sha256s)];
  const found = await store.read(async (read) => {
    const theirs = await filesOfMember(read, member, { workspaceId, dealId });
    if (theirs === null) return null;
    const named = asked.filter((sha256) => theirs.filed(sha256).length > 0);
    const known = new Set<string>();
    for (const sha256 of named) if ((await read.files.blob(workspaceId, sha256)) !== null) known.add(sha256);
    return { named, known };
  });
  if (found === null) return err({ type: 'not-available', message: 'This deal is not on the portal, or not for you.' });
  const lacking: string[] = [];
  for (const sha256 of found.named) if (!found.known.has(sha256) || !(await blobs.has(sha256))) lacking.push(sha256);
  const named = new Set(found.named);
  const unnamed = sha256s.flatMap((sha256, place) => (named.has(sha256) ? [] : [place]));
  return ok({ missing: lacking, unnamed });
};

export const fileHandlers = { 'files/missing': missing } satisfies SomeDeviceHandlers;
