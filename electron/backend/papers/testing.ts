import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { v7 } from 'uuid';
import type { CallInput, CallName, CallOutput } from '../../contract/calls.ts';
import type { HostEvent } from '../../contract/events.ts';
import { createLog } from '../../contract/log.ts';
import type { InboxView } from '../../contract/papers.ts';
import { createBackend } from '../index.ts';
import type { BackendDeps } from '../types.ts';

/** The whole backend on a real folder with files to put into it, for tests. */
export interface Desk {
  readonly folder: string;
  /** Beside the data folder: where a person keeps their files. */
  readonly outside: string;
  readonly events: readonly HostEvent[];
  readonly lines: readonly string[];
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  send(dealId: string, name: string, args: Record<string, unknown>): Promise<CallOutput<'deals:command'>>;
  newDeal(changes?: Record<string, unknown>): Promise<string>;
  /** Writes a file outside and returns its path. */
  put(name: string, bytes: Uint8Array | string): string;
  /** Waits for a job to end. */
  job(started: { readonly jobId: string }): Promise<Extract<HostEvent, { type: 'job:progress' }>>;
  /** Waits until the inbox is as it should be. */
  inboxWhen(isSo: (inbox: InboxView) => boolean): Promise<InboxView>;
  /** Closes the backend and starts it again on the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 30_000;

export function startDesk(
  now: () => Date = () => new Date(2026, 5, 3, 10, 0, 0),
  more: Pick<BackendDeps, 'host' | 'syncAfterMs'> = {},
): Desk {
  const base = mkdtempSync(join(tmpdir(), 'closeboard-desk-'));
  const folder = join(base, 'data');
  const outside = mkdtempSync(join(base, 'outside-'));
  const events: HostEvent[] = [];
  const lines: string[] = [];
  const log = createLog({ append: (text) => void lines.push(text) }, () => now().toISOString());
  const open = () =>
    createBackend({ folder, log, now, emit: (event) => void events.push(event), isChecked: true, ...more });
  let backend = open();
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.type}: ${reply.error.message} ${lines.at(-1) ?? ''}`);
    return reply.value as CallOutput<N>;
  };
  const send: Desk['send'] = (dealId, name, args) => call('deals:command', { id: v7(), dealId, name, args });
  const until = async <T>(look: () => Promise<T | null>, what: string): Promise<T> => {
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (performance.now() > end) throw new Error(`waited too long for ${what}: ${lines.slice(-3).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return {
    folder,
    outside,
    events,
    lines,
    call,
    send,
    newDeal: async (changes = {}) => {
      const dealId = v7();
      const { profile } = await call('workspace:get', {});
      const reply = await send(dealId, 'createDeal', {
        ...MARLOWE,
        ownerId: profile.memberId,
        at: now().toISOString(),
        ...changes,
      });
      if (reply.outcome !== 'done') throw new Error(JSON.stringify(reply));
      return dealId;
    },
    put: (name, bytes) => {
      const path = join(outside, name);
      writeFileSync(path, bytes);
      return path;
    },
    job: ({ jobId }) =>
      until(async () => {
        const last = events.findLast((event) => event.type === 'job:progress' && event.jobId === jobId);
        return last?.type === 'job:progress' && last.state !== 'running' ? last : null;
      }, 'a job'),
    inboxWhen: (isSo) =>
      until(async () => {
        const inbox = await call('inbox:list', {});
        return isSo(inbox) ? inbox : null;
      }, 'the inbox'),
    restart: async () => {
      await backend.close();
      backend = open();
    },
    close: async () => {
      await backend.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

const MARLOWE = {
  street: '1847 Marlowe Ave',
  unit: '',
  city: 'Sacramento',
  state: 'CA',
  zip: '95816',
  side: 'buyer',
  scenario: 'buy',
  packId: 'ca-car-rpa',
  packRevision: '12/22',
  priceCents: 64_200_000,
  facts: { yearBuilt: 1962, financing: 'conventional' },
  anchors: [
    { name: 'acceptance', on: '2026-06-02', evidence: 'Signed copy sent to the agent' },
    { name: 'closing', on: '2026-07-02', evidence: '' },
  ],
  people: [
    { id: 'p-priya', name: 'Priya Raman', role: 'client', company: '', email: 'priya@raman.example', phone: '' },
    {
      id: 'p-kwame',
      name: 'Kwame Boateng',
      role: 'other-agent',
      company: 'Larkspur Realty',
      email: 'kwame@larkspur.example',
      phone: '',
    },
    {
      id: 'p-josue',
      name: 'Josué Tavares',
      role: 'title',
      company: 'Larkmoor Escrow',
      email: 'jt@larkmoor.example',
      phone: '(916) 555-0164',
    },
  ],
};

/** A PDF with these pages of text. */
export async function textPdf(...pages: readonly string[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (const text of pages) {
    const page = pdf.addPage([612, 792]);
    text.split('\n').forEach((line, at) => {
      page.drawText(line, { x: 72, y: 720 - at * 16, size: 11, font });
    });
  }
  pdf.setCreationDate(new Date(0));
  pdf.setModificationDate(new Date(0));
  return await pdf.save();
}

export const TDS = `C.A.R. FORM TDS
REAL ESTATE TRANSFER DISCLOSURE STATEMENT
(California Civil Code section 1102, et seq.)
THIS DISCLOSURE STATEMENT CONCERNS THE REAL PROPERTY SITUATED IN THE
CITY OF Sacramento, COUNTY OF Sacramento, STATE OF CALIFORNIA, DESCRIBED AS
1847 Marlowe Ave, Sacramento, CA 95816
Seller Gloria Estevez   Date 6/1/2026
TDS REVISED 6/23 (PAGE 1 OF 1)`;

/** A message with one attachment, as it lies in a file. */
export function mailWith(name: string, bytes: Uint8Array, from = 'Kwame Boateng <kwame@larkspur.example>'): string {
  const body = Buffer.from(bytes)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');
  return [
    `From: ${from}`,
    'To: Noor Haddad <noor@fennimore.example>',
    'Subject: 1847 Marlowe Ave - disclosures',
    'Date: Tue, 02 Jun 2026 09:38:00 -0700',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Here is the seller disclosure for 1847 Marlowe Ave.',
    '--b1',
    `Content-Type: application/pdf; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    body,
    '--b1--',
    '',
  ].join('\r\n');
}
