import { useEffect, useRef, useState } from 'react';
import { mayLackAddress } from '../../../core/checklists/workflow-days.ts';
import type { DealView, Refused } from '../../../electron/contract/values.ts';
import { nowInstant } from '../../data/clock.ts';
import { useRun } from '../../data/commands.ts';
import { useToday, useWorkspace } from '../../data/queries.ts';
import { nextStage, PLATE_KINDS, sideSays } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { dayAsTyped, parseDayText } from '../../ui/day-text.ts';
import { AreaField, DayField, SelectField, TextField } from '../../ui/field.tsx';
import { moneyText, parseMoney } from '../../ui/money.ts';
import { NotReady } from '../board/not-ready.tsx';
import { placeOf } from './deal-header.tsx';
import styles from './dialogs.module.css';
import { useOpenMissing } from './open-missing.ts';
import { useTell } from './task-acts.ts';

export type DealQuestion = 'move' | 'price' | 'address' | 'owner' | 'close' | 'withdraw';

interface Props {
  readonly deal: DealView;
  readonly onClose: () => void;
}

export function DealDialogs(props: Props & { readonly question: DealQuestion }) {
  const { deal, onClose } = props;
  switch (props.question) {
    case 'move':
      return <MoveOn deal={deal} onClose={onClose} />;
    case 'price':
      return <PriceDialog deal={deal} onClose={onClose} />;
    case 'address':
      return <AddressDialog deal={deal} onClose={onClose} />;
    case 'owner':
      return <OwnerDialog deal={deal} onClose={onClose} />;
    case 'close':
    case 'withdraw':
      return <EndDialog deal={deal} onClose={onClose} isWithdrawn={props.question === 'withdraw'} />;
  }
}

/** Sends the move at once; there is something to ask only when it is refused. */
function MoveOn(props: Props) {
  const { deal, onClose } = props;
  const run = useRun();
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const to = nextStage(deal.stage);
  const isSent = useRef(false);
  const openMissing = useOpenMissing(deal.id);

  async function send(anyway?: string): Promise<Refused | null> {
    if (to === null) return null;
    const args = { to, expected: deal.stage, at: nowInstant(), ...(anyway === undefined ? {} : { anyway }) };
    const reply = await run({ dealId: deal.id, name: 'moveStage', args, showsRefusal: true });
    return reply.outcome === 'refused' ? reply.refusal : null;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: sent once, when it was asked for
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    void send().then((refused) => (refused === null ? onClose() : setRefusal(refused)));
  }, []);

  if (refusal === null || to === null) return null;
  const what = {
    plate: deal.plate,
    kind: PLATE_KINDS[deal.side],
    sideSays: sideSays(deal.side),
    street: placeOf(deal),
    to,
    refusal,
  };
  return (
    <NotReady
      what={what}
      onLeave={onClose}
      onOpen={null}
      onOpenItem={(item) => {
        onClose();
        openMissing(item);
      }}
      onAnyway={async (reason) => {
        const again = await send(reason);
        if (again === null) onClose();
        return again?.message ?? null;
      }}
    />
  );
}

function PriceDialog(props: Props) {
  const { deal, onClose } = props;
  const tell = useTell(deal.id);
  const [text, setText] = useState(deal.priceCents === null ? '' : moneyText(deal.priceCents));
  const read = parseMoney(text);
  return (
    <AskDialog
      title="Price"
      verb="Save the price"
      leave={deal.priceCents === null ? 'Leave it open' : `Keep ${moneyText(deal.priceCents)}`}
      onLeave={onClose}
      onAnswer={async () =>
        read.kind === 'wrong'
          ? read.sentence
          : tell('setPrice', { priceCents: read.kind === 'cents' ? read.cents : null, expected: deal.priceCents })
      }
    >
      <TextField
        label="Price in dollars"
        value={text}
        onChange={setText}
        autoFocus
        wrong={read.kind === 'wrong' ? read.sentence : undefined}
        hint={read.kind === 'cents' ? moneyText(read.cents) : 'Empty means that nobody has said'}
      />
    </AskDialog>
  );
}

