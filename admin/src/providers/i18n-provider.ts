import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';

export type LocaleCode = 'fa' | 'en';

const LOADERS: Readonly<Record<LocaleCode, () => Promise<{ messages: TranslationMessages }>>> = {
  en: () => import('../i18n/messages.en.ts'),
  fa: () => import('../i18n/messages.fa.ts'),
};

/** All words of a language: the panel's own and the framework's. */
export async function loadMessages(locale: LocaleCode): Promise<TranslationMessages> {
  return (await LOADERS[locale]()).messages;
}

const LOCALES = [
  { locale: 'fa', name: 'فارسی' },
  { locale: 'en', name: 'English' },
];

// The translator's own table gives Persian one form, and so would show "1 item selected" for any number.
const TWO_FORMS = {
  pluralTypes: { two: (count: number) => (count === 1 ? 0 : 1) },
  pluralTypeToLanguages: { two: ['en', 'fa'] },
};

export function toLocale(value: string | null | undefined): LocaleCode {
  return value?.startsWith('fa') ? 'fa' : 'en';
}

/** Numbers within a sentence in the reader's digits. `smart_count` stays a number, because it chooses the plural. */
function withOwnDigits(options: Record<string, unknown> | undefined, locale: string) {
  if (!options || locale !== 'fa') return options;
  const own = Object.entries(options).map(([name, value]) => [
    name,
    typeof value === 'number' && name !== 'smart_count' ? formatNumber(value, locale) : value,
  ]);
  return Object.fromEntries(own);
}

/**
 * `messages` are those of the first language; another is loaded when somebody changes to it. `onChange` is told before anything is
 * drawn again: direction and theme hang on it.
 */
export function createI18nProvider(
  initial: LocaleCode,
  messages: TranslationMessages,
  onChange: (locale: LocaleCode) => void,
): I18nProvider {
  const getMessages = (locale: string) => {
    const code = toLocale(locale);
    return code === initial ? messages : loadMessages(code);
  };
  const provider = polyglotI18nProvider(getMessages, initial, LOCALES, {
    allowMissing: true,
    pluralRules: TWO_FORMS,
  });
  return {
    ...provider,
    translate: (key, options) => provider.translate(key, withOwnDigits(options, provider.getLocale())),
    async changeLocale(locale) {
      await provider.changeLocale(locale);
      onChange(toLocale(locale));
    },
  };
}
