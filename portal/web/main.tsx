import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/base.css';
import './design/portal.css';
import './design/screens.css';
import { App } from './app.tsx';

const root = document.getElementById('page');
if (root === null) throw new Error('the page has no place for its content');
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => {
    // Without one the page works the same, as long as there is a signal.
    navigator.serviceWorker.register('/worker.js').catch(() => {});
  });
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
