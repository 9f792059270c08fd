import { describe, expect, it } from 'vitest';
import { type FinishedTurn, resultOf, type TurnResult } from '../../../src/analytics/turn-result.ts';

const turn = (given: Partial<FinishedTurn>): FinishedTurn => ({
  outcome: 'reply',
  intent: 'price',
  promptName: 'catalog',
  reason: '',
  task: null,
  faqsUsed: 0,
  hasBuiltin: false,
  request: 'good',
  hasQuestionMark: true,
  question: 'قیمت کیف چرمی چنده؟',
  next: null,
  isHeldBack: false,
  isUndelivered: false,
  isCorrected: false,
  ...given,
});

describe('resultOf', () => {
  it.each<[TurnResult, string, Partial<FinishedTurn>]>([
    ['answered', 'a question that was answered', {}],
    ['answered', 'a question behind which the customer asked another', { next: 'رنگ مشکی هم داره؟' }],
    ['asked_again', 'a question that was asked once more, however it is spelt', { next: 'قيمت كيف چرمى چنده' }],
    ['corrected', 'an answer behind which a person wrote', { isCorrected: true }],
    ['not_delivered', 'an answer that did not arrive', { isUndelivered: true }],
    ['silent', 'an answer that a person was quicker than', { isHeldBack: true, isCorrected: true }],
    ['silent', 'a turn in which the bot says nothing', { outcome: 'silent' }],
    ['not_found', 'a product that is not in the catalog', { request: 'none' }],
    ['attribute_unknown', 'what the shop does not state of a product', { task: 'unknown_attribute' }],
    ['handed_over', 'a question that a model could not answer', { outcome: 'handoff', promptName: 'reply' }],
    ['wanted_person', 'a complaint', { outcome: 'handoff', intent: 'complaint', task: 'complaint' }],
    ['model_failed', 'a model that is down', { outcome: 'fallback' }],
    [
      'courtesy',
      'thanks',
      { promptName: 'builtin', intent: 'thanks', question: 'مرسی', hasQuestionMark: false, request: null },
    ],
    [
      'courtesy',
      'thanks twice',
      {
        promptName: 'builtin',
        intent: 'thanks',
        question: 'مرسی',
        next: 'مرسی',
        hasQuestionMark: false,
        request: null,
      },
    ],
  ])('says %s of %s', (result, _name, given) => {
    expect(resultOf(turn(given))).toBe(result);
  });
});
