import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useWay, type Way } from '../../data/on-its-way.ts';
import { newestOf, pagesText, SUFFIX_WORDS } from '../../data/papers.ts';
import { capital } from '../../data/words.ts';
import { cx } from '../../ui/cx.ts';
import { rowInstant } from '../../ui/days.ts';
import { dropMarks } from '../../ui/drop-marks.ts';
import { Mark } from '../../ui/marks.tsx';
import styles from './documents.module.css';
import { lineFace } from './documents-state.ts';

/** One document of the checklist: its name, what it waits for or what came last, version, state. Takes dropped files. */
export function DocumentRow(props: {
  readonly deal: DealView;
  readonly line: LineView;
  readonly today: PlainDate;
  readonly isSelected: boolean;
}) {
  const { deal, line, today } = props;
  const newest = newestOf(line);
  const face = lineFace(line, today);
  const way = useWay(newest);
  const takes = deal.closedOn === null && !line.isMetadataOnly;
  const marks = takes
    ? dropMarks('line', `File on ${line.title}`, { dealId: deal.id, lineId: line.id, name: line.title })
    : {};
  return (
    <div
      className={cx(styles.row, props.isSelected && styles.bold, line.state === 'waived' && styles.off)}
      data-line={line.id}
      data-state={line.state}
      {...marks}
    >
      <div className={styles.what}>
        <b dir="auto" title={line.title}>
          {line.title}
        </b>
        <small>{way === null ? secondLine(line, today) : wayLine(way, newest)}</small>
      </div>
      <span className={styles.version}>
        {newest && (
          <>
            v{newest.number}{' '}
            {newest.suffix && (
              <abbr title={SUFFIX_WORDS[newest.suffix]}>
                {newest.suffix}
                <span className="vh">, {SUFFIX_WORDS[newest.suffix]}</span>
              </abbr>
            )}
          </>
        )}
      </span>
      <Mark state={face.state} shape={face.shape}>
        {face.says}
      </Mark>
    </div>
  );
}

/** The line keeps its place and height while the file comes. */
function wayLine(way: Way, newest: VersionView | null): string {
  return newest === null || newest.sentBy === '' ? way.short : `${way.short}, from ${newest.sentBy}`;
}

function secondLine(line: LineView, today: PlainDate): string {
  const newest = newestOf(line);
  if (line.reason !== '') return line.reason;
  if (newest !== null) {
    const from = newest.sentBy === '' ? '' : `from ${newest.sentBy}`;
    return capital([pagesText(newest.pages), from, rowInstant(newest.receivedAt, today)].filter(Boolean).join(', '));
  }
  if (line.isMetadataOnly) return 'Closeboard holds no file';
  const who = line.who === '' ? 'Nobody sends it yet' : `${capital(line.who)} sends it`;
  return line.condition === '' ? who : `${who}. ${line.condition}`;
}
