import { type FormEvent, useEffect, useState } from 'react';
import '../changes/changes.css';
import { ActLine } from '../inside/act-line.tsx';
import { useAct, useDeal } from '../inside/deal.ts';
import { dropDraft, keepDraft, readDraft } from '../inside/drafts.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { coordinatorOf } from './coordinator.ts';
import { faultOf, type Proposal, type ProposalFault, proposalFrom } from './proposal.ts';
import { ProposeFields } from './propose-fields.tsx';

/** Somebody whom this person wants on the deal: the coordinator calls them before they see anything. */
export function ProposeScreen() {
  const words = useWords();
  const { form } = words.onDeal;
  const { home } = useDeal();
  const who = coordinatorOf(home.people, words);
  if (home.mayPropose.length === 0 || home.isPreview)
    return (
      <Screen title={form.title}>
        <p>{form.closed}</p>
      </Screen>
    );
  return <Propose who={who} />;
}

function Propose({ who }: { readonly who: string }) {
  const { form } = useWords().onDeal;
  const [proposal, set, drop, draft] = useProposal();
  const [fault, setFault] = useState<ProposalFault | null>(null);
  const act = useAct('propose-person', 'new', draft);
  const isSent = act.state.at === 'done';
  useEffect(() => {
    if (isSent) drop();
  }, [isSent, drop]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const found = faultOf(proposal);
    setFault(found);
    if (found !== null) return document.getElementById(`propose-${found.field}`)?.focus();
    void act.run(proposal);
  };
  const again = () => {
    set(null);
    act.forget();
  };
  if (isSent) return <Proposed name={proposal.name} who={who} onAnother={again} />;
  return (
    <Screen title={form.title} lead={form.lead(who)}>
      <form className="ask" onSubmit={send} noValidate>
        <ProposeFields proposal={proposal} fault={fault} set={set} />
        <button type="submit" className="btn go" disabled={act.isBusy}>
          {form.send}
        </button>
      </form>
      <ActLine act={act} />
    </Screen>
  );
}

interface ProposedProps {
  readonly name: string;
  readonly who: string;
  onAnother(): void;
}

function Proposed({ name, who, onAnother }: ProposedProps) {
  const { form } = useWords().onDeal;
  const { go } = useDeal();
  return (
    <Screen title={form.sent(name)} lead={form.sentText(who)}>
      <div className="pair">
        <button type="button" className="btn" onClick={onAnother}>
          {form.another}
        </button>
        <button type="button" className="btn go" onClick={() => go({ screen: 'people' })}>
          {form.back}
        </button>
      </div>
    </Screen>
  );
}

/** What is filled in, kept on this device until it is sent; each deal and person has their own. */
function useProposal() {
  const { home } = useDeal();
  const key = `proposal ${home.place.street} ${home.place.zip} ${home.person.name}`;
  const blank: Proposal = {
    ...{ role: home.mayPropose[0] ?? 'co-client', name: '', company: '', phone: '', email: '', words: '' },
  };
  const [proposal, setProposal] = useState(() => proposalFrom(readDraft(key), blank, home.mayPropose));
  const set = (more: Partial<Proposal> | null) => {
    const next = more === null ? blank : { ...proposal, ...more };
    if (more !== null) keepDraft(key, next);
    setProposal(next);
  };
  const [drop] = useState(() => () => dropDraft(key));
  return [proposal, set, drop, key] as const;
}
