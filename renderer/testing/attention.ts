import type { AttentionItem } from '../../electron/contract/sync.ts';

const BASE: Pick<AttentionItem, 'dealId' | 'plate' | 'side' | 'street' | 'at' | 'did' | 'conflict' | 'replaced'> = {
  dealId: 'd1',
  plate: '1847',
  side: 'buyer',
  street: 'Marlowe Ave',
  at: '2026-06-17T09:52:00.000Z',
  did: '',
  conflict: null,
  replaced: [],
};

/** Two values of a day, of the person and of somebody else. */
export function conflictOf(
  change: Partial<NonNullable<AttentionItem['conflict']>> = {},
  more: Partial<AttentionItem> = {},
): AttentionItem {
  return {
    ...BASE,
    can: [],
    ...{ id: 'a1', kind: 'conflict', title: 'Two people moved the walk-through' },
    detail: 'You were offline, so neither of you saw the other.',
    conflict: {
      ...{ field: 'Walk-through', input: 'day', options: [], was: 'It was Tue, June 30.', isAgreed: false },
      mine: { who: 'Noor Haddad', at: '2026-06-17T09:52:00.000Z', text: 'Wed, July 1' },
      theirs: { who: 'Theo Lindqvist', at: null, text: 'Thu, July 2' },
      ...change,
    },
    ...more,
  };
}

export function refusedOf(more: Partial<AttentionItem> = {}): AttentionItem {
  return {
    ...BASE,
    ...{ id: 'a2', kind: 'refused', title: 'The deal is closed by now', can: ['again'] },
    detail: 'Theo Lindqvist closed it while you were offline.',
    did: 'Marked “Order the HOA documents” done',
    ...more,
  };
}

export function overwriteOf(more: Partial<AttentionItem> = {}): AttentionItem {
  return {
    ...BASE,
    ...{ id: 'a3', kind: 'overwrite', title: 'Your words replaced those of a colleague', can: ['restore'] },
    detail: 'You had not seen what a colleague wrote meanwhile.',
    replaced: [{ field: 'Note', mine: 'Key is with the neighbour.', theirs: 'Moved to Wednesday.' }],
    ...more,
  };
}
