import { useState } from 'react';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { SelectField } from '../../ui/field.tsx';
import { useTell } from '../deal/task-acts.ts';

const CHANNELS = [
  { id: 'phone', title: 'By phone' },
  { id: 'in-person', title: 'In person' },
];
const NUMBERS = [
  { id: 'known-before', title: 'A number that I had before this request' },
  { id: 'from-the-request', title: 'A number that came with the request' },
];

/** That the person was asked themselves, on a way that nobody else can have given. */
export function CallDialog(props: {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly onClose: () => void;
}) {
  const { deal, change } = props;
  const tell = useTell(deal.id);
  const [channel, setChannel] = useState('phone');
  const [number, setNumber] = useState('');
  const who = change.callFirst?.name ?? 'the person';
  const phone = change.callFirst?.phone ?? '';
  return (
    <AskDialog
      title={`Did ${who} confirm it?`}
      lead={<p className="meta">{change.title}</p>}
      says={
        phone === ''
          ? 'Ask them yourself, on a number that you had before this request or face to face. An e-mail or a text proves nothing.'
          : `The number that was here before is ${phone}. An e-mail, a text, or a number that came with the request proves nothing.`
      }
      verb="They confirmed it"
      leave="Not yet"
      onLeave={props.onClose}
      onAnswer={async () =>
        channel === 'phone' && number === ''
          ? 'Say which number you called.'
          : tell('callBackChange', {
              ...{ changeId: change.id, at: nowInstant(), channel },
              number: channel === 'phone' ? number : 'known-before',
            })
      }
    >
      <SelectField label="How" value={channel} choices={CHANNELS} onChange={setChannel} />
      {channel === 'phone' && (
        <SelectField label="Which number" value={number} choices={NUMBERS} onChange={setNumber} />
      )}
    </AskDialog>
  );
}
