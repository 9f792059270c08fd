import { choiceOf } from '../text/choices.ts';
import type { Language, QuickReply } from '../text/message.ts';
import type { OrderForm } from './order-form-state.ts';

/** The answers that a question of the order form can be given with a tap. Pure. */

const YES_OR_CHANGE: Readonly<Record<Language, readonly QuickReply[]>> = {
  fa: [choiceOf('بله، ثبت شود', 'بله'), choiceOf('تغییر بده', 'نه'), choiceOf('لغو سفارش')],
  en: [
    choiceOf('Yes, place it', 'yes'),
    choiceOf('Change something', 'no'),
    choiceOf('Cancel the order', 'cancel order'),
  ],
};
const FIELDS: Readonly<Record<Language, readonly QuickReply[]>> = {
  fa: ['محصول', 'تعداد', 'نام', 'تلفن', 'آدرس'].map((word) => choiceOf(word)),
  en: ['Product', 'Quantity', 'Name', 'Phone', 'Address'].map((word) => choiceOf(word)),
};
/** What most people order. */
const QUANTITIES = [1, 2, 3];

/** Empty where only the customer's own words can answer. */
export function choicesOf(form: Pick<OrderForm, 'asked' | 'choices'>, language: Language): readonly QuickReply[] {
  const digits = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US');
  switch (form.asked) {
    case 'confirm':
      return YES_OR_CHANGE[language];
    case 'change':
      return FIELDS[language];
    case 'quantity':
      return QUANTITIES.map((quantity) => choiceOf(digits.format(quantity)));
    case 'product':
      // The number tells apart titles that channels cut short.
      return form.choices.map(({ id, title }, at) => ({
        title: `${digits.format(at + 1)}. ${title}`,
        payload: `product:${id}`,
      }));
    default:
      return [];
  }
}
