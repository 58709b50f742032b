import { useCallback } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { DealChooser, LineChooser } from './choose.tsx';
import { HeldDialog } from './held.tsx';
import { SplitDialog } from './split-dialog.tsx';
import type { Desk } from './use-desk.ts';

/** The one dialog that is open, if any. Whatever it ends with, the focus goes back to the row. */
export function InboxQuestions(props: { readonly desk: Desk; readonly today: PlainDate }) {
  const { desk } = props;
  const { question, item, drafts, ask } = desk;
  const close = useCallback(() => ask(null), [ask]);
  if (question === null || item === undefined || drafts === null) return null;
  const { draft, proposal } = drafts;
  switch (question.kind) {
    case 'deal':
      return (
        <DealChooser
          likely={[...(draft.deal ? [draft.deal] : []), ...(proposal?.otherDeals ?? [])]}
          onTake={(dealId) => void desk.takeDeal(dealId)}
          onClose={close}
        />
      );
    case 'line':
      return draft.deal === null ? null : (
        <LineChooser
          dealId={draft.deal.dealId}
          onTake={(line) => {
            close();
            void drafts.takeLine(line);
          }}
          onNew={(title) => {
            close();
            drafts.takeNew(title);
          }}
          onClose={close}
        />
      );
    case 'change':
      return <ChangeDialog draft={draft} today={props.today} onLeave={close} onChange={drafts.put} />;
    case 'split':
      return <SplitDialog item={item} onLeave={close} onSplit={desk.split} />;
    case 'held':
      return (
        <HeldDialog asked={question.asked} onLeave={close} onAnswer={(words) => desk.judge(question.asked, words)} />
      );
  }
}
