import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TC } from '../../../core/commands/testing.ts';
import type { Command } from '../../../core/commands/types.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import { digestOf } from '../../../core/sync/canonical.ts';
import { command, OPEN, type Shelf, take } from '../../../core/sync/testing.ts';
import type { Blobs } from '../blobs/types.ts';
import type { NewCommand } from '../store/areas/commands.ts';
import type { Store, Tx } from '../store/types.ts';

/** A deal on a portal in a few lines, written as the server writes it: for tests of the trail and of exports. */

export const WORKSPACE_ID = 'main';
export const DEAL_ID = 'd1';
export const AT = '2026-06-02T16:12:00.000Z';
export const hex = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

export interface TestDeal {
  readonly store: Store;
  readonly shelf: Shelf;
  /** By SHA-256. */
  readonly contents: Map<string, Buffer>;
}

export async function openTestDeal(store: Store): Promise<TestDeal> {
  await store.createWorkspace({ id: WORKSPACE_ID, name: 'Fennimore Realty', at: AT });
  await store.transaction(WORKSPACE_ID, async ({ members }) => {
    const both = { workspaceId: WORKSPACE_ID, at: AT };
    await members.put({
      ...both,
      memberId: 'm-noor',
      name: 'Noor Haddad',
      role: 'tc',
      email: 'noor@fennimore.example',
    });
    await members.put({
      ...both,
      memberId: 'm-theo',
      name: 'Theo Lindqvist',
      role: 'tc',
      email: 'theo@fennimore.example',
    });
    await members.put({ ...both, memberId: 'm-ana', name: 'Ana Lu', role: 'agent', email: 'ana@fennimore.example' });
  });
  const deal: TestDeal = { store, shelf: { version: 0, all: new Map() }, contents: new Map() };
  // Refused before there was this deal: in the log of it, and in the trail of the workspace.
  const early = command('c-early', 'setPrice', { priceCents: 1, expected: null });
  await store.transaction(WORKSPACE_ID, (tx) => logged(tx, { sent: early, by: 'member:m-noor', outcome: 'refused' }));
  await send(deal, OPEN);
  return deal;
}

/** One command, decided by core and kept with its rows, its place in the log and its row of the trail. */
export async function send(
  { store, shelf }: TestDeal,
  sent: Command,
  actor: Actor = TC,
  isOnDeal = true,
): Promise<void> {
  const { answer, changes, rows, newVersion } = take(shelf, sent, actor, isOnDeal);
  const isDone = answer.outcome === 'done';
  const by = actor.kind === 'member' ? `member:${actor.memberId}` : 'system';
  const label = isDone ? answer.label : '';
  await store.transaction(WORKSPACE_ID, async (tx) => {
    if (newVersion !== null) {
      await tx.units.bump(WORKSPACE_ID, DEAL_ID);
      await tx.rows.write({ ...PLACE, version: newVersion, commandId: sent.id, rows });
    }
    const outcome = isDone ? 'accepted' : 'refused';
    await logged(tx, { sent, by, outcome, reply: answer, changes, label, unitVersion: newVersion });
    const refusalType = isDone ? undefined : answer.refusal.type;
    const details = { commandId: sent.id, name: sent.name, label, refusalType };
    const kind = isDone ? 'command-accepted' : isOnDeal ? 'command-refused' : 'denied';
    await tx.audit.append({ ...PLACE, at: AT, actor: by, kind, details });
  });
}

const PLACE = { workspaceId: WORKSPACE_ID, unitId: DEAL_ID };

interface Logged extends Partial<Pick<NewCommand, 'reply' | 'changes' | 'label' | 'unitVersion'>> {
  readonly sent: Command;
  readonly by: string;
  readonly outcome: NewCommand['outcome'];
}

async function logged(tx: Tx, { sent, by, ...also }: Logged): Promise<void> {
  await tx.commands.append({
    ...PLACE,
    ...{ commandId: sent.id, actor: by, deviceId: null, name: sent.name, args: sent.args, madeAt: sent.at },
    ...{ decidedAt: AT, digest: digestOf(sent, hex), reply: {}, changes: [], label: '', unitVersion: null },
    ...also,
  });
}

/** Somebody did something that no command is. */
export async function note({ store }: TestDeal, kind: string, actor: string, details: object = {}): Promise<void> {
  const row = { workspaceId: WORKSPACE_ID, unitId: DEAL_ID, at: AT, actor, kind, details };
  await store.transaction(WORKSPACE_ID, ({ audit }) => audit.append(row));
}

interface Paper {
  readonly class?: string;
  readonly isHeld?: boolean;
  readonly title?: string;
}

/** Files one document on a new line. Its bytes are on the portal unless taken out of `contents`. */
export async function file(deal: TestDeal, number: number, paper: Paper = {}): Promise<string> {
  const content = Buffer.from(`%PDF-1.7 paper ${number} ${'x'.repeat(500 + number)}`);
  const sha256 = hex(content);
  deal.contents.set(sha256, content);
  const args = {
    ...{ versionId: `v-${number}`, lineId: `l-${number}`, sha256, bytes: content.byteLength, extension: 'pdf' },
    ...{ originalName: `scan ${number}.pdf`, suffix: null, documentOn: '2026-06-02', receivedAt: AT, sentBy: '' },
    ...{ isHeld: paper.isHeld ?? false, toReview: false },
    newLine: {
      ...{ lineId: `l-${number}`, title: paper.title ?? 'Inspection report', clientTitle: '', stage: 'disclosures' },
      ...{ ownerRole: 'tc', class: paper.class ?? 'inspection', isRequired: false },
    },
  };
  await send(deal, command(`c-file-${number}`, 'fileVersion', args));
  if (!deal.shelf.all.has(`version/v-${number}`)) throw new Error(`paper ${number} was not filed`);
  return sha256;
}

export function blobsOf({ contents }: Pick<TestDeal, 'contents'>): Pick<Blobs, 'read'> {
  return {
    read: async (sha256) => {
      const content = contents.get(sha256);
      return content === undefined ? null : Readable.from([content]);
    },
  };
}
