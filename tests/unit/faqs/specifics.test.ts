import { describe, expect, it } from 'vitest';
import { unsaidIn } from '../../../src/faqs/specifics.ts';

describe('what a question names and its answer does not', () => {
  it.each<[string, string, string | null]>([
    ['do you take PayPal?', 'Cards and cash.', 'PayPal'],
    ['با تتر هم می‌شه؟', 'کارت به کارت یا درگاه.', 'تتر'],
    ['do you ship to Germany?', 'Delivery in the city is $6.', 'Germany'],
    ['به دبی هم می‌فرستید؟', 'ارسال با پست ۷۰ هزار تومنه.', 'دبی'],
    ['با تیپاکس می‌فرستید؟', 'فقط پست پیشتاز.', 'تیپاکس'],
    ['do you take PayPal?', 'Yes, PayPal and cards.', null],
    ['can I pay by Visa?', 'All cards.', null],
    ['do you ship to Germany?', 'We ship worldwide.', null],
    ['به ترکیه می‌فرستید؟', 'فقط داخل ایران می‌فرستیم.', null],
    ['ارسال چقدره؟', 'ارسال ۶۰ هزار تومنه.', null],
  ])('%j beside %j', (question, answer, unsaid) => expect(unsaidIn(question, answer)).toBe(unsaid));
});
