import { type ReactNode, useCallback, useState } from 'react';
import type { DealView } from '../../../electron/contract/values.ts';
import { useTell } from '../deal/task-acts.ts';
import { type Asked, ImpactDialog } from './impact-dialog.tsx';
import { movesOthers, type StepWords } from './impact-words.ts';
import { type Step, usePreview } from './use-impact.ts';

export interface Asking {
  readonly words?: StepWords;
  /** Taken at once when nothing else moves with it: for steps whose own dialog has said all there is to say. */
  readonly isPlain?: boolean;
  readonly onDone?: () => void;
}

/** Gives back the sentence of a refusal, null when the step is shown or was taken. */
export type Ask = (step: Step, asking?: Asking) => Promise<string | null>;

/** Edit, look, commit: `ask` shows what a step would do in `dialog`, and only there it is taken. */
export function useAsked(deal: DealView): { readonly ask: Ask; readonly dialog: ReactNode } {
  const preview = usePreview(deal.id);
  const tell = useTell(deal.id);
  const [open, setOpen] = useState<{ readonly asked: Asked; readonly onDone: () => void } | null>(null);
  const ask = useCallback<Ask>(
    async (step, { words, isPlain = false, onDone = () => undefined } = {}) => {
      const reply = await preview(step);
      if (reply.outcome === 'refused') return reply.refusal.message;
      if (isPlain && !movesOthers(reply.impact)) {
        const sentence = await tell(step.name, { ...step.args });
        if (sentence === null) onDone();
        return sentence;
      }
      setOpen({ asked: { step, impact: reply.impact, ...(words && { words }) }, onDone });
      return null;
    },
    [preview, tell],
  );
  const close = () => setOpen(null);
  const dialog = open && (
    <ImpactDialog
      deal={deal}
      asked={open.asked}
      onLeave={close}
      onDone={() => {
        close();
        open.onDone();
      }}
    />
  );
  return { ask, dialog };
}
