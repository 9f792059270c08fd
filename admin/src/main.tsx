import '@fontsource-variable/vazirmatn';
import { StrictMode } from 'react';
import { localStorageStore } from 'react-admin';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { loadMessages, toLocale } from './providers/i18n-provider.ts';
import { mayReload } from './stale-panel.ts';

// The pages are loaded when they are first opened, and a newer panel has others.
window.addEventListener('vite:preloadError', (event) => {
  if (!mayReload(sessionStorage, Date.now())) return;
  event.preventDefault();
  window.location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
const store = localStorageStore(undefined, 'Peyk');
/** The first language is the browser's; from then on what the person chose. */
const locale = toLocale(store.getItem('locale', navigator.language));
const messages = await loadMessages(locale);
createRoot(root).render(
  <StrictMode>
    <App store={store} initialLocale={locale} messages={messages} />
  </StrictMode>,
);
