import '@fontsource-variable/vazirmatn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { mayReload } from './stale-panel.ts';

// The pages are loaded when they are first opened, and a newer panel has others.
window.addEventListener('vite:preloadError', (event) => {
  if (!mayReload(sessionStorage, Date.now())) return;
  event.preventDefault();
  window.location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
