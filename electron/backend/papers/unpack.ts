import { mkdir } from 'node:fs/promises';
import { ok } from '../../../core/result.ts';
import { type ArrivalRow, arrivals, fileTexts } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import { arrivalOf } from '../../../db/read/files.ts';
import type { Sink } from '../arrivals/types.ts';
import { unpackZip } from '../arrivals/unpack-zip.ts';
import type { MailParts } from '../pdf/mail.ts';
import { arriveWith } from './arrive.ts';
import { isPhoto, photosToArrival, withOutput } from './photos.ts';
import type { Came, PapersDeps } from './types.ts';

/** What opening a message, an archive or a photo gave. */
export type Unpacked =
  | { readonly type: 'opened'; readonly parts: number; readonly sentence: string }
  | { readonly type: 'refused'; readonly sentence: string }
  | { readonly type: 'stopped' };

/** Messages in messages are opened this deep; what lies deeper stays a file. */
const DEEPEST = 3;

/** Opens what holds other files; null for a file that is itself the thing. Each part becomes an arrival, once. */
export async function unpack(deps: PapersDeps, row: ArrivalRow): Promise<Unpacked | null> {
  if (row.kind === 'eml' || row.kind === 'msg') return depthOf(deps, row) >= DEEPEST ? null : await openMail(deps, row);
  if (row.kind === 'zip') return await openZip(deps, row);
  if (isPhoto(row)) return await openPhoto(deps, row);
  return null;
}

async function openMail(deps: PapersDeps, row: ArrivalRow): Promise<Unpacked> {
  return await withOutput(deps, async (folder) => {
    await mkdir(folder, { recursive: true });
    const path = deps.vault.pathOf(row.sha256) ?? '';
    const mail = await deps.pdf.run('mail', { path, folder }, { signal: deps.closing });
    return mail.ok ? await keepMail(deps, row, mail.value) : failed(mail.error);
  });
}

async function keepMail(deps: PapersDeps, row: ArrivalRow, mail: MailParts): Promise<Unpacked> {
  noteMail(deps, row, mail);
  const kept = mail.attachments.filter((part) => !part.isInline);
  for (const [index, part] of kept.entries()) {
    const added = await deps.vault.add({ path: part.path }, { signal: deps.closing });
    if (!added.ok) return failed(added.error);
    await arriveWith(deps, added.value, {
      ...inherited(row),
      id: `${row.id}.${index + 1}`,
      source: 'mail',
      fileName: part.name,
      relPath: part.name,
      sender: mail.from,
      subject: mail.subject.slice(0, 500),
    });
  }
  return { type: 'opened', parts: kept.length, sentence: mail.warnings.join(' ').slice(0, 1_000) };
}

/** What the message says of itself is on its row; what it says is searched like the text of a file. */
function noteMail(deps: PapersDeps, row: ArrivalRow, mail: MailParts): void {
  inWrite(deps.db, (write) => {
    const { from, subject, text } = mail;
    const senderName = (from?.name ?? '').slice(0, 300);
    const senderAddress = (from?.address ?? '').slice(0, 300);
    arrivals.update(write, { senderName, senderAddress, subject: subject.slice(0, 500) }, 'id = ?', row.id);
    fileTexts.put(write, { sha256: row.sha256, text: `${subject}\n${text}` });
  });
}

async function openZip(deps: PapersDeps, row: ArrivalRow): Promise<Unpacked> {
  const zip = await unpackZip(deps.vault.pathOf(row.sha256) ?? '', { sink: sinkOf(deps), signal: deps.closing });
  if (!zip.ok) return failed(zip.error);
  const sender = row.senderAddress === '' ? null : { name: row.senderName, address: row.senderAddress };
  for (const [index, file] of zip.value.files.entries()) {
    await arriveWith(deps, file, {
      ...inherited(row),
      id: `${row.id}.${index + 1}`,
      source: 'zip',
      fileName: file.name,
      relPath: file.folder === '' ? file.name : `${file.folder}/${file.name}`,
      sender,
      subject: row.subject,
    });
  }
  const refused = zip.value.refused.map(({ name, sentence }) => `${name}: ${sentence}`);
  return { type: 'opened', parts: zip.value.files.length, sentence: refused.join(' ').slice(0, 1_000) };
}

/** A photo that came alone is a paper of one page. What can't be read as a photo is kept and waits as it is. */
async function openPhoto(deps: PapersDeps, row: ArrivalRow): Promise<Unpacked | null> {
  const pdf = await photosToArrival(deps, [row], { signal: deps.closing });
  if (pdf.ok) return { type: 'opened', parts: 1, sentence: `A page of ${pdf.value.fileName}.` };
  if (deps.closing.aborted) return { type: 'stopped' };
  return { type: 'opened', parts: 0, sentence: pdf.error.sentence };
}

/** A part belongs where its whole was dropped, but to no document yet: it may be one of many. */
function inherited(row: ArrivalRow): Pick<Came, 'parentId' | 'folderId' | 'dealId'> {
  return { parentId: row.id, folderId: row.folderId, dealId: row.hintDealId };
}

function sinkOf(deps: PapersDeps): Sink {
  return async (bytes) => {
    const source = bytes instanceof Uint8Array ? { bytes } : { stream: bytes };
    const added = await deps.vault.add(source, { signal: deps.closing });
    return added.ok ? ok({ sha256: added.value.sha256, bytes: added.value.bytes }) : added;
  };
}

function failed({ type, sentence }: { readonly type: string; readonly sentence: string }): Unpacked {
  return type === 'Stopped' || type === 'Cancelled' ? { type: 'stopped' } : { type: 'refused', sentence };
}

function depthOf(deps: PapersDeps, row: ArrivalRow): number {
  let depth = 0;
  for (let at: ArrivalRow | null = row; at?.parentId; at = arrivalOf(deps.db.read, at.parentId)) depth += 1;
  return depth;
}
