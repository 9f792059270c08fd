import { describe, expect, it } from 'vitest';
import { createFaqMatcher, matchFacts } from '../../../src/faqs/faq-match.ts';

const faqs = [
  { question: 'هزینه ارسال چقدر است؟', answer: 'ارسال' },
  { question: 'ساعت کاری شما چیست؟', answer: 'ساعت' },
  { question: 'چطور پرداخت کنم؟', answer: 'پرداخت' },
  { question: 'Do you ship internationally?', answer: 'world' },
  { question: 'Is the leather genuine?', answer: 'leather' },
];
const matchFaq = createFaqMatcher();

describe('createFaqMatcher', () => {
  it.each([
    ['هزینه ارسال چقدره', 'ارسال'],
    ['هزينه ارسال به تبریز چقدر میشه', 'ارسال'],
    ['هزینه ارسل؟', 'ارسال'],
    ['هزینه ارسالتون', 'ارسال'],
    ['با پست می‌فرستید؟', 'ارسال'],
    ['کی باز هستید', 'ساعت'],
    ['do you ship internationaly', 'world'],
    ['is this genuine leather?', 'leather'],
  ])('answers %j', (text, answer) => {
    expect(matchFaq(text, faqs)?.answer).toBe(answer);
  });

  it.each(['قیمت کیف چنده', 'سلام', 'how much is the belt?', '', '👍', 'leave it'])(
    'answers %j with none of them',
    (text) => {
      expect(matchFaq(text, faqs)).toBeNull();
    },
  );

  it.each([
    ['what are your opening hours?', 'ساعت'],
    ['how can I pay?', 'پرداخت'],
    ['saate kari?', 'ساعت'],
    ['aya asb darid?', null],
  ])('answers %j in the shop’s other language where there is no answer in its own', (text, answer) => {
    expect(matchFaq(text, faqs)?.answer ?? null).toBe(answer);
  });

  it('prefers an answer in the language of the question', () => {
    const both = [...faqs, { question: 'What are your opening hours?', answer: 'hours' }];
    expect(matchFaq('when are you open?', both)?.answer).toBe('hours');
  });

  it('finds what only an answer names, and nothing where that says a part of it', () => {
    const shop = [
      { question: 'Do you accept cards?', answer: 'Yes, all cards, no Amex.' },
      { question: 'Do you repot plants?', answer: 'Yes, for $10.' },
    ];
    expect(matchFaq('do you take amex', shop)?.answer).toBe('Yes, all cards, no Amex.');
    expect(matchFaq('do you do repotting?', shop)?.answer).toBe('Yes, for $10.');
    expect(matchFaq('do you sell amex statues', shop)).toBeNull();
  });

  it('finds nothing among no questions', () => {
    expect(matchFaq('هزینه ارسال', [])).toBeNull();
  });
});

describe('matchFacts', () => {
  const facts = ['کیف دوشی مهتاب: ۴۵۰٬۰۰۰ تومان', 'کفش رانا: ۹۰۰٬۰۰۰ تومان'];

  it('finds the fact about what is named', () => {
    expect(matchFacts('قیمت کیف مهتاب چنده؟', facts)).toEqual([facts[0]]);
  });

  it('finds none for another product or for nothing named', () => {
    expect(matchFacts('قیمت ساعت طلایی چنده؟', facts)).toEqual([]);
    expect(matchFacts('قیمت چنده؟', facts)).toEqual([]);
  });
});
