import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme } from './app/theme.ts';
import { App } from './shell/app.tsx';
import './ui/tokens.css';
import './ui/base.css';

/** After an upgrade of the service, parts of the page that is open are gone: it is loaded again. */
const RELOAD_AFTER_MS = 60_000;
addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('varve.reloaded') ?? 0);
  if (Date.now() - last < RELOAD_AFTER_MS) return;
  sessionStorage.setItem('varve.reloaded', String(Date.now()));
  event.preventDefault();
  location.reload();
});

followTheme();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
