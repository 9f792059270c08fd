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
    expect(found).toMatchObject({ title: 'کیف', price: { amount: 90_000n, currency: 'IRR' } });
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

const offer = (more: object) => ({ '@type': 'Offer', availability: 'https://schema.org/InStock', ...more });
const bag = { '@context': 'https://schema.org', '@type': 'Product', name: 'کیف' };
const toman = (price: string | number) => offer({ price, priceCurrency: 'IRT' });
const codesOf = (head: string) => read(head).complaints.map(({ code }) => code);

describe('readProductPage: structured data as shops wrap it', () => {
  const data = { ...bag, offers: toman('210000') };
  const json = JSON.stringify(data);
  it.each([
    ['CDATA', `//<![CDATA[\n${json}\n//]]>`],
    ['a comment', `<!-- ${json} -->`],
    ['quotes as codes', json.replaceAll('"', '&quot;')],
    ['types in lower case', json.replace('"Product"', '"product"').replace('"Offer"', '"offer"')],
    ['a semicolon', `${json};`],
    ['a comma too many', `${json.slice(0, -1)},}`],
    ['two objects', `{"@type":"Organization","name":"x"}\n${json}`],
  ])('reads it within %s', (_, block) => {
    expect(read(jsonLd(block))).toMatchObject({
      product: { title: 'کیف', available: true, price: { amount: 210_000n, currency: 'IRT' } },
      complaints: [],
    });
  });

  it('reads a script whose type names an encoding, and no other script', () => {
    const script = (type: string) => `<script type="${type}">${json}</script>`;
    expect(read(script('application/ld+json; charset=utf-8')).product?.title).toBe('کیف');
    expect(read(script('application/json')).product).toBeNull();
  });

  it('never takes a part of what is cut off', () => {
    const cut = json.slice(0, json.indexOf('210000') + 3);
    expect([read(jsonLd(cut)).product, codesOf(jsonLd(cut))]).toEqual([null, ['json_ld_broken']]);
    expect(read(jsonLd(`${json} ${cut}`)).product?.price?.amount).toBe(210_000n);
  });
});

describe('readProductPage: the price of the product, of one, for everybody', () => {
  const specified = (...priceSpecification: object[]) => jsonLd({ ...bag, offers: offer({ priceSpecification }) });
  const unit = (price: string, more: object = {}) => ({
    '@type': 'UnitPriceSpecification',
    price,
    priceCurrency: 'IRT',
    ...more,
  });
  const of = (value: number, unitCode: string) => ({
    referenceQuantity: { '@type': 'QuantitativeValue', value, unitCode },
  });

  it.each([
    ['of 100 g', [unit('81000', of(100, 'GRM')), unit('810000')], '810000 IRT'],
    ['of members', [unit('85', { validForMemberTier: { '@type': 'MemberProgramTier' } }), unit('91')], '91 IRT'],
    ['for delivery', [unit('5', { '@type': 'DeliveryChargeSpecification' }), unit('91')], '91 IRT'],
    ['of a dozen', [unit('80', { eligibleQuantity: { minValue: 12 } }), unit('91')], '91 IRT'],
    [
      'of resellers',
      [unit('80', { eligibleCustomerType: 'http://purl.org/goodrelations/v1#Reseller' }), unit('91')],
      '91 IRT',
    ],
    ['of one piece', [unit('91', of(1, 'C62'))], '91 IRT'],
    ['that is regular, where none is lower', [unit('91', { priceType: 'https://schema.org/RegularPrice' })], '91 IRT'],
  ])('knows the price %s', (_, specifications, price) => {
    expect(priceOf(specified(...specifications))).toEqual([price, []]);
  });

  it('takes none, and says why, where only some customers pay it', () => {
    expect(priceOf(specified(unit('81000', of(100, 'GRM'))))).toEqual([null, ['price_conditional']]);
    expect(priceOf(jsonLd({ ...bag, offers: { ...toman(5), validForMemberTier: {} } }))).toEqual([
      null,
      ['price_conditional'],
    ]);
  });

  it('takes the regular price for the old one beside a sale', () => {
    const found = read(
      specified(unit('91', { priceType: 'RegularPrice' }), unit('80', { priceType: 'https://schema.org/SalePrice' })),
    ).product;
    expect([found?.price?.amount, found?.oldPrice?.amount]).toEqual([80n, 91n]);
  });

  it('looks behind a field that is there and empty, and follows references', () => {
    const priceSpecification = { '@type': 'PriceSpecification', price: '710000', priceCurrency: 'IRT' };
    expect(priceOf(jsonLd({ ...bag, offers: offer({ price: '', priceSpecification }) }))).toEqual(['710000 IRT', []]);
    const graph = {
      '@graph': [
        { ...bag, offers: { '@id': '#o' } },
        { '@id': '#o', ...toman('1410000') },
      ],
    };
    expect(priceOf(jsonLd(graph))).toEqual(['1410000 IRT', []]);
    expect(priceOf(jsonLd({ ...bag, offers: { '@id': '#nobody' } }))).toEqual([null, []]);
  });

  it('reads variants that a group refers to, by their traits', () => {
    const variant = (id: string, size: string, price: string) => ({
      ...bag,
      '@id': id,
      name: `کت ${size}`,
      size,
      offers: toman(price),
    });
    const group = {
      '@type': 'ProductGroup',
      '@id': '#g',
      name: 'کت',
      hasVariant: [{ '@id': '#v1' }, { '@id': '#v2' }],
    };
    const found = read(jsonLd([group, variant('#v1', 'کوچک', '1510000'), variant('#v2', 'بزرگ', '1520000')])).product;
    expect(found).toMatchObject({ title: 'کت', price: { amount: 1_510_000n }, available: true });
    expect(found?.variants.map(({ title, price }) => [title, price?.amount])).toEqual([
      ['کوچک', 1_510_000n],
      ['بزرگ', 1_520_000n],
    ]);
  });

  it.each([
    ['Toman', '610000', '610000 IRT'],
    ['تومان', '620000', '620000 IRT'],
    ['ریال', '6400000', '6400000 IRR'],
    ['irr', '6400000', '6400000 IRR'],
  ])('knows the currency %s', (priceCurrency, price, found) => {
    expect(priceOf(jsonLd({ ...bag, offers: offer({ price, priceCurrency }) }))).toEqual([found, []]);
    const tags = `<meta property="og:type" content="product"><meta property="og:title" content="کیف"><meta property="product:price:amount" content="${price}"><meta property="product:price:currency" content="${priceCurrency}">`;
    expect(priceOf(tags)).toEqual([found, []]);
  });
});

