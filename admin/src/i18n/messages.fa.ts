import farsiMessages from 'ra-language-farsi';
import type { TranslationMessages } from 'react-admin';
import { fa } from './fa.ts';

/** The framework's Persian calls every record an element. */
const NOTIFICATIONS = {
  created: 'افزوده شد.',
  updated: 'ذخیره شد. |||| %{smart_count} مورد ذخیره شد.',
  deleted: 'حذف شد. |||| %{smart_count} مورد حذف شد.',
  bad_item: 'این مورد درست نیست.',
  item_doesnt_exist: 'این مورد دیگر نیست.',
};
const farsiRa = farsiMessages.ra;

export const messages: TranslationMessages = {
  ...farsiMessages,
  ...fa,
  ra: { ...farsiRa, notification: { ...farsiRa.notification, ...NOTIFICATIONS } },
};
