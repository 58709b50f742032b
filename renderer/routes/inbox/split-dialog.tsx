import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Cut, InboxItem } from '../../../electron/contract/papers.ts';
import { asCallError, call } from '../../data/api.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Waiting } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './split.module.css';
import { nextPart, type PartText, partsOf, readParts } from './split-ranges.ts';

/** A bundle taken apart: the cuts its pages suggest, to change. Each part becomes a file of its own. */
export function SplitDialog(props: {
  readonly item: InboxItem;
  readonly onLeave: () => void;
  readonly onSplit: (cuts: readonly Cut[]) => Promise<string | null>;
}) {
  const { item } = props;
  const suggested = useQuery({
    queryKey: ['cuts', item.id],
    queryFn: () => call('inbox:cuts', { arrivalId: item.id }),
    staleTime: 0,
    gcTime: 0,
  });
  const [changed, setChanged] = useState<readonly PartText[] | null>(null);
  const pages = suggested.data?.pages ?? item.pages ?? 0;
  const parts = changed ?? partsOf(suggested.data?.cuts ?? []);
  const read = readParts(parts, pages);
  async function answer(): Promise<string | null> {
    if (!suggested.data) return 'The pages are still being looked through.';
    return read.kind === 'wrong' ? read.sentence : await props.onSplit(read.cuts);
  }
  const count = read.kind === 'cuts' ? read.cuts.length : parts.length;
  return (
    <AskDialog
      title="Split this file"
      lead={<p className={styles.name}>{item.fileName}</p>}
      says={`${pages} pages. Each part becomes a file of its own in the inbox; the bundle is kept as it came.`}
      verb={count === 1 ? 'Make 1 part' : `Make ${count} parts`}
      leave="Keep it whole"
      onLeave={props.onLeave}
      onAnswer={answer}
    >
      {suggested.isPending && <Waiting says="Looking where one document ends and the next begins" />}
      {suggested.isError && <p role="alert">{asCallError(suggested.error).message}</p>}
      {suggested.data && (
        <Parts parts={parts} pages={pages} read={read} isChanged={changed !== null} onChange={setChanged} />
      )}
    </AskDialog>
  );
}

function Parts(props: {
  readonly parts: readonly PartText[];
  readonly pages: number;
  readonly read: ReturnType<typeof readParts>;
  /** False while they are as they were suggested: a bundle without a cut is no mistake of the person. */
  readonly isChanged: boolean;
  readonly onChange: (parts: readonly PartText[]) => void;
}) {
  const { parts, read, isChanged, onChange } = props;
  const made = useRef(0);
  const put = (key: string, change: Partial<PartText>) =>
    onChange(parts.map((part) => (part.key === key ? { ...part, ...change } : part)));
  function add(): void {
    made.current += 1;
    onChange([...parts, nextPart(parts, props.pages, `own${made.current}`)]);
  }
  return (
    <>
      <ol className={styles.parts}>
        {parts.map((part, at) => (
          <Part
            key={part.key}
            part={part}
            number={at + 1}
            wrong={isChanged && read.kind === 'wrong' && read.at === at ? read.sentence : null}
            onPut={(change) => put(part.key, change)}
            onRemove={() => onChange(parts.filter((other) => other.key !== part.key))}
          />
        ))}
      </ol>
      <p className={styles.foot}>
        <button type="button" className="btn sm" onClick={add}>
          <Icon name="plus" size="s" /> Another part
        </button>
        <span className="meta" role="status">
          {read.kind === 'cuts' ? read.leftOut : read.at === -1 || !isChanged ? read.sentence : ''}
        </span>
      </p>
    </>
  );
}

function Part(props: {
  readonly part: PartText;
  readonly number: number;
  readonly wrong: string | null;
  readonly onPut: (change: Partial<PartText>) => void;
  readonly onRemove: () => void;
}) {
  const { part, number, onPut } = props;
  const isWrong = props.wrong !== null || undefined;
  return (
    <li>
      <span className={styles.range}>
        <input
          aria-label={`First page of part ${number}`}
          inputMode="numeric"
          value={part.from}
          maxLength={6}
          aria-invalid={isWrong}
          onChange={(event) => onPut({ from: event.target.value })}
        />
        to
        <input
          aria-label={`Last page of part ${number}`}
          inputMode="numeric"
          value={part.to}
          maxLength={6}
          aria-invalid={isWrong}
          onChange={(event) => onPut({ to: event.target.value })}
        />
      </span>
      <input
        aria-label={`Title of part ${number}`}
        placeholder="What it is, if you know"
        value={part.title}
        maxLength={200}
        onChange={(event) => onPut({ title: event.target.value })}
      />
      <button
        type="button"
        className="btn bare ico sm"
        title={`Take part ${number} out`}
        aria-label={`Take part ${number} out`}
        onClick={props.onRemove}
      >
        <Icon name="x" size="s" />
      </button>
      {props.wrong === null
        ? part.reason !== '' && <small>{part.reason}</small>
        : props.wrong && (
            <small className={styles.wrong}>
              <Icon name="late" size="s" className="late" /> {props.wrong}
            </small>
          )}
    </li>
  );
}