describe('readProductPage: the product that the page is about', () => {
  const named = (name: string, price: number, more: object = {}) => ({ ...bag, name, offers: toman(price), ...more });
  const title = (text: string) => `<meta property="og:title" content="${text}">`;
  const foundIn = (head: string) => {
    const { product: found, complaints } = read(head);
    return [found?.title ?? null, found?.price?.amount ?? null, complaints.map(({ code }) => code)];
  };
  const other = named('مرتبط', 130, { url: 'https://shop.example/product/other' });

  it.each([
    ['by its address', [other, named('اصلی', 1310, { url: `${URL}/?utm_source=x` })], title('چیز دیگر')],
    [
      'by the page that it is the main thing of',
      [named('مرتبط', 130), named('اصلی', 1310, { mainEntityOfPage: { '@id': URL } })],
      '',
    ],
    ['by a page that names it', [named('مرتبط', 130), { '@type': 'WebPage', mainEntity: named('اصلی', 1310) }], ''],
    ['by the title of the page', [named('مرتبط', 130), named('اصلی', 1310)], title('اصلی | فروشگاه')],
    ['as the one without another address', [other, named('اصلی', 1310)], title('اصلی')],
    ['twice described', [named('اصلی', 1310), named('اصلی', 1310, { sku: 'x' })], ''],
  ])('is found %s', (_, data, head) => {
    expect(foundIn(head + jsonLd(data))).toEqual(['اصلی', 1310n, []]);
  });

  it('is none where a page lists several, or shows another alone', () => {
    const list = title('کیف‌ها') + jsonLd([named('یک', 1), named('دو', 2), named('سه', 3)]);
    expect(foundIn(list)).toEqual([null, null, ['page_of_several']]);
    expect(foundIn(title('راهنمای خرید کیف') + jsonLd([other]))).toEqual([null, null, ['page_of_several']]);
    expect(foundIn(title('درباره‌ی ما'))).toEqual([null, null, ['page_without_product']]);
  });

  it('is one with variants where they differ in the parameters of the address alone', () => {
    const variants = [1, 2].map((at) => named(`رنگ ${at}`, 100 * at, { url: `${URL}?color=${at}` }));
    const found = read(title('اصلی') + jsonLd(variants)).product;
    expect(found).toMatchObject({ title: 'اصلی', price: { amount: 100n } });
    expect(found?.variants.map((variant) => variant.price?.amount)).toEqual([100n, 200n]);
  });
});

describe('readProductPage: tags and texts', () => {
  const torob =
    '<meta name="product_id" content="996"><meta name="product_price" content="1580000"><meta name="product_old_price" content="1800000"><meta name="availability" content="instock">';
  const known = {
    externalId: '996',
    title: 'کیف چرمی',
    price: { amount: 1_580_000n, currency: 'IRT' },
    oldPrice: { amount: 1_800_000n },
    available: true,
  };

  it('reads the tags that Torob reads, alone and beside others', () => {
    expect(read(`${torob}<meta name="product_name" content="کیف چرمی">`).product).toMatchObject(known);
    const graph = '<meta property="og:type" content="product"><meta property="og:title" content="کیف چرمی">';
    expect(read(graph + torob).product).toMatchObject(known);
    expect(read('<meta name="product_id" content="996">').product).toBeNull();
  });

  it('gives texts as a browser would show them', () => {
    const found = read(
      jsonLd({
        ...bag,
        name: 'کتاب&zwnj;خوان &#8211; مدل &quot;الف&quot; &amp; ب',
        description: '<p>توضیح&nbsp;کوتاه</p><p>و &amp;amp; بعد</p><style>x { y: z }</style>',
        offers: toman(5),
      }),
    ).product;
    expect(found).toMatchObject({ title: 'کتاب‌خوان – مدل "الف" & ب', description: 'توضیح کوتاه و & بعد' });
    expect(read(jsonLd({ ...bag, name: 'پیچ 5 < 6 & 7' })).product?.title).toBe('پیچ 5 < 6 & 7');
  });

  it.each([
    ['ناموجود', false],
    ['http://schema.org/OutOfStock', false],
    ['موجود در انبار', true],
    ['https://schema.org/LimitedAvailability', true],
    ['تماس بگیرید', null],
  ])('takes the stock «%s» for %s', (availability, available) => {
    expect(read(product({ price: 5, availability })).product?.available).toBe(available);
  });
});
