import { useState } from 'react';
import type { DealView, FactView } from '../../../electron/contract/values.ts';
import { Refusal } from '../../ui/calm.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { useFollowing } from '../../ui/following.ts';
import styles from './facts.module.css';
import { Forms } from './forms.tsx';
import { useTell } from './task-acts.ts';

/** What is known about the home and the money: each answer brings the checklist in step at once. And what people are asked. */
export function Facts(props: { readonly deal: DealView }) {
  const { deal } = props;
  return (
    <>
      <KnownFacts deal={deal} />
      <Forms deal={deal} />
    </>
  );
}

function KnownFacts({ deal }: { readonly deal: DealView }) {
  if (deal.facts.length === 0) return null;
  return (
    <section aria-label="What is known">
      <h2 className={styles.head}>What is known</h2>
      <ol className={styles.facts}>
        {deal.facts.map((fact) => (
          <li key={fact.name}>{deal.closedOn === null ? <Answer deal={deal} fact={fact} /> : <Told fact={fact} />}</li>
        ))}
      </ol>
    </section>
  );
}

function Answer(props: { readonly deal: DealView; readonly fact: FactView }) {
  const { deal, fact } = props;
  const tell = useTell(deal.id);
  const [text, setText, year] = useFollowing(fact.value === null ? '' : String(fact.value), `${deal.id}/${fact.name}`);
  const [wrong, setWrong] = useState<string | null>(null);
  async function say(value: FactView['value'], expected: FactView['value'] = fact.value): Promise<void> {
    setWrong(await tell('answerFact', { name: fact.name, value, expected }));
    // Done or refused with what stands there: the person knows it now.
    year.look();
  }
  async function sayYear(): Promise<void> {
    if (text.trim() === String(fact.value ?? '')) return;
    const expected = year.seen === '' ? null : Number(year.seen);
    if (text.trim() === '') return say(null, expected);
    if (/^\d{4}$/.test(text.trim())) return say(Number(text.trim()), expected);
    setWrong('Write the year with 4 digits, like 1962.');
  }
  if (fact.kind === 'year')
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void sayYear();
        }}
      >
        <TextField
          label={fact.question}
          value={text}
          onChange={setText}
          onBlur={() => void sayYear()}
          placeholder="Not known"
          wrong={wrong}
          maxLength={4}
        />
      </form>
    );
  return (
    <>
      <SelectField
        label={fact.question}
        value={fact.value === null ? 'unknown' : String(fact.value)}
        choices={choicesOf(fact)}
        onChange={(id) => void say(answerOf(fact, id))}
      />
      {wrong && <Refusal says={wrong} />}
    </>
  );
}

function Told(props: { readonly fact: FactView }) {
  const { fact } = props;
  const choice = choicesOf(fact).find((one) => one.id === String(fact.value));
  return (
    <p>
      <span className="meta">{fact.question}</span>
      <br />
      {fact.value === null ? 'Not known' : (choice?.title ?? String(fact.value))}
    </p>
  );
}

function choicesOf(fact: FactView) {
  const unknown = { id: 'unknown', title: 'Not known' };
  if (fact.kind === 'yes-no') return [unknown, { id: 'true', title: 'Yes' }, { id: 'false', title: 'No' }];
  return [unknown, ...fact.options.map(({ value, label }) => ({ id: value, title: label }))];
}

function answerOf(fact: FactView, id: string): FactView['value'] {
  if (id === 'unknown') return null;
  return fact.kind === 'yes-no' ? id === 'true' : id;
}
