import { describe, expect, it } from 'vitest';
import { decodeText, likelyEncoding } from '../../../../src/catalog/readers/decode-text.ts';
import { isProductAddress, kindOfSitemap } from '../../../../src/catalog/readers/product-address.ts';
import { MAX_URLS, parseSitemap } from '../../../../src/catalog/readers/sitemap.ts';

const urlset = (inner: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`;

describe('parseSitemap', () => {
  it('reads pages with their times, escaped addresses and pictures apart', () => {
    const { pages, fault } = parseSitemap(
      `\ufeff${urlset(
        '<url><loc> https://a.example/p?x=1&amp;y=2 </loc><lastmod>2026-01-02T03:04:05Z</lastmod><image:image xmlns:image="i"><image:loc>https://a.example/i.jpg</image:loc></image:image></url><url><loc><![CDATA[https://a.example/q]]></loc><lastmod>soon</lastmod></url>',
      )}`,
    );
    expect(fault).toBeNull();
    expect(pages).toEqual([
      { address: 'https://a.example/p?x=1&y=2', changedAt: new Date('2026-01-02T03:04:05Z') },
      { address: 'https://a.example/q', changedAt: null },
    ]);
  });

  it('reads an index', () => {
    expect(
      parseSitemap('<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>').sitemaps,
    ).toEqual(['https://a.example/1.xml']);
  });

  it('keeps what stands before a fault', () => {
    const { pages, fault } = parseSitemap(
      '<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2',
    );
    expect([pages.length, fault]).toEqual([1, 'sitemap_broken']);
  });

  it('never expands entities of the document', () => {
    const lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]>';
    const { pages, fault } = parseSitemap(`${lol}<urlset><url><loc>https://a.example/&c;</loc></url></urlset>`);
    expect([JSON.stringify(pages).includes('aaaa'), fault]).toEqual([false, 'sitemap_broken']);
  });

  it('stops at its limit', () => {
    const many = '<url><loc>https://a.example/x</loc></url>'.repeat(MAX_URLS + 10_000);
    const { pages, fault } = parseSitemap(urlset(many));
    expect([pages.length, fault]).toEqual([MAX_URLS, 'sitemap_too_long']);
  });
});

describe('parseSitemap: as shops write them', () => {
  const [first, second] = ['https://a.example/product/p1', 'https://a.example/product/p2'];
  const both = `<url><loc>${first}</loc></url><url><loc>${second}</loc></url>`;
  const image = `<image:image xmlns:image="i"><image:loc>x</image:loc><image:title>کیف&nbsp;چرم</image:title></image:image>`;
  it.each([
    ['a bare ampersand', urlset(`<url><loc>https://a.example/s?a=1&b=2</loc></url>${both}`)],
    ['an entity of HTML', urlset(both.replaceAll('</loc>', `</loc>${image}`))],
    ['a warning before it', `<br />\n<b>Warning</b>: $x in <b>/x.php</b><br />\n${urlset(both)}`],
    ['a warning behind it', `${urlset(both)}<br /><b>Warning</b>`],
    [
      'a prefix of its own',
      urlset(both)
        .replace(/(<\/?)(urlset|url|loc)\b/g, '$1s:$2')
        .replace('xmlns=', 'xmlns:s='),
    ],
    ['no markup at all', `${first}\r\n${second}\r\n`],
  ])('reads one with %s', (_, text) => {
    const { pages, fault } = parseSitemap(text);
    const addresses = pages.map(({ address }) => address).filter((address) => address.includes('/product/'));
    expect([addresses, fault]).toEqual([[first, second], null]);
  });

  it('finds nothing in what is none', () => {
    expect(parseSitemap('<html><body><a href="https://a.example/product/p1">x</a></body></html>').pages).toEqual([]);
    expect(parseSitemap('hello\nhttps://a.example/product/p1').pages).toEqual([]);
  });
});

describe('isProductAddress and kindOfSitemap', () => {
  it.each([
    ['shop.example/product/a', true],
    ['shop.example/dkp-12/a', true],
    ['shop.example/محصول/کیف', true],
    ['shop.example/products/a?x=1', true],
    ['shop.example/product-category/a', false],
    ['shop.example/product-tag/new', false],
    ['shop.example/product_cat/a', false],
    ['shop.example/about', false],
    ['shop.example/productivity', false],
  ])('%s: %s', (key, expected) => {
    expect(isProductAddress(key)).toBe(expected);
  });

  it.each([
    ['product-sitemap.xml', 'products'],
    ['product-sitemap12.xml', 'products'],
    ['sitemap_products_1.xml?from=1&to=2', 'products'],
    ['wp-sitemap-posts-product-1.xml', 'products'],
    ['sitemap-products.xml.gz', 'products'],
    ['product_cat-sitemap.xml', 'lists'],
    ['wp-sitemap-taxonomies-product_tag-1.xml', 'lists'],
    ['sitemap.xml', 'anything'],
    ['page-sitemap.xml', 'anything'],
  ])('%s lists %s', (name, kind) => {
    expect(kindOfSitemap(`https://shop.example/maps/${name}`)).toBe(kind);
  });
});

describe('decodeText', () => {
  it('reads the encoding that the document states, else UTF-8', () => {
    const old = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1256"?><a>'),
      Buffer.from([0xcd, 0xe4, 0xc7]),
    ]);
    expect(decodeText(old, null)).toContain('حنا');
    expect(decodeText(Buffer.from('\ufeffسلام'), null)).toBe('سلام');
    expect(decodeText(Buffer.from('سلام'), 'no-such-encoding')).toBe('سلام');
  });

  it('keeps the other letters when one is broken, and tells other encodings by their letters', () => {
    const broken = Buffer.concat([Buffer.from('بشقاب گود'), Buffer.from([0xd9]), Buffer.from(', کوتاه')]);
    expect(decodeText(broken, null)).toBe('بشقاب گود\ufffd, کوتاه');
    expect(decodeText(broken, 'utf-8')).toBe('بشقاب گود\ufffd, کوتاه');
    const old = Buffer.from([0xcd, 0xe4, 0xc7]);
    expect([likelyEncoding(old), decodeText(old, 'utf-8')]).toEqual(['windows-1256', 'حنا']);
    expect(decodeText(Buffer.from('سلام'), 'iso-8859-1')).toBe('سلام');
  });
});
