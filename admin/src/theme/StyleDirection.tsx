import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import rtlPlugin from '@mui/stylis-plugin-rtl';
import { type ReactNode, useLayoutEffect } from 'react';
import { prefixer } from 'stylis';
import type { LocaleCode } from '../providers/i18n-provider.ts';

// The server gives each page a nonce: styles without it are refused. Vite's own server gives none.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const CACHES = {
  en: createCache({ key: 'ltr', nonce }),
  fa: createCache({ key: 'rtl', nonce, stylisPlugins: [prefixer, rtlPlugin] }),
};

/** Turns every style of the panel to the language's direction, and tells the document. */
export function StyleDirection({ locale, children }: { locale: LocaleCode; children: ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = locale === 'fa' ? 'rtl' : 'ltr';
  }, [locale]);
  return <CacheProvider value={CACHES[locale]}>{children}</CacheProvider>;
}
