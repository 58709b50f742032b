import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { DEAL_TABS, type DealTab } from './data/deal-tabs.ts';
import { searchPlace } from './data/search.ts';
import { BoardScreen } from './routes/board/board-screen.tsx';
import { Frame } from './routes/frame/frame.tsx';

const root = createRootRoute({ component: Frame });
const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/board' });
  },
});
const board = createRoute({ getParentRoute: () => root, path: '/board', component: BoardScreen });
const today = createRoute({
  getParentRoute: () => root,
  path: '/today',
  component: lazyRouteComponent(() => import('./routes/today/today-screen.tsx'), 'TodayScreen'),
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: lazyRouteComponent(() => import('./routes/inbox/inbox-screen.tsx'), 'InboxScreen'),
});
const review = createRoute({
  getParentRoute: () => root,
  path: '/review',
  validateSearch: (search): { deal?: string } => (typeof search.deal === 'string' ? { deal: search.deal } : {}),
  component: lazyRouteComponent(() => import('./routes/review/review-screen.tsx'), 'ReviewScreen'),
});
const attention = createRoute({
  getParentRoute: () => root,
  path: '/attention',
  validateSearch: (search): { deal?: string } => (typeof search.deal === 'string' ? { deal: search.deal } : {}),
  component: lazyRouteComponent(() => import('./routes/attention/attention-screen.tsx'), 'AttentionScreen'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./routes/settings/settings-screen.tsx'), 'SettingsScreen'),
});
const deal = createRoute({
  getParentRoute: () => root,
  path: '/deals/$dealId',
  validateSearch: (search): { tab?: DealTab; view?: 'access' } => {
    const tab = DEAL_TABS.find((one) => one === search.tab);
    if (tab === undefined || tab === 'overview') return {};
    // Who sees what is the other side of the people.
    return tab === 'people' && search.view === 'access' ? { tab, view: 'access' } : { tab };
  },
  component: lazyRouteComponent(() => import('./routes/deal/deal-screen.tsx'), 'DealScreen'),
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: searchPlace,
  component: lazyRouteComponent(() => import('./routes/search/search-screen.tsx'), 'SearchScreen'),
});

const routeTree = root.addChildren([index, board, today, attention, inbox, review, search, settings, deal]);

export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({ routeTree, history, defaultPreload: 'intent', scrollRestoration: false });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
