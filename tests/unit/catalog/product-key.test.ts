import { describe, expect, it } from 'vitest';
import { productKey } from '../../../src/catalog/product-key.ts';

describe('productKey', () => {
  it.each([
    'https://shop.example/product/کفش/',
    'http://WWW.shop.example/product/%DA%A9%D9%81%D8%B4',
    'https://shop.example/product/%da%a9%d9%81%d8%b4?utm_source=ig&fbclid=1#top',
  ])('gives %s the same name', (address) => {
    expect(productKey(address)).toBe('shop.example/product/کفش');
  });

  it('keeps what tells two pages apart', () => {
    expect(productKey('https://shop.example/p?id=2&utm_medium=x')).toBe('shop.example/p?id=2');
    expect(productKey('https://shop.example:8080/p')).toBe('shop.example:8080/p');
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'not an address', ''])('refuses %j', (address) => {
    expect(productKey(address)).toBeNull();
  });
});
