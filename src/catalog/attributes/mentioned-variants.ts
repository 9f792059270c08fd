import { wordsOf } from '../../text/persian.ts';
import { attributeLabel } from './attribute-names.ts';
import { knownValueAt, valueId, valueIn } from './attribute-values.ts';
import type { AttributeSubject, SubjectVariant } from './product-facts.ts';

/** The variants that a text speaks of by their options; null where it names none of them. Pure. */
export function mentionedVariants(
  { variants = [] }: Pick<AttributeSubject, 'variants'>,
  text: string,
): SubjectVariant[] | null {
  if (variants.length === 0) return null;
  const words = wordsOf(text);
  const named = variants.flatMap(({ options }) => options).filter(({ name, value }) => mentions(words, name, value));
  if (named.length === 0) return null;
  const names = [...new Set(named.map(({ name }) => name))];
  return variants.filter(({ options }) =>
    names.every((name) => {
      const own = options.find((option) => option.name === name);
      return (
        own === undefined ||
        named.some((one) => one.name === name && valueId(name, one.value) === valueId(name, own.value))
      );
    }),
  );
}

/** Which of some values a text names, the longest alone where one stands within another: «آبی روشن» is not «آبی» as well. Pure. */
export function mentionedValues(text: string, name: string, values: readonly string[]): string[] {
  const words = wordsOf(text);
  const named = values.filter((value) => mentions(words, name, value));
  return named.filter((value) => !named.some((other) => other !== value && isWithin(wordsOf(value), wordsOf(other))));
}

const isWithin = (words: readonly string[], others: readonly string[]): boolean =>
  words.length < others.length && words.every((word) => others.includes(word));

const SIZE = new Set(['size', 'سایز', 'سایزهای', 'sizes'].flatMap(wordsOf));

function mentions(words: readonly string[], name: string, value: string): boolean {
  const own = wordsOf(value);
  if (own.length === 0) return false;
  const id = valueId(name, value);
  return words.some((word, at) => {
    // A letter alone is also what remains of "it's".
    if (own.length === 1 && /^[a-z]$/.test(own[0] ?? '')) return word === own[0] && SIZE.has(words[at - 1] ?? '');
    if (own.every((one, index) => words[at + index] === one)) return true;
    const known = knownValueAt(words, at);
    return known !== null && `${known.name}:${known.en}` === id;
  });
}

/** Every word that a product's attributes and variants may be told by, in both languages. Pure. */
export function attributeTexts({
  attributes = [],
  variants = [],
}: Pick<AttributeSubject, 'attributes' | 'variants'>): string[] {
  const stated = [
    ...attributes.flatMap(({ name, values }) => values.map((value) => ({ name, value }))),
    ...variants.flatMap(({ options }) => options),
  ];
  return stated.map(({ name, value }) =>
    [
      attributeLabel(name, 'fa'),
      attributeLabel(name, 'en'),
      value,
      valueIn(name, value, 'fa'),
      valueIn(name, value, 'en'),
    ].join(' '),
  );
}
