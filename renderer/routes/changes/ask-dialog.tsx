import { useState } from 'react';
import { CHANGE_KINDS } from '../../../core/changes/rules.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { newId } from '../../data/ids.ts';
import { useToday } from '../../data/queries.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { AreaField, DayField, SelectField } from '../../ui/field.tsx';
import { useTell } from '../deal/task-acts.ts';
import { type AskDraft, askArgs, KINDS, NO_DRAFT, shapeOf } from './ask-draft.ts';
import { AskFields } from './ask-fields.tsx';

/** Asks for a change, for our side. Asking changes nothing: it begins the course that ends with a signed document. */
export function AskChangeDialog(props: {
  readonly deal: DealView;
  /** What to start from: a request whose time ran out. */
  readonly first?: AskDraft;
  readonly onAsked: (changeId: string) => void;
  readonly onClose: () => void;
}) {
  const { deal } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const [draft, setDraft] = useState<AskDraft>(props.first ?? NO_DRAFT);
  const set = (part: Partial<AskDraft>) => setDraft({ ...draft, ...part });

  async function ask(): Promise<string | null> {
    const asked = askArgs(draft, deal, { today, now: nowInstant(), newId });
    if ('sentence' in asked) return asked.sentence;
    const sentence = await tell('askChange', { ...asked.args });
    if (sentence === null) props.onAsked(String(asked.args.changeId));
    return sentence;
  }

  return (
    <AskDialog
      title="Ask for a change"
      says="Asking changes nothing. Terms move with the document that everybody signed and that you reviewed."
      verb="Ask for it"
      leave="Leave it as it is"
      onLeave={props.onClose}
      onAnswer={ask}
    >
      <SelectField
        label="What should change"
        value={draft.kind}
        choices={KINDS.map(({ id, title }) => ({ id, title }))}
        // What was picked for another kind names nothing here.
        onChange={(id) => set({ kind: CHANGE_KINDS.find((kind) => kind === id) ?? '', ofId: '' })}
      />
      <AskFields deal={deal} draft={draft} today={today} onSet={set} />
      {draft.kind !== '' && (
        <>
          <AreaField
            label={shapeOf(draft.kind) === 'cancel' ? 'Why' : 'Why, in a few words'}
            value={draft.reason}
            onChange={(reason) => set({ reason })}
            hint="Everybody of our side reads this. Never write account numbers."
          />
          <DayField
            label="Agree by"
            value={draft.until}
            onChange={(until) => set({ until })}
            today={today}
            placeholder="No end"
          />
        </>
      )}
    </AskDialog>
  );
}
