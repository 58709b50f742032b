import { readFile } from 'node:fs/promises';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import { blobOf, textOf } from '../../../db/read/files.ts';
import type { PapersDeps } from './types.ts';

/** What reading a content found out about it. */
export interface ReadContent {
  readonly reading: string;
  readonly sentence: string;
  readonly pages: number | null;
  /** Pages apart by form feeds; null when it has none, or it was written already. */
  readonly text: string | null;
  readonly openedSha256: string | null;
}

const MOST_TEXT = 2_000_000;
const TEXT_KINDS: ReadonlySet<string> = new Set(['text', 'csv']);

/** Reads a content once: a PDF's state and text, a text file's words. Anything else is kept unread. */
export async function readContent(
  deps: PapersDeps,
  row: Pick<ArrivalRow, 'sha256' | 'kind'>,
): Promise<ReadContent | 'stopped'> {
  const known = blobOf(deps.db.read, row.sha256);
  if (known !== null && known.reading !== 'waiting') {
    const { reading, sentence, pages, openedSha256 } = known;
    return { reading, sentence, pages, openedSha256, text: null };
  }
  if (row.kind === 'pdf') return await readPdf(deps, row.sha256, null);
  const plain = { reading: 'ok', sentence: '', pages: null, openedSha256: null };
  if (!TEXT_KINDS.has(row.kind)) return { ...plain, text: textOf(deps.db.read, row.sha256) };
  const bytes = await readFile(deps.vault.pathOf(row.sha256) ?? '');
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, MOST_TEXT)).replaceAll('\f', '\n');
  return { ...plain, text };
}

/** A PDF's state, pages and text. With a password it is read as what that opens. */
export async function readPdf(
  deps: PapersDeps,
  sha256: string,
  openedSha256: string | null,
): Promise<ReadContent | 'stopped'> {
  const path = deps.vault.pathOf(openedSha256 ?? sha256) ?? '';
  const call = { turn: 'later', signal: deps.closing } as const;
  const nothing = { pages: null, text: null, openedSha256 };
  const info = await deps.pdf.info(path, call);
  if (!info.ok) {
    if (info.error.type === 'Cancelled') return 'stopped';
    return { ...nothing, reading: 'too-large', sentence: info.error.sentence };
  }
  const { state, pages } = info.value;
  const sentence = info.value.sentence ?? '';
  if (state === 'password' || state === 'empty' || state === 'not-pdf')
    return { ...nothing, reading: state === 'not-pdf' ? 'damaged' : state, sentence, pages: pages || null };
  const text = await deps.pdf.text(path, call);
  if (!text.ok && text.error.type === 'Cancelled') return 'stopped';
  return {
    reading: state,
    sentence: sentence || (text.ok ? '' : text.error.sentence),
    pages: pages || null,
    text: text.ok && text.value.hasText ? text.value.pages.join('\f') : null,
    openedSha256,
  };
}
