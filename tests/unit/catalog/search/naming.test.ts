import { describe, expect, it } from 'vitest';
import { chooseNamed } from '../../../../src/catalog/search/naming.ts';

const candidate = (id: string, title: string) => ({ id, title, searchText: title, available: true, price: 1n });
const asked = (...words: string[]) => words.map((word) => ({ asked: word, found: [{ words: [word], quality: 1 }] }));
const SHOP = [
  candidate('1', 'کیک وگان'),
  candidate('2', 'کیک شکلاتی'),
  candidate('3', 'کیک هویج'),
  candidate('4', 'کیک موز'),
];

describe('chooseNamed', () => {
  it('lets the rare word name, and the common one only narrow', () => {
    const named = chooseNamed(SHOP, asked('کیک', 'وگان'));
    expect(named?.chosen.map(({ id }) => id)).toEqual(['1']);
    expect(named?.isOwnName).toBe(true);
  });

  it('takes a word that many share for no name of its own', () => {
    const named = chooseNamed(SHOP, asked('کیک'));
    expect(named?.chosen).toHaveLength(4);
    expect(named?.isOwnName).toBe(false);
  });

  it('takes two names for no single one', () => {
    expect(chooseNamed(SHOP, asked('وگان', 'هویج'))).toBeNull();
    expect(chooseNamed(SHOP, asked('کیک', 'وگان', 'هویج'))?.rivals).toEqual(new Set(['وگان', 'هویج']));
  });

  it('names nothing with words that no product has', () => {
    expect(chooseNamed(SHOP, asked('بستنی'))).toBeNull();
  });
});
