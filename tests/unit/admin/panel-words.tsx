import type { I18nProvider } from 'react-admin';
import { messages as english } from '../../../admin/src/i18n/messages.en.ts';
import { messages as persian } from '../../../admin/src/i18n/messages.fa.ts';
import { createI18nProvider, type LocaleCode } from '../../../admin/src/providers/i18n-provider.ts';

/** The words of the panel in one language, for what is drawn without it. */
export function panelWords(locale: LocaleCode): I18nProvider {
  return createI18nProvider(locale, locale === 'fa' ? persian : english, () => undefined);
}
