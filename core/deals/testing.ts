import { plainDate } from '../deadlines/plain-date.ts';
import type { LineRow, VersionRow } from './model.ts';

/** Lines and files for the tests of this folder, for deals of core/checklists/testing.ts. */

export function lineWith(id: string, parts: Partial<LineRow> = {}): LineRow {
  return {
    id,
    dealId: 'deal-1',
    templateDocumentId: null,
    title: `The ${id}`,
    clientTitle: '',
    stage: 'milestones',
    ownerRole: 'client',
    class: 'disclosure',
    condition: '',
    isRequired: true,
    isLegal: false,
    position: 1,
    state: 'requested',
    reason: '',
    ...parts,
  };
}

export function versionWith(lineId: string, parts: Partial<VersionRow> = {}): VersionRow {
  const number = parts.number ?? 1;
  return {
    id: `${lineId}-v${number}`,
    dealId: 'deal-1',
    lineId,
    number,
    suffix: null,
    sha256: 'a'.repeat(64),
    bytes: 1200,
    extension: 'pdf',
    originalName: 'scan0007.pdf',
    documentOn: plainDate('2026-06-04'),
    receivedAt: '2026-06-05T18:00:00.000Z',
    sentBy: '',
    isHeld: false,
    verdict: null,
    verdictReason: '',
    verdictOn: null,
    ...parts,
  };
}
