import { describe, expect, it } from 'vitest';
import { costOf } from '../../../../src/replies/models/model-prices.ts';

describe('costOf', () => {
  it('counts input and output in micro-dollars, rounded up', () => {
    expect(costOf('gpt-4.1-mini', 1000, 101)).toBe(562);
    expect(costOf('openai/gpt-4.1-mini', 1000, 100)).toBe(560);
  });

  it('does not guess the price of a model that it does not know', () => {
    expect(costOf('somebody/else', 1000, 100)).toBeNull();
  });
});
