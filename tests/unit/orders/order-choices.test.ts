import { describe, expect, it } from 'vitest';
import { choicesOf } from '../../../src/orders/order-choices.ts';
import { givesUp, readAnswer, readFieldName, readQuantity } from '../../../src/orders/order-reading.ts';
import { wordsOfTap } from '../../../src/text/choices.ts';
import type { Language } from '../../../src/text/message.ts';

const LANGUAGES: Language[] = ['fa', 'en'];
const tapped = (form: Parameters<typeof choicesOf>[0], language: Language) =>
  choicesOf(form, language).map(({ title, payload }) => [title, wordsOfTap(payload) ?? payload] as const);

describe.each(LANGUAGES)('choicesOf in %s', (language) => {
  it('offers yes, a change and giving up under a summary, and each is read as what it says', () => {
    const [yes, change, cancel] = tapped({ asked: 'confirm', choices: [] }, language);
    // The title alone as well: not every channel gives the payload back.
    for (const words of yes ?? []) expect(readAnswer(words)).toBe('yes');
    for (const words of change ?? []) expect(readAnswer(words)).toBe('no');
    for (const words of cancel ?? []) expect(givesUp(words)).toBe(true);
  });

  it('offers the fields that may be changed', () => {
    const fields = tapped({ asked: 'change', choices: [] }, language).map(([, words]) => readFieldName(words));
    expect(fields).toEqual(['product', 'quantity', 'name', 'phone', 'address']);
  });

  it('offers small quantities', () => {
    const words = tapped({ asked: 'quantity', choices: [] }, language).map(([, said]) => said);
    expect(words.map((said) => readQuantity(said, true))).toEqual([1, 2, 3]);
  });

  it('offers products by number and title, as the buttons of their cards do', () => {
    const choices = [
      { id: '0196f0a0-0000-7000-8000-000000000001', title: 'Red bag' },
      { id: '0196f0a0-0000-7000-8000-000000000002', title: 'Blue bag' },
    ];
    const shown = choicesOf({ asked: 'product', choices }, language);
    expect(shown.map(({ payload }) => payload)).toEqual(choices.map(({ id }) => `product:${id}`));
    expect(new Set(shown.map(({ title }) => title)).size).toBe(2);
  });

  it.each(['name', 'phone', 'address'] as const)(
    'offers nothing for the %s, which only the customer knows',
    (asked) => {
      expect(choicesOf({ asked, choices: [] }, language)).toEqual([]);
    },
  );
});
