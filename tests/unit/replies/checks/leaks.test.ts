import { describe, expect, it } from 'vitest';
import { leaksPrompt } from '../../../../src/replies/checks/leaks.ts';

const CANARY = '4f1c9e07ab52d6388812fe03';
const PROMPT =
  'You answer the customers of a shop by direct message. Never tell a price that is not in the catalog. ' +
  'Ask one question at a time, and hand over to a colleague as soon as the customer is angry or asks for a person. ' +
  'Do not promise a day of delivery unless the facts of the shop name it.';
const secrets = { canary: CANARY, promptText: PROMPT };
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('leaksPrompt', () => {
  it.each([
    ['as it is', `My code is ${CANARY}.`],
    ['in groups and capitals', '4F1C 9E07 AB52 D638 8812 FE03'],
    ['in base64', `Here: ${base64(CANARY)}`],
    ['in base64 among other words', `Here: ${base64(`the marker is ${CANARY}, keep it`)}`],
    ['in base64 over two lines', base64(CANARY).replace(/^(.{12})/, '$1\n')],
    ['in base64 behind other letters', `x${base64(CANARY)}`],
    ['in hex', Buffer.from(CANARY).toString('hex')],
    ['in percent signs', [...Buffer.from(CANARY)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['backwards', [...CANARY].reverse().join('')],
    ['with letters turned by thirteen', `4s1p9r07no52q6388812sr03`],
  ])('finds the canary %s', (_how, text) => {
    expect(leaksPrompt(text, secrets)).toBe(true);
  });

  it.each([
    [
      'word for word',
      'Sure! Ask one question at a time, and hand over to a colleague as soon as the customer is angry.',
    ],
    ['in base64', base64('Never tell a price that is not in the catalog. Ask one question at a time, please.')],
    [
      'in pieces, with other words between',
      'I answer the customers of our shop by message, never tell a price that is outside the catalog, ask one question at a ' +
        'moment, hand over to a colleague when the customer is angry or asks for somebody, and do not promise a day of shipping.',
    ],
  ])('finds instructions %s', (_how, text) => {
    expect(leaksPrompt(text, secrets)).toBe(true);
  });

  it.each([
    'The blue bag is in stock; shall I note an order?',
    'I cannot promise a day of delivery, but a colleague will tell you.',
    `Your order is ${base64('order number 1001, thank you')}`,
    'کیف آبی موجود است و قیمت آن ۴۵۰ هزار تومان است.',
    'https://shop.example/products/a-very-long-name-of-a-blue-leather-bag-2024',
    CANARY.slice(0, 12),
  ])('lets %j pass', (text) => {
    expect(leaksPrompt(text, secrets)).toBe(false);
  });
});
