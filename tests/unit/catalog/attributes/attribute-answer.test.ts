import { describe, expect, it } from 'vitest';
import { answerWish } from '../../../../src/catalog/attributes/attribute-answer.ts';
import { readAttributeWish } from '../../../../src/catalog/attributes/customer-words.ts';
import type { AttributeSubject, SubjectVariant } from '../../../../src/catalog/attributes/product-facts.ts';
import type { Language } from '../../../../src/text/message.ts';

const toman = (amount: number) => ({ amount: BigInt(amount), currency: 'IRT' as const });
const variant = (colour: string, size: string, price: number | null, available: boolean | null): SubjectVariant => ({
  options: [
    { name: 'colour', value: colour },
    { name: 'size', value: size },
  ],
  title: `${colour} / ${size}`,
  price: price === null ? null : toman(price),
  available,
});
const SHOE: AttributeSubject = {
  title: 'کفش نوا',
  available: true,
  price: toman(1_200_000),
  attributes: [
    { name: 'warranty', values: ['۶ ماه'] },
    { name: 'originality', values: ['اورجینال'] },
  ],
  variants: [
    variant('مشکی', '۴۲', 1_200_000, true),
    variant('مشکی', '۴۴', 1_300_000, true),
    variant('سفید', '۴۲', null, true),
    variant('سفید', '۴۴', 1_300_000, false),
  ],
};
const BARE: AttributeSubject = { title: 'کلاه', available: true, price: toman(300_000) };

function ask(text: string, products: AttributeSubject[] = [SHOE], language: Language = 'fa') {
  return answerWish(products, readAttributeWish(text), { language, asksPrice: false });
}

