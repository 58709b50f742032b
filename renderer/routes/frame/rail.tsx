import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useInboxCount, useOpenCount, useTodayCount, useWorkspace } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { useSync } from '../../data/sync.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/keys.tsx';
import { Avatar } from '../../ui/marks.tsx';
import { Connection } from './connection.tsx';

/** The left edge: who works here, find or do, the screens, and whether everything is kept. */
export function Rail() {
  const session = useSession();
  const workspace = useWorkspace().data;
  const openCount = useOpenCount();
  const todayCount = useTodayCount();
  const inboxCount = useInboxCount();
  const attention = useSync()?.attention ?? 0;
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <aside className="rail" aria-label="Closeboard">
      <div className="who">
        <Avatar name={workspace?.profile.name ?? ''} isMe size="m" />
        <div className="cut">
          <b className="cut">{workspace?.profile.name ?? ''}</b>
          <span className="meta cut">{workspace?.profile.office ?? ''}</span>
        </div>
      </div>
      <button type="button" className="find" onClick={() => session.dialog.set('palette')}>
        <Icon name="search" />
        <span>Find or do</span> <Kbd>Mod K</Kbd>
      </button>
      <nav aria-label="Screens">
        <Place to="/today" icon="today" title="Today" count={todayCount} isHere={path === '/today'} />
        {attention > 0 && (
          <Place to="/attention" icon="back" title="Needs attention" count={attention} isHere={path === '/attention'} />
        )}
        <Place
          to="/board"
          icon="board"
          title="Board"
          count={openCount}
          isHere={path === '/board' || path.startsWith('/deals')}
        />
        <Place
          to="/inbox"
          icon="inbox"
          title="Inbox"
          count={inboxCount?.open}
          isHere={path === '/inbox' || path === '/review'}
        />
        <hr />
        <Place to="/settings" icon="settings" title="Settings" isHere={path === '/settings'} />
      </nav>
      <Connection />
    </aside>
  );
}

function Place(props: {
  readonly to: '/today' | '/attention' | '/board' | '/inbox' | '/settings';
  readonly icon: string;
  readonly title: string;
  readonly count?: number | undefined;
  readonly isHere: boolean;
}): ReactNode {
  return (
    <Link
      to={props.to}
      aria-current={props.isHere ? 'page' : undefined}
      title={props.title}
      activeOptions={{ exact: true }}
    >
      <Icon name={props.icon} />
      <em>{props.title}</em>
      {props.count !== undefined && props.count > 0 && <span>{props.count.toLocaleString('en-US')}</span>}
    </Link>
  );
}
