import { useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useWay } from '../../data/on-its-way.ts';
import { dragOut, pagesText, SUFFIX_WORDS, saveCopy, sizeText } from '../../data/papers.ts';
import { useHostInfo, useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { counted } from '../../data/words.ts';
import { fullInstant, shortDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/marks.tsx';
import { type Act, ActMenu } from '../../ui/pick-menu.tsx';
import styles from './documents.module.css';
import type { Asked } from './documents-asked.tsx';
import { Known } from './documents-known.tsx';

interface Props {
  readonly deal: DealView;
  readonly line: LineView;
  readonly onAsk: (asked: Asked) => void;
}

/** The files of a document: the newest, and those before it with what was said of each. */
export function Chain(props: Props) {
  const { line } = props;
  const [isUnfolded, setUnfolded] = useState(false);
  const newestFirst = [...line.versions].reverse();
  const [newest, ...older] = newestFirst;
  if (newest === undefined)
    return <p className="t2">No file yet. Drop one on the line, or on this page to have it proposed.</p>;
  return (
    <section className={styles.chain} aria-label="Files">
      <ol>
        <Version {...props} version={newest} isNewest />
      </ol>
      {older.length > 0 && (
        <>
          <button
            type="button"
            className="btn bare sm"
            aria-expanded={isUnfolded}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            <Icon name={isUnfolded ? 'down' : 'right'} size="s" />
            {counted(older.length, 'older version')}
          </button>
          {isUnfolded && (
            <ol aria-label="Older versions">
              {older.map((version) => (
                <Version key={version.id} {...props} version={version} isNewest={false} />
              ))}
            </ol>
          )}
        </>
      )}
    </section>
  );
}

function Version(props: Props & { readonly version: VersionView; readonly isNewest: boolean }) {
  const { line, version, onAsk } = props;
  const today = useToday();
  const session = useSession();
  const isNative = useHostInfo().data?.capabilities.includes('native-dialogs') === true;
  // What may be false wire instructions leaves Closeboard by no way but the call that lets it go.
  const canDrag = isNative && !version.isHeld && version.isHere;
  const way = useWay(version);
  const file = { sha256: version.sha256, name: version.fileName };
  const acts = useVersionActs(props);
  return (
    <li data-version={version.id}>
      <div className={styles.file}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer's way to what Save a copy does by key */}
        <span
          className={`mono ${styles.name}`}
          draggable={canDrag}
          title={canDrag ? 'Drag it to another program' : undefined}
          onDragStart={(event) => {
            // From here on it is the system's drag, with the real file.
            event.preventDefault();
            void dragOut(session, file);
          }}
        >
          {version.fileName}
        </span>
        <p className="meta">{facts(version, today)}</p>
        <Verdict version={version} today={today} />
        <Known deal={props.deal} version={version} isNewest={props.isNewest} onAsk={onAsk} />
        {way !== null && (
          <p className={styles.note}>
            <Icon name="waiting" size="s" className="waiting" /> {way.short}
          </p>
        )}
        {way === null && version.sentence !== '' && (
          <p className={styles.note}>
            <Icon name={version.isHeld ? 'shield' : 'due'} size="s" className={version.isHeld ? 'late' : 'due'} />{' '}
            {version.sentence}
          </p>
        )}
      </div>
      <div className={styles.fileActs}>
        <button
          type="button"
          className="btn sm"
          aria-label={`Open version ${version.number}`}
          onClick={() => onAsk({ kind: 'open', lineId: line.id, versionId: version.id })}
        >
          Open
        </button>
        {!version.isHeld && version.isHere && (
          <button
            type="button"
            className="btn sm"
            aria-label={`Save a copy of version ${version.number}`}
            onClick={() => void saveCopy(session, file)}
          >
            Save a copy
          </button>
        )}
        {acts.length > 0 && <ActMenu label={`More for version ${version.number}`} acts={acts} />}
      </div>
    </li>
  );
}

function useVersionActs({ deal, version, onAsk }: Props & { readonly version: VersionView }): readonly Act[] {
  if (deal.closedOn !== null) return [];
  const ask = (kind: 'know' | 'move' | 'out' | 'pages' | 'stamp') => () => onAsk({ kind, versionId: version.id });
  const pdf: readonly Act[] =
    version.shown?.kind === 'pdf'
      ? [
          { id: 'pages', title: 'Order, turn or leave out pages…', icon: 'rotate', onPick: ask('pages') },
          { id: 'stamp', title: 'Stamp…', icon: 'pin', onPick: ask('stamp') },
        ]
      : [];
  return [
    { id: 'know', title: 'Change its day or who signed…', icon: 'pen', onPick: ask('know') },
    { id: 'move', title: 'Move to another document…', icon: 'arrow', onPick: ask('move') },
    ...pdf,
    { id: 'out', title: 'Take it out…', icon: 'x', onPick: ask('out') },
  ];
}

/** "Version 2, seller signed, of Jun 16. 14 pages, 312 KB. From Kwame Boateng, Today, 8:52 AM." */
export function facts(version: VersionView, today: PlainDate): string {
  const signed = version.suffix === null ? '' : `, ${SUFFIX_WORDS[version.suffix]}`;
  const size = [pagesText(version.pages), sizeText(version.bytes)].filter(Boolean).join(', ');
  const from = version.isFromPage
    ? `Sent by ${version.sentBy} through their page,`
    : version.sentBy === ''
      ? 'Came'
      : `From ${version.sentBy},`;
  return `Version ${version.number}${signed}, of ${shortDay(version.documentOn as PlainDate, today)}. ${size}. ${from} ${lower(fullInstant(version.receivedAt, today))}.`;
}

function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}

export function Verdict(props: { readonly version: VersionView; readonly today: PlainDate }) {
  const { version, today } = props;
  if (version.verdict === null) return null;
  const on = version.verdictOn === null ? '' : ` ${shortDay(version.verdictOn as PlainDate, today)}`;
  return version.verdict === 'approved' ? (
    <Mark state="done">Approved{on}</Mark>
  ) : (
    <p className={styles.note}>
      <Icon name="back" size="s" /> Sent back{on}: {version.verdictReason}
    </p>
  );
}