describe('answerWish', () => {
  it.each([
    ['سایز ۴۴ هم داره؟', 'بله، «کفش نوا» سایز ۴۴ موجوده.', '۱٬۳۰۰٬۰۰۰ تومان'],
    ['مشکی سایز ۴۲ دارید؟', 'بله، «کفش نوا» رنگ مشکی سایز ۴۲ موجوده.', '۱٬۲۰۰٬۰۰۰ تومان'],
    ['سفید سایز ۴۲', 'بله، «کفش نوا» رنگ سفید سایز ۴۲ موجوده.', '۱٬۲۰۰٬۰۰۰ تومان'],
  ])('says yes to “%s”, at the price of what fits', (text, yes, price) => {
    const answer = ask(text);
    expect(answer?.text.split('\n')[0]).toBe(yes);
    expect(answer?.text).toContain(price);
    expect(answer?.unknown).toBeNull();
  });

  it('says only the fact where more was asked than was read, or the contrary', () => {
    const say = (text: string) =>
      answerWish([SHOE], readAttributeWish(text), { language: 'fa', asksPrice: false, isPlain: false })?.text;
    expect(say('مشکی سایز ۴۲ تموم شد؟')?.split('\n')[0]).toBe('«کفش نوا» رنگ مشکی سایز ۴۲ موجوده.');
    expect(say('سفید سایز ۴۴ تموم شد؟')?.split('\n')[0]).toBe('«کفش نوا» رنگ سفید سایز ۴۴ فعلا ناموجوده.');
  });

  it('knows nothing of a colour that every variant leaves open', () => {
    const sized = { options: [{ name: 'size', value: '۴۲' }], title: '۴۲', price: null, available: true };
    const coloured = { options: [{ name: 'colour', value: 'مشکی' }], title: 'مشکی', price: null, available: false };
    const mixed = { ...BARE, variants: [sized, coloured] };
    expect(ask('رنگ قرمز دارید؟', [mixed])?.unknown).toContain('colour');
    expect(ask('سایز ۴۲ دارید؟', [mixed])?.text.split('\n')[0]).toBe('بله، «کلاه» سایز ۴۲ موجوده.');
  });

  it('says no to what is sold out, and then what there is', () => {
    expect(ask('سفید سایز ۴۴ دارید؟')?.text).toBe('نه، «کفش نوا» رنگ سفید سایز ۴۴ فعلا ناموجوده.\nسایز‌های موجود: ۴۲');
    expect(ask('سفید سایز ۴۴ دارید؟')?.text).not.toContain('تومان');
  });

  it('says no to what it does not come in, and then what there is', () => {
    expect(ask('قرمز دارید؟')?.text).toBe('نه، «کفش نوا» رنگ قرمز نداره.\nرنگ‌های موجود: مشکی، سفید');
    expect(ask('سایز ۳۹؟')?.text).toBe('نه، «کفش نوا» سایز ۳۹ نداره.\nسایز‌های موجود: ۴۲، ۴۴');
  });

  it('answers in the language of the question, whatever the catalog is written in', () => {
    expect(ask('do you have it in black, size 44?', [SHOE], 'en')?.text).toBe(
      'Yes, “کفش نوا” is available in black, size 44.\nPrice: 1,300,000 Toman',
    );
    expect(ask('what colours are there?', [SHOE], 'en')?.text).toBe('The colour of “کفش نوا”: black, white');
  });

  it.each([
    ['رنگ‌هاش چیه؟', 'رنگ «کفش نوا»: مشکی، سفید'],
    ['گارانتی داره؟', 'گارانتی «کفش نوا»: ۶ ماه'],
    ['اصله؟', 'بله، «کفش نوا» اصله: اورجینال'],
    ['فیکه؟', 'اصالت «کفش نوا»: اورجینال'],
  ])('tells what “%s” asks for', (text, expected) => {
    expect(ask(text)?.text).toBe(expected);
  });

  it('answers yes or no where the shop says no more than that', () => {
    const cap = (value: string) => ({ ...BARE, attributes: [{ name: 'warranty', values: [value] }] });
    expect(ask('گارانتی داره؟', [cap('دارد')])?.text).toBe('بله، «کلاه» گارانتی داره.');
    expect(ask('گارانتی داره؟', [cap('ندارد')])?.text).toBe('نه، «کلاه» گارانتی نداره.');
    const copy = { ...BARE, attributes: [{ name: 'originality', values: ['های کپی'] }] };
    expect(ask('اصله؟', [copy])?.text).toBe('نه، «کلاه» اصل نیست: های کپی');
    const alike = { ...BARE, attributes: [{ name: 'originality', values: ['شرکتی، مشابه اورجینال'] }] };
    expect(ask('اصله؟', [alike])?.text).toBe('نه، «کلاه» اصل نیست: شرکتی، مشابه اورجینال');
    expect(ask('اصله؟', [{ ...BARE, title: 'ماشین اصلاح' }])?.text).not.toContain('بله');
  });

  it('says that it does not know what the shop does not say, and makes a task of it', () => {
    const answer = ask('رنگ مشکی هم دارید؟ گارانتی داره؟', [BARE]);
    expect(answer?.text).toContain('رنگ و گارانتی «کلاه» رو فروشگاه ننوشته');
    expect(answer?.text).not.toContain('بله');
    expect(answer?.unknown).toBe('Customers ask for the colour and warranty of “کلاه”; the catalog does not say it.');
  });

  it('is silent where the title says it already', () => {
    expect(ask('کیف مشکی دارید؟', [{ ...BARE, title: 'کیف مشکی مهتاب' }])).toBeNull();
  });

  it('says what the title says where it is asked of what was spoken of', () => {
    const wish = readAttributeWish('جنسش چرمه؟');
    const leather = { ...BARE, title: 'کیف چرم مهتاب' };
    const answer = answerWish([leather], wish, { language: 'fa', asksPrice: false, isFocus: true });
    expect(answer?.text.split('\n')[0]).toBe('بله، جنس «کیف چرم مهتاب»: چرم');
    expect(
      answerWish([leather], readAttributeWish('جنسش نخیه؟'), { language: 'fa', asksPrice: false, isFocus: true })?.text,
    ).not.toContain('بله');
  });

  it('shows of several products those that fit, at their price in it', () => {
    const answer = ask('کفش سایز ۴۴ دارید؟', [
      SHOE,
      { ...SHOE, title: 'کفش باران', variants: [variant('مشکی', '۳۸', null, true)] },
    ]);
    expect(answer?.text).toBe('بله، این‌ها رو سایز ۴۴ داریم:');
    expect(answer?.products.map(({ title, price }) => [title, price?.amount])).toEqual([['کفش نوا', 1_300_000n]]);
  });

  it('says no where none of several fits, and asks a person where none is known to', () => {
    expect(ask('سایز ۵۰ دارید؟', [SHOE, { ...SHOE, title: 'کفش باران' }])?.text).toBe('نه، این‌ها رو سایز ۵۰ نداریم:');
    expect(ask('سایز ۵۰ دارید؟', [BARE, { ...BARE, title: 'شال' }])?.unknown).toContain('the size of “کلاه”, “شال”');
  });
});
