import { useState } from 'react';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { namesText, usePortalRows } from '../../data/portal-rows.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { firstName } from '../access/words.ts';
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
  return (
    <p className="meta" dir="auto">
      {people.length === 0
        ? 'It is on nobody’s page yet: nobody outside your team was asked for it.'
        : `On the page of ${namesText(people)}, to be sent from a phone or a computer.`}
    </p>
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
