import { useState } from 'react';
import type { AccessEntry, AccessView } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { keys } from '../../data/queries.ts';
import { refusalOf, useAskPortal, useSync } from '../../data/sync.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { Switch } from '../settings/folders-switch.tsx';
import styles from './access.module.css';
import { Links } from './access-links.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { useCanLink, useSeeAs } from './use-see-as.ts';
import { firstName, openLink, roleText } from './words.ts';

/** What one person or member sees of the deal, why, and until when; and what can be done about it. */
export function AccessPane(props: { readonly deal: DealView; readonly view: AccessView; readonly entry: AccessEntry }) {
  const { entry } = props;
  return (
    <section className={styles.pane} aria-label={entry.name}>
      <header>
        <h2 dir="auto">{entry.name}</h2>
        <p className="t2">
          {roleText(entry)}
          {entry.email !== '' && <span className="t3"> {entry.email}</span>}
        </p>
      </header>
      <p className={styles.short}>{entry.short}</p>
      {entry.kind === 'person' ? <PersonActs {...props} /> : <MemberActs {...props} />}
      <section aria-label="Why, what, until when">
        <h3>Why, what, until when</h3>
        <ul className={styles.sentences}>
          {entry.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
    </section>
  );
}

function PersonActs(props: { readonly deal: DealView; readonly view: AccessView; readonly entry: AccessEntry }) {
  const { deal, view, entry } = props;
  const [isMaking, setMaking] = useState(false);
  const open = openLink(entry);
  const isAgent = useSync()?.role === 'agent';
  const canLink = useCanLink(deal, entry);
  const { seeAs, wrong } = useSeeAs(deal.id, entry.id);
  const name = firstName(entry.name);

  useKeys({
    l: () => canLink && setMaking(true),
    s: () => canLink && void seeAs(),
  });
  return (
    <>
      {!canLink && <p className="t2">{whyNoLink(deal, entry)}</p>}
      {canLink && (
        <div className={styles.acts}>
          <button type="button" className={open === null ? 'btn go' : 'btn'} onClick={() => setMaking(true)}>
            <Icon name="link" /> {open === null ? 'Make a link' : 'Make another link'} <Kbd>L</Kbd>
          </button>
          <button type="button" className="btn" onClick={() => void seeAs()}>
            <Icon name="review" /> See as {name} <Kbd>S</Kbd>
          </button>
        </div>
      )}
      {wrong && <Refusal says={wrong} />}
      <Links dealId={deal.id} entry={entry} mayChange={!isAgent} />
      {isMaking && (
        <LinkDialog
          deal={deal}
          entry={entry}
          canMail={view.canMail}
          isShared={view.isShared}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  );
}

function whyNoLink(deal: DealView, entry: AccessEntry): string {
  if (deal.isSample) return SAMPLE;
  return entry.canHaveLink ? 'Links are made and revoked by a coordinator of your team.' : entry.whyNot;
}

export const SAMPLE = 'Sample deals stay on this computer. Nobody else sees them, and no link can be made for them.';

/** An agent is on a deal or off it; coordinators and admins are on all of them. */
function MemberActs(props: { readonly deal: DealView; readonly entry: AccessEntry }) {
  const { deal, entry } = props;
  const ask = useAskPortal();
  const [isAsking, setAsking] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const isAgent = useSync()?.role === 'agent';
  if (entry.isOn === null || isAgent) return null;
  const put = (isOn: boolean) =>
    refusalOf(
      ask('access:set-member', { dealId: deal.id, memberId: entry.id, isOn }, [
        keys.access(deal.id),
        keys.trail(deal.id),
      ]),
    );
  return (
    <>
      <Switch
        label="On this deal"
        isOn={entry.isOn}
        onChange={async (isOn) => {
          if (isOn) setWrong(await put(true));
          else setAsking(true);
        }}
      >
        {entry.isOn
          ? 'The deal is on their desktop, with what their role may see.'
          : 'The deal is not on their desktop, and they learn nothing of it.'}
      </Switch>
      {wrong && <Refusal says={wrong} />}
      {isAsking && (
        <AskDialog
          title={`Take ${entry.name} off this deal?`}
          says="The deal goes from their desktop at once, or when it is next online. What they did and wrote stays on the deal. You can put them on again."
          verb="Take off the deal"
          leave="Keep on the deal"
          onLeave={() => setAsking(false)}
          onAnswer={() => put(false)}
        />
      )}
    </>
  );
}
