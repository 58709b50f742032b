import { useState } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { ImpactView as Impact } from '../../../electron/contract/impact.ts';
import type { ChangeView } from '../../../electron/contract/portal-views.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { rowDay } from '../../ui/days.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { datesHead, tasksHead } from '../impact/impact-words.ts';
import { type Step, useImpact } from '../impact/use-impact.ts';
import styles from './changes.module.css';
import { LookDialog } from './look-dialog.tsx';

const SHOWN = 5;

/** The first of what would move, and the way to all of it. Nothing while it is not known. */
export function ImpactLines(props: {
  readonly deal: DealView;
  readonly change: ChangeView;
  readonly step: Step;
  readonly today: PlainDate;
}) {
  const { deal, change, today } = props;
  const [isOpen, setOpen] = useState(false);
  const impact = useImpactOf(deal.id, change, props.step);
  useKeys({ v: () => impact !== null && setOpen(true) });
  if (impact === null) return null;
  const rest = impact.dates.length - SHOWN;
  const [head] = datesHead(impact);
  const [tasks, which] = tasksHead(impact);
  return (
    <div className={styles.impact}>
      <p className={styles.head}>
        <b>{head}</b>
        {tasks !== '' && <span className="t3">{which === '' ? tasks : `${tasks}: ${which}`}</span>}
        <button type="button" className="btn sm push" onClick={() => setOpen(true)}>
          See all of it <Kbd>V</Kbd>
        </button>
      </p>
      {impact.dates.length > 0 && (
        <table className={styles.moves} aria-label="Dates that would move">
          <tbody>
            {impact.dates.slice(0, rest <= 1 ? impact.dates.length : SHOWN).map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.title}</th>
                <td className="t3 nb">{row.from === null ? 'no day yet' : rowDay(row.from, today)}</td>
                <td className="t3">
                  <Icon name="arrow" size="s" />
                  <span className="vh">becomes</span>
                </td>
                <td className="nb">
                  <b>{row.to === null ? 'no day' : rowDay(row.to, today)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rest > 1 && <p className="meta">and {rest} more dates</p>}
      {isOpen && <LookDialog deal={deal} change={change} impact={impact} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** What a request would move; null while that is not known. */
function useImpactOf(dealId: string, change: ChangeView, step: Step): Impact | null {
  const reply = useImpact(dealId, step).data;
  return reply?.outcome === 'impact' ? seenFrom(reply.impact, change) : null;
}

/** The same with the requests that it meets as they are known of this one: itself is none, and first is who asked first. */
export function seenFrom(impact: Impact, change: ChangeView): Impact {
  const others = change.conflicts.map(({ changeId: id, title, askedBy, cameFirst }): Impact['conflicts'][number] => ({
    ...{ kind: 'request', id, title: `Another request: ${title}` },
    sentence: cameFirst
      ? `${askedBy} asked first. Keep one of the two.`
      : `${askedBy} asked later, and waits for this one.`,
  }));
  return { ...impact, conflicts: [...others, ...impact.conflicts.filter(({ kind }) => kind !== 'request')] };
}
