import { describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import {
  toPlainFields,
  toPlainNote,
  toPlainReasons,
  toPlainWords,
} from '../../../../admin/src/providers/server-words.ts';
import { ACCOUNT_NOTES } from '../../../../src/outbox/account-trouble.ts';

describe('toPlainWords', () => {
  it.each([
    [409, 'Only a pending timer can be changed; this one is done.', 'no_longer_pending'],
    [400, 'The time must be before the messaging window closes.', 'time_behind_window'],
    [503, 'The workflow engine cannot be reached right now.', 'engine_away'],
    [503, '', 'unavailable'],
    [500, 'Internal error', 'unavailable'],
    [409, 'A sync of this business is under way.', 'sync_under_way'],
    [409, 'Only a run that is under way can be cancelled; this one is done.', 'sync_over'],
    [409, 'The price has changed.', 'price_changed'],
    [409, 'An order that is delivered cannot become placed.', 'order_moved'],
    [400, 'The workbook cannot be read.', 'table_unreadable'],
    [400, 'The phone number cannot be.', 'no_phone'],
    [403, 'This needs the permission send-messages.', 'not_allowed'],
    [404, 'There is no such record.', 'not_found'],
    [429, 'x', 'too_many'],
  ])('says %i “%s” in words of ours that exist', (status, said, key) => {
    expect(toPlainWords(status, said)).toBe(`peyk.errors.${key}`);
    expect(en.peyk.errors).toHaveProperty(key);
  });

  it('keeps a sentence that it has no better words for', () => {
    expect(toPlainWords(400, 'name: Must not be empty.')).toBe('name: Must not be empty.');
    expect(toPlainWords(409, 'It was settled.')).toBe('It was settled.');
    expect(toPlainWords(502, 'The provider said no.')).toBe('The provider said no.');
  });
});

describe('toPlainFields', () => {
  it.each([
    ['Too small: expected string to have >=1 characters', 'field_too_short'],
    ['Too big: expected string to have <=120 characters', 'field_too_long'],
    ['Too small: expected number to be >=1', 'field_too_small'],
    ['Invalid input: expected string, received undefined', 'field_missing'],
    ['Invalid option: expected one of "a"|"b"', 'field_choice'],
    ['There is no such product.', 'field_unknown'],
    ['Invalid URL', 'field_wrong'],
  ])('says “%s” in words of ours that exist', (said, key) => {
    expect(toPlainFields({ name: said })).toEqual({ name: `peyk.errors.${key}` });
    expect(en.peyk.errors).toHaveProperty(key);
  });

  it('keeps what holds a hint, and what is no text', () => {
    const errors = { color: 'Must be like #1e88e5.', root: { serverError: 'x' } };
    expect(toPlainFields(errors)).toEqual(errors);
  });
});

describe('toPlainNote', () => {
  it('has words for whatever sends say of an account', () => {
    for (const note of ACCOUNT_NOTES) expect(toPlainNote(note), note).toMatch(/^peyk\.account_note\.\w+$/);
    expect(new Set(ACCOUNT_NOTES.map(toPlainNote)).size).toBe(ACCOUNT_NOTES.length);
  });

  it('has words of ours for what a look at an account found, and leaves what a person wrote', () => {
    expect(toPlainNote('Directam refuses the key (403).')).toBe('peyk.account_note.key_refused');
    expect(toPlainNote('Ask Sara about this one')).toBe('Ask Sara about this one');
  });
});

describe('toPlainReasons', () => {
  it('names each reason once', () => {
    const said = 'The sender is missing or unreadable; The sender is missing or unreadable; Something new';
    expect(toPlainReasons(said)).toEqual(['peyk.delivery_reason.no_sender', 'Something new']);
    expect(toPlainReasons('unknown_account')).toEqual(['peyk.delivery_reason.unknown_account']);
  });
});
