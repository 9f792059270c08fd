import { describe, expect, it } from 'vitest';
import { findCannedReplies, joinDraft } from '../../../../admin/src/chat/canned-replies.ts';
import type { CannedReply } from '../../../../admin/src/records.ts';

const reply = (shortcut: string, text: string): CannedReply => ({
  id: shortcut,
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  shortcut,
  text,
  language: 'en',
});
const REPLIES = [
  reply('hello', 'Hello, how can I help?'),
  reply('hours', 'We are open 9 to 5.'),
  reply('سلام', 'سلام!'),
];
const found = (typed: string) => findCannedReplies(typed, REPLIES)?.map(({ shortcut }) => shortcut);

describe('findCannedReplies', () => {
  it('offers all for a lone slash', () => {
    expect(found('/')).toEqual(['hello', 'hours', 'سلام']);
  });

  it('puts those that begin so before those that say so', () => {
    expect(found('/H')).toEqual(['hello', 'hours']);
    expect(found('/he')).toEqual(['hello']);
    expect(found('/open')).toEqual(['hours']);
    expect(found('/سل')).toEqual(['سلام']);
  });

  it('says that it knows none', () => {
    expect(found('/nothing-like-it')).toEqual([]);
  });

  it.each(['', 'Hello', 'and/or', '/hello there', ' /hello', '/a\nb'])('takes %j for a text', (typed) => {
    expect(findCannedReplies(typed, REPLIES)).toBeNull();
  });
});

describe('joinDraft', () => {
  it('fills an empty field', () => {
    expect(joinDraft(' ', 'A draft.')).toBe('A draft.');
  });

  it('keeps what was typed', () => {
    expect(joinDraft('Dear Sara, ', 'A draft.')).toBe('Dear Sara,\nA draft.');
  });
});
