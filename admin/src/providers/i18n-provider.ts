import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishMessages from 'ra-language-english';
import farsiMessages from 'ra-language-farsi';
import type { I18nProvider, TranslationMessages } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { en } from '../i18n/en.ts';
import { fa } from '../i18n/fa.ts';

export type LocaleCode = 'fa' | 'en';

/** The framework's Persian calls every record an element. */
const NOTIFICATIONS = {
  created: 'افزوده شد.',
  updated: 'ذخیره شد. |||| %{smart_count} مورد ذخیره شد.',
  deleted: 'حذف شد. |||| %{smart_count} مورد حذف شد.',
  bad_item: 'این مورد درست نیست.',
  item_doesnt_exist: 'این مورد دیگر نیست.',
};
const farsiRa = farsiMessages.ra;

const MESSAGES: Readonly<Record<LocaleCode, TranslationMessages>> = {
  en: { ...englishMessages, ...en },
  fa: {
    ...farsiMessages,
    ...fa,
    ra: { ...farsiRa, notification: { ...farsiRa.notification, ...NOTIFICATIONS } },
  },
};

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
 * Both languages come with the first load, so that a change needs no request.
 * `onChange` is told before anything is drawn again: direction and theme hang on it.
 */
export function createI18nProvider(initial: LocaleCode, onChange: (locale: LocaleCode) => void): I18nProvider {
  const provider = polyglotI18nProvider((locale) => MESSAGES[toLocale(locale)], initial, LOCALES, {
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
