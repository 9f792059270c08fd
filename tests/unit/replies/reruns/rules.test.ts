import { describe, expect, it } from 'vitest';
import { compareAnswers, estimateTokens, type RerunAnswer } from '../../../../src/replies/reruns/rules.ts';

const ANSWER: RerunAnswer = {
  outcome: 'reply',
  intent: 'price',
  text: 'We open at nine.',
  promptName: 'reply',
  promptVersion: 'v1',
  model: 'm',
  checks: [],
  replaced: false,
  inputTokens: 10,
  outputTokens: 5,
  costMicros: 1,
  latencyMs: 100,
};

describe('compareAnswers', () => {
  it('calls answers the same when only spaces, time, cost or version differ', () => {
    const after = { ...ANSWER, text: ' We  open at\nnine. ', costMicros: 9, latencyMs: 3, promptVersion: 'v2' };
    expect(compareAnswers(ANSWER, after)).toBe('same');
  });

  it('tells other words from another outcome', () => {
    expect(compareAnswers(ANSWER, { ...ANSWER, text: 'We open at ten.' })).toBe('wording');
    expect(compareAnswers(ANSWER, { ...ANSWER, outcome: 'handoff' })).toBe('outcome');
  });
});

describe('estimateTokens', () => {
  it('adds up what was recorded', () => {
    const turns = [
      { inputTokens: 100, outputTokens: 20 },
      { inputTokens: 300, outputTokens: 40 },
    ];
    expect(estimateTokens(turns, 5000)).toEqual({ inputTokens: 400, outputTokens: 60 });
    expect(estimateTokens([], 5000)).toEqual({ inputTokens: 0, outputTokens: 0 });
  });

  it('assumes a whole prompt where no model was asked', () => {
    const { inputTokens, outputTokens } = estimateTokens([{ inputTokens: 0, outputTokens: 0 }], 4000);
    expect(inputTokens).toBeGreaterThan(2000);
    expect(outputTokens).toBeGreaterThan(0);
  });
});
