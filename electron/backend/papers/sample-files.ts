import type { Deal, Id, LineRow } from '../../../core/deals/model.ts';
import { dealName, nameplateOf } from '../../../core/deals/summarise.ts';
import { inWrite } from '../../../db/handles.ts';
import { localDay } from '../services/clock.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { JobEnd } from '../services/jobs.ts';
import { runCommand } from '../services/run-command.ts';
import { samplePapers } from '../services/sample-papers.ts';
import { keepBlob, takeIn } from './arrive.ts';
import { plainPdf } from './plain-pdf.ts';
import type { PapersDeps } from './types.ts';

const DAY_MS = 24 * 60 * 60_000;

interface Asked {
  readonly tell: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Papers for the made-up deals, filed and reviewed by the commands a person would send, and three for the inbox. */
export async function addSampleFiles(deps: PapersDeps, { tell, signal }: Asked): Promise<JobEnd> {
  const ids = deps.db.read.all<{ id: Id }>('SELECT id FROM deal WHERE is_sample = 1 ORDER BY id').map((row) => row.id);
  let papers = 0;
  for (const [at, dealId] of ids.entries()) {
    if (signal.aborted || deps.closing.aborted) break;
    tell(at, ids.length);
    papers += await addToDeal(deps, dealId, at);
    deps.emit({ type: 'deals:changed', dealIds: [dealId] });
  }
  await addToInbox(deps, ids);
  return {
    state: signal.aborted ? 'cancelled' : 'done',
    sentence: `${papers} made-up papers are on the made-up deals.`,
  };
}

/** What is behind the deal is approved; of what it still wants, one paper waits for a review, was sent back, or is fine. */
async function addToDeal(deps: PapersDeps, dealId: Id, at: number): Promise<number> {
  const deal = dealCacheOf(deps.db).get(deps.db.read, dealId);
  if (deal === null || deal.versions.length > 0) return 0;
  const { approved, wanted } = samplePapers(deal);
  for (const [index, line] of approved.entries())
    await addPaper(deps, deal, line, { daysAgo: approved.length - index + 1, act: 'approve' });
  const one = wanted[at % Math.max(1, wanted.length)];
  if (one === undefined) return approved.length;
  const act = at % 3 === 0 ? null : at % 3 === 1 ? 'reject' : 'approve';
  await addPaper(deps, deal, one, { daysAgo: at % 3, act });
  return approved.length + 1;
}

interface Story {
  readonly daysAgo: number;
  readonly act: 'approve' | 'reject' | null;
}

async function addPaper(deps: PapersDeps, deal: Deal, line: LineRow, { daysAgo, act }: Story): Promise<void> {
  const bytes = plainPdf([pageOf(deal, line.title)]);
  const added = await deps.vault.add({ bytes });
  if (!added.ok) return;
  const { sha256 } = added.value;
  inWrite(deps.db, (write) => {
    keepBlob(write, deps, { sha256, bytes: bytes.byteLength, kind: 'pdf', extension: 'pdf', reading: 'waiting' });
  });
  const versionId = deps.newId();
  const at = new Date(deps.now().getTime() - daysAgo * DAY_MS);
  const on = localDay(at);
  const sender = deal.people.find((person) => person.role === line.ownerRole)?.name ?? '';
  send(deps, deal.row.id, 'fileVersion', {
    ...{ versionId, lineId: line.id, sha256, bytes: bytes.byteLength, extension: 'pdf' },
    ...{ originalName: `${line.title}.pdf`.slice(0, 300), suffix: line.class === 'contract' ? 'FE' : null },
    ...{ documentOn: on, receivedAt: at.toISOString(), sentBy: sender, isHeld: false, toReview: true },
  });
  const reason = act === 'reject' ? 'A page lacks the initials' : '';
  if (act !== null) send(deps, deal.row.id, 'reviewLine', { lineId: line.id, act, versionId, reason, on });
}

/** One that is clear, one from a scanner with a name that says nothing, and one that must be held. */
async function addToInbox(deps: PapersDeps, ids: readonly Id[]): Promise<void> {
  const deals = ids.flatMap((id) => dealCacheOf(deps.db).get(deps.db.read, id) ?? []);
  const deal = deals.find((each) => each.row.street !== '' && each.row.state === 'CA' && each.row.side === 'buyer');
  if (deal === undefined) return;
  const address = [deal.row.street, deal.row.unit].filter(Boolean).join(' ');
  const place = `${address}, ${deal.row.city}, ${deal.row.state} ${deal.row.zip}`;
  const files: readonly (readonly [string, readonly string[]])[] = [
    [
      'Document(3).pdf',
      [
        'C.A.R. FORM TDS',
        '# REAL ESTATE TRANSFER DISCLOSURE STATEMENT',
        'THE REAL PROPERTY DESCRIBED AS',
        place,
        ...MADE_UP,
      ],
    ],
    ['scan0007.pdf', ['# INSPECTION REPORT', 'Roof, foundation and systems', ...MADE_UP]],
    [
      'Updated_Wire_Instructions.pdf',
      [
        '# UPDATED WIRE INSTRUCTIONS',
        `For the closing of ${place}`,
        'Routing number: 000000000',
        'Account number: 0000000',
        ...MADE_UP,
      ],
    ],
  ];
  for (const [fileName, lines] of files)
    await takeIn(deps, { bytes: plainPdf([lines]) }, { source: 'sample', fileName, relPath: fileName });
}

const MADE_UP = ['', 'This paper is made up. It comes with the sample deals of Closeboard.'];

function pageOf(deal: Deal, title: string): readonly string[] {
  const clients = deal.people.filter(({ role }) => role === 'client' || role === 'co-client').map(({ name }) => name);
  const address =
    [deal.row.street, deal.row.unit].filter(Boolean).join(' ') || `${nameplateOf(deal).plate} ${dealName(deal)}`;
  return [
    `# ${title}`,
    `${address}, ${deal.row.city}, ${deal.row.state} ${deal.row.zip}`,
    clients.join(' and '),
    ...MADE_UP,
  ];
}

function send(deps: PapersDeps, dealId: Id, name: string, args: unknown): void {
  const outcome = runCommand(deps.runner, { id: deps.newId(), dealId, name, args, at: deps.now().toISOString() });
  if (outcome.outcome === 'refused') deps.log.warn('a sample paper was refused', { type: outcome.refusal.type });
}
