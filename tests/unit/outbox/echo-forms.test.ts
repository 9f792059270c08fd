import { describe, expect, it } from 'vitest';
import { echoFormsOf } from '../../../src/outbox/echo-forms.ts';
import { fingerprintOf } from '../../../src/text/fingerprint.ts';
import type { OutboundContent } from '../../../src/text/message.ts';

const bag = {
  title: 'کیف دوشی',
  subtitle: '۱٬۸۵۰٬۰۰۰ تومان',
  buttons: [{ type: 'web_url' as const, title: 'خرید', url: 'https://a.example' }],
};
const cards: OutboundContent = { kind: 'cards', cards: [bag, { title: 'کیف اداری' }] };
const buttons: OutboundContent = {
  kind: 'buttons',
  text: 'کدام؟',
  buttons: [{ type: 'postback', title: 'کوچک', payload: 's' }],
};
const quickReplies: OutboundContent = {
  kind: 'quick_replies',
  text: 'کدام؟',
  quickReplies: [{ title: 'بزرگ', payload: 'l' }],
};
const text: OutboundContent = { kind: 'text', text: 'کیف دوشی داریم' };
const image: OutboundContent = { kind: 'image', url: 'https://our.example/1.jpg' };

describe('echoFormsOf', () => {
  it.each([
    ['the titles of cards', cards, 'کیف دوشی\nکیف اداری'],
    ['the first card alone', cards, 'کیف دوشی'],
    ['a card with its line and its button', cards, 'کیف دوشی 1850000 تومان [خرید]'],
    ['buttons with their titles', buttons, 'کدام؟\n[کوچک]'],
    ['quick replies without their titles', quickReplies, 'کدام؟'],
    ['quick replies with their titles', quickReplies, 'کدام؟ بزرگ'],
    ['a text', text, ' کیف  دوشی داریم.'],
  ])('holds %s', (_, content, echo) => {
    expect(echoFormsOf(content)).toContain(fingerprintOf(echo));
  });

  it.each([
    ['words of a person about a card', cards, 'کیف دوشی رو فردا می‌فرستم'],
    ['the second card alone', cards, 'کیف اداری'],
    ['a part of a text', text, 'کیف دوشی'],
    ['another choice', buttons, 'کدام؟ بزرگ'],
  ])('holds not %s', (_, content, words) => {
    expect(echoFormsOf(content)).not.toContain(fingerprintOf(words));
  });

  it('is empty for what has no words', () => {
    expect(echoFormsOf(image)).toEqual([]);
    expect(echoFormsOf({ ...image, text: 'این' })).toEqual([fingerprintOf('این')]);
  });
});
