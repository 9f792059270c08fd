import { describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import { readOwnNote } from '../../../../admin/src/tickets/ticket-note.ts';

describe('readOwnNote', () => {
  it.each([
    ['The customer asked for a person.', 'handoff', {}],
    ['The customer is angry.', 'angry', {}],
    ['The customer complains.', 'complaint', {}],
    ['The customer waits for an answer.', 'late', {}],
    ['The customer asks for order 1001, which is not one of theirs.', 'order_unknown', { number: '1001' }],
    ['The same exchange repeated; the bot is paused.', 'loop', {}],
    ['An order waits for its price.', 'order_price', {}],
    ['The order form did not get on at “phone”.', 'order_stuck', { field: 'phone' }],
    [
      'Customers ask for the colour and warranty of “کفش نوا”; the catalog does not say it.',
      'unknown_attribute',
      { names: 'colour and warranty', products: '“کفش نوا”' },
    ],
    ['No model answered (model_unavailable).', 'model_failed', { code: 'model_unavailable' }],
  ])('has words for the bot’s note “%s”', (note, key, values) => {
    expect(readOwnNote(note)).toEqual({ key, values });
    expect(en.peyk.ticket_note).toHaveProperty(key);
  });

  it.each(['', 'The customer is angry. Call her back!', 'زنگ بزنید'])('leaves a person’s note “%s” alone', (note) => {
    expect(readOwnNote(note)).toBeNull();
  });
});
