import { z } from 'zod';
import { Id, Instant, Sha256 } from '../../api/values.ts';

/** What is in an exported deal. A change of these is a new version of the format, and a verifier says which it reads. */

export const EXPORT_FORMAT = 'closeboard-export';
export const EXPORT_VERSION = 1;

/** The entries that every export has, in their order. Files of the deal follow under `files/`. */
export const ENTRY = {
  readme: 'README.txt',
  manifest: 'manifest.json',
  rows: 'rows.jsonl',
  commands: 'commands.jsonl',
  audit: 'audit.jsonl',
  head: 'audit-head.json',
} as const;
export const FILES = 'files/';

const Bytes = z.int().min(0);
const Head = z.strictObject({ count: Bytes, hash: Sha256 });

/** Why the bytes of a file are not in the export. Its row is, always. */
const LEFT_OUT = ['missing', 'damaged', 'held', 'private', 'not-allowed'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export const Manifest = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  version: z.literal(EXPORT_VERSION),
  /** Of the program that made it. */
  product: z.string().max(100),
  workspace: z.strictObject({ id: Id, name: z.string().max(400) }),
  deal: z.strictObject({ id: Id, name: z.string().max(400), unitVersion: Bytes }),
  /** The server's time. */
  madeAt: Instant,
  madeBy: z.strictObject({ actor: z.string().max(220), name: z.string().max(400) }),
  /** False when the server was in use by another process, so that this export could not be written into the trail. */
  isInTrail: z.boolean(),
  /** The end of the chain in `audit.jsonl`. */
  audit: Head,
  /** Every entry but this one, in their order. */
  entries: z.array(z.strictObject({ path: z.string().max(300), bytes: Bytes, sha256: Sha256 })).max(50_000),
  /** Which version of which document each file is. */
  files: z.array(z.strictObject({ path: z.string().max(300), versionId: Id, sha256: Sha256 })).max(50_000),
  notIncluded: z
    .array(
      z.strictObject({
        versionId: Id,
        name: z.string().max(300),
        sha256: Sha256,
        reason: z.enum(LEFT_OUT),
        sentence: z.string().max(400),
      }),
    )
    .max(50_000),
});
export type Manifest = z.infer<typeof Manifest>;

/** What the trail says of the export itself: whoever holds a later head of the chain holds these hashes with it. */
export const ExportDetails = z.strictObject({
  rowsSha256: Sha256,
  commandsSha256: Sha256,
  aboutSha256: Sha256,
  files: Bytes,
  notIncluded: Bytes,
  /** Where it was asked for, when not on a desktop. */
  where: z.literal('command-line').optional(),
});
export type ExportDetails = z.infer<typeof ExportDetails>;

export function readmeText({ name, madeAt, by }: { name: string; madeAt: string; by: string }): string {
  return `${name}
One deal as Closeboard keeps it, exported at ${madeAt} by ${by}.

manifest.json    what is in here, with the size and the SHA-256 of each entry, and which files are not in here and why
rows.jsonl       every row of the deal, one a line
commands.jsonl   everything that was asked for, in order: what was done and what was refused
audit.jsonl      the audit trail: who did, opened, downloaded or was denied what, and when
audit-head.json  the end of the trail: how many rows, and the hash of the last
files/           the filed documents

To check it, run:  closeboard verify FILE.zip

Each row of the trail carries the SHA-256 of the row before it and of itself, so an edited, removed, added or moved row
does not fit. That the end was not cut off, or everything written anew, shows only beside a copy of the trail's end that
somebody else kept. Every desktop of the team keeps one:  closeboard verify FILE.zip --data DATA-FOLDER
`;
}
