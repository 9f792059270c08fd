import { describe, expect, it } from 'vitest';
import type { Product } from '../../../src/catalog/product-store.ts';
import { saidWord, statementOf, statementsFor } from '../../../src/catalog/statements.ts';

const product = (title: string, description: string, attributes: Record<string, string>) =>
  ({
    ...{ title, description, brand: '', categories: [], variants: [], available: true, price: null },
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, values: [value] })),
  }) as unknown as Product;
const plant = product('Monstera', 'Big split leaves. Toxic to cats and dogs. Comes in a plastic pot.', {
  Height: '60 cm',
  'Drainage hole': 'Yes',
});
const book = product('رمان کوهستان', 'وزنش ۳۰۰ گرمه.', { 'تعداد صفحات': '۳۱۲', 'رده سنی': '۳ تا ۶ سال', شکر: 'ندارد' });
const told = (of: Product, question: string) => statementsFor(of, question).map(({ text }) => text);

describe('what a shop says of the words of a question', () => {
  it('finds it in attributes and in sentences of the description', () => {
    expect(told(plant, 'is it safe for cats?')).toEqual(['Toxic to cats and dogs']);
    expect(told(plant, 'does it have a hole?')).toEqual(['Yes']);
    expect(told(plant, 'does it come in a pot?')).toEqual(['Comes in a plastic pot']);
  });

  it('finds amounts by their unit', () => {
    expect(told(book, 'چند صفحه‌ست؟')).toEqual(['۳۱۲']);
    expect(told(book, 'وزنش چقدره؟')).toEqual(['وزنش ۳۰۰ گرمه']);
    expect(told(book, 'برای بچه‌ی ۴ ساله خوبه؟')).toEqual(['۳ تا ۶ سال']);
  });

  it('finds nothing where nothing is said', () => {
    expect(told(plant, 'will it survive in winter?')).toEqual([]);
    expect(told(book, 'امضای نویسنده داره؟')).toEqual([]);
  });

  it('hears what the shop denies', () => {
    expect(statementOf(book, saidWord('شکر'))?.says).toBe('no');
    expect(statementOf(plant, saidWord('hole'))?.says).toBe('yes');
    expect(statementOf(plant, saidWord('cats'))?.says).toBe('open');
    expect(statementOf(plant, saidWord('fruit'))).toBeNull();
  });
});
