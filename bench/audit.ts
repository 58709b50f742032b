import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../core/sync/canonical.ts';
import { type AuditRow, auditHash, createVerifier, GENESIS } from '../portal/server/audit/chain.ts';
import { jsonLines } from '../portal/server/export/lines.ts';
import { type BenchOptions, type BenchRow, median, NONE } from './row.ts';

const ROWS = 1_000_000;
const SMOKE = 1_000;

/**
 * R12: a trail of a million rows verified, from the lines of an export as they lie on disk, beside a bare SHA-256 over the
 * same bytes. In turns.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-audit-bench-'));
  try {
    const file = join(folder, 'audit.jsonl');
    const count = smoke ? SMOKE : ROWS;
    const last = await write(file, count);
    const mine: number[] = [];
    const busy: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < (smoke ? 1 : 3); round += 1) {
      const bare = await timed(() => hashOnly(file));
      const before = process.cpuUsage();
      const ours = await timed(() => verify(file, { count, hash: last }));
      const { user, system } = process.cpuUsage(before);
      mine.push(ours);
      busy.push((user + system) / 1000);
      ratios.push(ours / bare);
    }
    return [
      { name: `audit trail of ${count} rows verified`, value: median(mine), unit: 'ms', limit: 10_000 },
      { name: 'of it on a processor', value: median(busy), unit: 'ms', limit: NONE },
      { name: 'audit trail verified, over a bare sha256 of its bytes', value: median(ratios), unit: 'x', limit: NONE },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows as a portal writes them: mostly steps and looks. The hash of the last. */
async function write(file: string, count: number): Promise<string> {
  const out = createWriteStream(file);
  let prev = GENESIS;
  let piece = '';
  for (let n = 1; n <= count; n += 1) {
    const isStep = n % 3 === 0;
    const details = isStep
      ? { commandId: `01907c3e-${String(n).padStart(12, '0')}`, name: 'completeTask', label: `Marked task ${n} done` }
      : { versionId: `01907c3f-${String(n).padStart(12, '0')}`, title: 'Disclosure packet' };
    const content = {
      ...{ workspaceId: 'main', unitId: '01907c3e-0000-7000-8000-000000000001', n, at: '2026-06-02T16:12:00.000Z' },
      ...{ actor: isStep ? 'member:01907c3e-aaaa' : 'party:01907c3e-bbbb', kind: isStep ? 'command-accepted' : 'view' },
      details,
    };
    prev = auditHash(prev, content);
    piece += `${canonicalJson({ ...content, hash: prev })}\n`;
    if (piece.length < 1 << 20) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece);
  await once(out, 'finish');
  return prev;
}

async function verify(file: string, head: { readonly count: number; readonly hash: string }): Promise<void> {
  const verifier = createVerifier([head]);
  for await (const rows of jsonLines(
    createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>,
  ))
    for (const row of rows) verifier.push(row as AuditRow);
  const end = verifier.end();
  if (!end.ok) throw new Error(end.error.sentence);
}

async function hashOnly(file: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) hash.update(chunk as Buffer);
  hash.digest();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
