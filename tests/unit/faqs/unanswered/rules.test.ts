import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../../../src/faqs/unanswered/asked-questions.ts';
import { kindOf, type TurnOutcome } from '../../../../src/faqs/unanswered/rules.ts';

const turn = (given: Partial<TurnOutcome>): TurnOutcome => ({
  outcome: 'reply',
  intent: 'other',
  promptName: 'builtin',
  reason: '',
  faqsUsed: 0,
  hasBuiltin: true,
  request: null,
  task: null,
  hasQuestionMark: false,
  ...given,
});

describe('kindOf', () => {
  it.each([
    ['words that no rule knows', {}, 'not_understood'],
    ['a question of delivery without an answer of the shop', { intent: 'shipping' }, 'not_known'],
    ['a deadline without a delivery time', { intent: 'deadline' }, 'not_known'],
    ['a product that is not in the catalog', { promptName: 'catalog', request: 'none' }, 'not_found'],
    [
      'what the shop does not state of a product',
      { promptName: 'catalog', request: 'good', task: 'unknown_attribute' },
      'attribute_unknown',
    ],
    ['what the shop does not tell, beside what it does', { task: 'unanswered', faqsUsed: 1 }, 'not_known'],
    ['a question behind a greeting', { intent: 'greeting', hasQuestionMark: true }, 'not_understood'],
    ['a person whom a model called', { outcome: 'handoff', intent: 'shipping', promptName: 'reply' }, 'handed_over'],
    ['a paper that only a person can send', { outcome: 'handoff', intent: 'document' }, 'handed_over'],
    ['a model that did not answer', { outcome: 'fallback', intent: 'unanswered', promptName: 'fixed' }, 'model_failed'],
    ['words that may not be sent', { promptName: 'reply', reason: 'replaced_by_checks' }, 'not_known'],
    [
      'one of two questions that the catalog left',
      { promptName: 'catalog', request: 'good', intent: 'price' },
      'not_known',
    ],
  ] as const)('counts %s', (_name, given, kind) => {
    expect(kindOf(turn(given))).toBe(kind);
  });

  it.each([
    ['a question that an answer of the shop answered', { intent: 'shipping', faqsUsed: 1 }],
    ['a product that was found', { promptName: 'catalog', request: 'good', intent: 'price', hasBuiltin: false }],
    ['a customer who asked for a person', { outcome: 'handoff', intent: 'handoff' }],
    ['a greeting', { intent: 'greeting' }],
    ['a complaint', { outcome: 'handoff', intent: 'complaint' }],
    ['a turn in which nothing is to be said', { outcome: 'silent' }],
    ['what a model answered', { promptName: 'reply', hasBuiltin: false }],
  ] as const)('leaves out %s', (_name, given) => {
    expect(kindOf(turn(given))).toBeNull();
  });
});

const BUILTIN = { promptName: 'builtin', intent: 'other' };
const CATALOG = { promptName: 'catalog', intent: 'price' };

describe('questionsOf', () => {
  it('finds a question of the shop in words that seemed to be of goods, and nothing where they were', () => {
    const order = { promptName: 'builtin', intent: 'order' };
    expect(questionsOf(['اقساطی میشه خرید؟'], 'not_known', order)).toEqual(['اقساطی میشه خرید؟']);
    expect(questionsOf(['می‌خوام بخرم', 'قیمتش چنده؟'], 'not_known', order)).toEqual([]);
    expect(questionsOf(['چطوری سفارش بدم؟'], 'not_known', order)).toEqual([]);
  });

  it('leaves greetings and thanks out, and empty lines', () => {
    expect(questionsOf(['سلام وقت بخیر', 'پارکینگ دارید؟', '', '🙂', 'ممنون'], 'not_known', BUILTIN)).toEqual([
      'پارکینگ دارید؟',
    ]);
    expect(questionsOf(['سلام'], 'not_understood', BUILTIN)).toEqual([]);
  });

  it('hears the question behind a greeting that was all the bot heard', () => {
    const greeted = { promptName: 'builtin', intent: 'greeting' };
    expect(questionsOf(['Hi! is there parking?'], 'not_understood', greeted)).toEqual(['is there parking?']);
    expect(questionsOf(['سلام خوبید؟', 'سلام وقتتون بخیر', 'hello there'], 'not_understood', greeted)).toEqual([]);
  });

  it('leaves off the greeting in front of a question, and nothing else', () => {
    const said = ['سلام وقت بخیر، قسطی هم می‌فروشید؟', 'Hi! is there parking?', 'History of the shop?'];
    expect(questionsOf(said, 'not_understood', BUILTIN)).toEqual([
      'قسطی هم می‌فروشید؟',
      'is there parking?',
      'History of the shop?',
    ]);
  });

  it('takes of several questions those of the shop where the catalog answered the rest', () => {
    const said = ['مانتو آوا چنده؟ ارسال چند روز طول می‌کشه؟'];
    expect(questionsOf(said, 'not_known', CATALOG)).toEqual(['ارسال چند روز طول می‌کشه؟']);
    expect(questionsOf(['مانتو آوا چنده؟'], 'not_known', CATALOG)).toEqual([]);
    expect(questionsOf(['مانتو آوا دارید؟'], 'not_found', CATALOG)).toEqual(['مانتو آوا دارید؟']);
  });

  it('keeps no more of one than a question of the list may have', () => {
    expect(questionsOf(['چرا '.repeat(400)], 'not_understood', BUILTIN)[0]?.length).toBeLessThanOrEqual(500);
  });
});
