import { describe, expect, it } from 'vitest';
import { attributeKey, attributeName } from '../../../../src/catalog/attributes/attribute-names.ts';
import { isValue, optionsOfTitle, valueIn } from '../../../../src/catalog/attributes/attribute-values.ts';

describe('isValue', () => {
  it.each([
    ['colour', 'مشکی', 'black'],
    ['colour', 'Black', 'سیاه'],
    ['colour', 'مشکی مات', 'مشکی'],
    ['colour', 'طوسی', 'خاکستری'],
    ['size', '۴۰', '40'],
    ['size', '40 (EU)', '40'],
    ['size', '۳۸ تا ۴۴', '40'],
    ['size', '2XL', 'xxl'],
    ['size', 'لارج', 'l'],
    ['material', 'چرم طبیعی', 'leather'],
  ])('finds in the %s “%s” what “%s” asks for', (name, stated, asked) => {
    expect(isValue(name, stated, asked)).toBe(true);
  });

  it.each([
    ['colour', 'سفید', 'black'],
    ['colour', 'آبی روشن', 'قرمز'],
    ['size', '۴۰', '4'],
    ['size', '۴۰۵', '40'],
    ['size', '۳۸ تا ۴۴', '41'],
    ['size', '۳۸ تا ۴۴', '46'],
    ['size', 'XL', 'l'],
    ['material', 'نخ', 'چرم'],
  ])('does not find in the %s “%s” what “%s” asks for', (name, stated, asked) => {
    expect(isValue(name, stated, asked)).toBe(false);
  });
});

describe('valueIn', () => {
  it.each([
    ['colour', 'black', 'fa', 'مشکی'],
    ['colour', 'مشکی', 'en', 'black'],
    ['colour', 'مشکی مات', 'en', 'مشکی مات'],
    ['warranty', '18 month', 'fa', '18 ماه'],
    ['size', 'XL', 'fa', 'XL'],
  ] as const)('tells the %s “%s” in %s', (name, value, language, expected) => {
    expect(valueIn(name, value, language)).toBe(expected);
  });
});

describe('attributeName', () => {
  it.each([
    ['رنگ‌بندی:', 'colour'],
    ['pa_color', 'colour'],
    ['attribute_pa_size', 'size'],
    ['سایز', 'size'],
    ['Warranty', 'warranty'],
  ])('knows “%s”', (name, key) => {
    expect(attributeKey(name)).toBe(key);
  });

  it('keeps a name that the table has not', () => {
    expect(attributeKey('ضد آب')).toBeNull();
    expect(attributeName('ضد آب:')).toBe('ضد آب');
  });
});

describe('optionsOfTitle', () => {
  it.each([
    [
      'آبی / ۴۰',
      [
        ['colour', 'آبی'],
        ['size', '۴۰'],
      ],
    ],
    ['پیراهن - سفید', [['colour', 'سفید']]],
    ['XL', [['size', 'XL']]],
  ])('reads the options of “%s”', (title, options) => {
    expect(optionsOfTitle(title, 'پیراهن').map(({ name, value }) => [name, value])).toEqual(options);
  });

  it.each(['طرح گل', 'آبی / طرح گل', '', 'Default Title'])('reads none of “%s”', (title) => {
    expect(optionsOfTitle(title, 'پیراهن')).toEqual([]);
  });
});
