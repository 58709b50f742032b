import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../../core/result.ts';
import { canonicalJson, isShallow } from '../../../core/sync/canonical.ts';

/** What one row of the audit trail says. `at` is the server's time, an ISO instant. */
export interface AuditContent {
  readonly workspaceId: string;
  /** The chain: the id of a deal, or `workspace` for what belongs to none. */
  readonly unitId: string;
  /** Place in the chain, from 1 without gaps. */
  readonly n: number;
  readonly at: string;
  /** `member:<id>`, `party:<id>`, `device:<id>`, `system` or `unknown`. */
  readonly actor: string;
  /** `command-accepted`, `command-refused`, `view`, `download`, `denied`, `sign-in`, `export`, ... */
  readonly kind: string;
  /** JSON, at most 32 levels deep; never a token, a code or a key. */
  readonly details: unknown;
}

/** A row with its link of the chain: sha256 (hex) of the hash before it and of its own text. */
export interface AuditRow extends AuditContent {
  readonly hash: string;
}

/** How far a chain goes: so many rows, the last with this hash. Of an empty chain 0 and `GENESIS`. */
export interface AuditHead {
  readonly count: number;
  readonly hash: string;
}

/** Where a trail was tampered with. `n` is the place of the first row that is not as it was written. */
export interface AuditBroken {
  readonly type: 'AuditBroken';
  readonly n: number;
  readonly problem: 'place' | 'content' | 'missing' | 'rewritten';
  readonly sentence: string;
}

/** What comes before the first row. */
export const GENESIS = '0'.repeat(64);
export const EMPTY_HEAD: AuditHead = { count: 0, hash: GENESIS };

/** Hex sha256 of `prev` followed by the canonical JSON of the row. `prev` has always 64 digits, so nothing can shift over. */
export function auditHash(prev: string, row: AuditContent): string {
  return createHash('sha256').update(prev).update(auditText(row)).digest('hex');
}

/** `canonicalJson` of the seven fields. Their order is known, and a million rows are checked in the time that sorting took. */
function auditText({ workspaceId, unitId, n, at, actor, kind, details }: AuditContent): string {
  const isPlain = [workspaceId, unitId, at, actor, kind].every((value) => typeof value === 'string');
  if (!isPlain || !Number.isFinite(n))
    return canonicalJson({ workspaceId, unitId, n, at, actor, kind, details: details ?? null });
  const json = JSON.stringify;
  return `{"actor":${json(actor)},"at":${json(at)},"details":${canonicalJson(details ?? null)},"kind":${json(kind)},"n":${n},"unitId":${json(unitId)},"workspaceId":${json(workspaceId)}}`;
}

export interface Verifier {
  /** Takes the next row; the first problem, or null while all is well. After a problem it keeps saying that one. */
  push(row: AuditRow): AuditBroken | null;
  /** After the last row: the head that the rows lead to, or the first problem. */
  end(): Result<AuditHead, AuditBroken>;
}

/**
 * Checks one chain row by row, in order from the first, in constant memory. `known` are heads that others kept (each
 * desktop mirrors them): only they show that rows were cut off at the end, or that all were written anew from one on.
 */
export function createVerifier(known: readonly AuditHead[] = []): Verifier {
  const wanted = new Map(known.filter(({ count }) => count > 0).map(({ count, hash }) => [count, hash]));
  const conflicting = known.find(({ count, hash }) => count > 0 && wanted.get(count) !== hash);
  const longest = Math.max(0, ...wanted.keys());
  let head = EMPTY_HEAD;
  let chain: Pick<AuditContent, 'workspaceId' | 'unitId'> | null = null;
  let broken: AuditBroken | null = conflicting === undefined ? null : rewritten(conflicting.count);
  return {
    push: (row) => {
      if (broken !== null) return broken;
      chain ??= row;
      broken = problemOf(row, head, chain);
      if (broken !== null) return broken;
      head = { count: row.n, hash: row.hash };
      const mirrored = wanted.get(row.n);
      if (mirrored !== undefined && mirrored !== row.hash) broken = rewritten(row.n);
      return broken;
    },
    end: () => {
      if (broken === null && head.count < longest) broken = missing(head.count + 1);
      return broken === null ? ok(head) : err(broken);
    },
  };
}

/** Checks a whole chain, in order from its first row; see `createVerifier`. Stops reading at the first problem. */
export function verifyChain(
  rows: Iterable<AuditRow>,
  known: readonly AuditHead[] = [],
): Result<AuditHead, AuditBroken> {
  const verifier = createVerifier(known);
  for (const row of rows) if (verifier.push(row) !== null) break;
  return verifier.end();
}

function problemOf(
  row: AuditRow,
  head: AuditHead,
  chain: Pick<AuditContent, 'workspaceId' | 'unitId'>,
): AuditBroken | null {
  const n = head.count + 1;
  const isOther = row.workspaceId !== chain.workspaceId || row.unitId !== chain.unitId;
  if (isOther || row.n !== n) return misplaced(n);
  return hashOrNull(head.hash, row) === row.hash ? null : edited(n);
}

/** Null for details deeper than any that we write: a file from outside must not cost more than a look. */
function hashOrNull(prev: string, row: AuditRow): string | null {
  return isShallow(row.details) ? auditHash(prev, row) : null;
}

function misplaced(n: number): AuditBroken {
  const sentence = `Row ${n} of this trail is not where it was written: rows were taken out, added or moved. Compare it with the newest copy on a desktop.`;
  return { type: 'AuditBroken', n, problem: 'place', sentence };
}

function edited(n: number): AuditBroken {
  const sentence = `Row ${n} of this trail is not as it was written. Compare it with the newest copy on a desktop.`;
  return { type: 'AuditBroken', n, problem: 'content', sentence };
}

function missing(n: number): AuditBroken {
  const sentence = `This trail ends before row ${n}, but a desktop has seen that row. The end was cut off.`;
  return { type: 'AuditBroken', n, problem: 'missing', sentence };
}

function rewritten(n: number): AuditBroken {
  const sentence = `Row ${n} of this trail is not the one that a desktop has seen. It, or a row before it, was written anew.`;
  return { type: 'AuditBroken', n, problem: 'rewritten', sentence };
}