function AddressDialog(props: Props) {
  const { deal, onClose } = props;
  const tell = useTell(deal.id);
  const [street, setStreet] = useState(deal.street);
  const [unit, setUnit] = useState(deal.unit);
  const [city, setCity] = useState(deal.city);
  const [state, setState] = useState(deal.state);
  const [zip, setZip] = useState(deal.zip);
  const args = {
    street: street.trim(),
    unit: unit.trim(),
    city: city.trim(),
    state: state.trim().toUpperCase(),
    zip: zip.trim(),
  };
  return (
    <AskDialog
      title="Address"
      verb="Save the address"
      leave="Leave it as it was"
      onLeave={onClose}
      onAnswer={async () =>
        args.street === '' && !mayLackAddress(deal.workflow, deal.side)
          ? 'Write the house number and the street.'
          : tell('changeAddress', args)
      }
    >
      <div className={styles.address}>
        <TextField label="House number and street" value={street} onChange={setStreet} autoFocus />
        <TextField label="Unit" value={unit} onChange={setUnit} />
        <TextField label="City" value={city} onChange={setCity} />
        <TextField label="State" value={state} onChange={setState} maxLength={2} />
        <TextField label="ZIP" value={zip} onChange={setZip} maxLength={10} />
      </div>
    </AskDialog>
  );
}

function OwnerDialog(props: Props) {
  const { deal, onClose } = props;
  const tell = useTell(deal.id);
  const members = useWorkspace().data?.members ?? [];
  const [ownerId, setOwner] = useState(deal.ownerId);
  return (
    <AskDialog
      title="Who has this deal?"
      verb="Hand over"
      leave={`Leave it with ${deal.ownerName}`}
      onLeave={onClose}
      onAnswer={() => tell('assignDeal', { ownerId, expected: deal.ownerId })}
    >
      <SelectField
        label="Who"
        value={ownerId}
        choices={members.map((member) => ({ id: member.id, title: member.name }))}
        onChange={setOwner}
      />
    </AskDialog>
  );
}

/** Closing asks for a reason only when the deal is not ready; withdrawing always may have one. */
function EndDialog(props: Props & { readonly isWithdrawn: boolean }) {
  const { deal, onClose, isWithdrawn } = props;
  const run = useRun();
  const today = useToday();
  const [text, setText] = useState(dayAsTyped(today));
  const [reason, setReason] = useState('');
  const [isUnready, setUnready] = useState(false);
  const read = parseDayText(text, today);
  const words = isWithdrawn ? WITHDRAW_WORDS : CLOSE_WORDS;
  async function end(): Promise<string | null> {
    if (read.kind !== 'day') return read.kind === 'wrong' ? read.sentence : 'Write the day.';
    const why = reason.trim();
    if (isUnready && why === '') return 'Say in a few words why it closes with things open. It stays in the activity.';
    const args = { on: read.day, reason: why, ...(isUnready ? { anyway: why } : {}) };
    const reply = await run({ dealId: deal.id, name: words.command, args, showsRefusal: true });
    if (reply.outcome === 'done') return null;
    if (reply.refusal.type === 'StageNotDone') setUnready(true);
    return reply.refusal.message;
  }
  return (
    <AskDialog
      title={words.title}
      lead={<p className="meta">{deal.street === '' ? deal.streetName : `${deal.plate} ${placeOf(deal)}`}</p>}
      says="It leaves the board. It can still be read, found and reopened."
      verb={isUnready ? 'Close it anyway' : words.verb}
      leave="Keep it open"
      onLeave={onClose}
      onAnswer={end}
    >
      <DayField label={words.day} value={text} onChange={setText} today={today} />
      <AreaField label={isUnready ? 'Why' : words.reason} value={reason} onChange={setReason} autoFocus />
    </AskDialog>
  );
}

const CLOSE_WORDS = {
  command: 'closeDeal',
  title: 'Close this deal?',
  verb: 'Close it',
  day: 'Closed on',
  reason: 'A word on it, if you like',
} as const;

const WITHDRAW_WORDS = {
  command: 'withdrawDeal',
  title: 'Withdraw this deal?',
  verb: 'Withdraw it',
  day: 'Withdrawn on',
  reason: 'Why',
} as const;
