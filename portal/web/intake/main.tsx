import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../design/tokens.css';
import '../design/base.css';
import '../design/portal.css';
import './intake.css';
import { IntakeApp } from './intake-app.tsx';

const root = document.getElementById('page');
if (root === null) throw new Error('the page has no place for its content');
createRoot(root).render(
  <StrictMode>
    <IntakeApp />
  </StrictMode>,
);
