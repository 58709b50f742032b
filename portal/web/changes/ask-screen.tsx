import { type FormEvent, useEffect, useState } from 'react';
import { useAct, useDeal } from '../inside/deal.ts';
import { dropDraft, keepDraft, readDraft } from '../inside/drafts.ts';
import { Screen } from '../inside/screen.tsx';
import type { ScreenProps } from '../inside/screens.ts';
import { useWords } from '../words.ts';
import './changes.css';
import { type Choice, isChoice, isOffered } from './choices.ts';
import { Choose } from './choose.tsx';
import { blankDraft, type ChangeDraft, draftFrom, termsOf } from './draft.ts';
import type { Fault } from './field.tsx';
import { Fields } from './fields.tsx';
import { Review } from './review.tsx';
import { Sent } from './sent.tsx';

/** Asks for a change: first what, then the few fields of it, then a look at the whole before it is sent. */
export function AskScreen({ at }: ScreenProps) {
  const { askable } = useDeal().home;
  const [choice] = useState(() => (isChoice(at.id) && isOffered(at.id, askable) ? at.id : null));
  return choice === null ? <Choose /> : <Ask choice={choice} />;
}

function Ask({ choice }: { readonly choice: Choice }) {
  const { choose, form } = useWords().changes;
  const { home } = useDeal();
  const [draft, set, drop, name] = useDraft(choice);
  const [fault, setFault] = useState<Fault | null>(null);
  const [isLooked, setIsLooked] = useState(false);
  const act = useAct('ask-change', choice, name);
  const isSent = act.state.at === 'done';
  useEffect(() => {
    if (isSent) drop();
  }, [isSent, drop]);
  const look = (event: FormEvent) => {
    event.preventDefault();
    const terms = termsOf(choice, draft, home);
    setFault(terms.ok ? null : terms);
    if (terms.ok) setIsLooked(true);
    else document.getElementById(`ask-${terms.field}`)?.focus();
  };
  if (isSent) return <Sent choice={choice} deadlineId={draft.deadlineId} />;
  if (isLooked || act.isBusy)
    return <Review choice={choice} draft={draft} act={act} onEdit={() => setIsLooked(false)} />;
  return (
    <Screen title={choose.kinds[choice]} lead={choose.lead2}>
      <form className="ask" onSubmit={look} noValidate>
        <Fields choice={choice} draft={draft} fault={fault} set={set} />
        <button type="submit" className="btn go">
          {form.next}
        </button>
      </form>
    </Screen>
  );
}

/** What is filled in, kept on this device until it is sent; each deal and person has their own. */
function useDraft(choice: Choice) {
  const { home } = useDeal();
  const name = `change ${choice} ${home.place.street} ${home.place.zip} ${home.person.name}`;
  const [draft, setDraft] = useState<ChangeDraft>(() =>
    draftFrom(
      readDraft(name),
      blankDraft(() => crypto.randomUUID()),
    ),
  );
  const set = (more: Partial<ChangeDraft>) => {
    const next = { ...draft, ...more };
    keepDraft(name, next);
    setDraft(next);
  };
  const [drop] = useState(() => () => dropDraft(name));
  return [draft, set, drop, name] as const;
}
