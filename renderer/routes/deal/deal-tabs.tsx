import { Link } from '@tanstack/react-router';
import type { DealView } from '../../../electron/contract/values.ts';
import type { DealTab } from '../../data/deal-tabs.ts';
import { useChanges, useThreads } from '../../data/portal-views.ts';
import { useLines } from '../../data/queries.ts';
import { counted, nextStage, STAGE_TITLES, stageNumber } from '../../data/words.ts';
import { Kbd } from '../../ui/keys.tsx';
import { isLive } from '../changes/change-row.tsx';
import styles from './deal.module.css';
import { isSettled } from './task-acts.ts';

export function DealTabs(props: { readonly deal: DealView; readonly tab: DealTab; readonly onMove: () => void }) {
  const { deal } = props;
  const lines = useLines(deal.id).data;
  const documents = lines === undefined || lines.length === 0 ? '' : String(lines.length);
  const settled = deal.tasks.filter(isSettled).length;
  const requests = (useChanges(deal.id).data ?? []).filter(isLive);
  const waiting = (useThreads(deal.id).data ?? []).filter(({ open }) => open > 0).length;
  const toDo: Partial<Record<DealTab, string>> = {
    ...(requests.some(({ next }) => next !== null) && { changes: 'something to do' }),
    ...(waiting > 0 && { messages: waiting === 1 ? 'one waits for an answer' : `${waiting} wait for an answer` }),
  };
  const tabs: readonly (readonly [DealTab, string, string])[] = [
    ['overview', 'Overview', ''],
    ['tasks', 'Tasks', `${settled} of ${deal.tasks.length}`],
    ['documents', 'Documents', documents],
    ['dates', 'Dates', ''],
    ['people', 'People', String(deal.people.length)],
    ['changes', 'Changes', requests.length === 0 ? '' : String(requests.length)],
    ['messages', 'Messages', waiting === 0 ? '' : String(waiting)],
    ['notes', 'Notes', deal.notes.length === 0 ? '' : String(deal.notes.length)],
    ['activity', 'Activity', ''],
  ];
  return (
    <nav className={styles.tabs} aria-label="Deal">
      {tabs.map(([tab, title, count]) => (
        <Link
          key={tab}
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          search={tab === 'overview' ? {} : { tab }}
          aria-current={tab === props.tab ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {title} {count !== '' && <span className={toDo[tab] ? styles.toDo : undefined}>{count}</span>}
          {toDo[tab] && <span className="vh">, {toDo[tab]}</span>}
        </Link>
      ))}
      {deal.closedOn === null && <StageLine deal={deal} onMove={props.onMove} />}
    </nav>
  );
}

function StageLine(props: { readonly deal: DealView; readonly onMove: () => void }) {
  const { deal } = props;
  const next = nextStage(deal.stage);
  const missing = deal.missing.map((item) => item.what);
  const says = missing.length === 0 ? 'Nothing missing.' : `Still missing: ${firstOf(missing)}.`;
  return (
    <div className={styles.stage}>
      <p className="t2">
        <b>
          Stage {stageNumber(deal.stage)}, {STAGE_TITLES[deal.stage]}.
        </b>{' '}
        {says}
      </p>
      {next && (
        <button type="button" className="btn sm" onClick={props.onMove}>
          <span>
            Move <span className={styles.long}>to {STAGE_TITLES[next]}</span>
          </span>{' '}
          <Kbd>M</Kbd>
        </button>
      )}
    </div>
  );
}

/** By name as far as one line holds, else as a count: the whole list stands in the overview. */
function firstOf(missing: readonly string[]): string {
  const named = missing.join(', ');
  return named.length <= 56 ? named : counted(missing.length, 'thing');
}
