import { chainOf } from '../../../core/commands/version-rules.ts';
import type { Deal, Id, LineRow, VersionRow } from '../../../core/deals/model.ts';
import { STAGES } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import { fileNameFor } from '../../../core/documents/file-name.ts';
import { err, type Result } from '../../../core/result.ts';
import { inWrite } from '../../../db/handles.ts';
import { blobOf, isSuspect } from '../../../db/read/files.ts';
import type { CheckState } from '../pdf/edit/marks.ts';
import { localDay } from '../services/clock.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { JobEnd } from '../services/jobs.ts';
import { runCommand } from '../services/run-command.ts';
import { arriveWith, keepBlob } from './arrive.ts';
import { withOutput } from './photos.ts';
import type { PapersDeps } from './types.ts';
import { filedNameOf } from './views.ts';

/** Work on filed files that takes a while: each reads from the vault, makes one new file and says what became of it. */

interface Asked {
  readonly signal: AbortSignal;
  readonly tell: (done: number, total: number) => void;
}
interface Failure {
  readonly type: string;
  readonly sentence: string;
}
interface Made {
  readonly sha256: string;
  readonly bytes: number;
}
interface Filed {
  readonly deal: Deal;
  readonly line: LineRow;
  readonly version: VersionRow;
}

const HELD: JobEnd = {
  state: 'failed',
  sentence: 'Held: looks like wire instructions. Call the sender on a number you knew before; nothing is made of it.',
};
const NO_PDF: JobEnd = {
  state: 'failed',
  sentence: 'Only a PDF has pages to work on. Save this file as a PDF in its own program, then file that.',
};
const GONE: JobEnd = { state: 'failed', sentence: 'That file is not on this deal any more. Look at the activity.' };
const STAGE_TITLES = ['Intake', 'Parties', 'Disclosures', 'Milestones', 'Changes', 'Closing'] as const;

/** Pages in another order, turned or left out: filed as the next version, so that nothing is lost by it. */
export async function arrangeVersion(
  deps: PapersDeps,
  {
    dealId,
    versionId,
    pages,
  }: { readonly dealId: Id; readonly versionId: Id; readonly pages: readonly { page: number; rotate: number }[] },
  asked: Asked,
): Promise<JobEnd> {
  const filed = filedOf(deps, dealId, versionId);
  if (filed === null) return GONE;
  const no = refusalToOpen(deps, [filed]);
  if (no !== null) return no;
  const made = await make(deps, asked, (output, call) =>
    deps.pdf.run(
      'arrange',
      { ...sourceOf(deps, filed), order: pages, output, title: filed.line.title, madeAt: now(deps) },
      call,
    ),
  );
  return made.ok ? fileNext(deps, filed, made.value) : endOfFailure(made.error);
}

export async function stampVersion(
  deps: PapersDeps,
  { dealId, versionId, words }: { readonly dealId: Id; readonly versionId: Id; readonly words: string },
  asked: Asked,
): Promise<JobEnd> {
  const filed = filedOf(deps, dealId, versionId);
  if (filed === null) return GONE;
  const no = refusalToOpen(deps, [filed]);
  if (no !== null) return no;
  const stamp = { lines: [words], place: 'top-right' } as const;
  const made = await make(deps, asked, (output, call) =>
    deps.pdf.run('stamp', { ...sourceOf(deps, filed), output, stamp }, call),
  );
  return made.ok ? fileNext(deps, filed, made.value) : endOfFailure(made.error);
}

/** Several files as one: it comes to the inbox for this deal, where a person says what it is. */
export async function mergeVersions(
  deps: PapersDeps,
  { dealId, versionIds, title }: { readonly dealId: Id; readonly versionIds: readonly Id[]; readonly title: string },
  asked: Asked,
): Promise<JobEnd> {
  const files = versionIds.flatMap((id) => filedOf(deps, dealId, id) ?? []);
  if (files.length !== versionIds.length) return GONE;
  const no = refusalToOpen(deps, files);
  if (no !== null) return no;
  const inputs = files.map((filed) => sourceOf(deps, filed));
  const made = await make(deps, asked, (output, call) =>
    deps.pdf.run('merge', { inputs, output, title, madeAt: now(deps) }, call),
  );
  if (!made.ok) return endOfFailure(made.error);
  const fileName = `${title}.pdf`;
  await arriveWith(deps, made.value, { source: 'made', fileName, relPath: fileName, dealId });
  return { state: 'done', sentence: `${files.length} files are one now. It waits in the inbox.`, dealId };
}

