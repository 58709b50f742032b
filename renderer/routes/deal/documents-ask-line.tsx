import { useState } from 'react';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { NamedPerson } from '../../../electron/contract/portal-rows.ts';
import type { AccessEntry } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useAccess } from '../../data/access.ts';
import { namesText, usePortalRows } from '../../data/portal-rows.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkDialog } from '../access/link-dialog.tsx';
import { useCanLink } from '../access/use-see-as.ts';
import { firstName, openLink } from '../access/words.ts';
import styles from './documents-request.module.css';
import { hasSender, senderOf, senders } from './documents-request.tsx';
import { useTell } from './task-acts.ts';

interface Props {
  readonly deal: DealView;
  readonly line: LineView;
}

/** On whose page a document stands to be sent; nothing is said of one that is here or not needed. */
export function OnPages({ deal, line }: Props) {
  const people = useAskedOf({ deal, line });
  if (people === undefined || !isWanted(line)) return null;
  if (people.length > 0) return <Wanted deal={deal} people={people} />;
  return <p className="meta">It is on nobody’s page yet: nobody outside your team was asked for it.</p>;
}

/** Whose page has it, and who was asked but has no way to a page yet. */
function Wanted({ deal, people }: { readonly deal: DealView; readonly people: readonly NamedPerson[] }) {
  const answer = useAccess(deal.id).data;
  if (answer === undefined) return null;
  // Without the portal nobody can say whose link is open.
  if (answer.kind === 'no') return <p className="meta" dir="auto">{`Wanted from ${namesText(people)}.`}</p>;
  const { entries, canMail, isShared } = answer.value;
  const entryOf = ({ personId }: NamedPerson) => entries.find(({ id }) => id === personId);
  const isIn = (person: NamedPerson) => {
    const entry = entryOf(person);
    return entry !== undefined && openLink(entry) !== null;
  };
  const on = people.filter(isIn);
  return (
    <>
      {on.length > 0 && (
        <p className="meta" dir="auto">{`On the page of ${namesText(on)}, to be sent from a phone or a computer.`}</p>
      )}
      {people
        .filter((person) => !isIn(person))
        .map((person) => (
          <NoLink
            key={person.personId}
            deal={deal}
            person={person}
            entry={entryOf(person)}
            {...{ canMail, isShared }}
          />
        ))}
    </>
  );
}

function NoLink(props: {
  readonly deal: DealView;
  readonly person: NamedPerson;
  /** Missing for somebody of whom the portal has not heard yet. */
  readonly entry: AccessEntry | undefined;
  readonly canMail: boolean;
  readonly isShared: boolean;
}) {
  const { deal, person, entry } = props;
  const canLink = useCanLink(deal, entry ?? { canHaveLink: false });
  const [isMaking, setMaking] = useState(false);
  const hadOne = entry?.links.some(({ kind }) => kind === 'portal') === true;
  return (
    <>
      <p className={styles.noLink} dir="auto">
        <span className="meta">
          {person.name} has no {hadOne ? 'link that works' : 'link yet'}, and does not see that it is wanted.
        </span>
        {canLink && (
          <button type="button" className="btn sm" onClick={() => setMaking(true)}>
            <Icon name="link" /> Make a link<span className="vh"> for {person.name}</span>
          </button>
        )}
      </p>
      {isMaking && entry !== undefined && (
        <LinkDialog
          {...{ deal, entry, canMail: props.canMail, isShared: props.isShared }}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  );
}

/** One click puts a document on the page of whoever the checklist names for it. */
export function AskButton({ deal, line }: Props) {
  const people = useAskedOf({ deal, line });
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  const all = senders(deal);
  const person = hasSender(line, all) ? senderOf(line, all, null) : undefined;
  if (people === undefined || people.length > 0 || line.state !== 'requested' || line.isMetadataOnly) return null;
  if (person === undefined) return null;
  return (
    <>
      <button
        type="button"
        className="btn"
        onClick={async () =>
          setWrong(await tell('askDocument', { lineId: line.id, personId: person.id, expected: line.state }))
        }
      >
        <Icon name="mail" /> Ask {firstName(person.name)}
      </button>
      {wrong && <Refusal says={wrong} />}
    </>
  );
}

function useAskedOf({ deal, line }: Props) {
  return usePortalRows(deal.id)?.asked.find(({ lineId }) => lineId === line.id)?.people;
}

function isWanted({ state, isMetadataOnly }: LineView): boolean {
  return !isMetadataOnly && (state === 'requested' || state === 'rejected');
}
