import type { CallInput, CallName } from '../../../electron/contract/calls.ts';
import type { HostApi } from '../../../electron/contract/host-api.ts';
import type { DealMark, InboxItem, InboxView, ProposalView } from '../../../electron/contract/papers.ts';
import { TODAY } from '../../testing/harness.tsx';

/** Files in memory, for tests of the screens that show them. */

type Answers = { readonly [N in CallName]?: (input: CallInput<N>) => unknown };

/** Answers these calls before the rows of `openApp` are asked. Call it first. */
export function answerCalls(answers: Answers): void {
  let host: HostApi | undefined;
  const own = answers as Readonly<Record<string, ((input: unknown) => unknown) | undefined>>;
  Object.defineProperty(window, 'closeboard', {
    configurable: true,
    get: () => host,
    set: (given: HostApi) => {
      host = {
        ...given,
        call: async (name, input) => {
          const answer = own[name];
          if (answer === undefined) return await given.call(name, input);
          const value = await answer(input);
          return value instanceof Error
            ? { ok: false, error: { type: 'defect', message: value.message } }
            : { ok: true, value: value as never };
        },
      };
    },
  });
}

export const MARLOWE: DealMark = { dealId: 'd1', plate: '1847', street: 'Marlowe Ave', side: 'buyer' };

export function proposalOf(more: Partial<ProposalView> = {}): ProposalView {
  return {
    deal: MARLOWE,
    otherDeals: [],
    lineId: 'tds',
    lineTitle: 'Transfer Disclosure Statement',
    version: 2,
    class: 'disclosure',
    suffix: 'SS',
    documentOn: TODAY,
    fileName: '',
    certainty: 'likely',
    reasons: [{ text: "The address is this deal's", isFor: true, page: 1, quote: '1847 Marlowe Ave' }],
    ...more,
  };
}

/** An item of the inbox; what is shown of it is left out, since a test page draws no files. */
export function itemOf(id: string, more: Partial<InboxItem> = {}): InboxItem {
  return {
    id,
    at: '2026-06-17T09:38:00.000Z',
    from: 'Dropped here',
    fileName: `${id}.pdf`,
    kind: 'pdf',
    extension: 'pdf',
    bytes: 2048,
    sha256: 'a'.repeat(64),
    pages: 9,
    state: 'new',
    sentence: '',
    shown: null,
    needsPassword: false,
    parts: 0,
    proposal: proposalOf(),
    filed: null,
    canUndo: false,
    previous: null,
    callFirst: null,
    ...more,
  };
}

export function viewOf(more: Partial<InboxView>): InboxView {
  const view = { held: [], reading: [], toConfirm: [], noIdea: [], refused: [], done: [], ...more };
  const open = [view.held, view.reading, view.toConfirm, view.noIdea, view.refused].flat().length;
  return { open, came: open, filed: 0, ...view };
}
