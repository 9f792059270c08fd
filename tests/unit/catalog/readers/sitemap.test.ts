import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../src/catalog/readers/decode-text.ts';
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
});
