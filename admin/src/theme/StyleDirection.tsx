import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import rtlPlugin from '@mui/stylis-plugin-rtl';
import { type ReactNode, useLayoutEffect } from 'react';
import { prefixer } from 'stylis';
import type { LocaleCode } from '../providers/i18n-provider.ts';

const CACHES = {
  en: createCache({ key: 'ltr' }),
  fa: createCache({ key: 'rtl', stylisPlugins: [prefixer, rtlPlugin] }),
};

/** Turns every style of the panel to the language's direction, and tells the document. */
export function StyleDirection({ locale, children }: { locale: LocaleCode; children: ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = locale === 'fa' ? 'rtl' : 'ltr';
  }, [locale]);
  return <CacheProvider value={CACHES[locale]}>{children}</CacheProvider>;
}
