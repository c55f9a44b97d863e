import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme } from './app/theme.ts';
import { App } from './shell/app.tsx';
import './ui/tokens.css';
import './ui/base.css';

followTheme();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
