import { useState } from 'react';
import type { LineView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { lineToShow } from '../../data/papers.ts';
import { useLines, useToday } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { capital } from '../../data/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/marks.tsx';
import styles from './documents-needed.module.css';
import { RequestDialog } from './documents-request.tsx';
import { inStages, isIn, lineFace } from './documents-state.ts';
import overview from './overview.module.css';

const SHOWN = 5;

/** The documents that need somebody beside those that the stage waits for: these stand above, with all it waits for. */
export function DocumentsNeeded(props: { readonly deal: DealView; readonly onOpen: () => void }) {
  const { deal } = props;
  const lines = useLines(deal.id).data ?? [];
  const today = useToday();
  const session = useSession();
  const [isAsking, setAsking] = useState(false);
  if (lines.length === 0) return null;
  const needed = neededOf(lines, deal);
  const isNamed = deal.missing.some(({ kind }) => kind === 'document');
  const approved = lines.filter((line) => line.state === 'approved').length;
  const open = (lineId: string) => {
    lineToShow(session).set(lineId);
    props.onOpen();
  };
  return (
    <section aria-label="Documents">
      <div className={overview.sec}>
        <h2>Documents</h2>
        <span className="meta">
          {approved} of {lines.length} approved
        </span>
        {deal.closedOn === null && (
          <button type="button" className="btn bare sm push" onClick={() => setAsking(true)}>
            <Icon name="plus" size="s" /> Ask for a document
          </button>
        )}
        <button
          type="button"
          className={deal.closedOn === null ? 'btn bare sm' : 'btn bare sm push'}
          onClick={props.onOpen}
        >
          All documents
        </button>
      </div>
      {isAsking && <RequestDialog deal={deal} onAsked={() => undefined} onClose={() => setAsking(false)} />}
      {needed.length === 0 ? (
        <p className="t2">{isNamed ? 'No other document needs anything now.' : 'No document needs anything now.'}</p>
      ) : (
        <ol className={styles.list}>
          {needed.slice(0, SHOWN).map((line) => {
            const face = lineFace(line, today);
            return (
              <li key={line.id}>
                <button type="button" className="btn link" onClick={() => open(line.id)}>
                  {line.title}
                </button>
                <span className="meta cut">{capital(line.reason || line.who)}</span>
                <Mark state={face.state} shape={face.shape}>
                  {face.says}
                </Mark>
              </li>
            );
          })}
        </ol>
      )}
      {needed.length > SHOWN && <p className={`meta ${overview.rest}`}>and {needed.length - SHOWN} more</p>}
    </section>
  );
}

function neededOf(lines: readonly LineView[], deal: DealView): readonly LineView[] {
  const named = new Set(deal.missing.map(({ id }) => id));
  return inStages(lines).filter((line) => isIn('to-review', line) && !named.has(line.id));
}
