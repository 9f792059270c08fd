import { describe, expect, it } from 'vitest';
import { createFit } from '../../../src/channels/fit-content.ts';
import { INSTAGRAM_LIMITS } from '../../../src/channels/instagram-limits.ts';
import type { Button, Card, OutboundContent } from '../../../src/text/message.ts';

const fit = createFit(INSTAGRAM_LIMITS);
const postback = (title: string): Button => ({ type: 'postback', title, payload: title });

describe('createFit', () => {
  it('leaves a content within the limits as it is', () => {
    const contents: OutboundContent[] = [
      { kind: 'text', text: 'سلام' },
      { kind: 'image', url: 'https://cdn.example/a.jpg' },
      { kind: 'quick_replies', text: 'کدام؟', quickReplies: [{ title: 'قرمز', payload: 'RED' }] },
      {
        kind: 'buttons',
        text: 'Choose',
        buttons: [postback('A'), { type: 'web_url', title: 'B', url: 'https://b.example/' }],
      },
      {
        kind: 'cards',
        cards: [
          { title: 'Bag', subtitle: '1,200,000', imageUrl: 'https://cdn.example/b.jpg', buttons: [postback('Buy')] },
        ],
      },
    ];
    for (const content of contents) expect(fit(content)).toEqual([content]);
  });

  it('sends the words of a picture after it', () => {
    expect(fit({ kind: 'image', url: 'https://cdn.example/a.jpg', text: 'Here' })).toEqual([
      { kind: 'image', url: 'https://cdn.example/a.jpg' },
      { kind: 'text', text: 'Here' },
    ]);
  });

  it('puts quick replies on the last part of a long text, at most 13, with titles of at most 20', () => {
    const quickReplies = Array.from({ length: 20 }, (_, index) => ({
      title: `${index} ${'x'.repeat(30)}`,
      payload: `P${index}`,
    }));
    const parts = fit({ kind: 'quick_replies', text: 'word '.repeat(300), quickReplies });
    const last = parts.at(-1)!;
    expect(parts.slice(0, -1).map((part) => part.kind)).toEqual(['text']);
    expect(last.kind === 'quick_replies' && last.quickReplies.map((reply) => reply.payload)).toEqual(
      quickReplies.slice(0, 13).map((reply) => reply.payload),
    );
    expect(last.kind === 'quick_replies' && last.quickReplies.every((reply) => reply.title.length === 20)).toBe(true);
  });

  it('carries surplus buttons into a further part, and keeps the text above them to 640 characters', () => {
    const buttons = ['A', 'B', 'C', 'D'].map(postback);
    const parts = fit({ kind: 'buttons', text: 'a'.repeat(700), buttons });
    expect(parts).toEqual([
      { kind: 'text', text: 'a'.repeat(640) },
      { kind: 'buttons', text: 'a'.repeat(60), buttons: buttons.slice(0, 3) },
      { kind: 'buttons', text: '…', buttons: buttons.slice(3) },
    ]);
  });

  it('leaves out links without a web address, and sends plain text when no button is left', () => {
    const script: Button = { type: 'web_url', title: 'Go', url: 'javascript:alert(1)' };
    expect(fit({ kind: 'buttons', text: 'Hi', buttons: [script, { type: 'web_url', title: 'Go' }] })).toEqual([
      { kind: 'text', text: 'Hi' },
    ]);
  });

  it('uses a title as payload where none was given, for the provider wants one', () => {
    expect(fit({ kind: 'buttons', text: 'Hi', buttons: [{ type: 'postback', title: 'Buy' }] })).toEqual([
      { kind: 'buttons', text: 'Hi', buttons: [{ type: 'postback', title: 'Buy', payload: 'Buy' }] },
    ]);
  });

  it.each(['', '\u0000'])('uses a title as payload where nothing legible is left of it: %j', (payload) => {
    expect(fit({ kind: 'quick_replies', text: 'Which?', quickReplies: [{ title: 'Red', payload }] })).toEqual([
      { kind: 'quick_replies', text: 'Which?', quickReplies: [{ title: 'Red', payload: 'Red' }] },
    ]);
  });

  it('carries surplus cards into a further part, and writes a card with nothing but a title as text', () => {
    const cards: Card[] = Array.from({ length: 12 }, (_, index) => ({
      title: `Bag ${index}`,
      subtitle: 'x'.repeat(90),
    }));
    const parts = fit({ kind: 'cards', text: 'Look', cards: [...cards, { title: 'Only a name' }] });
    expect(parts.map((part) => (part.kind === 'cards' ? part.cards.length : part))).toEqual([
      { kind: 'text', text: 'Look' },
      10,
      2,
      { kind: 'text', text: 'Only a name' },
    ]);
    expect(parts[1]?.kind === 'cards' && parts[1].cards[0]?.subtitle).toBe(`${'x'.repeat(79)}…`);
  });

  it('removes what no provider can carry', () => {
    expect(fit({ kind: 'text', text: 'a\0b\ud83d' })).toEqual([{ kind: 'text', text: 'ab\uFFFD' }]);
    expect(fit({ kind: 'text', text: '  ' })).toEqual([]);
    expect(fit({ kind: 'buttons', text: 'Hi', buttons: [postback('\0'), postback(' ')] })).toEqual([
      { kind: 'text', text: 'Hi' },
    ]);
  });
});
