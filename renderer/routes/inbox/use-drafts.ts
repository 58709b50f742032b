import { useState } from 'react';
import type { InboxItem, LineView, ProposalView } from '../../../electron/contract/papers.ts';
import { asCallError, call } from '../../data/api.ts';
import { useLines } from '../../data/queries.ts';
import { localDay } from '../../ui/days.ts';
import { asNewDocument, type Draft, draftAgain, draftOf, onLine } from './draft.ts';

interface Own {
  readonly draft: Draft;
  readonly proposal: ProposalView | null;
}

export interface DraftOf {
  readonly draft: Draft;
  /** For the deal and the document as they are chosen now. */
  readonly proposal: ProposalView | null;
  readonly previous: InboxItem['previous'];
  readonly put: (draft: Draft) => void;
  readonly takeDeal: (dealId: string) => Promise<string | null>;
  readonly takeLine: (line: LineView) => Promise<void>;
  readonly takeNew: (title: string) => void;
}

/** What the person changed of each proposal; it stays while they look at other files. */
export function useDrafts(item: InboxItem | undefined): DraftOf | null {
  const [owns, setOwns] = useState<Readonly<Record<string, Own>>>({});
  const own = item === undefined ? undefined : owns[item.id];
  const lines = useLines(own?.draft.deal?.dealId ?? null).data;
  if (item === undefined) return null;
  const { id } = item;
  const proposal = own?.proposal ?? item.proposal;
  const draft = own?.draft ?? draftOf(item.proposal, localDay(new Date(item.at)));
  const keep = (next: Own) => setOwns((now) => ({ ...now, [id]: next }));
  return {
    draft,
    proposal,
    previous: own === undefined ? item.previous : previousOn(lines, own.draft.lineId),
    put: (next) => keep({ draft: next, proposal }),
    takeDeal: async (dealId) => {
      try {
        const again = await call('inbox:propose', { arrivalId: id, dealId });
        if (again === null) return 'This file is not in the inbox any more.';
        keep({ draft: draftAgain(draft, proposal, again), proposal: again });
        return null;
      } catch (thrown) {
        return asCallError(thrown).message;
      }
    },
    takeLine: async (line) => {
      const next = onLine(draft, line);
      keep({ draft: next, proposal });
      const dealId = draft.deal?.dealId;
      if (dealId === undefined) return;
      // Only its reasons are wanted: without them the document is chosen all the same.
      const again = await call('inbox:propose', { arrivalId: id, dealId, lineId: line.id }).catch(() => null);
      if (again !== null) keep({ draft: { ...next, suffix: draft.suffix ?? again.suffix }, proposal: again });
    },
    takeNew: (title) => keep({ draft: asNewDocument(draft, title), proposal }),
  };
}

/** The newest file of the chosen document, to lay beside this one. */
function previousOn(lines: readonly LineView[] | undefined, lineId: string | null): InboxItem['previous'] {
  const newest = lines?.find((line) => line.id === lineId)?.versions.at(-1);
  return newest === undefined ? null : { versionId: newest.id, number: newest.number, shown: newest.shown };
}