/** The document checklist of a deal on paper: what is in, what is not, from whom. */
export async function checklistOf(deps: PapersDeps, dealId: Id, asked: Asked): Promise<JobEnd> {
  const deal = dealCacheOf(deps.db).get(deps.db.read, dealId);
  if (deal === null) return GONE;
  const made = await make(deps, asked, (output, call) =>
    deps.pdf.run(
      'checklist',
      {
        title: 'Documents',
        address: addressOf(deal),
        sections: STAGES.map((stage, at) => ({
          title: STAGE_TITLES[at] ?? stage,
          items: deal.lines
            .filter((line) => line.stage === stage)
            .map((line) => ({ title: line.title, detail: line.reason || line.condition, ...CHECKED[line.state] })),
        })).filter((section) => section.items.length > 0),
        madeOn: localDay(deps.now()),
        madeAt: now(deps),
        output,
      },
      call,
    ),
  );
  if (!made.ok) return endOfFailure(made.error);
  const named = { on: localDay(deps.now()), street: deal.row.street || dealName(deal), suffix: null, version: 1 };
  const name = fileNameFor({ ...named, category: 'Document checklist', extension: 'pdf' });
  inWrite(deps.db, (write) => keepBlob(write, deps, { ...PDF, ...made.value }));
  return { state: 'done', sentence: 'The checklist is made.', made: { sha256: made.value.sha256, name }, dealId };
}

const CHECKED: Readonly<Record<LineRow['state'], { readonly state: CheckState; readonly stateWords?: string }>> = {
  requested: { state: 'needed' },
  received: { state: 'to-review', stateWords: 'Received' },
  'needs-review': { state: 'to-review' },
  approved: { state: 'done' },
  rejected: { state: 'asked-again' },
  waived: { state: 'not-needed' },
};

const PDF = { kind: 'pdf', extension: 'pdf', reading: 'waiting' } as const;
const PACKET_TITLE = 'Closing packet';

/** Cover, contents and the chosen files in the order of the checklist, as one PDF that is filed on the deal. */
export async function packetOf(
  deps: PapersDeps,
  { dealId, versionIds }: { readonly dealId: Id; readonly versionIds: readonly Id[] },
  asked: Asked,
): Promise<JobEnd> {
  const wanted = [...new Set(versionIds)];
  const files = wanted.flatMap((id) => filedOf(deps, dealId, id) ?? []);
  const deal = files[0]?.deal;
  if (deal === undefined || files.length !== wanted.length) return GONE;
  if (files.some(({ version }) => version.isHeld || isSuspect(deps.db.read, version.sha256)))
    return {
      state: 'failed',
      sentence: 'A held file is never put into a packet. Take it out of the list, or call first.',
    };
  let left: readonly { readonly title: string; readonly sentence: string }[] = [];
  let pages = 0;
  const made = await make(deps, asked, async (output, call) => {
    const packet = await deps.pdf.run(
      'packet',
      {
        cover: coverOf(deps, deal),
        documents: files.map((filed) => documentOf(deps, filed)),
        output,
        madeAt: now(deps),
      },
      call,
    );
    if (packet.ok) ({ left, pages } = packet.value);
    return packet;
  });
  if (!made.ok) return endOfFailure(made.error);
  const line = deal.lines.find((each) => each.templateDocumentId === null && each.title === PACKET_TITLE);
  const lineId = line?.id ?? deps.newId();
  const newLine = {
    lineId,
    title: PACKET_TITLE,
    clientTitle: '',
    stage: 'closing',
    ownerRole: 'tc',
    class: 'internal',
    isRequired: false,
  };
  const end = file(deps, dealId, made.value, {
    lineId,
    originalName: `${PACKET_TITLE}.pdf`,
    toReview: true,
    ...(line === undefined ? { newLine } : {}),
  });
  if (end.state !== 'done') return end;
  approveOwn(deps, dealId, lineId);
  const missing =
    left.length === 0
      ? ''
      : ` ${left.length} could not be put in and have a sheet that says so: ${left.map((each) => each.title).join(', ')}.`;
  const name = end.made?.name ?? `${PACKET_TITLE}.pdf`;
  return {
    ...end,
    made: { sha256: made.value.sha256, name },
    sentence: `The packet is made: ${pages} pages.${missing}`,
  };
}

/** What was made here of reviewed papers waits for no review of its own. */
function approveOwn(deps: PapersDeps, dealId: Id, lineId: Id): void {
  const deal = dealCacheOf(deps.db).get(deps.db.read, dealId);
  const versionId = deal === null ? null : (chainOf(deal, lineId).at(-1)?.id ?? null);
  const args = { lineId, act: 'approve', versionId, reason: '', on: localDay(deps.now()) };
  runCommand(deps.runner, { id: deps.newId(), dealId, name: 'reviewLine', args, at: now(deps) });
  deps.emit({ type: 'deals:changed', dealIds: [dealId] });
}

