import { type FormEvent, useState } from 'react';
import type { AttentionItem } from '../../../electron/contract/sync.ts';
import { useToday } from '../../data/queries.ts';
import { fullInstant } from '../../ui/days.ts';
import { DayField, NoSuchDay, SelectField, TextField } from '../../ui/field.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { moneyText, parseMoney } from '../../ui/money.ts';
import styles from './attention.module.css';
import type { Choose } from './attention-pane.tsx';
import { keepTheirs, readThird } from './attention-words.ts';

type Conflict = NonNullable<AttentionItem['conflict']>;

/** Two values side by side, to choose one or to write a third. A choice between equals: no button is filled. */
export function ConflictCard(props: { readonly conflict: Conflict; readonly choose: Choose }) {
  const { conflict, choose } = props;
  const [isWriting, setWriting] = useState(false);
  const mine = () => void choose({ keep: 'mine' });
  const theirs = () => void choose({ keep: 'theirs' });
  const away = () => void choose({ keep: 'put-away' });
  const hasThird = conflict.input !== 'none';
  useKeys(conflict.isAgreed ? { x: away } : { 1: mine, 2: theirs, ...(hasThird ? { 3: () => setWriting(true) } : {}) });
  if (conflict.isAgreed)
    return (
      <>
        <p>
          <b>{conflict.mine.text}</b>
        </p>
        <p className="t2">Both say the same by now. Nothing is left to choose.</p>
        <p>
          <button type="button" className="btn" onClick={away}>
            Put it away <Kbd>X</Kbd>
          </button>
        </p>
      </>
    );
  return (
    <>
      <div className={styles.vs}>
        <Value side={conflict.mine} isMine verb="Keep mine" keyName="1" onKeep={mine} />
        <Value side={conflict.theirs} verb={keepTheirs(conflict.theirs.who)} keyName="2" onKeep={theirs} />
      </div>
      {hasThird && !isWriting && (
        <p>
          <button type="button" className="btn" onClick={() => setWriting(true)}>
            Write a third <Kbd>3</Kbd>
          </button>
        </p>
      )}
      {isWriting && <ThirdForm conflict={conflict} choose={choose} onLeave={() => setWriting(false)} />}
      <p className="meta">Both stay in the activity.</p>
    </>
  );
}

function Value(props: {
  readonly side: Conflict['mine'];
  readonly isMine?: boolean;
  readonly verb: string;
  readonly keyName: string;
  readonly onKeep: () => void;
}) {
  const { side } = props;
  const today = useToday();
  const who = props.isMine ? 'Yours, on this computer' : side.who.replace(/,$/, '') || 'Somebody else';
  const at = side.at === null ? '' : `, ${fullInstant(side.at, today).replace(/^Today, /, '')}`;
  return (
    <div className={styles.side}>
      <p className="meta">
        <bdi>{who}</bdi>
        {at}
      </p>
      <b className={styles.text} dir="auto">
        {side.text}
      </b>
      <p className={`t2 ${styles.note}`}>
        {props.isMine ? 'Nobody else has seen this one.' : 'Others see this one now.'}
      </p>
      <button type="button" className={`btn ${styles.keep}`} onClick={props.onKeep}>
        {props.verb} <Kbd>{props.keyName}</Kbd>
      </button>
    </div>
  );
}

function ThirdForm(props: { readonly conflict: Conflict; readonly choose: Choose; readonly onLeave: () => void }) {
  const { conflict } = props;
  const today = useToday();
  const [text, setText] = useState('');
  const [isChecked, setChecked] = useState(false);
  const read = readThird(conflict.input, text, today);
  function write(event: FormEvent): void {
    event.preventDefault();
    setChecked(true);
    if (read.kind === 'value') void props.choose({ keep: 'third', value: read.value });
  }
  const wrong = read.kind === 'empty' ? isChecked && read.sentence : read.kind === 'wrong' && read.sentence;
  return (
    <form className={styles.third} aria-label="A third value" onSubmit={write}>
      <ThirdField
        {...props}
        text={text}
        setText={setText}
        wrong={wrong}
        instead={'instead' in read ? read.instead : []}
      />
      <button type="submit" className={`btn ${styles.push3}`}>
        Keep this one
      </button>
      <button type="button" className={`btn bare ${styles.push3}`} onClick={props.onLeave}>
        Write no third
      </button>
    </form>
  );
}

function ThirdField(props: {
  readonly conflict: Conflict;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly wrong: string | false;
  readonly instead: Parameters<typeof NoSuchDay>[0]['instead'];
}) {
  const { conflict, text, setText, wrong } = props;
  const today = useToday();
  const common = { label: conflict.field, value: text, onChange: setText, autoFocus: true } as const;
  switch (conflict.input) {
    case 'day':
      return <DayField {...common} today={today} wrong={wrong} />;
    case 'money': {
      const read = parseMoney(text);
      const hint = read.kind === 'cents' ? moneyText(read.cents) : 'In dollars';
      return <TextField {...common} placeholder="642,000" hint={hint} wrong={wrong} />;
    }
    case 'choice':
      return (
        <SelectField
          label={conflict.field}
          value={text}
          choices={conflict.options.map(({ value, label }) => ({ id: value, title: label }))}
          onChange={setText}
          wrong={wrong}
        />
      );
    case 'days-or-day':
      return (
        <TextField
          {...common}
          placeholder="21, or Jun 23"
          hint="Days, or a day"
          wrong={wrong && <NoSuchDay sentence={wrong} instead={props.instead} onUse={setText} />}
        />
      );
    case 'none':
      return null;
  }
}
