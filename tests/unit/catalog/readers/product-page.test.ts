import { describe, expect, it } from 'vitest';
import { readProductPage } from '../../../../src/catalog/readers/product-page.ts';

const URL = 'https://shop.example/product/a';
const read = (head: string) =>
  readProductPage(`<html><head>${head}</head><body></body></html>`, { url: URL, currency: 'IRT' });
const jsonLd = (data: unknown) =>
  `<script type="application/ld+json">${typeof data === 'string' ? data : JSON.stringify(data)}</script>`;
const product = (offers: unknown, more: object = {}) => jsonLd({ '@type': 'Product', name: 'کفش', offers, ...more });
const priceOf = (head: string) => {
  const { product: found, complaints } = read(head);
  return [found?.price ? `${found.price.amount} ${found.price.currency}` : null, complaints.map(({ code }) => code)];
};

describe('readProductPage', () => {
  it('reads structured data in a graph, with its pictures made whole', () => {
    const { product: found } = read(
      jsonLd({
        '@graph': [
          { '@type': 'BreadcrumbList', itemListElement: [{ name: 'خانه' }, { name: 'کفش' }, { name: 'کفش الف' }] },
          {
            '@type': ['Product', 'Thing'],
            name: 'کفش الف',
            sku: 7,
            brand: { name: 'نوا' },
            image: ['/a.jpg', { url: 'https://cdn.example/b.jpg' }, 'javascript:alert(1)'],
            offers: [
              { '@type': 'Offer', price: '1250000', priceCurrency: 'IRR', availability: 'http://schema.org/InStock' },
            ],
          },
        ],
      }),
    );
    expect(found).toMatchObject({
      title: 'کفش الف',
      externalId: '7',
      brand: 'نوا',
      categories: ['کفش'],
      available: true,
      price: { amount: 1_250_000n, currency: 'IRR' },
      imageUrls: ['https://shop.example/a.jpg', 'https://cdn.example/b.jpg'],
    });
  });

  it.each([
    ['Persian digits and words', { price: '۱٬۲۳۴٬۰۰۰ تومان' }, '1234000 IRT', []],
    ['no currency: that of the source', { price: 5000 }, '5000 IRT', []],
    [
      'the lowest of several that can be bought',
      [{ price: 9 }, { price: 5, availability: 'OutOfStock' }, { price: 7 }],
      '7 IRT',
      [],
    ],
    ['a range', { '@type': 'AggregateOffer', lowPrice: 100, highPrice: 900 }, '100 IRT', []],
    ['zero', { price: 0 }, null, ['price_zero']],
    ['below zero', { price: -5 }, null, ['price_negative']],
    ['no number', { price: 'NaN' }, null, ['price_not_a_price']],
    ['a currency that nobody knows', { price: 5, priceCurrency: 'XXX' }, null, ['price_unknown_currency']],
    ['what could be two amounts', { price: '125.000' }, null, ['price_ambiguous']],
  ])('takes or refuses a price: %s', (_, offers, price, codes) => {
    expect(priceOf(product(offers))).toEqual([price, codes]);
  });

  it('reads variants, and that one of them can be bought', () => {
    const offer = (price: number, availability: string) => ({ offers: { price, priceCurrency: 'IRT', availability } });
    const { product: found } = read(
      jsonLd({
        '@type': 'ProductGroup',
        name: 'پیراهن',
        hasVariant: [
          { name: 'آبی', sku: 'b', ...offer(300, 'https://schema.org/OutOfStock') },
          { name: 'سبز', sku: 'g', ...offer(400, 'https://schema.org/InStock') },
        ],
      }),
    );
    expect(found).toMatchObject({ available: true, price: { amount: 400n } });
    expect(found?.variants.map(({ title, available }) => [title, available])).toEqual([
      ['آبی', false],
      ['سبز', true],
    ]);
  });

  it('falls back to OpenGraph when the structured data is broken, and says so', () => {
    const { product: found, complaints } = read(
      `${jsonLd('{"@type": "Product", ')}<meta property="og:title" content="کیف &lt;b&gt;">
       <meta property="product:price:amount" content="90000"><meta property="product:price:currency" content="IRR">`,
    );
    expect(found).toMatchObject({ title: 'کیف <b>', price: { amount: 90_000n, currency: 'IRR' } });
    expect(complaints.map(({ code }) => code)).toEqual(['json_ld_broken']);
  });

  it('forgives raw line breaks in texts', () => {
    expect(read(jsonLd('{"@type":"Product","name":"a\nb"}')).product?.title).toBe('a b');
  });

  it('takes no page for a product that is none', () => {
    expect(read('<meta property="og:title" content="About us">').product).toBeNull();
    expect(read(jsonLd({ '@type': 'Organization', name: 'x' })).product).toBeNull();
    expect(read(jsonLd({ '@type': 'Product' })).product).toBeNull();
  });

  it('ignores an old price that is not above the price, and a text that ends its script', () => {
    const offers = { price: 100, priceSpecification: [{ price: 90, priceType: 'https://schema.org/ListPrice' }] };
    expect(read(product(offers)).product?.oldPrice).toBeNull();
    expect(read(jsonLd('{"@type":"Product","name":"x</script><script>alert(1)</script>"}')).product).toBeNull();
  });
});