function coverOf(deps: PapersDeps, deal: Deal) {
  const clients = deal.people.filter(({ role }) => role === 'client' || role === 'co-client').map(({ name }) => name);
  const profile = deps.office.profile();
  return {
    address: addressOf(deal),
    clients,
    side: deal.row.side,
    closedOn: deal.row.closedOn,
    office: profile.office,
    coordinator: profile.name,
    madeOn: localDay(deps.now()),
  };
}

function documentOf(deps: PapersDeps, filed: Filed) {
  const { line, version } = filed;
  const section = STAGE_TITLES[STAGES.indexOf(line.stage)] ?? '';
  return {
    title: line.title,
    fileName: filedNameOf(filed.deal, line, version),
    path: sourceOf(deps, filed).path,
    note: version.suffix === 'FE' ? 'Fully executed' : '',
    sectionTitle: section,
  };
}

function addressOf(deal: Deal): string {
  const { street, unit, city, state, zip } = deal.row;
  const place = [city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return (
    [[street, unit].filter(Boolean).join(' '), place].filter(Boolean).join(', ') ||
    `${nameplateOf(deal).plate} ${dealName(deal)}`
  );
}

function filedOf(deps: PapersDeps, dealId: Id, versionId: Id): Filed | null {
  const deal = dealCacheOf(deps.db).get(deps.db.read, dealId);
  const version = deal?.versions.find((row) => row.id === versionId);
  const line = deal?.lines.find((row) => row.id === version?.lineId);
  return deal === null || version === undefined || line === undefined ? null : { deal, line, version };
}

/** A held file is worked on by nobody: what would be made of it would not be held. */
function refusalToOpen({ db }: PapersDeps, files: readonly Filed[]): JobEnd | null {
  if (files.some(({ version }) => version.isHeld || isSuspect(db.read, version.sha256))) return HELD;
  const isPdf = ({ version }: Filed) => (blobOf(db.read, version.sha256)?.kind ?? version.extension) === 'pdf';
  return files.every(isPdf) ? null : NO_PDF;
}

/** A file behind a password is read as its opened copy. */
function sourceOf(deps: PapersDeps, { line, version }: Filed) {
  const sha256 = blobOf(deps.db.read, version.sha256)?.openedSha256 ?? version.sha256;
  return { path: deps.vault.pathOf(sha256) ?? '', name: line.title };
}

type Call = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

async function make<T>(
  deps: PapersDeps,
  { signal, tell }: Asked,
  work: (output: string, call: Call) => Promise<Result<T, Failure>>,
): Promise<Result<Made, Failure>> {
  return await withOutput(deps, async (output): Promise<Result<Made, Failure>> => {
    const done = await work(output, { signal, onProgress: ({ done: pages, total }) => tell(pages, total) });
    if (!done.ok) return err(done.error);
    return await deps.vault.add({ path: output }, { signal });
  });
}

function endOfFailure({ type, sentence }: Failure): JobEnd {
  return { state: type === 'Cancelled' || type === 'Stopped' ? 'cancelled' : 'failed', sentence };
}

/** The next version of the same document, waiting for a review. */
function fileNext(deps: PapersDeps, { deal, line, version }: Filed, made: Made): JobEnd {
  return file(deps, deal.row.id, made, {
    lineId: line.id,
    originalName: version.originalName,
    suffix: version.suffix,
    documentOn: version.documentOn,
    toReview: true,
  });
}

function file(deps: PapersDeps, dealId: Id, { sha256, bytes }: Made, more: object): JobEnd {
  const versionId = deps.newId();
  const args = {
    versionId,
    sha256,
    bytes,
    extension: 'pdf',
    suffix: null,
    documentOn: localDay(deps.now()),
    receivedAt: now(deps),
    sentBy: deps.office.profile().name,
    isHeld: false,
    toReview: false,
    ...more,
  };
  inWrite(deps.db, (write) => keepBlob(write, deps, { ...PDF, sha256, bytes }));
  const outcome = runCommand(deps.runner, { id: deps.newId(), dealId, name: 'fileVersion', args, at: now(deps) });
  if (outcome.outcome === 'refused') return { state: 'failed', sentence: outcome.refusal.message, dealId };
  deps.emit({ type: 'deals:changed', dealIds: [dealId] });
  const filed = filedOf(deps, dealId, versionId);
  const name = filed === null ? 'file.pdf' : filedNameOf(filed.deal, filed.line, filed.version);
  return { state: 'done', sentence: `${outcome.label}.`, made: { sha256, name }, dealId };
}

function now(deps: PapersDeps): string {
  return deps.now().toISOString();
}
