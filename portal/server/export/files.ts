import { createHash } from 'node:crypto';
import { chainOf } from '../../../core/commands/version-rules.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { isMetadataOnly } from '../../../core/documents/document.ts';
import { dealContextOf, documentFacts, type Filed, filedAs } from '../../../core/documents/document-facts.ts';
import { fileNameFor, freeSegment, nameKey, safeSegment } from '../../../core/documents/file-name.ts';
import type { MemberActor } from '../../../core/permissions/actor.ts';
import { may } from '../../../core/permissions/may.ts';
import type { Blobs } from '../blobs/types.ts';
import { FILES, type LeftOut, type Manifest } from './format.ts';

export interface FilesPlan {
  /** In the order of the checklist, then by number. */
  readonly files: readonly (Manifest['files'][number] & { readonly bytes: number })[];
  readonly notIncluded: Manifest['notIncluded'];
}

interface PlanAsk {
  readonly deal: Deal;
  readonly blobs: Pick<Blobs, 'read'>;
  /** Whose rights count. */
  readonly actor: MemberActor;
  /** What was hashed already, by SHA-256: bytes, or what is wrong with them. Added to. */
  readonly hashed: Map<string, number | 'missing' | 'damaged'>;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Which files of a deal go into its export, each under a name of its own by the naming convention. Every content is read
 * once and held against its hash beforehand, so the manifest never names bytes that are not in the zip.
 */
export async function planFiles(ask: PlanAsk): Promise<FilesPlan> {
  const { deal, hashed } = ask;
  const files: FilesPlan['files'][number][] = [];
  const notIncluded: Manifest['notIncluded'][number][] = [];
  const taken = new Set<string>();
  for (const filed of inOrder(deal)) {
    const { id: versionId, sha256 } = filed.version;
    const name = nameOf(deal, filed);
    const refused = refusalOf(ask, filed);
    if (refused === null && !hashed.has(sha256)) hashed.set(sha256, await hashOf(ask, sha256));
    const found = refused ?? hashed.get(sha256) ?? 'missing';
    if (typeof found !== 'number') {
      notIncluded.push({ versionId, name, sha256, reason: found, sentence: SENTENCES[found] });
      continue;
    }
    const segment = freeSegment(name, taken);
    taken.add(nameKey(segment));
    files.push({ path: `${FILES}${segment}`, versionId, sha256, bytes: found });
  }
  return { files, notIncluded: [...notIncluded, ...withoutLine(deal)] };
}

const SENTENCES: Readonly<Record<LeftOut, string>> = {
  missing: 'The portal does not have the bytes of this file. A desktop that has them may not have sent them yet.',
  damaged: 'The bytes that the portal has are not the ones that were filed. Look for a good copy on a desktop.',
  held: 'Held: looks like wire instructions, and is handed to nobody.',
  private: 'A private paper of the client: the lender keeps it, and its bytes are never on the portal.',
  'not-allowed': 'Whoever made this export may not read this file.',
};

/** A file whose document is gone from the checklist has no class, so nobody can say who may read it. */
function withoutLine(deal: Deal): Manifest['notIncluded'] {
  const lineIds = new Set(deal.lines.map(({ id }) => id));
  return deal.versions
    .filter(({ lineId }) => !lineIds.has(lineId))
    .map(({ id: versionId, sha256, originalName }) => {
      const name = safeSegment(originalName);
      return { versionId, name, sha256, reason: 'not-allowed' as const, sentence: SENTENCES['not-allowed'] };
    });
}

function inOrder(deal: Deal): readonly Filed[] {
  return deal.lines.flatMap((line) => chainOf(deal, line.id).flatMap((version) => filedAs(deal, version.id) ?? []));
}

function nameOf(deal: Deal, { line, version }: Filed): string {
  const { documentOn: on, suffix, number, extension } = version;
  return fileNameFor({ on, street: deal.row.street, category: line.title, suffix, version: number, extension });
}

function refusalOf({ deal, actor }: PlanAsk, filed: Filed): Exclude<LeftOut, 'missing' | 'damaged'> | null {
  if (filed.version.isHeld || filed.line.class === 'wire-suspect') return 'held';
  if (isMetadataOnly(filed.line.class)) return 'private';
  const document = documentFacts(deal, filed);
  const verdict = may(actor, 'download', { type: 'document', document }, dealContextOf(deal, [actor.memberId]));
  return verdict.ok ? null : 'not-allowed';
}

async function hashOf({ blobs, signal, onBytes }: PlanAsk, sha256: string): Promise<number | 'missing' | 'damaged'> {
  const stream = await blobs.read(sha256);
  if (stream === null) return 'missing';
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted();
      hash.update(chunk);
      bytes += chunk.byteLength;
      onBytes?.(chunk.byteLength);
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    // A disk that does not give them back: they are there and cannot be read.
    return 'damaged';
  } finally {
    stream.destroy();
  }
  return hash.digest('hex') === sha256 ? bytes : 'damaged';
}
