import { useEffect, useState } from 'react';

/** Where somebody is among their answers. `back`: they came from the review, and go on there. */
export type Step =
  | { readonly at: 'question'; readonly id: string; readonly isFromReview: boolean; readonly more: number }
  | { readonly at: 'review' }
  | { readonly at: 'later' };

interface Entry {
  readonly intake: Step;
  /** How many of ours lie before it, so that Back never leaves the page. */
  readonly depth: number;
}

export interface Steps {
  readonly step: Step;
  /** Whether Back has somewhere to go. */
  readonly canBack: boolean;
  go(step: Step): void;
  back(): void;
}

/** The way through the questions, in the browser's own history: its Back goes one question back. No address changes. */
export function useSteps(first: Step): Steps {
  const [entry, setEntry] = useState<Entry>(() => {
    const begun = readEntry(history.state) ?? { intake: first, depth: 0 };
    history.replaceState(begun, '');
    return begun;
  });
  useEffect(() => {
    const onPop = ({ state }: PopStateEvent) => {
      const next = readEntry(state);
      if (next !== null) setEntry(next);
    };
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  return {
    step: entry.intake,
    canBack: entry.depth > 0,
    go: (step) => {
      const next = { intake: step, depth: entry.depth + 1 };
      history.pushState(next, '');
      setEntry(next);
    },
    back: () => {
      if (entry.depth > 0) history.back();
    },
  };
}

function readEntry(state: unknown): Entry | null {
  return typeof state === 'object' && state !== null && 'intake' in state ? (state as Entry) : null;
}
