import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/base.css';
import { App } from './app.tsx';
import { call } from './data/api.ts';
import { fetchBoard } from './data/board-pages.ts';
import { createQueries, keys } from './data/queries.ts';
import { createSession } from './data/session.tsx';
import { applyLookHint } from './data/settings.ts';

applyLookHint();
const queries = createQueries();
const session = createSession();
// Asked for before anything is drawn: the backend works while the page is built.
void queries.prefetchQuery({ queryKey: keys.records, queryFn: () => call('records:state', {}) });
void queries.prefetchQuery({ queryKey: keys.workspace, queryFn: () => call('workspace:get', {}) });
const filter = session.boardFilter.get();
void queries.prefetchQuery({ queryKey: [...keys.board, filter], queryFn: () => fetchBoard(filter, undefined) });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App queries={queries} session={session} />
  </StrictMode>,
);
