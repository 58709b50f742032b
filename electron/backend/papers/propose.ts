import { type PlainDate, parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Id } from '../../../core/deals/model.ts';
import { type FormIndex, indexForms } from '../../../core/documents/propose/find-forms.ts';
import { parseForms } from '../../../core/documents/propose/forms-schema.ts';
import { proposeFor } from '../../../core/documents/propose/propose.ts';
import type { Arrival, ArrivalText, FilingRule, Proposal } from '../../../core/documents/propose/types.ts';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import { arrivalOf, textOf } from '../../../db/read/files.ts';
import formsFile from '../../../resources/forms/forms.json' with { type: 'json' };
import { lookalikeOf } from '../arrivals/lookalike.ts';
import type { Candidates } from './candidates.ts';
import type { PapersDeps } from './types.ts';

export interface Proposer {
  /** Reads the deals it may propose, a few at a time; without it the first proposal reads them all at once. */
  ready(): Promise<void>;
  /** Where an arrival seems to belong; `hint` is what a person has said of it since. */
  propose(arrival: ArrivalRow, hint?: { readonly dealId?: Id; readonly lineId?: Id }): Proposal;
}

/** So much of a file's text is looked through. */
const MOST_TEXT = 200_000;
const FIRST_PAGES = 3;

export function createProposer(
  deps: PapersDeps,
  candidates: Candidates,
  rulesOf: (folderId: Id | null) => readonly FilingRule[],
): Proposer {
  return {
    ready: () => candidates.ready(),
    propose: (row, hint) => {
      const index = candidates.index(hint?.dealId ?? row.hintDealId ?? undefined);
      const known = [...index.byEmail.keys()];
      const arrival = arrivalFor(deps, row, hint, lookalikeOf(row.senderAddress, known));
      return proposeFor(arrival, index, { forms: formsIndex(), rules: rulesOf(row.folderId) });
    },
  };
}

let formsKept: FormIndex | null = null;

/** The forms that come with Closeboard, read once, when first asked for. */
function formsIndex(): FormIndex {
  if (formsKept !== null) return formsKept;
  const forms = parseForms(formsFile);
  if (!forms.ok) throw new Error(`resources/forms: ${JSON.stringify(forms.error)}`);
  formsKept = indexForms(forms.value);
  return formsKept;
}

function arrivalFor(
  deps: PapersDeps,
  row: ArrivalRow,
  hint: { readonly dealId?: Id; readonly lineId?: Id } | undefined,
  senderLooksLike: string | null,
): Arrival {
  const { read } = deps.db;
  const parent = row.parentId === null ? null : arrivalOf(read, row.parentId);
  const isMail = parent?.kind === 'eml' || parent?.kind === 'msg';
  const dealId = hint?.dealId ?? row.hintDealId;
  const lineId = hint === undefined ? row.hintLineId : hint.lineId;
  return {
    fileName: row.fileName,
    folderPath: row.relPath.includes('/') ? row.relPath.slice(0, row.relPath.lastIndexOf('/')) : '',
    sender: row.senderAddress === '' ? null : { name: row.senderName, address: row.senderAddress },
    subject: row.subject,
    mailText: parent !== null && isMail ? (textOf(read, parent.sha256) ?? '').slice(0, MOST_TEXT) : '',
    pages: row.pages,
    text: textFor(textOf(read, row.sha256)),
    kind: row.kind === 'eml' || row.kind === 'msg' ? 'mail' : row.kind,
    receivedOn: parsePlainDate(row.at.slice(0, 10)) as PlainDate,
    hint: { ...(dealId ? { dealId } : {}), ...(lineId ? { lineId } : {}) },
    senderLooksLike,
  };
}

function textFor(text: string | null): ArrivalText | null {
  if (text === null || text.trim() === '') return null;
  const pages = text.slice(0, MOST_TEXT).split('\f');
  const lines = (page: string) => page.split('\n').filter((line) => line.trim() !== '');
  return {
    firstPages: pages.slice(0, FIRST_PAGES).join('\n'),
    whole: pages.join('\n'),
    headLines: lines(pages[0] ?? '').slice(0, 5),
    footers: pages.slice(0, FIRST_PAGES).flatMap((page) => lines(page).slice(-3)),
    pages,
  };
}
