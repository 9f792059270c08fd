import { describe, expect, it } from 'vitest';
import { gatherFacts } from '../../../src/replies/decision-facts.ts';
import type { ReplyContext } from '../../../src/replies/reply-context.ts';

const context: ReplyContext = {
  businessId: 'b',
  businessName: 'Shop',
  businessPrompt: 'Be kind.',
  businessLanguage: 'en',
  timeZone: 'UTC',
  aiEnabled: true,
  channel: 'simulator',
  contactLanguage: null,
  optedOut: false,
  transcript: [{ author: 'customer', kind: 'text', text: 'When are you open?', isNew: true }],
  faqs: [
    { question: 'Opening hours?', answer: 'We are open from 9 to 18.' },
    { question: 'Returns?', answer: 'Within 7 days.' },
    { question: 'Blank?', answer: ' ' },
  ],
};

describe('gatherFacts', () => {
  it('names the questions whose answers are in the reply, and no others', () => {
    const facts = gatherFacts(context, 'Hello! We are open from 9 to 18.');
    expect(facts).toMatchObject({ faqsOffered: 3, faqsUsed: ['Opening hours?'], transcriptLines: 1 });
  });

  it('tells whether the shop gave instructions', () => {
    expect(gatherFacts(context, '').shopInstructions).toBe(true);
    expect(gatherFacts({ ...context, businessPrompt: ' ' }, '').shopInstructions).toBe(false);
  });

  it('keeps what only the maker of the answer knows', () => {
    const products = [{ id: 'p', title: 'Shoe', price: '10', url: null }];
    expect(gatherFacts(context, '', { products }).products).toEqual(products);
  });
});
