import { useRouter } from '@tanstack/react-router';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useWay } from '../../data/on-its-way.ts';
import { newestOf, saveCopy } from '../../data/papers.ts';
import { useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { capital } from '../../data/words.ts';
import { Middle } from '../../ui/calm.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Mark } from '../../ui/marks.tsx';
import { OnItsWay } from '../../ui/on-its-way.tsx';
import { Paper } from '../../ui/paper.tsx';
import styles from './documents.module.css';
import type { Asked } from './documents-asked.tsx';
import { facts, Verdict } from './documents-chain.tsx';
import { Room } from './documents-room.tsx';
import { isIn, lineFace } from './documents-state.ts';

interface Props {
  readonly deal: DealView;
  readonly lines: readonly LineView[];
  readonly shown: readonly LineView[];
  readonly line: LineView;
  readonly version: VersionView;
  readonly onAsk: (asked: Asked) => void;
  readonly onPick: (lineId: string) => void;
  readonly onClose: () => void;
}

/** A file to read, with what is known of it beside; J and K go through the documents that have one. */
export function PreviewRoom(props: Props) {
  const { line, version } = props;
  const list = props.shown.some((one) => one.id === line.id) ? props.shown : props.lines;
  const withFiles = list.filter((one) => one.versions.length > 0);
  const at = withFiles.findIndex((one) => one.id === line.id);
  const go = (by: 1 | -1) => {
    const next = withFiles[at + by];
    const newest = next && newestOf(next);
    if (next === undefined || !newest) return;
    props.onPick(next.id);
    props.onAsk({ kind: 'open', lineId: next.id, versionId: newest.id });
  };
  const session = useSession();
  const save = () =>
    !version.isHeld && version.isHere && void saveCopy(session, { sha256: version.sha256, name: version.fileName });
  return (
    <Room
      title={line.title}
      onClose={props.onClose}
      keys={{ j: () => go(1), k: () => go(-1), s: () => void save() }}
      head={
        <div className={styles.steps}>
          <span className="meta nb">
            {at + 1} of {withFiles.length}
          </span>
          <Step says="Previous document" keyName="K" icon="left" isOff={at <= 0} onPress={() => go(-1)} />
          <Step
            says="Next document"
            keyName="J"
            icon="right"
            isOff={at >= withFiles.length - 1}
            onPress={() => go(1)}
          />
        </div>
      }
      paper={<Shown version={version} />}
      side={<Beside {...props} onSave={() => void save()} />}
    />
  );
}

function Step(props: {
  readonly says: string;
  readonly keyName: string;
  readonly icon: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="btn bare sm"
      aria-label={props.says}
      title={props.says}
      aria-disabled={props.isOff}
      onClick={() => !props.isOff && props.onPress()}
    >
      <Icon name={props.icon} /> <Kbd>{props.keyName}</Kbd>
    </button>
  );
}

export function Shown(props: { readonly version: VersionView; readonly page?: number }) {
  const { version } = props;
  const way = useWay(version);
  if (way !== null) return <OnItsWay way={way} />;
  if (version.shown === null)
    return (
      <Middle>
        <Icon name={version.isHeld ? 'shield' : 'file'} size="l" />
        <p className="t2">{version.sentence || 'This file can not be shown here. Save a copy to open it elsewhere.'}</p>
      </Middle>
    );
  return (
    <Paper
      sha256={version.shown.sha256}
      kind={version.shown.kind}
      name={version.fileName}
      {...(props.page === undefined ? {} : { page: props.page })}
    />
  );
}

function Beside(props: Props & { readonly onSave: () => void }) {
  const { deal, line, version, onAsk } = props;
  const today = useToday();
  const router = useRouter();
  const face = lineFace(line, today);
  // What is true of the document is said of its newest file; an older one has what was said of it then.
  const isNewest = newestOf(line)?.id === version.id;
  const isPdf = version.shown?.kind === 'pdf' && deal.closedOn === null;
  return (
    <div className={styles.beside}>
      {isNewest && (
        <p>
          <Mark state={face.state} shape={face.shape}>
            {face.says}
          </Mark>
        </p>
      )}
      {isNewest && line.reason !== '' && <p className="t2">{line.reason}</p>}
      <p className={`mono ${styles.name}`}>{version.fileName}</p>
      <p className="t2">{facts(version, today)}</p>
      <p className="meta">It came as {version.originalName}</p>
      {!isNewest && <Verdict version={version} today={today} />}
      {version.shown !== null && version.sentence !== '' && <p className={styles.note}>{version.sentence}</p>}
      <p className="t2">{line.who === '' ? '' : `${capital(line.who)} sends it.`}</p>
      <div className={styles.besideActs}>
        {isIn('to-review', line) && deal.closedOn === null && (
          <button
            type="button"
            className="btn go"
            onClick={() => router.history.push(`/review?deal=${encodeURIComponent(deal.id)}`)}
          >
            <Icon name="review" /> Review
          </button>
        )}
        {!version.isHeld && version.isHere && (
          <button type="button" className="btn" onClick={props.onSave}>
            Save a copy <Kbd>S</Kbd>
          </button>
        )}
        {isPdf && (
          <>
            <button type="button" className="btn" onClick={() => onAsk({ kind: 'pages', versionId: version.id })}>
              <Icon name="rotate" /> Order pages…
            </button>
            <button type="button" className="btn" onClick={() => onAsk({ kind: 'stamp', versionId: version.id })}>
              <Icon name="pin" /> Stamp…
            </button>
          </>
        )}
      </div>
      {line.versions.length > 1 && <Versions {...props} />}
    </div>
  );
}

function Versions(props: Props) {
  const { line, version, onAsk } = props;
  return (
    <section aria-label="Versions">
      <h2 className={styles.small}>Versions</h2>
      <ol className={styles.versions}>
        {[...line.versions].reverse().map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={cx('btn bare sm', one.id === version.id && styles.here)}
              aria-current={one.id === version.id ? 'true' : undefined}
              onClick={() => onAsk({ kind: 'open', lineId: line.id, versionId: one.id })}
            >
              Version {one.number}
              {one.suffix === null ? '' : ` ${one.suffix}`}
              {one.verdict === null ? '' : one.verdict === 'approved' ? ', approved' : ', sent back'}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
