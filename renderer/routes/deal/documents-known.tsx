import { useState } from 'react';
import type { VersionView } from '../../../electron/contract/papers.ts';
import type { PaperView, ReadingView } from '../../../electron/contract/portal-rows.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { sightText, usePaper } from '../../data/portal-rows.ts';
import { useToday } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import { fullInstant } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Asked } from './documents-asked.tsx';
import styles from './documents-known.module.css';
import { saidSentences } from './documents-said.ts';
import { useTell } from './task-acts.ts';

interface Props {
  readonly deal: DealView;
  readonly version: VersionView;
  readonly onAsk: (asked: Asked) => void;
}

/** Who reads a file through their page, what is said of it that decides that, and who was asked to read it. */
export function Known(props: Props & { readonly isNewest: boolean }) {
  const { deal, version } = props;
  const paper = usePaper(deal.id, version.id);
  if (paper === undefined || version.isHeld) return null;
  const isSeen = paper.sees.now.length + paper.sees.onceApproved.length > 0;
  // Of an older version that no page shows, only what was read is still worth a line.
  if (!props.isNewest && !isSeen) return <Readings {...props} paper={paper} />;
  return (
    <div className={styles.known}>
      <p className={styles.line}>
        <Icon name="people" size="s" />
        <span dir="auto">{sightText(paper.sees)}</span>
      </p>
      {saidSentences(paper, deal).map(({ says, isUnknown }) => (
        <p key={says} className={styles.line} data-unknown={isUnknown ? '' : undefined}>
          <Icon name={isUnknown ? 'todo' : 'check'} size="s" />
          <span dir="auto">{says}</span>
        </p>
      ))}
      {paper.consents.map((says) => (
        <p key={says} className={styles.line}>
          <Icon name="key" size="s" />
          <span dir="auto">{says}</span>
        </p>
      ))}
      <Readings {...props} paper={paper} />
      {deal.closedOn === null && <KnownActs {...props} paper={paper} />}
    </div>
  );
}

function KnownActs(props: Props & { readonly paper: PaperView }) {
  const { version, paper, onAsk } = props;
  if (paper.asks.length === 0 && paper.mayAsk.length === 0) return null;
  return (
    <div className={styles.acts}>
      {paper.asks.length > 0 && (
        <button
          type="button"
          className="btn sm"
          aria-label={`Say who may read it, version ${version.number}`}
          onClick={() => onAsk({ kind: 'describe', versionId: version.id })}
        >
          <Icon name="lock" size="s" /> Say who may read it
        </button>
      )}
      {paper.mayAsk.length > 0 && (
        <button
          type="button"
          className="btn sm"
          aria-label={`Ask to read, version ${version.number}`}
          onClick={() => onAsk({ kind: 'read', versionId: version.id })}
        >
          <Icon name="review" size="s" /> Ask to read
        </button>
      )}
    </div>
  );
}

function Readings(props: Props & { readonly paper: PaperView }) {
  const { paper, deal } = props;
  if (paper.readings.length === 0) return null;
  return (
    <ul className={styles.readings} aria-label="Who was asked to read it">
      {paper.readings.map((reading) => (
        <Reading key={reading.id} deal={deal} reading={reading} />
      ))}
    </ul>
  );
}

function Reading(props: { readonly deal: DealView; readonly reading: ReadingView }) {
  const { deal, reading } = props;
  const today = useToday();
  const tell = useTell(deal.id);
  const [wrong, setWrong] = useState<string | null>(null);
  const isRead = reading.acknowledgedAt !== null;
  return (
    <li>
      <Icon name={isRead ? 'done' : 'waiting'} size="s" className={isRead ? 'done' : 'waiting'} />
      <span dir="auto">
        {isRead
          ? `${reading.name} read and acknowledged it, ${lower(fullInstant(reading.acknowledgedAt ?? '', today))}`
          : `${reading.name} was asked to read it, ${lower(fullInstant(reading.askedAt, today))}`}
      </span>
      {!isRead && deal.closedOn === null && (
        <button
          type="button"
          className="btn bare sm"
          aria-label={`Take back, ${reading.name}`}
          onClick={async () => setWrong(await tell('dropReading', { readingId: reading.id }))}
        >
          Take back
        </button>
      )}
      {wrong && <Refusal says={wrong} />}
    </li>
  );
}

function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}
